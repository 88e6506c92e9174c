import type { ChannelKind, ReportRecipient } from '@muckwatch/contract';

type Sent = ReportRecipient['deliveries'][number];

/** How the next report comes: the page always, and what the person has chosen beside it. */
export function waysOf({ channels }: Pick<ReportRecipient, 'channels'>): ChannelKind[] {
  return ['page', ...channels];
}

/** What is said of a message in a word: that it was tried in vain is worth its reason. */
export function stateOf({ status, answer }: Pick<Sent, 'status' | 'answer'>): 'done' | 'waiting' | 'failed' {
  if (status === 'sent' || status === 'delivered' || status === 'read') return 'done';
  return status === 'given-up' || answer !== null ? 'failed' : 'waiting';
}

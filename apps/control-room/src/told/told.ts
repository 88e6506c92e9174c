import type { CommandResource, Delivery, NoticeDetail } from '@muckwatch/contract';

/** How far a notice has got with its recipient, in one word. */
export type Stand = Exclude<NoticeDetail['status'], 'open'> | 'open' | 'read' | Exclude<Delivery['status'], 'sending'>;

export interface Standing {
  stand: Stand;
  /** When it got there; null where nobody said. */
  at: string | null;
  mark: '✓' | '…' | '✕' | '○' | '↩';
  tone: 'good' | 'going' | 'bad';
}

const FURTHEST: Delivery['status'][] = ['read', 'delivered', 'sent', 'sending', 'queued', 'held', 'folded', 'given-up'];
const STEP_OF: Partial<Record<NoticeDetail['status'], string>> = {
  acknowledged: 'acknowledge',
  rectified: 'rectify',
  objected: 'object',
  accepted: 'accept',
  'sent-back': 'send-back',
  withdrawn: 'withdraw',
};

/** The answer counts more than the reading, the reading more than any message, and of the messages the one that got furthest. */
export function standingOf(notice: NoticeDetail): Standing {
  const { status } = notice;
  if (status !== 'open') {
    const at = notice.steps.findLast(({ step }) => step === STEP_OF[status])?.at ?? null;
    return { stand: status, at, mark: status === 'withdrawn' ? '○' : status === 'sent-back' ? '↩' : '✓', tone: status === 'sent-back' ? 'going' : 'good' };
  }
  if (notice.readAt !== null) return { stand: 'read', at: notice.readAt, mark: '✓', tone: 'good' };

  const best = FURTHEST.map((one) => notice.deliveries.find((delivery) => delivery.status === one)).find((delivery) => delivery !== undefined);
  if (!best) return { stand: 'open', at: null, mark: '…', tone: 'going' };
  if (best.status === 'read') return { stand: 'read', at: best.readAt, mark: '✓', tone: 'good' };
  if (best.status === 'given-up') return { stand: 'given-up', at: null, mark: '✕', tone: 'bad' };
  return { stand: best.status === 'sending' ? 'queued' : best.status, at: best.sentAt, mark: '…', tone: 'going' };
}

/** Whether a message is still under way: its next try or its receipt may come without any word by the socket. */
export const isUnderWay = ({ status, nextAt }: Delivery): boolean => status === 'queued' || status === 'sending' || nextAt !== null;

/** Those told first stand first: a row never changes its place. */
export function inOrder(notices: Iterable<NoticeDetail>): NoticeDetail[] {
  return [...notices].sort((a, b) => a.openedAt.localeCompare(b.openedAt) || a.number.localeCompare(b.number));
}

export interface PutRight {
  at: string;
  afterWord: boolean;
}

/** That the driver has put it right already: by the notices, or by the word that he was told. */
export function putRightOf(notices: Iterable<NoticeDetail>, commands: Iterable<CommandResource>, alertIds: readonly string[]): PutRight | null {
  let found: PutRight | null = null;
  for (const { putRight } of notices) if (putRight && (!found || putRight.afterWord)) found = putRight;
  if (found?.afterWord) return found;
  for (const { correction, alertId } of commands) {
    if (correction?.putRightAt && alertId !== null && alertIds.includes(alertId))
      return { at: correction.putRightAt, afterWord: correction.putRightAt <= correction.until };
  }
  return found;
}

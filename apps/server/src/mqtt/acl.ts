import { commandsTopic, type Sender, topicsUp } from '@muckwatch/protocols';

/** Who signed in. A Frigate server signs in as the camera under which it is registered, and publishes as Frigate does. */
export interface Account {
  kind: 'terminal' | 'camera' | 'frigate';
  id: string;
}

/** Frigate's own topics; its camera names are mapped to gates by who decodes them. */
export const FRIGATE_TOPICS: readonly string[] = ['frigate/events', 'frigate/tracked_object_update'];

/** Whether a client may publish on a topic: only its own ways up, to the letter; wildcards and `$` topics are nobody's. Wills too. */
export function mayPublish(account: Account, topic: string): boolean {
  if (account.kind === 'frigate') return FRIGATE_TOPICS.includes(topic);
  return topicsUp(account as Sender).includes(topic);
}

/** Whether a client may subscribe: to its own commands. A wildcard that would match them is refused as well. */
export function mayRead(account: Account, filter: string): boolean {
  return account.kind !== 'frigate' && filter === commandsTopic(account as Sender);
}

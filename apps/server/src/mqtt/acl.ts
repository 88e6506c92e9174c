import { commandsTopic, topicsUp } from '@muckwatch/protocols';

/** Who signed in. A Frigate server signs in as the camera under which it is registered, and publishes as Frigate does. */
export interface Account {
  kind: 'terminal' | 'camera' | 'frigate';
  id: string;
}

/** Frigate's own topics; its camera names are mapped to gates by who decodes them. */
export const FRIGATE_TOPICS: readonly string[] = ['frigate/events', 'frigate/tracked_object_update'];

/** What a client may do. Topics are compared to the letter, so wildcards, `$` topics and look-alikes are nobody's. */
export interface Grants {
  /** On which it may publish, its will included. */
  up: ReadonlySet<string>;
  /** To which it may subscribe; a wildcard that would match it is refused as well. */
  down: ReadonlySet<string>;
}

export function grantsOf({ kind, id }: Account): Grants {
  if (kind === 'frigate') return { up: new Set(FRIGATE_TOPICS), down: new Set() };
  return { up: new Set(topicsUp({ kind, id })), down: new Set([commandsTopic({ kind, id })]) };
}

import { commandsTopic, FRIGATE_TOPICS, topicsUp } from '@muckwatch/protocols';

/** Who signed in. A Frigate server signs in as the camera under which it is registered, and publishes as Frigate does. */
export interface Account {
  kind: 'terminal' | 'camera' | 'frigate';
  id: string;
}

/** What a client may do. Topics are compared to the letter, so wildcards, `$` topics and look-alikes are nobody's. */
export interface Grants {
  /** On which it may publish, its will included. */
  up: ReadonlySet<string>;
  /** To which it may subscribe; a wildcard that would match it is refused as well. */
  down: ReadonlySet<string>;
  /** What else begins so is acknowledged and goes nowhere; null: nothing. */
  unheard: string | null;
}

/**
 * A terminal or camera speaks and hears below its own id. A Frigate server is a camera that also says what Frigate says. It says a great deal more below `frigate/`
 * than anybody here reads (its will, statistics, pictures), and nothing can make it say less: to refuse that would be to close its connection for ever.
 */
export function grantsOf({ kind, id }: Account): Grants {
  const sender = { kind: kind === 'terminal' ? ('terminal' as const) : ('camera' as const), id };
  const own = { up: new Set(topicsUp(sender)), down: new Set([commandsTopic(sender)]), unheard: null };
  return kind === 'frigate' ? { ...own, up: new Set([...own.up, ...FRIGATE_TOPICS]), unheard: 'frigate/' } : own;
}

/** Milliseconds since 1970, as the domain has it. */
export type EpochMs = number;

/** Every rule of rules.md, in its order. */
export const RULE_CODES = [
  'uncovered-load',
  'spill',
  'illegal-dumping',
  'wrong-yard',
  'unpermitted-loading',
  'off-route',
  'out-of-hours',
  'no-go',
  'speeding',
  'unwashed-departure',
  'uncovered-departure',
  'unregistered-truck',
  'no-permit',
  'overload',
  'long-stop',
  'silent-terminal',
  'platform-outage',
  'track-gap',
  'sensor-contradiction',
  'cloned-plate',
  'curfew',
] as const;

export type Rule = (typeof RULE_CODES)[number];

/** What a made driver did on purpose, whatever any rule makes of it. */
export interface Deed {
  rule: Rule;
  from: EpochMs;
  to: EpochMs;
  placeId: string | null;
  /** The camera that saw it, or which of a truck's sensors lies: a rule may be broken in several ways at once. */
  scope: string | null;
  note: string;
}

/** A deed with its doer, as the truth file has it. Strangers, and deeds of nobody, have no truck. */
export interface Truth extends Deed {
  truckId: string | null;
  terminalId: string | null;
  plate: string | null;
  /** Reports and sightings of it that were sent at once and in order; a hole in the radio makes them fewer. */
  heard: number;
  /** The day ended before the deed did. */
  unfinished: boolean;
  /** Why nobody could know of it from what was left of the day's packets (disorder.ts); null: it can be known. */
  spoiled: string | null;
}

/** One line of the truth file. */
export function truthLine(truth: Truth): string {
  return JSON.stringify({ ...truth, from: new Date(truth.from).toISOString(), to: new Date(truth.to).toISOString() });
}

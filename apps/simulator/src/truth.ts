/** Milliseconds since 1970, as the domain has it. */
export type EpochMs = number;

export type Rule = 'uncovered-load' | 'spill' | 'illegal-dumping' | 'speeding' | 'no-go';

/** What a made driver did on purpose, whatever any rule makes of it. */
export interface Deed {
  rule: Rule;
  from: EpochMs;
  to: EpochMs;
  placeId: string | null;
  note: string;
}

/** A deed with its doer, as the truth file has it. */
export interface Truth extends Deed {
  truckId: string;
  terminalId: string;
  plate: string;
  /** Reports of it that were sent at once and in order; a hole in the radio makes them fewer. */
  heard: number;
  /** The day ended before the deed did. */
  unfinished: boolean;
}

/** One line of the truth file. */
export function truthLine(truth: Truth): string {
  return JSON.stringify({ ...truth, from: new Date(truth.from).toISOString(), to: new Date(truth.to).toISOString() });
}

import { type BedState, NO_BED } from './bed.js';
import { type HaulState, NO_HAUL } from './haul.js';
import { type LoadState, NO_LOAD } from './load.js';
import type { Report } from './report.js';
import type { EpochMs } from './time.js';
import { NOWHERE_YET, type Whereabouts } from './visit.js';

/** Everything known of one truck, as one immutable value of plain JSON. A few KB at most. */
export interface TruckState {
  /** The newest believed report. */
  last: Report | null;
  /** For each terminal the newest believed time and the digests that bore it: the same report again is dropped. */
  seen: Record<string, { at: EpochMs; digests: string[] }>;
  /** The last intervals of each terminal, in ms: how long its usual pause is. */
  intervals: Record<string, number[]>;
  load: LoadState;
  bed: BedState;
  whereabouts: Whereabouts;
  hauling: HaulState;
  /** The incident that alerts without a haul go on in. */
  incident: { id: string; lastAt: EpochMs } | null;
  /** Believed reports of the last 120 s. */
  recent: Report[];
  byRule: Record<string, unknown>;
  /** Jumped reports that may yet be believed: at most two, not part of a snapshot (the log has them). */
  doubted: Report[];
}

export const NEW_TRUCK: TruckState = {
  last: null,
  seen: {},
  intervals: {},
  load: NO_LOAD,
  bed: NO_BED,
  whereabouts: NOWHERE_YET,
  hauling: NO_HAUL,
  incident: null,
  recent: [],
  byRule: {},
  doubted: [],
};

import { type BedState, NO_BED } from './bed.js';
import { type HaulState, NO_HAUL } from './haul.js';
import { type LoadAnswer, type LoadState, NO_LOAD } from './load.js';
import type { CoverSaid, Point, Report } from './report.js';
import { type EpochMs, SECOND_MS } from './time.js';
import { NOWHERE_YET, type Whereabouts } from './visit.js';

/** Grows with every change of a state's shape: a snapshot of another shape is not read, its truck is computed from the log again. */
export const STATE_SHAPE = 1;

/** Everything known of one truck, as one immutable value of plain JSON. A few KB at most. */
export interface TruckState {
  /** The newest believed report, without the fields that we do not know: they may be long. */
  last: Report | null;
  /** The terminals that it was heard of by, the latest first. */
  seen: Seen[];
  load: LoadState;
  bed: BedState;
  whereabouts: Whereabouts;
  hauling: HaulState;
  /** The incident that alerts without a haul go on in. */
  incident: { id: string; lastAt: EpochMs } | null;
  /** The last 120 s, thinned: what a sighting that arrives seconds late is held against. */
  recent: Recent[];
  byRule: Record<string, unknown>;
  /** Jumped reports that may yet be believed: at most two, not part of a snapshot (the log has them). */
  doubted: Report[];
}

/** What was believed last of one terminal. */
export interface Seen {
  source: string;
  at: EpochMs;
  /** The `seq` of the newest report of that time. */
  seq: number | null;
  /** The digests that bore that time: the same report again is dropped. */
  digests: string[];
  /** The last intervals: how long its usual pause is. */
  intervalsMs: number[];
}

export function seenOf(state: TruckState, source: string): Seen | undefined {
  return state.seen.find((seen) => seen.source === source);
}

/** What is remembered of a past moment. */
export interface Recent {
  at: EpochMs;
  point: Point;
  cover: CoverSaid | null;
  load: LoadAnswer;
}

const RECENT_MS = 120 * SECOND_MS;
/** A terminal may report each second: 120 whole reports were 50 KB of snapshot. */
const RECENT_EVERY_MS = 5 * SECOND_MS;
const RECENT_KEPT = 40;

/** The last 120 s with one more moment, unless the newest kept is nearer than 5 s and says the same of the cover. */
export function recentWith(before: Recent[], moment: Recent): Recent[] {
  const newest = before.at(-1);
  if (newest && moment.at - newest.at < RECENT_EVERY_MS && (moment.cover === newest.cover || moment.at === newest.at)) return before;
  const kept = before.findIndex((past) => moment.at - past.at <= RECENT_MS);
  return [...(kept < 0 ? [] : before.slice(kept)), moment].slice(-RECENT_KEPT);
}

/** A report as a state keeps it. */
export function remembered(report: Report): Report {
  return report.extra === null ? report : { ...report, extra: null };
}

export const NEW_TRUCK: TruckState = {
  last: null,
  seen: [],
  load: NO_LOAD,
  bed: NO_BED,
  whereabouts: NOWHERE_YET,
  hauling: NO_HAUL,
  incident: null,
  recent: [],
  byRule: {},
  doubted: [],
};

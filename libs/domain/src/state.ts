import type { RuleCode } from './alert.js';
import { type BedState, NO_BED } from './bed.js';
import type { FoundAlert } from './findings.js';
import { type HaulState, NO_HAUL } from './haul.js';
import { type LoadAnswer, type LoadState, NO_LOAD } from './load.js';
import type { CoverSaid, Point, Report } from './report.js';
import { type Camera, compareSightings, type Sighted } from './sighting.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from './time.js';
import { NOWHERE_YET, type Whereabouts } from './visit.js';
import { withLast } from './with-last.js';

/** Grows with every change of a state's shape: a snapshot of another shape is not read, its truck is computed from the log again. */
export const STATE_SHAPE = 6;

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
  incident: Incident | null;
  /** The last minutes, thinned: what a sighting that arrives seconds late is held against. */
  recent: Recent[];
  /** The last hour's sightings of the plate, oldest first. */
  sightings: SeenBy[];
  /** Sightings after which no report is known yet. */
  pending: PendingSighting[];
  /** Episodes that have opened and not ended, with the alerts they are. */
  episodes: OpenEpisode[];
  byRule: Record<string, unknown>;
  /** Jumped reports that may yet be believed: at most two, not part of a snapshot (the log has them). */
  doubted: Report[];
}

/** The incident that alerts without a haul go on in, and that a haul joins whose departure it told of. */
export interface Incident {
  id: string;
  lastAt: EpochMs;
  /** When a gate camera saw the truck leave. */
  leavingAt?: EpochMs;
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
  /** The answer that stood, a fault of this one report aside. */
  load: LoadAnswer;
}

/** A camera that saw the plate. */
export interface SeenBy {
  camera: string;
  id: string;
  at: EpochMs;
  point: Point;
  plateConfidence: number;
  /** Fingerprint of what it said: the same id with another one is an update. */
  said: number;
}

export interface PendingSighting {
  sighting: Sighted;
  camera: Camera;
  /** What it was judged against when it came. */
  before: Recent | null;
  /** Rules that have told of it. */
  told: RuleCode[];
}

/**
 * An episode under way, with what was told of it last: judged again from here it is what it was here, though nothing more should be found. Its alert keeps the id
 * it was opened with, though judging again may have moved its beginning.
 */
export type OpenEpisode = Omit<FoundAlert, 'ended' | 'opened'>;

export const SIGHTING_LATE_MS = 120 * SECOND_MS;
/** A sighting is held against what was said within a minute of it. */
export const SIGHTING_NEAR_MS = 60 * SECOND_MS;
/** So far back is remembered, and one moment more: a sighting may come 120 s after newer reports. */
const RECENT_MS = SIGHTING_LATE_MS + SIGHTING_NEAR_MS;
/** A terminal may report each second: 120 whole reports were 50 KB of snapshot. */
const RECENT_EVERY_MS = 10 * SECOND_MS;
const RECENT_KEPT = 28;
const SIGHTINGS_MS = 60 * MINUTE_MS;
const SIGHTINGS_KEPT = 8;

/** The last minutes and the moment before them, with one more, unless the newest kept is nearer than 10 s and this one says nothing else of cover and load. */
export function recentWith(before: Recent[], moment: Recent): Recent[] {
  const newest = before.at(-1);
  if (newest) {
    const same = (moment.cover === null || moment.cover === newest.cover) && moment.load === newest.load;
    if (moment.at === newest.at || (same && moment.at - newest.at < RECENT_EVERY_MS)) return before;
  }
  const inside = before.findIndex((past) => moment.at - past.at <= RECENT_MS);
  const from = inside < 0 ? before.length - 1 : inside - 1;
  return withLast(before, { ...moment, point: toDecimetres(moment.point) }, Math.max(0, from, before.length + 1 - RECENT_KEPT));
}

/** A point as exact as a fix may be: no more digits are kept of each. */
function toDecimetres([lon, lat]: Point): Point {
  return [Math.round(lon * 1e6) / 1e6 + 0, Math.round(lat * 1e6) / 1e6 + 0];
}

/** Whether what was known at that time is no longer remembered. */
export function forgotten(recent: readonly Recent[], at: EpochMs): boolean {
  return recent.length === RECENT_KEPT && recent[0]!.at > at;
}

/** The last hour's sightings with one more, in the order in which they are judged. */
export function sightingsWith(before: SeenBy[], seen: SeenBy): SeenBy[] {
  const all = [...before, seen].sort(compareSightings);
  return all.filter((one) => all.at(-1)!.at - one.at <= SIGHTINGS_MS).slice(-SIGHTINGS_KEPT);
}

/** It may be judged again from: what it knows ends with its newest report. A sighting that came sooner than the reports of its time is part of no cut. */
export function isCut({ last, sightings }: TruckState): boolean {
  return last !== null && sightings.every((seen) => seen.at <= last.at);
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
  sightings: [],
  pending: [],
  episodes: [],
  byRule: {},
  doubted: [],
};

/** The state with other ids for its open episodes and hauls: those under which they are stored. */
export function renamed(state: TruckState, alertIds: ReadonlyMap<string, string>, haulIds: ReadonlyMap<string, string>): TruckState {
  const { haul, last, ...left } = state.hauling;
  const idOf = (ids: ReadonlyMap<string, string>, id: string) => ids.get(id) ?? id;
  return {
    ...state,
    episodes: state.episodes.map((episode) => ({
      ...episode,
      id: idOf(alertIds, episode.id),
      haulId: episode.haulId === null ? null : idOf(haulIds, episode.haulId),
      incident: idOf(haulIds, episode.incident),
    })),
    hauling: { ...left, haul: haul && { ...haul, id: idOf(haulIds, haul.id) }, last: last && { ...last, id: idOf(haulIds, last.id) } },
  };
}

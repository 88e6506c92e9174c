import { borderDistanceM } from './geo.js';
import type { Place } from './place.js';
import type { Point, Report } from './report.js';
import { type EpochMs, SECOND_MS } from './time.js';
import type { World } from './world.js';

/** A report worse than this is neither inside nor outside of anything. */
export const PLACE_ACCURACY_M = 50;
const BELIEVED_AFTER_MS = 10 * SECOND_MS;
const BELIEVED_AFTER_REPORTS = 2;
/**
 * A truck that queues along a border has two reports and 10 s on either side of it again and again: one enter needs a report that is clear of the border by more
 * than fixes err, or a minute on the new side (a wash bay is narrower than that).
 */
const CLEAR_M = 15;
const BELIEVED_UNCLEAR_MS = 60 * SECOND_MS;

/** A believed stay in a place. */
export interface Visit {
  placeId: string;
  /** Event time of the first report inside. */
  enteredAt: EpochMs;
  /** The truck's very first report already lay inside. */
  first: boolean;
}

/** A border that seems crossed and is not yet believed. */
interface Crossing {
  placeId: string;
  side: 'inside' | 'outside';
  since: EpochMs;
  reports: number;
  /** One of the reports lay clear of the border. */
  clear: boolean;
}

/** Where a truck is believed to be. */
export interface Whereabouts {
  visits: Visit[];
  crossings: Crossing[];
  /** Ids of the places around the last usable point, whether or not they existed for rules then. */
  around: string[];
  point: Point | null;
  at: EpochMs;
  worldVersion: number;
}

// Most trucks are inside of nothing at most reports.
const NOTHING: never[] = [];

export const NOWHERE_YET: Whereabouts = { visits: [], crossings: [], around: [], point: null, at: 0, worldVersion: -1 };

/** A believed enter or exit, dated to the first report on the new side. */
export interface Transition {
  kind: 'enter' | 'exit';
  placeId: string;
  at: EpochMs;
  visit: Visit;
}

/**
 * Enter and exit, believed after two reports or 10 s on the new side, whichever is later; a jitter along the border is neither. Editing, adding, opening or
 * expiring a place fires nothing: it changes silently what the truck is inside.
 */
export function stepWhereabouts(before: Whereabouts, report: Report, within: Place[], world: World): { whereabouts: Whereabouts; transitions: Transition[] } {
  if (!placeKnown(report)) return { whereabouts: before, transitions: NOTHING };
  const { at, point } = report;
  const around = within.length === 0 ? NOTHING : within.map((place) => place.id);
  const inside = within.length === 0 ? NOTHING : within.filter((place) => world.exists(place, at)).map((place) => place.id);
  if (before.point === null) return arrive(report, inside, around, world);

  const visits = silently(before, world, at, inside);
  const nowhere = visits.length === 0 && inside.length === 0;
  const whereabouts: Whereabouts = { visits, crossings: nowhere ? NOTHING : before.crossings, around, point, at, worldVersion: world.version };
  return nowhere ? { whereabouts, transitions: NOTHING } : cross(whereabouts, inside, report, world);
}

export function placeKnown(report: Report): boolean {
  return report.accuracyM === null || report.accuracyM <= PLACE_ACCURACY_M;
}

function arrive(report: Report, inside: string[], around: string[], world: World): { whereabouts: Whereabouts; transitions: Transition[] } {
  const visits = inside.map((placeId): Visit => ({ placeId, enteredAt: report.at, first: true }));
  const transitions = visits.map((visit): Transition => ({ kind: 'enter', placeId: visit.placeId, at: report.at, visit }));
  return { whereabouts: { visits, crossings: [], around, point: report.point, at: report.at, worldVersion: world.version }, transitions };
}

/** Visits after what changed around the truck since the last report: places that went are dropped, places that came around it are entered, both without a word. */
function silently(before: Whereabouts, world: World, at: EpochMs, inside: string[]): Visit[] {
  const edited = before.worldVersion !== world.version;
  if (!edited && before.visits.length === 0 && inside.length === 0) return NOTHING;
  const around = edited ? world.hits(before.point!).within.map((place) => place.id) : before.around;
  const staying = before.visits.filter((visit) => {
    const place = world.place(visit.placeId);
    if (place === undefined || !world.exists(place, at)) return false;
    // A truck that was seen outside already is leaving by itself: an edit, of whatever place, does not swallow its exit.
    const leaving = before.crossings.some((crossing) => crossing.placeId === visit.placeId);
    return !edited || leaving || around.includes(visit.placeId) || inside.includes(visit.placeId);
  });
  const known = (id: string) => staying.some((visit) => visit.placeId === id) || before.crossings.some((crossing) => crossing.placeId === id);
  const appeared = inside.filter((id) => !known(id) && around.includes(id) && (edited || !world.exists(world.place(id)!, before.at)));
  const unchanged = staying.length === before.visits.length && appeared.length === 0;
  return unchanged ? before.visits : [...staying, ...appeared.map((placeId): Visit => ({ placeId, enteredAt: at, first: false }))];
}

function cross(whereabouts: Whereabouts, inside: string[], report: Report, world: World): { whereabouts: Whereabouts; transitions: Transition[] } {
  const { visits: before } = whereabouts;
  // As with most reports from inside of a place: no border seems crossed.
  if (before.length === inside.length && before.every(({ placeId }) => inside.includes(placeId))) {
    return { whereabouts: { ...whereabouts, crossings: NOTHING }, transitions: NOTHING };
  }
  const visited = before.map((visit) => visit.placeId);
  const entering = inside.filter((id) => !visited.includes(id)).map((id) => stepCrossing(whereabouts.crossings, id, 'inside', report, world));
  const leaving = visited.filter((id) => !inside.includes(id)).map((id) => stepCrossing(whereabouts.crossings, id, 'outside', report, world));

  let visits = before;
  const transitions: Transition[] = [];
  const crossings: Crossing[] = [];
  for (const crossing of [...leaving, ...entering]) {
    if (!believed(crossing, report.at)) {
      crossings.push(crossing);
    } else if (crossing.side === 'inside') {
      const visit: Visit = { placeId: crossing.placeId, enteredAt: crossing.since, first: false };
      visits = [...visits, visit];
      transitions.push({ kind: 'enter', placeId: crossing.placeId, at: crossing.since, visit });
    } else {
      const visit = visits.find((candidate) => candidate.placeId === crossing.placeId)!;
      visits = visits.filter((candidate) => candidate !== visit);
      transitions.push({ kind: 'exit', placeId: crossing.placeId, at: crossing.since, visit });
    }
  }
  return { whereabouts: { ...whereabouts, visits, crossings }, transitions };
}

function stepCrossing(crossings: Crossing[], placeId: string, side: Crossing['side'], report: Report, world: World): Crossing {
  const known = crossings.find((crossing) => crossing.placeId === placeId && crossing.side === side);
  const clear = known?.clear === true || borderDistanceM(world.place(placeId)!.geometry, report.point) > Math.max(CLEAR_M, 2 * (report.accuracyM ?? 0));
  return known ? { ...known, reports: known.reports + 1, clear } : { placeId, side, since: report.at, reports: 1, clear };
}

function believed(crossing: Crossing, at: EpochMs): boolean {
  return crossing.reports >= BELIEVED_AFTER_REPORTS && at - crossing.since >= (crossing.clear ? BELIEVED_AFTER_MS : BELIEVED_UNCLEAR_MS);
}

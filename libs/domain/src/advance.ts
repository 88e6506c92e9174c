import { bedDeg, bedRaised, stepBed } from './bed.js';
import { type Faults, type PlacedFinding, placed, stepRules } from './findings.js';
import { drivenM, type Haul, stepHaul } from './haul.js';
import { medianKg, newestReading, stepLoad } from './load.js';
import { median } from './median.js';
import type { Moment } from './moment.js';
import type { Place } from './place.js';
import type { Report } from './report.js';
import type { AnyRule } from './rules/index.js';
import { settle } from './see.js';
import { recentWith, remembered, type Seen, seenOf, type TruckState } from './state.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from './time.js';
import type { Truck } from './truck.js';
import { withLast } from './with-last.js';
import { placeKnown, stepWhereabouts, type Transition } from './visit.js';
import type { World } from './world.js';

const PAUSE_MS = 120 * SECOND_MS;
/** A bed that tips: as the rules about dumping have it unless a city says otherwise. */
const TIPPING_DEG = 20;
const INTERVALS_KEPT = 20;
const INTERVAL_COUNTS_MS = 10 * MINUTE_MS;
/** Of one time; a terminal whose clock stands still says no end of different things at it. */
const DIGESTS_KEPT = 8;
/** That a truck was heard of by; it has one, and over the years a few others. */
const TERMINALS_KEPT = 8;

export interface Advance {
  state: TruckState;
  findings: PlacedFinding[];
  transitions: Transition[];
  /** The haul, where its row changed. */
  haul: Haul | null;
  faults: Faults;
  /** The time of a sighting that was judged before reports that change what it meant: the truck is to be judged again from before it. Null: none was. */
  misjudged: EpochMs | null;
}

/** Takes one believed report into a truck's state: what the truck carries, where it is, its haul, then each rule. */
export function advance(before: TruckState, report: Report, truck: Truck, world: World, rules: readonly AnyRule[]): Advance {
  const seen = seenOf(before, report.source);
  const hits = world.hits(report.point);
  const inside = existing(hits.within, world, report.at);
  const workPlaces = placeKnown(report) ? existing(hits.workPlaces, world, report.at) : null;

  const load = stepLoad(before.load, report, truck.ratedLoadKg);
  const loadKg = report.loadKg === null || report.loadState === 'fault' ? null : medianKg(load);
  const bed = stepBed(before.bed, report);
  const driven = before.last === null ? 0 : drivenM(before.last, report);
  const { whereabouts, transitions } = stepWhereabouts(before.whereabouts, report, hits.within, world);
  const hauling = stepHaul(before.hauling, {
    report,
    truck,
    world,
    load: load.answer,
    loadBefore: before.load.answer,
    loadKg,
    bedRaised: bedRaised(report, bed.restDeg, TIPPING_DEG),
    drivenM: driven,
    visits: whereabouts.visits,
    transitions,
    inside,
    workPlaces,
  });

  const moment: Moment = {
    at: report.at,
    point: report.point,
    report,
    truck,
    world,
    previous: before.last,
    pauseMs: pauseMs(seen),
    drivenM: driven,
    placeKnown: workPlaces !== null,
    inside,
    atWorkPlace: workPlaces && workPlaces.length > 0,
    load: load.answer,
    loadStood: before.load.standing,
    loadBefore: before.load.lastKnown,
    loadSaid: newestReading(load, truck.ratedLoadKg),
    loadKg,
    bedRaised: (deg) => bedRaised(report, bed.restDeg, deg),
    bedDeg: bedDeg(report, bed.restDeg),
    coverOpen: report.cover === 'open' ? true : report.cover === 'closed' ? false : null,
    haul: hauling.state.haul ?? hauling.changed,
    visits: whereabouts.visits,
    transitions,
  };
  const judged = stepRules('step', before.byRule, moment, { rules, world, at: report.at });
  const recent = recentWith(before.recent, { at: report.at, point: report.point, cover: report.cover, load: load.standing });
  const settled = before.pending.length === 0 || recent === before.recent ? null : settle(before, recent, judged.byRule, { truck, world, rules });
  const findings = settled === null || settled.findings.length === 0 ? judged.findings : [...judged.findings, ...settled.findings];
  const told = placed(before, findings, { at: report.at, subject: truck.id, haul: moment.haul, last: hauling.state.last });

  const state: TruckState = {
    last: remembered(report),
    seen: seenWith(before.seen, seen, report),
    load,
    bed,
    whereabouts,
    hauling: hauling.state,
    incident: told.incident,
    recent,
    sightings: before.sightings,
    pending: settled?.pending ?? before.pending,
    episodes: told.episodes,
    byRule: settled?.byRule ?? judged.byRule,
    doubted: [],
  };
  const faults = settled === null || settled.faults.length === 0 ? judged.faults : [...judged.faults, ...settled.faults];
  return { state, findings: told.findings, transitions, haul: hauling.changed, faults, misjudged: settled?.misjudged ?? null };
}

/** Time has gone by without a report: what rules say then. The truck's own event time does not move. */
export function tick(before: TruckState, at: EpochMs, truck: Truck, world: World, rules: readonly AnyRule[]): Pick<Advance, 'state' | 'findings' | 'faults'> {
  const asked = stepRules('tick', before.byRule, { at, truck, world }, { rules, world, at });
  if (asked.byRule === before.byRule && asked.findings.length === 0) return { state: before, findings: [], faults: asked.faults };
  const told = placed(before, asked.findings, { at, subject: truck.id, haul: before.hauling.haul, last: before.hauling.last });
  return { state: { ...before, byRule: asked.byRule, incident: told.incident, episodes: told.episodes }, findings: told.findings, faults: asked.faults };
}

function existing(places: Place[], world: World, at: EpochMs): Place[] {
  return places.every((place) => world.exists(place, at)) ? places : places.filter((place) => world.exists(place, at));
}

/** 120 s, or three times the terminal's usual interval if that is longer: for most terminals none of the last is so long that the median need be known. */
function pauseMs(seen: Seen | undefined): number {
  const intervalsMs = seen?.intervalsMs ?? [];
  for (const interval of intervalsMs) if (3 * interval > PAUSE_MS) return Math.max(PAUSE_MS, 3 * median(intervalsMs)!);
  return PAUSE_MS;
}

function seenWith(all: Seen[], before: Seen | undefined, report: Report): Seen[] {
  const now = seenNow(before, report);
  return all.length === 1 && before !== undefined ? [now] : [now, ...all.filter((seen) => seen !== before)].slice(0, TERMINALS_KEPT);
}

function seenNow(before: Seen | undefined, { source, at, seq, digest }: Report): Seen {
  if (before === undefined) return { source, at, seq, digests: [digest], intervalsMs: [] };
  const digests = before.at === at ? [...before.digests, digest].slice(-DIGESTS_KEPT) : [digest];
  return { source, at, seq, digests, intervalsMs: intervalsWith(before.intervalsMs, at - before.at) };
}

function intervalsWith(before: number[], intervalMs: number): number[] {
  if (intervalMs <= 0 || intervalMs >= INTERVAL_COUNTS_MS) return before;
  return withLast(before, intervalMs, before.length < INTERVALS_KEPT ? 0 : 1);
}

import type { Finding, RuleCode } from './alert.js';
import { bedDeg, bedRaised, stepBed } from './bed.js';
import { drivenM, type Haul, type HaulState, stepHaul } from './haul.js';
import { medianKg, stepLoad } from './load.js';
import { median } from './median.js';
import type { Moment } from './moment.js';
import { own } from './own.js';
import type { Place } from './place.js';
import type { Report } from './report.js';
import type { AnyRule } from './rules/index.js';
import { recentWith, remembered, type Seen, type TruckState } from './state.js';
import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js';
import type { Truck } from './truck.js';
import { placeKnown, stepWhereabouts, type Transition } from './visit.js';
import type { World } from './world.js';

const PAUSE_MS = 120 * SECOND_MS;
const INTERVALS_KEPT = 20;
const INTERVAL_COUNTS_MS = 10 * MINUTE_MS;
/** Of one time; a terminal whose clock stands still says no end of different things at it. */
const DIGESTS_KEPT = 8;
const INCIDENT_GAP_MS = 2 * HOUR_MS;

/** A finding with the incident it belongs to and the haul it was found in. */
export interface PlacedFinding extends Finding {
  incident: string;
  haulId: string | null;
}

export interface Advance {
  state: TruckState;
  findings: PlacedFinding[];
  transitions: Transition[];
  /** The haul, where its row changed. */
  haul: Haul | null;
  /** Rules that threw: each keeps its old state and the others go on. */
  faults: { rule: RuleCode; error: unknown }[];
}

/** Takes one believed report into a truck's state: what the truck carries, where it is, its haul, then each rule. */
export function advance(before: TruckState, report: Report, truck: Truck, world: World, rules: readonly AnyRule[]): Advance {
  const seen = own(before.seen, report.source);
  const hits = world.hits(report.point);
  const existing = (place: Place) => world.exists(place, report.at);
  const inside = hits.within.length === 0 ? hits.within : hits.within.filter(existing);
  const workPlaces = !placeKnown(report) ? null : hits.workPlaces.length === 0 ? hits.workPlaces : hits.workPlaces.filter(existing);

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
    pausedSince: (at) => paused(seen, report, at),
    drivenM: driven,
    placeKnown: workPlaces !== null,
    inside,
    atWorkPlace: workPlaces && workPlaces.length > 0,
    load: load.answer,
    loadBefore: before.load.lastKnown,
    loadKg,
    bedRaised: (deg) => bedRaised(report, bed.restDeg, deg),
    bedDeg: bedDeg(report, bed.restDeg),
    coverOpen: report.cover === 'open' ? true : report.cover === 'closed' ? false : null,
    haul: hauling.state.haul ?? hauling.changed,
  };
  const judged = ask(rules, before.byRule, moment);
  const placed = place(before.incident, judged.findings, moment, hauling.state.last);

  const state: TruckState = {
    last: remembered(report),
    seen: { ...before.seen, [report.source]: seenNow(seen, report) },
    load,
    bed,
    whereabouts,
    hauling: hauling.state,
    incident: placed.incident,
    recent: recentWith(before.recent, { at: report.at, point: report.point, cover: report.cover, load: load.answer }),
    byRule: judged.byRule,
    doubted: [],
  };
  return { state, findings: placed.findings, transitions, haul: hauling.changed, faults: judged.faults };
}

function ask(
  rules: readonly AnyRule[],
  before: TruckState['byRule'],
  moment: Moment,
): { byRule: TruckState['byRule']; findings: Finding[]; faults: Advance['faults'] } {
  let byRule = before;
  const findings: Finding[] = [];
  const faults: Advance['faults'] = [];
  for (const rule of rules) {
    try {
      const old = before[rule.code] ?? rule.start;
      const step = rule.step(old, moment, moment.world.limits(rule.code, rule.limits));
      if (step.state !== old) byRule = { ...byRule, [rule.code]: step.state };
      for (const found of step.findings) findings.push({ ...found, rule: rule.code, at: moment.at });
    } catch (error) {
      faults.push({ rule: rule.code, error });
    }
  }
  return { byRule, findings, faults };
}

/** An incident is the alerts of one haul, else of one truck with gaps of at most two hours. */
function place(
  before: TruckState['incident'],
  findings: Finding[],
  moment: Moment,
  last: HaulState['last'],
): { incident: TruckState['incident']; findings: PlacedFinding[] } {
  let incident = before;
  const placed = findings.map((finding): PlacedFinding => {
    // A load that is tipped is gone before the tipping has held: it began during the haul that it ended.
    const ofLast = last !== null && finding.began >= last.departedAt && finding.began <= last.endedAt;
    const haulId = ofLast ? last.id : (moment.haul?.id ?? null);
    if (haulId !== null) return { ...finding, incident: haulId, haulId };
    const goesOn = incident !== null && moment.at - incident.lastAt <= INCIDENT_GAP_MS;
    incident = { id: goesOn ? incident!.id : `${moment.truck.id}:${finding.began}`, lastAt: moment.at };
    return { ...finding, incident: incident.id, haulId: null };
  });
  return { incident, findings: placed };
}

/** Longer than 120 s, or than three times this terminal's usual interval if that is longer. */
function paused(seen: Seen | undefined, report: Report, since: EpochMs): boolean {
  const gapMs = report.at - since;
  if (gapMs <= PAUSE_MS) return false;
  const usual = median(seen?.intervalsMs ?? []) ?? 0;
  return gapMs > Math.max(PAUSE_MS, 3 * usual);
}

function seenNow(before: Seen | undefined, report: Report): Seen {
  const { at, seq, digest } = report;
  if (before === undefined) return { at, seq, digests: [digest], intervalsMs: [] };
  const digests = before.at === at ? [...before.digests, digest].slice(-DIGESTS_KEPT) : [digest];
  return { at, seq, digests, intervalsMs: intervalsWith(before.intervalsMs, at - before.at) };
}

function intervalsWith(before: number[], intervalMs: number): number[] {
  if (intervalMs <= 0 || intervalMs >= INTERVAL_COUNTS_MS) return before;
  const intervals = before.length < INTERVALS_KEPT ? before.slice() : before.slice(1);
  intervals.push(intervalMs);
  return intervals;
}

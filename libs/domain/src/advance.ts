import type { Finding, RuleCode } from './alert.js';
import { bedDeg, bedRaised, stepBed } from './bed.js';
import { drivenM, type Haul, type HaulState, stepHaul } from './haul.js';
import { medianKg, stepLoad } from './load.js';
import { median } from './median.js';
import type { Moment } from './moment.js';
import type { Place } from './place.js';
import type { Report } from './report.js';
import type { AnyRule } from './rules/index.js';
import { recentWith, remembered, type Seen, seenOf, type TruckState } from './state.js';
import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js';
import type { Truck } from './truck.js';
import { placeKnown, stepWhereabouts, type Transition } from './visit.js';
import type { World } from './world.js';

const PAUSE_MS = 120 * SECOND_MS;
const INTERVALS_KEPT = 20;
const INTERVAL_COUNTS_MS = 10 * MINUTE_MS;
/** Of one time; a terminal whose clock stands still says no end of different things at it. */
const DIGESTS_KEPT = 8;
/** That a truck was heard of by; it has one, and over the years a few others. */
const TERMINALS_KEPT = 8;
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
    seen: seenWith(before.seen, seen, report),
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

function existing(places: Place[], world: World, at: EpochMs): Place[] {
  return places.length === 0 ? places : places.filter((place) => world.exists(place, at));
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

/** 120 s, or three times the terminal's usual interval if that is longer: for most terminals none of the last is so long that the median need be known. */
function pauseMs(seen: Seen | undefined): number {
  const intervalsMs = seen?.intervalsMs ?? [];
  return intervalsMs.some((interval) => 3 * interval > PAUSE_MS) ? Math.max(PAUSE_MS, 3 * median(intervalsMs)!) : PAUSE_MS;
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
  return before.length < INTERVALS_KEPT ? [...before, intervalMs] : [...before.slice(1), intervalMs];
}

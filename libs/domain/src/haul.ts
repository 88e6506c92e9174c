import { distanceM } from './geo.js';
import { type LoadAnswer, readingOf } from './load.js';
import { median } from './median.js';
import { permitIdOf } from './permit.js';
import type { Place } from './place.js';
import type { Report } from './report.js';
import { type EpochMs, HOUR_MS, MINUTE_MS } from './time.js';
import type { Truck } from './truck.js';
import type { Transition, Visit } from './visit.js';
import { withLast } from './with-last.js';
import type { World } from './world.js';

const VISIT_MS = 3 * MINUTE_MS;
/** A load whose sensor answers late still belongs to the site left a moment ago. */
const LATE_LOAD_MS = 10 * MINUTE_MS;
/** A load sensor that damps its answer may say «empty» only when the yard is left. */
const LATE_EMPTY_MS = 2 * MINUTE_MS;
const SAMPLE_EVERY_MS = MINUTE_MS;
const SAMPLES_KEPT = 60;
const DRIVEN_FROM_KMH = 3;
/** A bed is tipped at walking pace or less; what rises at more is a bed left up, or a sensor that shakes. */
const TIPPING_KMH = 8;

export type HaulEnd = 'delivered' | 'dumped' | 'unknown';

/** What a truck did with one load 一趟. */
export interface Haul {
  /** `truck:departedAt`. */
  id: string;
  truckId: string;
  companyId: string;
  siteId: string | null;
  /** The active permit that named the site when the truck left it; null: none did, or several. */
  permitId: string | null;
  departedAt: EpochMs;
  yardId: string | null;
  arrivedAt: EpochMs | null;
  /** When the bed first went up at walking pace or less: since it arrived at the yard, else since it departed. Null: it did not, or nobody said. */
  bedUpAt: EpochMs | null;
  yardLeftAt: EpochMs | null;
  unloadedAt: EpochMs | null;
  endedAt: EpochMs | null;
  ended: HaulEnd | null;
  distanceM: number;
  peakLoadKg: number | null;
  /** The load was not known: the haul is told from a site visit and a yard visit alone. */
  inferred: boolean;
  /** One kilogram reading a minute, the last hour's. */
  samples: number[];
  sampledAt: EpochMs | null;
  /** Median of the samples; null: none yet. */
  medianKg: number | null;
}

export interface HaulState {
  /** Under way; null: none. */
  haul: Haul | null;
  /** The site left last, while a haul may still turn out to have begun there. */
  left: { siteId: string; at: EpochMs; stayMs: number; drivenM: number; bedUpAt: EpochMs | null } | null;
  /** The haul before: a violation that began during it belongs to it, though it is found when the load has gone. */
  last: { id: string; siteId: string | null; departedAt: EpochMs; endedAt: EpochMs } | null;
}

export const NO_HAUL: HaulState = { haul: null, left: null, last: null };

interface Step {
  report: Report;
  truck: Truck;
  world: World;
  load: LoadAnswer;
  /** The answer at the report before. */
  loadBefore: LoadAnswer;
  loadKg: number | null;
  bedRaised: boolean | null;
  drivenM: number;
  visits: readonly Visit[];
  transitions: readonly Transition[];
  /** Existing places around the point. */
  inside: readonly Place[];
  /** Existing sites and yards within 30 m; null where the fix is too poor to say. */
  workPlaces: readonly Place[] | null;
}

/**
 * Follows the load: a haul opens when the truck leaves a site loaded (or is found loaded), and ends where the load goes. Returns the haul whenever its row changed.
 */
export function stepHaul(before: HaulState, step: Step): { state: HaulState; changed: Haul | null } {
  const left = siteLeft(before.left, step);
  const state = left === before.left ? before : { ...before, left };
  if (state.haul !== null) return follow(state, state.haul, step);
  return step.load === 'loaded' && awayFromWork(step) ? open(state, step) : infer(state, step);
}

function siteLeft(before: HaulState['left'], step: Step): HaulState['left'] {
  const exit = transitionOf(step, 'exit', 'site');
  if (exit) return { siteId: exit.placeId, at: exit.at, stayMs: exit.at - exit.visit.enteredAt, drivenM: step.drivenM, bedUpAt: null };
  if (before === null) return null;
  const bedUpAt = bedUpWith(before.bedUpAt, transitionOf(step, 'enter', 'yard'), step);
  return step.drivenM === 0 && bedUpAt === before.bedUpAt ? before : { ...before, drivenM: before.drivenM + step.drivenM, bedUpAt };
}

/** The first time counts; what was up before the yard was entered counts no more there. */
function bedUpWith(before: EpochMs | null, arrival: Transition | undefined, { report, bedRaised }: Step): EpochMs | null {
  if (before !== null && (arrival === undefined || before >= arrival.at)) return before;
  return bedRaised === true && (report.speedKmh ?? 0) <= TIPPING_KMH ? report.at : null;
}

/** Known to be outside every site and yard and past their verges, where trucks still queue, cover and tip. */
function awayFromWork(step: Step): boolean {
  return step.workPlaces !== null && step.workPlaces.length === 0 && !visiting(step, 'site') && !visiting(step, 'yard');
}

function open(before: HaulState, step: Step): { state: HaulState; changed: Haul } {
  const { left } = before;
  const fromSite = left !== null && step.report.at - left.at <= LATE_LOAD_MS ? left : null;
  const haul = sampled(begun(step, fromSite?.siteId ?? null, fromSite?.at ?? step.report.at, fromSite?.drivenM ?? 0), step);
  return { state: { ...before, haul, left: null }, changed: haul };
}

/** Load unknown: a site visit and then a yard visit of 3 min each are taken for a haul when the yard is left. */
function infer(before: HaulState, step: Step): { state: HaulState; changed: Haul | null } {
  const { left } = before;
  if (left === null) return { state: before, changed: null };
  // Left empty: whatever it carries later is not from there. Scales that were silent while it was loaded still stand at «empty»: what counts is what they say now.
  if (step.load === 'empty' && readingOf(step.report, step.truck.ratedLoadKg) === 'empty') return { state: { ...before, left: null }, changed: null };
  const visit = yardVisitEnded(step);
  if (step.load !== 'unknown' || visit === null || left.stayMs < VISIT_MS) return { state: before, changed: null };
  return ended(inferred({ ...begun(step, left.siteId, left.at, left.drivenM), bedUpAt: left.bedUpAt }, visit));
}

function follow(before: HaulState, under: Haul, step: Step): { state: HaulState; changed: Haul | null } {
  let haul = sampled(step.drivenM === 0 ? under : { ...under, distanceM: under.distanceM + step.drivenM }, step);
  const arrival = transitionOf(step, 'enter', 'yard');
  if (arrival) haul = { ...haul, yardId: arrival.placeId, arrivedAt: arrival.at, yardLeftAt: null };
  const leaving = step.transitions.find((transition) => transition.kind === 'exit' && transition.placeId === haul.yardId);
  if (leaving) haul = { ...haul, yardLeftAt: leaving.at };
  const bedUpAt = bedUpWith(haul.bedUpAt, arrival, step);
  const rose = bedUpAt !== haul.bedUpAt;
  if (rose) haul = { ...haul, bedUpAt };

  if (step.load === 'empty') return ended(unloaded(haul, step));
  const visit = yardVisitEnded(step);
  if (step.load === 'unknown' && visit) return ended(inferred(haul, visit));
  return { state: { ...before, haul }, changed: arrival || rose ? haul : null };
}

function ended(haul: Haul): { state: HaulState; changed: Haul } {
  const { id, siteId, departedAt, endedAt } = haul;
  return { state: { haul: null, left: null, last: { id, siteId, departedAt, endedAt: endedAt! } }, changed: haul };
}

/** Delivered in a yard, on its verge or when it has just been left; dumped where it went before our eyes anywhere else but at a site; else nobody knows. */
function unloaded(haul: Haul, step: Step): Haul {
  const { at } = step.report;
  const visit = visiting(step, 'yard');
  if (visit) return delivered(haul, visit.placeId, visit.enteredAt, at);
  if (haul.yardId !== null && haul.yardLeftAt !== null && at - haul.yardLeftAt <= LATE_EMPTY_MS) {
    return delivered(haul, haul.yardId, haul.arrivedAt, haul.yardLeftAt);
  }
  const verge = step.workPlaces?.find((place) => place.kind === 'yard');
  if (verge) return delivered(haul, verge.id, at, at);
  const dumped = step.loadBefore === 'loaded' && awayFromWork(step) && step.inside.every((place) => place.kind !== 'parking-lot');
  return { ...haul, yardId: null, arrivedAt: null, yardLeftAt: null, ended: dumped ? 'dumped' : 'unknown', unloadedAt: at, endedAt: at };
}

function inferred(haul: Haul, yardVisit: Transition): Haul {
  return delivered({ ...haul, inferred: true, yardLeftAt: yardVisit.at }, yardVisit.placeId, yardVisit.visit.enteredAt, yardVisit.at);
}

function delivered(haul: Haul, yardId: string, arrivedAt: EpochMs | null, at: EpochMs): Haul {
  return { ...haul, yardId, arrivedAt, unloadedAt: at, endedAt: at, ended: 'delivered' };
}

function begun(step: Step, siteId: string | null, departedAt: EpochMs, distanceM: number): Haul {
  return {
    id: `${step.truck.id}:${departedAt}`,
    truckId: step.truck.id,
    companyId: step.truck.companyId,
    siteId,
    permitId: siteId === null ? null : permitIdOf(step.world.permitsOf(step.truck, departedAt), siteId),
    departedAt,
    yardId: null,
    arrivedAt: null,
    bedUpAt: null,
    yardLeftAt: null,
    unloadedAt: null,
    endedAt: null,
    ended: null,
    distanceM,
    peakLoadKg: null,
    inferred: false,
    samples: [],
    sampledAt: null,
    medianKg: null,
  };
}

function sampled(haul: Haul, step: Step): Haul {
  const { loadKg } = step;
  if (loadKg === null) return haul;
  const heavier = haul.peakLoadKg === null || loadKg > haul.peakLoadKg ? { ...haul, peakLoadKg: loadKg } : haul;
  if (haul.sampledAt !== null && step.report.at - haul.sampledAt < SAMPLE_EVERY_MS) return heavier;
  const samples = withLast(haul.samples, Math.round(loadKg) + 0, haul.samples.length < SAMPLES_KEPT ? 0 : 1);
  return { ...heavier, samples, sampledAt: step.report.at, medianKg: median(samples) };
}

function visiting(step: Step, kind: 'site' | 'yard'): Visit | undefined {
  return step.visits.find((visit) => step.world.place(visit.placeId)?.kind === kind);
}

function transitionOf(step: Step, kind: Transition['kind'], placeKind: 'site' | 'yard'): Transition | undefined {
  return step.transitions.find((transition) => transition.kind === kind && step.world.place(transition.placeId)?.kind === placeKind);
}

function yardVisitEnded(step: Step): Transition | null {
  const exit = transitionOf(step, 'exit', 'yard');
  return exit && exit.at - exit.visit.enteredAt >= VISIT_MS ? exit : null;
}

/** Metres driven between two reports: none below 3 km/h, where a standing truck's fixes wander. */
export function drivenM(previous: Report, report: Report): number {
  const metres = distanceM(previous.point, report.point);
  const elapsedMs = report.at - previous.at;
  const speedKmh = report.speedKmh ?? (elapsedMs > 0 ? metres / 1_000 / (elapsedMs / HOUR_MS) : 0);
  return speedKmh >= DRIVEN_FROM_KMH ? metres : 0;
}

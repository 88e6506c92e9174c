import { median } from './median.js';
import type { LoadAnswer } from './load.js';
import type { Point, Report } from './report.js';
import { type EpochMs, MINUTE_MS } from './time.js';
import type { Truck } from './truck.js';
import type { Transition, Visit } from './visit.js';
import type { World } from './world.js';

const VISIT_MS = 3 * MINUTE_MS;
/** A load whose sensor answers late still belongs to the site left a moment ago. */
const LATE_LOAD_MS = 10 * MINUTE_MS;
const SAMPLE_EVERY_MS = MINUTE_MS;
const SAMPLES_KEPT = 60;

export type HaulEnd = 'delivered' | 'dumped' | 'unknown';

/** What a truck did with one load 一趟. */
export interface Haul {
  /** `truck:departedAt`. */
  id: string;
  truckId: string;
  companyId: string;
  siteId: string | null;
  departedAt: EpochMs;
  yardId: string | null;
  arrivedAt: EpochMs | null;
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
}

export interface HaulState {
  /** Under way; null: none. */
  haul: Haul | null;
  /** The site left last, while a haul may still turn out to have begun there. */
  left: { siteId: string; at: EpochMs; stayMs: number; drivenM: number } | null;
}

export const NO_HAUL: HaulState = { haul: null, left: null };

interface Step {
  report: Report;
  truck: Truck;
  world: World;
  load: LoadAnswer;
  loadKg: number | null;
  drivenM: number;
  visits: Visit[];
  transitions: Transition[];
}

/**
 * Follows the load: a haul opens when the truck leaves a site loaded (or is found loaded), and ends where the load goes. Returns the haul whenever its row changed.
 */
export function stepHaul(before: HaulState, step: Step): { state: HaulState; changed: Haul | null } {
  const left = siteLeft(before.left, step);
  if (before.haul !== null) return follow(before.haul, left, step);
  if (step.load === 'loaded' && !visiting(step, 'site') && !visiting(step, 'yard')) return open(left, step);
  return infer(left, step);
}

/** Median of the haul's own readings; null where it had none. */
export function haulMedianKg(haul: Haul): number | null {
  return median(haul.samples);
}

function siteLeft(before: HaulState['left'], step: Step): HaulState['left'] {
  const exit = step.transitions.find((transition) => transition.kind === 'exit' && step.world.place(transition.placeId)?.kind === 'site');
  if (exit) return { siteId: exit.placeId, at: exit.at, stayMs: exit.at - exit.visit.enteredAt, drivenM: step.drivenM };
  return before && { ...before, drivenM: before.drivenM + step.drivenM };
}

function open(left: HaulState['left'], step: Step): { state: HaulState; changed: Haul } {
  const fromSite = left !== null && step.report.at - left.at <= LATE_LOAD_MS ? left : null;
  const haul = begun(step, fromSite?.siteId ?? null, fromSite?.at ?? step.report.at, fromSite?.drivenM ?? 0, false);
  return { state: { haul: sampled(haul, step), left: null }, changed: haul };
}

/** Load unknown: a site visit and then a yard visit of 3 min each are taken for a haul when the yard is left. */
function infer(left: HaulState['left'], step: Step): { state: HaulState; changed: Haul | null } {
  const visit = yardVisitEnded(step);
  if (left === null || left.stayMs < VISIT_MS || step.load !== 'unknown' || visit === null) {
    return { state: { haul: null, left: step.load === 'empty' ? null : left }, changed: null };
  }
  const haul = begun(step, left.siteId, left.at, left.drivenM, true);
  return { state: NO_HAUL, changed: delivered({ ...haul, arrivedAt: visit.visit.enteredAt }, visit.placeId, visit.at) };
}

function follow(before: Haul, left: HaulState['left'], step: Step): { state: HaulState; changed: Haul | null } {
  let haul = sampled({ ...before, distanceM: before.distanceM + step.drivenM }, step);
  const arrival = step.transitions.find((transition) => transition.kind === 'enter' && step.world.place(transition.placeId)?.kind === 'yard');
  if (arrival) haul = { ...haul, yardId: arrival.placeId, arrivedAt: arrival.at };

  if (step.load === 'empty') return { state: NO_HAUL, changed: unloaded(haul, step) };
  const visit = yardVisitEnded(step);
  if (step.load === 'unknown' && visit) return { state: NO_HAUL, changed: delivered({ ...haul, inferred: true }, visit.placeId, visit.at) };
  return { state: { haul, left }, changed: arrival ? haul : null };
}

function unloaded(haul: Haul, step: Step): Haul {
  const yard = visiting(step, 'yard');
  if (yard) return delivered(haul, yard.placeId, step.report.at);
  // Sensors answer two readings late: a truck that has just left its yard emptied there.
  if (haul.yardId !== null && step.transitions.some((transition) => transition.kind === 'exit' && transition.placeId === haul.yardId)) {
    return delivered(haul, haul.yardId, step.report.at);
  }
  const ended: HaulEnd = visiting(step, 'site') ? 'unknown' : 'dumped';
  return { ...haul, ended, unloadedAt: step.report.at, endedAt: step.report.at };
}

function delivered(haul: Haul, yardId: string, at: EpochMs): Haul {
  return { ...haul, yardId, arrivedAt: haul.arrivedAt ?? at, unloadedAt: at, endedAt: at, ended: 'delivered' };
}

function begun(step: Step, siteId: string | null, departedAt: EpochMs, distanceM: number, inferred: boolean): Haul {
  return {
    id: `${step.truck.id}:${departedAt}`,
    truckId: step.truck.id,
    companyId: step.truck.companyId,
    siteId,
    departedAt,
    yardId: null,
    arrivedAt: null,
    unloadedAt: null,
    endedAt: null,
    ended: null,
    distanceM,
    peakLoadKg: inferred ? null : step.loadKg,
    inferred,
    samples: [],
    sampledAt: null,
  };
}

function sampled(haul: Haul, step: Step): Haul {
  const peakLoadKg = step.loadKg === null ? haul.peakLoadKg : Math.max(haul.peakLoadKg ?? -Infinity, step.loadKg);
  if (step.loadKg === null || (haul.sampledAt !== null && step.report.at - haul.sampledAt < SAMPLE_EVERY_MS)) return { ...haul, peakLoadKg };
  return { ...haul, peakLoadKg, samples: [...haul.samples, step.loadKg].slice(-SAMPLES_KEPT), sampledAt: step.report.at };
}

function visiting(step: Step, kind: 'site' | 'yard'): Visit | undefined {
  return step.visits.find((visit) => step.world.place(visit.placeId)?.kind === kind);
}

function yardVisitEnded(step: Step): Transition | null {
  return (
    step.transitions.find(
      (transition) =>
        transition.kind === 'exit' && step.world.place(transition.placeId)?.kind === 'yard' && transition.at - transition.visit.enteredAt >= VISIT_MS,
    ) ?? null
  );
}

/** Metres driven between two reports: none below 3 km/h. */
export function drivenM(previous: Report, report: Report, distance: (a: Point, b: Point) => number): number {
  const metres = distance(previous.point, report.point);
  const hours = (report.at - previous.at) / (60 * MINUTE_MS);
  const speedKmh = report.speedKmh ?? (hours > 0 ? metres / 1_000 / hours : 0);
  return speedKmh >= 3 ? metres : 0;
}

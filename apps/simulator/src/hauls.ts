import type { Wasteland } from './city.js';
import type { Truck } from './fleet.js';
import type { Gate } from './gates.js';
import { withinHours } from './hours.js';
import { planLeg } from './leg.js';
import type { Leg } from './leg.js';
import { pointAt } from './path.js';
import type { Path, Spot } from './path.js';
import type { Permit } from './permits.js';
import type { PhaseDeed } from './phase.js';
import { distance } from './plane.js';
import type { Random } from './random.js';
import { straying } from './deeds/straying.js';
import type { EpochMs } from './truth.js';
import { usualPath } from './ways.js';
import type { World } from './world.js';

/** A load on its way: the drive as planned, where it ends, and how the load comes off. */
export interface HaulPlan {
  leg: Leg;
  end: Spot;
  yard: Gate;
  /** Set when the load never reaches a yard. */
  wasteland: Wasteland | null;
  unloading: Unloading;
}

export interface Unloading {
  /** Tipped over the tail, or dug out by a machine while the bed stays down. */
  how: 'tipped' | 'dug';
  bedSensorDead: boolean;
  /** What is done against the rules by unloading there; their times come when it is done. */
  deeds: Omit<PhaseDeed, 'from' | 'to'>[];
}

/** A load that is about to leave. */
export interface HaulFrom {
  truck: Truck;
  /** null: it was loaded where there is no site. */
  site: Gate | null;
  start: Spot;
  yard: Gate;
  yardSpot: Spot;
  loadKg: number;
  /** The permit that covers it; null where none does. */
  permit: Permit | null;
  at: EpochMs;
}

export const TIPPED: Unloading = { how: 'tipped', bedSensorDead: false, deeds: [] };
/** Roughly how long it takes from the end of the drive until the load is off: the queue at a yard is known only there. */
const UNLOADING_MS = { yard: 15 * 60_000, open: 3 * 60_000 };
const LOADED_IN_THE_OPEN_S = 60;
const HOURS_MARGIN_MS = 8 * 60_000;

/** The honest haul. */
export function honestHaul(world: World, from: HaulFrom, random: Random): HaulPlan {
  return haulAlong(usualPath(world, from.start, from.yardSpot, random), from, random);
}

/** The haul along a path of its own, to the yard that `from` names. */
export function haulAlong(path: Path, from: HaulFrom, random: Random): HaulPlan {
  return { leg: loadedLeg(path, from, random), end: from.yardSpot, yard: from.yard, wasteland: null, unloading: TIPPED };
}

export function loadedLeg(path: Path, from: HaulFrom, random: Random): Leg {
  const stops = from.site ? washStop(path, from.site, random) : [];
  return planLeg(path, { loadKg: from.loadKg, loaded: true, pace: from.truck.pace, stops }, random);
}

/** Half a minute and more in the wash bay, if the site has one. */
function washStop(path: Path, site: Gate, random: Random): { i: number; seconds: number }[] {
  if (!site.washBay) return [];
  const inner = site.drive[2];
  let nearest = 1;
  for (let i = 1; i < path.outFrom; i++) if (distance(pointAt(path, i), inner) < distance(pointAt(path, nearest), inner)) nearest = i;
  return [{ i: nearest, seconds: random.whole(35, 90) }];
}

/** The plan with all that it does off its approved routes; null where that can be argued about, or where its hours do not allow it. */
export function withWhatFollows(world: World, plan: HaulPlan, from: HaulFrom): HaulPlan | null {
  const { permit } = from;
  if (permit && !allowedAt(permit, from.at, from.at + plan.leg.pace.seconds * 1000)) return null;
  const routes = permit ? world.papers.routesOf(permit) : from.site ? [] : world.papers.routesOfCompany(from.truck.companyId);
  const strayed = straying(plan.leg, routes, plan.wasteland ? LOADED_IN_THE_OPEN_S : 0);
  return strayed && { ...plan, leg: { ...plan.leg, deeds: [...plan.leg.deeds, ...strayed] } };
}

/** May a load that leaves and arrives then be on the road all the time? */
export function allowedAt(permit: Permit, leaves: EpochMs, arrives: EpochMs): boolean {
  return withinHours(permit.hours, leaves) && withinHours(permit.hours, arrives + HOURS_MARGIN_MS);
}

/** Everything that a plan does against the rules, by the time of day; what unloading does, about then. */
export function deedsOf(plan: HaulPlan, at: EpochMs): Pick<PhaseDeed, 'rule' | 'from' | 'to'>[] {
  const arrives = at + plan.leg.pace.seconds * 1000;
  const takes = plan.wasteland ? UNLOADING_MS.open : UNLOADING_MS.yard;
  return [
    ...plan.leg.deeds.map(({ rule, from, to }) => ({ rule, from: at + from, to: at + to })),
    ...plan.unloading.deeds.map(({ rule }) => ({ rule, from: arrives, to: arrives + takes })),
  ];
}

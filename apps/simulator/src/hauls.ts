import type { Wasteland } from './city.js';
import type { Gate } from './gates.js';
import { HOUR_MS, MINUTE_MS, withinHours } from './hours.js';
import { planLeg } from './leg.js';
import type { Leg } from './leg.js';
import type { NoGo, Way } from './no-go.js';
import { pointAt } from './path.js';
import type { Path, Spot } from './path.js';
import { distance } from './plane.js';
import type { Random } from './random.js';
import { TASTES } from './routes.js';
import type { EpochMs, Rule } from './truth.js';
import { crossForbidden, leaveUncovered, speedInZone, speedLoaded, spillLoad } from './violations.js';
import type { World } from './world.js';

/** A load on its way: the drive as planned, and where it ends. */
export interface HaulPlan {
  leg: Leg;
  end: Spot;
  /** Set when the load never reaches the yard. */
  wasteland: Wasteland | null;
}

export interface HaulFrom {
  site: Gate;
  start: Spot;
  yard: Gate;
  yardSpot: Spot;
  loadKg: number;
  pace: number;
}

/** How often each rule is chosen when a driver breaks one. */
const SHARES: [Rule, number][] = [
  ['uncovered-load', 0.32],
  ['spill', 0.24],
  ['speeding', 0.2],
  ['illegal-dumping', 0.12],
  ['no-go', 0.12],
];

/** The way that one taste or another takes between two spots. */
export function usualPath(world: World, from: Spot, to: Spot, random: Random): Path {
  const taste = random.whole(0, TASTES - 1);
  return world.paths.usual(from, to, taste, () => world.routes.way(from.node, to.node, taste));
}

/** The honest haul. */
export function honestHaul(world: World, from: HaulFrom, random: Random): HaulPlan {
  const path = usualPath(world, from.start, from.yardSpot, random);
  return { leg: loadedLeg(path, from, random), end: from.yardSpot, wasteland: null };
}

/** A haul on which a rule is broken: the one first chosen, else whichever this way gives room for. */
export function crookedHaul(world: World, from: HaulFrom, at: EpochMs, random: Random): HaulPlan {
  for (const rule of [chooseRule(random), ...random.shuffled(SHARES.map(([rule]) => rule))]) {
    const plan = breakRule(rule, world, from, at, random);
    if (plan) return plan;
  }
  return honestHaul(world, from, random);
}

function chooseRule(random: Random): Rule {
  let die = random.next();
  for (const [rule, share] of SHARES) if ((die -= share) < 0) return rule;
  return 'uncovered-load';
}

export function breakRule(rule: Rule, world: World, from: HaulFrom, at: EpochMs, random: Random): HaulPlan | null {
  switch (rule) {
    case 'illegal-dumping':
      return dumpingHaul(world, from, random);
    case 'no-go':
      return forbiddenHaul(world, from, at, random);
    default: {
      const honest = honestHaul(world, from, random);
      const leg = spoil(rule, world, honest.leg, random);
      return leg && { ...honest, leg };
    }
  }
}

function spoil(rule: Rule, world: World, leg: Leg, random: Random): Leg | null {
  if (rule === 'uncovered-load') return leaveUncovered(leg, random);
  if (rule === 'spill') return spillLoad(leg, random);
  return random.chance(0.5) ? (speedInZone(leg, world.city.speedZones, random) ?? speedLoaded(leg, random)) : speedLoaded(leg, random);
}

/** To one of the three wastelands that are nearest to the way. */
function dumpingHaul(world: World, from: HaulFrom, random: Random): HaulPlan | null {
  const { wastelands } = world.city;
  if (wastelands.length === 0) return null;
  const near = [...wastelands].sort((a, b) => detourS(world, from, a.node) - detourS(world, from, b.node)).slice(0, 4);
  const wasteland = random.pick(near);
  const end: Spot = { node: wasteland.node, stand: wasteland.point, drive: null };
  const path = usualPath(world, from.start, end, random);
  return { leg: loadedLeg(path, from, random), end, wasteland };
}

function detourS(world: World, from: HaulFrom, node: number): number {
  return world.routes.costS(from.start.node, node, 0) + world.routes.costS(from.yardSpot.node, node, 0) * 0.5;
}

/** Through the forbidden place that costs the least time, while it is forbidden. */
function forbiddenHaul(world: World, from: HaulFrom, at: EpochMs, random: Random): HaulPlan | null {
  const active = world.city.noGos.filter(({ place }) => [at - 15 * MINUTE_MS, at + HOUR_MS / 2, at + HOUR_MS].every((time) => withinHours(place.hours, time)));
  const ways = active.flatMap((noGo) => noGo.ways.flatMap((way) => [thither(noGo, way, false), thither(noGo, way, true)]));
  const costed = ways.map((way) => ({ ...way, costS: world.routes.costS(from.start.node, way.from, 0) + world.routes.costS(way.to, from.yardSpot.node, 0) }));
  costed.sort((a, b) => a.costS - b.costS);
  for (const way of random.shuffled(costed.slice(0, 8))) {
    const edges = [...world.routes.way(from.start.node, way.from, 0), ...way.edges, ...world.routes.way(way.to, from.yardSpot.node, 0)];
    if (turnsBack(edges)) continue;
    const path = world.paths.special(from.start, edges, from.yardSpot);
    const leg = crossForbidden(loadedLeg(path, from, random), way.noGo.place, random);
    if (leg) return { leg, end: from.yardSpot, wasteland: null };
  }
  return null;
}

function thither(noGo: NoGo, way: Way, reversed: boolean): { noGo: NoGo; from: number; to: number; edges: number[] } {
  return reversed ? { noGo, from: way.to, to: way.from, edges: [...way.edges].reverse() } : { noGo, from: way.from, to: way.to, edges: way.edges };
}

function turnsBack(edges: readonly number[]): boolean {
  return edges.some((edge, i) => edge === edges[i + 1]);
}

function loadedLeg(path: Path, from: HaulFrom, random: Random): Leg {
  return planLeg(path, { loadKg: from.loadKg, loaded: true, pace: from.pace, stops: washStop(path, from.site, random) }, random);
}

/** Half a minute and more in the wash bay, if the site has one. */
function washStop(path: Path, site: Gate, random: Random): { i: number; seconds: number }[] {
  if (!site.washBay) return [];
  const inner = site.drive[2];
  let nearest = 1;
  for (let i = 1; i < path.outFrom; i++) if (distance(pointAt(path, i), inner) < distance(pointAt(path, nearest), inner)) nearest = i;
  return [{ i: nearest, seconds: random.whole(35, 90) }];
}

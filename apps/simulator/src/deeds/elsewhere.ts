import type { Wasteland } from '../city.js';
import { HOUR_MS, MINUTE_MS, withinHours } from '../hours.js';
import { haulAlong, loadedLeg, TIPPED } from '../hauls.js';
import type { HaulFrom, HaulPlan, Unloading } from '../hauls.js';
import type { NoGo, Way } from '../no-go.js';
import { spotInPlace } from '../path.js';
import type { Spot } from '../path.js';
import type { Random } from '../random.js';
import { usualPath } from '../ways.js';
import type { World } from '../world.js';
import { crossForbidden } from './no-go.js';

/** Hauls that take another way than the approved one, or end somewhere else. */

/** To one of the wastelands that are nearest to the way. */
export function dumpingHaul(world: World, from: HaulFrom, random: Random): HaulPlan | null {
  return toWasteland(world, from, random, (wasteland) => ({
    ...TIPPED,
    deeds: [
      { rule: 'illegal-dumping', placeId: null, scope: 'tipped', note: `tipped ${Math.round(from.loadKg)} kg on open ground` },
      ...seenBy(wasteland, random),
    ],
  }));
}

/** The load is dug out where nobody looks, the bed down all the time: only the scale on the truck can tell. */
export function vanishingHaul(world: World, from: HaulFrom, random: Random): HaulPlan | null {
  if (from.truck.terminal.load !== 'kg') return null;
  return toWasteland(world, from, random, (wasteland) => ({
    how: 'dug',
    bedSensorDead: false,
    deeds: [
      { rule: 'illegal-dumping', placeId: null, scope: 'load-vanished', note: `${Math.round(from.loadKg)} kg were dug out on open ground` },
      ...seenBy(wasteland, random),
    ],
  }));
}

function toWasteland(world: World, from: HaulFrom, random: Random, unloading: (wasteland: Wasteland) => Unloading): HaulPlan | null {
  const { wastelands } = world.city;
  if (wastelands.length === 0) return null;
  const costS = ({ node }: Wasteland): number => world.routes.costS(from.start.node, node, 0) + world.routes.costS(from.yardSpot.node, node, 0) * 0.5;
  const near = [...wastelands].sort((a, b) => costS(a) - costS(b)).slice(0, 4);
  const wasteland = random.pick(near);
  const end = spotOf(wasteland);
  const path = usualPath(world, from.start, end, random);
  return { leg: loadedLeg(path, from, random), end, yard: from.yard, wasteland, unloading: unloading(wasteland) };
}

export function spotOf({ node, point }: Wasteland): Spot {
  return { node, stand: point, drive: null, placeId: null };
}

/** Where a camera hangs, it sees what is done there; the plate it sees when nothing is in the way. */
function seenBy({ camera }: Wasteland, random: Random): Unloading['deeds'] {
  if (camera === null) return [];
  const hidden = random.chance(0.2);
  return [
    {
      rule: 'illegal-dumping',
      placeId: null,
      scope: camera,
      note: `dumped before a camera${hidden ? ', its plate hidden' : ''}`,
      ...(hidden && { nameless: true as const }),
    },
  ];
}

/** Through the forbidden place that costs the least time, while it is forbidden. */
export function forbiddenHaul(world: World, from: HaulFrom, random: Random): HaulPlan | null {
  const times = [from.at - 15 * MINUTE_MS, from.at + HOUR_MS / 2, from.at + HOUR_MS];
  const active = world.city.noGos.filter(({ place }) => times.every((time) => withinHours(place.hours, time)));
  const ways = active.flatMap((noGo) => noGo.ways.flatMap((way) => [thither(noGo, way, false), thither(noGo, way, true)]));
  const costed = ways.map((way) => ({ ...way, costS: world.routes.costS(from.start.node, way.from, 0) + world.routes.costS(way.to, from.yardSpot.node, 0) }));
  costed.sort((a, b) => a.costS - b.costS);
  for (const way of random.shuffled(costed.slice(0, 8)).slice(0, 3)) {
    const edges = [...world.routes.way(from.start.node, way.from, 0), ...way.edges, ...world.routes.way(way.to, from.yardSpot.node, 0)];
    if (turnsBack(edges)) continue;
    const plan = haulAlong(world.paths.special(from.start, edges, from.yardSpot), from, random);
    const leg = crossForbidden(plan.leg, way.noGo.place, random);
    if (leg) return { ...plan, leg };
  }
  return null;
}

function thither(noGo: NoGo, way: Way, reversed: boolean): { noGo: NoGo; from: number; to: number; edges: number[] } {
  return reversed ? { noGo, from: way.to, to: way.from, edges: [...way.edges].reverse() } : { noGo, from: way.from, to: way.to, edges: way.edges };
}

/** Round by another way, more than a kilometre off every route that its permit approves. */
export function detourHaul(world: World, from: HaulFrom, random: Random): HaulPlan | null {
  const routes = from.permit ? world.papers.routesOf(from.permit) : [];
  if (routes.length === 0) return null;
  const { roads, bypasses } = world.city;
  const directS = world.routes.costS(from.start.node, from.yardSpot.node, 0);
  const costS = (node: number): number => world.routes.costS(from.start.node, node, 0) + world.routes.costS(node, from.yardSpot.node, 0);
  const far = bypasses.filter((node) => costS(node) < directS * 1.8 + 300 && routes.every((route) => !route.near(roads.node(node).point, 1150)));
  for (const node of random.shuffled(far).slice(0, 3)) {
    const edges = [...world.routes.way(from.start.node, node, 0), ...world.routes.way(node, from.yardSpot.node, 0)];
    if (!turnsBack(edges)) return haulAlong(world.paths.special(from.start, edges, from.yardSpot), from, random);
  }
  return null;
}

function turnsBack(edges: readonly number[]): boolean {
  return edges.some((edge, i) => edge === edges[i + 1]);
}

/** To a yard that the permit does not name. */
export function wrongYardHaul(world: World, from: HaulFrom, random: Random): HaulPlan | null {
  const { permit } = from;
  if (!permit) return null;
  const yard = random.pick(world.city.yards.filter(({ place }) => !permit.yardIds.includes(place.id)));
  const yardSpot = spotInPlace(yard, random.pick(yard.waiting));
  const plan = haulAlong(usualPath(world, from.start, yardSpot, random), { ...from, yard, yardSpot }, random);
  const note = `unloaded at ${yard.place.name}, which its permit does not name`;
  return { ...plan, unloading: { ...TIPPED, deeds: [{ rule: 'wrong-yard', placeId: yard.place.id, scope: null, note }] } };
}

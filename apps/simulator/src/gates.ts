import type { Raster } from './grid.js';
import { between, distance, inside } from './plane.js';
import type { Point } from './plane.js';
import { bays, COUNTS, place, two } from './places.js';
import type { Place } from './places.js';
import type { Random } from './random.js';
import type { RoadNetwork } from './roads.js';
import { slab } from './shapes.js';

/** How trucks get into a place and where they stand in it. */
export interface Gate {
  place: Place;
  /** The road node that the driveway leaves from. */
  node: number;
  /** From the road through the gate to a spot inside it: `[road, gate, inside]`. */
  drive: [Point, Point, Point];
  /** Where loads are taken or tipped, or trucks parked. */
  bays: Point[];
  /** Where trucks wait for a free bay. */
  waiting: Point[];
  /** Excavators of a site, tipping spots of a yard that are worked at once. */
  atOnce: number;
  /** The wash bay that trucks leave through, if the site has one. */
  washBay: Place | null;
}

/** Joins a place to the nearest road; null when its ground has no room for trucks. With `pond`, the far side of it becomes water: a hole. */
function makeGate(target: Place, roads: RoadNetwork, random: Random, pond: boolean): Gate | null {
  const ring = target.area[0]![0]!;
  const middle = { x: ring.reduce((sum, p) => sum + p.x, 0) / ring.length, y: ring.reduce((sum, p) => sum + p.y, 0) / ring.length };
  const near = roads.nearest(middle, 900, (edge) => edge.class !== 'driveway');
  if (!near) return null;
  const road = roads.split(near.edge, near.piece, near.point);
  const step = { x: (middle.x - road.point.x) / 400, y: (middle.y - road.point.y) / 400 };
  const along = (i: number): Point => ({ x: road.point.x + step.x * i, y: road.point.y + step.y * i });
  let i = 0;
  while (i < 400 && !inside(along(i), target.area)) i++;
  const gate = along(i);
  const stepM = Math.hypot(step.x, step.y);
  const inner = along(i + 26 / stepM);
  if (!inside(inner, target.area)) return null;
  if (pond) target.area[0]!.push(pondBehind(middle, inner, random));
  const kind = target.kind;
  const stands = bays(target.area, inner, kind === 'parking-lot' ? 70 : 24, kind === 'parking-lot' ? 14 : 22, kind === 'parking-lot' ? 9 : 14, random);
  if (stands.length < 6) return null;
  const byGate = [...stands].sort((a, b) => distance(a, inner) - distance(b, inner));
  const waiting = kind === 'parking-lot' ? byGate : byGate.slice(0, Math.ceil(byGate.length / 3));
  const work = kind === 'parking-lot' ? stands : byGate.slice(Math.floor(byGate.length / 3));
  const atOnce = kind === 'site' ? random.whole(2, 3) : random.whole(6, 9);
  return { place: target, node: road.id, drive: [road.point, gate, inner], bays: work, waiting, atOnce, washBay: null };
}

function pondBehind(middle: Point, inner: Point, random: Random): Point[] {
  const deep = distance(middle, inner);
  const [ux, uy] = [(middle.x - inner.x) / deep, (middle.y - inner.y) / deep];
  const centre = { x: middle.x + ux * deep * 0.4, y: middle.y + uy * deep * 0.4 };
  return Array.from({ length: 9 }, (_, i) => {
    const reach = deep * random.between(0.18, 0.27);
    return { x: centre.x + Math.cos((-i / 9) * 2 * Math.PI) * reach, y: centre.y + Math.sin((-i / 9) * 2 * Math.PI) * reach };
  });
}

/** Gates for as many plots of each kind as the city wants; what finds no road or no room stays a field. */
export function makeGates(plots: readonly Place[], roads: RoadNetwork, wet: Raster, random: Random): Gate[] {
  const gates: Gate[] = [];
  for (const [i, plot] of plots.entries()) {
    const mine = gates.filter((gate) => gate.place.kind === plot.kind).length;
    if (mine >= COUNTS[plot.kind]!) continue;
    const gate = makeGate(plot, roads, random.fork(i), plot.kind === 'yard' && mine === 1);
    if (gate && !crosses(gate.drive[0], gate.drive[1], wet)) gates.push(gate);
  }
  return gates;
}

function crosses(from: Point, to: Point, wet: Raster): boolean {
  return Array.from({ length: 50 }, (_, i) => between(from, to, i / 50)).some((p) => wet.at(p) > 0);
}

/** A wash bay just inside the gate of every third site. */
export function addWashBays(gates: readonly Gate[]): Place[] {
  const washed = gates.filter((gate, i) => gate.place.kind === 'site' && i % 3 === 0);
  return washed.map((gate, i) => {
    const bay = place(`wash-${two(i)}`, 'wash-bay', `${gate.place.name}冲洗台`, [[slab(gate.drive[2], gate.drive[1], 18, 8)]]);
    gate.washBay = bay;
    return bay;
  });
}

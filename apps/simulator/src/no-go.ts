import { boxOf, distance, distanceToArea, distanceToBorder, inBox, inside } from './plane.js';
import type { Area, Box, Point } from './plane.js';
import { QUIET_NAMES, SCHOOL_NAMES } from './names.js';
import { place, two } from './places.js';
import type { Hours, Place } from './places.js';
import type { Random } from './random.js';
import type { Edge, RoadNetwork } from './roads.js';
import { blob, plot } from './shapes.js';
import type { Terrain } from './terrain.js';

/** A forbidden place with a way through it, for drivers who take it. */
export interface NoGo {
  place: Place;
  ways: Way[];
}

/** A way from one free node to another over the streets of one forbidden place, inside it exactly once. */
export interface Way {
  from: number;
  to: number;
  edges: number[];
  insideM: number;
}

/** Honest drivers keep off streets that come nearer to a forbidden place than this. */
export const NO_GO_MARGIN_M = 45;
const SCHOOL_HOURS: Hours[] = [{ days: [1, 2, 3, 4, 5], from: '06:30', to: '18:30' }];
const DAY_HOURS: Hours[] = [{ from: '07:00', to: '22:00' }];

/** About eight forbidden places among the small streets; none cuts a gate off from the others. */
export function layNoGos(roads: RoadNetwork, places: readonly Place[], gates: readonly number[], terrain: Terrain, random: Random): NoGo[] {
  const out: NoGo[] = [];
  const candidates = random.shuffled(roads.nodes.filter((node) => node.edges.length >= 3 && node.edges.every((id) => roads.edge(id).class === 'street')));
  const middle = { x: 200, y: 900 };
  const [old] = [...candidates].sort((a, b) => distance(a.point, middle) - distance(b.point, middle));
  const order = old ? [old, ...candidates.filter((node) => node !== old)] : candidates;
  for (const node of order) {
    if (out.length >= 8) break;
    const first = out.length === 0;
    if (!first && terrain.urbanity(node.point) < 0.3) continue;
    if (out.some((other) => distanceToArea(node.point, other.place.area) < 900)) continue;
    if (places.some((other) => distanceToArea(node.point, other.area) < (first ? 520 : 330))) continue;
    const area: Area = [[first ? blob(node.point, 460, random, 16) : plot(node.point, random.between(120, 175), random)]];
    const i = out.length;
    const made = place(`nogo-${two(i)}`, 'no-go', first ? QUIET_NAMES[0]! : i < 4 ? QUIET_NAMES[i]! : (SCHOOL_NAMES[i - 4] ?? '学校'), area, {
      hours: i < 4 ? null : i % 2 === 0 ? SCHOOL_HOURS : DAY_HOURS,
    });
    const noGo = tryNoGo(made, roads, gates);
    if (noGo) out.push(noGo);
  }
  return out;
}

function tryNoGo(made: Place, roads: RoadNetwork, gates: readonly number[]): NoGo | null {
  const box = boxOf(made.area.flat(2), NO_GO_MARGIN_M);
  const touched = [...roads.allEdges()].filter((edge) => overlaps(boxOf(edge.points), box) && comesNear(edge, made.area, box));
  if (touched.some((edge) => edge.class === 'trunk' || edge.class === 'primary' || edge.class === 'driveway' || edge.noGo !== null)) return null;
  for (const edge of touched) edge.noGo = made.id;
  const free = roads.reachable(gates[0]!, (edge) => edge.noGo === null);
  const ways = gates.every((gate) => free.has(gate)) ? waysThrough(made, touched, roads, free) : [];
  if (ways.length > 0) return { place: made, ways };
  for (const edge of touched) edge.noGo = null;
  return null;
}

function overlaps(a: Box, b: Box): boolean {
  return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY;
}

function comesNear(edge: Edge, area: Area, box: Box): boolean {
  return samples(edge.points, 12).some((p) => inBox(p, box) && distanceToArea(p, area) < NO_GO_MARGIN_M);
}

function waysThrough(made: Place, touched: Edge[], roads: RoadNetwork, free: Set<number>): Way[] {
  const doors = [...new Set(touched.flatMap((edge) => [edge.a, edge.b]))].filter((node) => free.has(node));
  const mine = new Set(touched.map((edge) => edge.id));
  const out: Way[] = [];
  for (const from of doors) {
    for (const [to, edges] of shortest(from, roads, mine)) {
      if (to <= from || !free.has(to)) continue;
      const insideM = insideOnce(walk(from, edges, roads), made.area);
      if (insideM !== null && insideM >= 150) out.push({ from, to, edges, insideM });
    }
  }
  return out.sort((a, b) => b.insideM - a.insideM).slice(0, 6);
}

/** The shortest ways over the given edges from one node to every other. Few edges: no heap needed. */
function shortest(from: number, roads: RoadNetwork, mine: Set<number>): Map<number, number[]> {
  const best = new Map<number, { lengthM: number; edges: number[] }>([[from, { lengthM: 0, edges: [] }]]);
  const todo = [from];
  for (let at = todo.shift(); at !== undefined; at = todo.shift()) {
    const here = best.get(at)!;
    for (const id of roads.node(at).edges) {
      if (!mine.has(id)) continue;
      const edge = roads.edge(id);
      const next = roads.otherEnd(edge, at);
      const lengthM = here.lengthM + edge.lengthM;
      if ((best.get(next)?.lengthM ?? Infinity) <= lengthM) continue;
      best.set(next, { lengthM, edges: [...here.edges, id] });
      todo.push(next);
    }
  }
  return new Map([...best].filter(([node]) => node !== from).map(([node, { edges }]) => [node, edges]));
}

/** The points of a chain of edges, in the direction of travel. */
export function walk(from: number, edges: readonly number[], roads: RoadNetwork): Point[] {
  const out: Point[] = [roads.node(from).point];
  let at = from;
  for (const id of edges) {
    const edge = roads.edge(id);
    out.push(...(edge.a === at ? edge.points.slice(1) : [...edge.points].reverse().slice(1)));
    at = roads.otherEnd(edge, at);
  }
  return out;
}

/** Metres inside when the line enters once, leaves once, and goes well in between; null otherwise. */
function insideOnce(line: Point[], area: Area): number | null {
  const states = samples(line, 6).map((p) => ({ in: inside(p, area), borderM: distanceToBorder(p, area) }));
  const changes = states.filter((state, i) => i > 0 && state.in !== states[i - 1]!.in).length;
  if (changes !== 2 || states[0]!.in) return null;
  const within = states.filter((state) => state.in);
  // It may not slink along the border: satellites would see it go in and out.
  const grazing = states.filter((state) => state.borderM < 16).length;
  return grazing <= 14 && Math.max(...within.map((state) => state.borderM)) > 40 ? within.length * 6 : null;
}

function samples(line: readonly Point[], stepM: number): Point[] {
  const out: Point[] = [];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const pieces = Math.max(1, Math.ceil(distance(a, b) / stepM));
    for (let k = 0; k < pieces; k++) out.push({ x: a.x + ((b.x - a.x) * k) / pieces, y: a.y + ((b.y - a.y) * k) / pieces });
  }
  out.push(line.at(-1)!);
  return out;
}

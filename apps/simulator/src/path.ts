import type { City } from './city.js';
import type { Gate } from './gates.js';
import { between, distance } from './plane.js';
import type { Point } from './plane.js';
import type { Edge } from './roads.js';
import { CRUISE_KMH } from './routes.js';

const { abs, atan2, ceil, max, min, round, sqrt } = Math;

/** One ground under the wheels: a piece of road, a driveway, or the inside of a place. */
type Ground = Edge['class'] | 'ground';

const GROUNDS: Ground[] = ['trunk', 'primary', 'secondary', 'street', 'driveway', 'ground'];

/** Grounds as `Path.kind` has them: small numbers, since a path has a thousand. */
export const GROUND_CODE = Object.fromEntries(GROUNDS.map((ground, code) => [ground, code])) as Record<Ground, number>;

interface Piece {
  kind: Ground;
  points: Point[];
  /** What stands at its end. */
  junction: 'signal' | 'give-way' | null;
}

/** The line a truck drives, a sample about every 8 m, on the right side of the road, corners rounded. */
export interface Path {
  x: Float64Array;
  y: Float64Array;
  /** Metres from the start. */
  along: Float64Array;
  /** A `GROUND_CODE` each. */
  kind: Uint8Array;
  /** m/s that the bend allows. */
  bend: Float32Array;
  /** m/s that the road, its bends and the speed zones allow an honest driver. */
  cap: Float32Array;
  junctions: { i: number; kind: 'signal' | 'give-way' }[];
  /** Between these samples the truck is out on the roads, well clear of the places at both ends. */
  outFrom: number;
  outTo: number;
  /** The same with the driveways: from 30 m past the one gate to 30 m before the other, where a work place ends for the rules. */
  clearFrom: number;
  clearTo: number;
  /** The samples at the gates it leaves and enters by; -1 where there is none. */
  doorFrom: number;
  doorTo: number;
}

export function pointAt(path: Path, i: number): Point {
  return { x: path.x[i]!, y: path.y[i]! };
}

const STEP_M = 8;
const GROUND_KMH = 11;
/** Metres to the right of the middle of the road. */
const LANE_M: Record<Ground, number> = { trunk: 6, primary: 5, secondary: 3.5, street: 2.2, driveway: 1.2, ground: 0 };
const SIDEWAYS_MS2 = 1.4;
const SLOWEST_BEND_MS = 2.5;
/** Honest drivers keep this much under a zone's limit. */
const UNDER_LIMIT_KMH = 3;

/** Where a truck stands, and how it gets to the road from there. */
export interface Spot {
  node: number;
  stand: Point;
  /** From the road to a spot inside the place; null where the node itself is the spot. */
  drive: readonly Point[] | null;
  /** The place it lies in; null out in the open. */
  placeId: string | null;
}

export function spotInPlace(gate: Gate, stand: Point): Spot {
  return { node: gate.node, stand, drive: gate.drive, placeId: gate.place.id };
}

/** Paths between gates, kept: laying one costs a hundred times what joining its two ends costs. */
export class Paths {
  private readonly kept = new Map<string, Path>();

  constructor(private readonly city: City) {}

  /** The usual way between two spots, by one of the tastes of `routes`. */
  usual(from: Spot, to: Spot, taste: number, way: () => readonly number[]): Path {
    const key = `${from.node}>${to.node}:${taste}`;
    let core = this.kept.get(key);
    if (!core) this.kept.set(key, (core = layPath(this.city, from, way(), to)));
    return withEnds(core, from, to);
  }

  /** The same from gate to gate, without where the trucks stand: the line that a permit approves. */
  approved(from: Spot, to: Spot, taste: number, way: () => readonly number[]): Point[] {
    const { x, y, doorFrom, doorTo } = this.usual(from, to, taste, way);
    return Array.from({ length: doorTo - doorFrom + 1 }, (_, i) => ({ x: x[doorFrom + i]!, y: y[doorFrom + i]! }));
  }

  /** A way of its own. */
  special(from: Spot, edges: readonly number[], to: Spot): Path {
    return withEnds(layPath(this.city, from, edges, to), from, to);
  }

  /** Inside a place, straight from one stand to another. */
  ground(from: Point, to: Point): Path {
    return trace(this.city, [{ kind: 'ground', points: [from, to], junction: null }], 0, 1);
  }
}

/** From gate to gate: what all trucks between two places have in common. */
function layPath(city: City, from: Spot, edges: readonly number[], to: Spot): Path {
  const pieces = [...leaving(from), ...driving(city, from.node, edges), ...arriving(to)];
  return trace(city, pieces, leaving(from).length, pieces.length - arriving(to).length);
}

function leaving({ drive }: Spot): Piece[] {
  if (!drive) return [];
  const [road, door, inner] = drive as [Point, Point, Point];
  return [
    { kind: 'ground', points: [inner, door], junction: null },
    { kind: 'driveway', points: [door, road], junction: 'give-way' },
  ];
}

function arriving(spot: Spot): Piece[] {
  return leaving(spot)
    .reverse()
    .map((piece) => ({ kind: piece.kind, points: [...piece.points].reverse(), junction: null }));
}

/** The path with a straight piece over the ground at each end, from and to where the trucks stand. */
function withEnds(core: Path, from: Spot, to: Spot): Path {
  const last = core.x.length - 1;
  const before = from.drive ? straight(from.stand, pointAt(core, 0)) : [];
  const after = to.drive ? straight(to.stand, pointAt(core, last)).reverse() : [];
  const shift = before.length;
  const join = <T extends Float64Array | Float32Array | Uint8Array>(middle: T, ends: (p: Point) => number): T => {
    const out = new (middle.constructor as new (length: number) => T)(middle.length + before.length + after.length);
    before.forEach((p, i) => (out[i] = ends(p)));
    out.set(middle, shift);
    after.forEach((p, i) => (out[shift + middle.length + i] = ends(p)));
    return out;
  };
  const x = join(core.x, (p) => p.x);
  const y = join(core.y, (p) => p.y);
  const bend = join(core.bend, () => 100);
  const cap = join(core.cap, () => GROUND_KMH / 3.6);
  // On the ground a truck turns where it likes, slowly.
  if (before.length > 0) cap[shift] = min(cap[shift]!, SLOWEST_BEND_MS);
  if (after.length > 0) cap[shift + last] = min(cap[shift + last]!, SLOWEST_BEND_MS);
  return {
    x,
    y,
    along: lengths(x, y),
    kind: join(core.kind, () => GROUND_CODE.ground),
    bend,
    cap,
    junctions: core.junctions.map(({ i, kind }) => ({ i: i + shift, kind })),
    outFrom: core.outFrom + shift,
    outTo: core.outTo + shift,
    clearFrom: core.clearFrom + shift,
    clearTo: core.clearTo + shift,
    doorFrom: core.doorFrom < 0 ? -1 : core.doorFrom + shift,
    doorTo: core.doorTo < 0 ? -1 : core.doorTo + shift,
  };
}

/** Points from a stand up to, but without, the start of the path. */
function straight(stand: Point, start: Point): Point[] {
  const pieces = max(1, round(distance(stand, start) / STEP_M));
  return Array.from({ length: pieces }, (_, i) => between(stand, start, i / pieces));
}

function driving(city: City, from: number, edges: readonly number[]): Piece[] {
  let at = from;
  return edges.map((id, i) => {
    const edge = city.roads.edge(id);
    const points = edge.a === at ? edge.points : [...edge.points].reverse();
    at = city.roads.otherEnd(edge, at);
    const next = edges[i + 1];
    return { kind: edge.class, points, junction: next === undefined ? null : junctionAt(city, at, edge, city.roads.edge(next)) };
  });
}

const GREATNESS: Record<Edge['class'], number> = { trunk: 4, primary: 3, secondary: 2, street: 1, driveway: 0 };

/** Signals where great roads cross in town; who comes out of a lesser road gives way. */
function junctionAt(city: City, node: number, from: Edge, to: Edge): Piece['junction'] {
  const classes = city.roads.node(node).edges.map((id) => GREATNESS[city.roads.edge(id).class]);
  const great = classes.filter((greatness) => greatness >= 2).length;
  if (classes.length >= 4 && great >= 4 && city.terrain.urbanity(city.roads.node(node).point) > 0.1) return 'signal';
  return GREATNESS[to.class] > GREATNESS[from.class] ? 'give-way' : null;
}

function trace(city: City, pieces: Piece[], firstRoad: number, lastRoad: number): Path {
  const points: Point[] = [];
  const kinds: number[] = [];
  const junctions: Path['junctions'] = [];
  const starts: number[] = [];
  pieces.forEach((piece, number) => {
    starts.push(points.length);
    const end = resample(piece, points, kinds, number === pieces.length - 1);
    if (piece.junction) junctions.push({ i: end, kind: piece.junction });
  });
  const outFrom = starts[firstRoad] ?? 0;
  const outTo = starts[lastRoad] ?? points.length - 1;
  const past = ceil(30 / STEP_M);
  const clearFrom = firstRoad > 0 ? min(outFrom, starts[firstRoad - 1]! + past) : outFrom;
  const clearTo = lastRoad < pieces.length ? max(outTo, starts[lastRoad + 1]! - past) : outTo;
  const doorFrom = firstRoad > 0 ? starts[firstRoad - 1]! : -1;
  const doorTo = lastRoad < pieces.length ? starts[lastRoad + 1]! : -1;
  smooth(points);
  smooth(points);
  smooth(points);
  const kind = Uint8Array.from(kinds);
  keepRight(points, kind);
  const x = new Float64Array(points.length);
  const y = new Float64Array(points.length);
  points.forEach((p, i) => ([x[i], y[i]] = [p.x, p.y]));
  const bend = bends(points);
  return { x, y, along: lengths(x, y), kind, bend, cap: caps(city, points, kind, bend), junctions, outFrom, outTo, clearFrom, clearTo, doorFrom, doorTo };
}

function lengths(x: Float64Array, y: Float64Array): Float64Array {
  const along = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) {
    const dx = x[i]! - x[i - 1]!;
    const dy = y[i]! - y[i - 1]!;
    along[i] = along[i - 1]! + max(0.01, sqrt(dx * dx + dy * dy));
  }
  return along;
}

/** Adds the piece's samples; answers the number of the sample at its end. */
function resample(piece: Piece, points: Point[], kinds: number[], last: boolean): number {
  const length = piece.points.slice(1).reduce((sum, p, i) => sum + distance(piece.points[i]!, p), 0);
  const count = max(1, round(length / STEP_M));
  let k = 1;
  let gone = 0;
  for (let step = 0; step < count + (last ? 1 : 0); step++) {
    const wanted = (length * step) / count;
    while (k < piece.points.length - 1 && gone + distance(piece.points[k - 1]!, piece.points[k]!) < wanted)
      gone += distance(piece.points[k - 1]!, piece.points[k++]!);
    const [a, b] = [piece.points[k - 1]!, piece.points[k]!];
    const share = min(1, (wanted - gone) / (distance(a, b) || 1));
    points.push({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share });
    kinds.push(GROUND_CODE[piece.kind]);
  }
  return points.length;
}

function smooth(points: Point[]): void {
  let before = points[0]!;
  for (let i = 1; i < points.length - 1; i++) {
    const here = points[i]!;
    const after = points[i + 1]!;
    points[i] = { x: (before.x + 2 * here.x + after.x) / 4, y: (before.y + 2 * here.y + after.y) / 4 };
    before = here;
  }
}

/** Moves the line into its lane; where the lane changes, gently over some 70 m. */
function keepRight(points: Point[], kind: Uint8Array): void {
  const reach = 4;
  const lane = (i: number): number => LANE_M[GROUNDS[kind[min(points.length - 1, max(0, i))]!]!];
  let sum = 0;
  for (let i = -reach; i < reach; i++) sum += lane(i);
  let before = points[0]!;
  for (let i = 0; i < points.length; i++) {
    sum += lane(i + reach);
    const off = sum / (2 * reach + 1);
    sum -= lane(i - reach);
    const here = points[i]!;
    const after = points[min(points.length - 1, i + 1)]!;
    const length = distance(before, after) || 1;
    points[i] = { x: here.x + ((after.y - before.y) / length) * off, y: here.y - ((after.x - before.x) / length) * off };
    before = here;
  }
}

function bends(points: Point[]): Float32Array {
  const bend = new Float32Array(points.length).fill(100);
  for (let i = 1; i < points.length - 1; i++) {
    const [a, b, c] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const before = atan2(b.y - a.y, b.x - a.x);
    const after = atan2(c.y - b.y, c.x - b.x);
    let turn = abs(after - before);
    if (turn > Math.PI) turn = 2 * Math.PI - turn;
    const curvature = turn / max(1, (distance(a, b) + distance(b, c)) / 2);
    bend[i] = max(SLOWEST_BEND_MS, sqrt(SIDEWAYS_MS2 / max(curvature, 1e-6)));
  }
  return bend;
}

function caps(city: City, points: Point[], kind: Uint8Array, bend: Float32Array): Float32Array {
  const cap = new Float32Array(points.length);
  points.forEach((p, i) => {
    const ground = GROUNDS[kind[i]!]!;
    const road = ground === 'ground' ? GROUND_KMH : CRUISE_KMH[ground];
    const limit = city.limits.at(p);
    cap[i] = min((limit > 0 ? min(road, limit - UNDER_LIMIT_KMH) : road) / 3.6, bend[i]!);
  });
  return cap;
}

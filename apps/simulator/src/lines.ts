import { between, distance, nearestOnSegment } from './plane.js';
import type { Point } from './plane.js';

const { max, min, round } = Math;

/** A smooth line through the points (Catmull-Rom), a point about every `stepM`. */
export function spline(points: readonly Point[], stepM: number, closed = false): Point[] {
  const n = points.length;
  const at = (i: number): Point => points[closed ? (i + n) % n : min(n - 1, max(0, i))]!;
  const out: Point[] = [];
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const pieces = max(1, round(distance(p1, p2) / stepM));
    for (let k = 0; k < pieces; k++) out.push(catmull(p0, p1, p2, p3, k / pieces));
  }
  out.push(closed ? { ...out[0]! } : { ...at(n - 1) });
  return out;
}

function catmull(p0: Point, p1: Point, p2: Point, p3: Point, t: number): Point {
  const along = (a: number, b: number, c: number, d: number): number =>
    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
  return { x: along(p0.x, p1.x, p2.x, p3.x), y: along(p0.y, p1.y, p2.y, p3.y) };
}

/** Fewer points, nowhere further than `toleranceM` from the line (Douglas-Peucker). */
export function simplify(line: readonly Point[], toleranceM: number): Point[] {
  if (line.length < 3) return [...line];
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const todo: [number, number][] = [[0, line.length - 1]];
  for (let span = todo.pop(); span; span = todo.pop()) {
    const [from, to] = span;
    let worst = toleranceM;
    let split = -1;
    for (let i = from + 1; i < to; i++) {
      const off = nearestOnSegment(line[i]!, line[from]!, line[to]!).distanceM;
      if (off > worst) [worst, split] = [off, i];
    }
    if (split < 0) continue;
    keep[split] = 1;
    todo.push([from, split], [split, to]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

/** Unit direction of the line at its i-th point. */
export function tangent(line: readonly Point[], i: number): Point {
  const a = line[max(0, i - 1)]!;
  const b = line[min(line.length - 1, i + 1)]!;
  const length = distance(a, b) || 1;
  return { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
}

/** The line as a band: out along its left side, back along its right. `halfWidthM` may change on the way. */
export function band(line: readonly Point[], halfWidthM: (i: number, side: 'left' | 'right') => number): Point[] {
  const shifted = (i: number, side: 'left' | 'right'): Point => {
    const t = tangent(line, i);
    const off = side === 'left' ? halfWidthM(i, side) : -halfWidthM(i, side);
    return { x: line[i]!.x - t.y * off, y: line[i]!.y + t.x * off };
  };
  return [...line.map((_, i) => shifted(i, 'left')), ...line.map((_, i) => shifted(i, 'right')).reverse()];
}

/** The part of the line between two distances from its start. */
export function cut(line: readonly Point[], fromM: number, toM: number): Point[] {
  const out: Point[] = [];
  let gone = 0;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const piece = distance(a, b);
    if (gone + piece >= fromM && gone <= toM && piece > 0) {
      if (out.length === 0) out.push(between(a, b, max(0, (fromM - gone) / piece)));
      out.push(between(a, b, min(1, (toM - gone) / piece)));
    }
    gone += piece;
  }
  return out;
}

import Flatbush from 'flatbush';
import type { Position } from 'geojson';

type Segment = [ax: number, ay: number, bx: number, by: number];

/**
 * Where two edges of the same polygon cross or lie on each other; null where none do. Neighbours may share their corner, rings may touch at one. A ring that is
 * still being drawn is given open: its last edge is then nobody's yet.
 */
export function firstCrossing(rings: readonly (readonly Position[])[]): Position | null {
  const segments: Segment[] = [];
  const ringOf: number[] = [];
  for (const [r, ring] of rings.entries()) {
    for (let i = 0; i + 1 < ring.length; i++) {
      segments.push([ring[i]![0]!, ring[i]![1]!, ring[i + 1]![0]!, ring[i + 1]![1]!]);
      ringOf.push(r);
    }
  }
  if (segments.length === 0) return null;
  const index = new Flatbush(segments.length);
  for (const [ax, ay, bx, by] of segments) index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  index.finish();
  for (const [i, one] of segments.entries()) {
    const [ax, ay, bx, by] = one;
    for (const j of index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))) {
      if (j <= i) continue;
      const other = segments[j]!;
      if (cross(one, other, ringOf[i] !== ringOf[j])) return meeting(one, other);
    }
  }
  return null;
}

/** Where the lines of two edges meet; edges on one line meet at a corner. */
function meeting(a: Segment, b: Segment): Position {
  const [rx, ry, sx, sy] = [a[2] - a[0], a[3] - a[1], b[2] - b[0], b[3] - b[1]];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return [b[0], b[1]];
  const share = ((b[0] - a[0]) * sy - (b[1] - a[1]) * sx) / cross;
  return [a[0] + share * rx, a[1] + share * ry];
}

/** Whether two edges meet elsewhere than at a corner that they may share. */
function cross(a: Segment, b: Segment, mayTouch: boolean): boolean {
  const d1 = side(b, a[0], a[1]);
  const d2 = side(b, a[2], a[3]);
  const d3 = side(a, b[0], b[1]);
  const d4 = side(a, b[2], b[3]);
  if (d1 * d2 < 0 && d3 * d4 < 0) return true;
  if (d1 === 0 && d2 === 0 && overlap(a, b)) return true;
  if (mayTouch) return false;
  // A corner of one lies on the other: allowed only where it is the corner of both, that is between neighbours.
  const corners = [a[0] === b[0] && a[1] === b[1], a[0] === b[2] && a[1] === b[3], a[2] === b[0] && a[3] === b[1], a[2] === b[2] && a[3] === b[3]];
  if (corners[1] || corners[2]) return false;
  if (corners[0] || corners[3]) return true;
  return (d1 === 0 && inBox(b, a[0], a[1])) || (d2 === 0 && inBox(b, a[2], a[3])) || (d3 === 0 && inBox(a, b[0], b[1])) || (d4 === 0 && inBox(a, b[2], b[3]));
}

/** Which side of a line a point lies on: 0 on it. */
function side([ax, ay, bx, by]: Segment, x: number, y: number): number {
  return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
}

function inBox([ax, ay, bx, by]: Segment, x: number, y: number): boolean {
  return x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
}

/** Two edges of one line share more than a point: a spike, or an edge drawn twice. */
function overlap(a: Segment, b: Segment): boolean {
  const along = Math.abs(a[2] - a[0]) >= Math.abs(a[3] - a[1]) ? 0 : 1;
  const [a1, a2] = [Math.min(a[along], a[along + 2]!), Math.max(a[along], a[along + 2]!)];
  const [b1, b2] = [Math.min(b[along], b[along + 2]!), Math.max(b[along], b[along + 2]!)];
  return Math.min(a2, b2) > Math.max(a1, b1);
}

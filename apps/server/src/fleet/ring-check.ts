import { area } from '@turf/turf';
import Flatbush from 'flatbush';
import type { MultiPolygon, Polygon, Position } from 'geojson';

/** A polygon's bounds: smaller is a slip of the pen, larger than any city. */
const SMALLEST_M2 = 1;
const LARGEST_M2 = 1e11;
/** Of one place. Every report in its box is tested against all of them. */
const MOST_CORNERS = 20_000;

type Segment = [ax: number, ay: number, bx: number, by: number];

/** What is wrong with a geometry, in a sentence; null when it can be judged by. */
export function geometryFault(geometry: Polygon | MultiPolygon): string | null {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const corners = polygons.flat().reduce((sum, ring) => sum + ring.length, 0);
  if (corners > MOST_CORNERS) return `has ${corners} corners; at most ${MOST_CORNERS} can be used`;
  for (const [p, rings] of polygons.entries()) {
    for (const [r, ring] of rings.entries()) {
      const name = `${geometry.type === 'MultiPolygon' ? `polygon ${p + 1}, ` : ''}ring ${r + 1}`;
      const [first, last] = [ring[0]!, ring.at(-1)!];
      if (first[0] !== last[0] || first[1] !== last[1]) return `${name} is not closed: it begins at ${said(first)} and ends at ${said(last)}`;
      if (ring.length < 4) return `${name} has fewer than 3 different corners`;
    }
    const crossing = firstCrossing(rings);
    if (crossing) return `crosses itself near ${said(crossing)}`;
  }
  const m2 = area(geometry);
  if (m2 < SMALLEST_M2) return `has an area of ${m2.toPrecision(2)} m²`;
  if (m2 > LARGEST_M2) return `has an area of ${Math.round(m2 / 1e6)} km², more than any city; are lon and lat swapped?`;
  return null;
}

/** Altitude is dropped, and corners that repeat the one before. */
export function cleaned(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const ring = (positions: Position[]) =>
    positions.map(([lon, lat]): Position => [lon!, lat!]).filter(([lon, lat], i, all) => i === 0 || lon !== all[i - 1]![0] || lat !== all[i - 1]![1]);
  if (geometry.type === 'Polygon') return { type: 'Polygon', coordinates: geometry.coordinates.map(ring) };
  return { type: 'MultiPolygon', coordinates: geometry.coordinates.map((rings) => rings.map(ring)) };
}

/** Where two edges of the same polygon cross or lie on each other. Neighbours may share their corner, rings may touch at one. */
function firstCrossing(rings: Position[][]): Position | null {
  const segments: Segment[] = [];
  const ringOf: number[] = [];
  for (const [r, ring] of rings.entries()) {
    for (let i = 0; i + 1 < ring.length; i++) {
      segments.push([ring[i]![0]!, ring[i]![1]!, ring[i + 1]![0]!, ring[i + 1]![1]!]);
      ringOf.push(r);
    }
  }
  const index = new Flatbush(segments.length);
  for (const [ax, ay, bx, by] of segments) index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  index.finish();
  for (const [i, one] of segments.entries()) {
    const [ax, ay, bx, by] = one;
    for (const j of index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))) {
      if (j <= i) continue;
      const other = segments[j]!;
      if (cross(one, other, ringOf[i] !== ringOf[j])) return [other[0], other[1]];
    }
  }
  return null;
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

function said(position: Position): string {
  return `[${position[0]}, ${position[1]}]`;
}

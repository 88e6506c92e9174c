// Looked up once: under Jest every `Math.` is a slow look-up of a global, and these run millions of times.
const { cos, max, min, round, sqrt } = Math;

/** A point of the city's own plane: metres east and north of its middle. */
export interface Point {
  x: number;
  y: number;
}

/** Polygons → rings (outer, then holes) → points; a ring does not repeat its first point. */
export type Area = Point[][][];

/** The middle of the made city: Suizhou, Hubei. */
export const ORIGIN = { lat: 31.69, lon: 113.38 } as const;

const METRES_PER_DEGREE = 111_195;
const METRES_PER_LON = METRES_PER_DEGREE * cos((ORIGIN.lat * Math.PI) / 180);

/** `[lon, lat]` in WGS-84, 6 decimals (11 cm). A flat plane is true to a few metres over 24 km. */
export function toLonLat({ x, y }: Point): [number, number] {
  return [round6(ORIGIN.lon + x / METRES_PER_LON), round6(ORIGIN.lat + y / METRES_PER_DEGREE)];
}

export function fromLonLat([lon, lat]: readonly number[]): Point {
  return { x: ((lon ?? 0) - ORIGIN.lon) * METRES_PER_LON, y: ((lat ?? 0) - ORIGIN.lat) * METRES_PER_DEGREE };
}

function round6(degrees: number): number {
  return round(degrees * 1e6) / 1e6;
}

export function distance(a: Point, b: Point): number {
  // Not Math.hypot: that guards against overflow at ten times the cost, and a city is laid with millions of these.
  return sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

export function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

export function lengthOf(line: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += distance(line[i - 1]!, line[i]!);
  return sum;
}

/** The point of segment ab nearest to p, with its share of the way from a to b. */
export function nearestOnSegment(p: Point, a: Point, b: Point): { point: Point; share: number; distanceM: number } {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : min(1, max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square));
  const point = { x: a.x + dx * share, y: a.y + dy * share };
  return { point, share, distanceM: distance(p, point) };
}

/** The square of the distance, with nothing allocated: the borders of places are asked for millions of times. */
function squareToSegment(p: Point, a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : min(1, max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square));
  const offX = p.x - a.x - dx * share;
  const offY = p.y - a.y - dy * share;
  return offX * offX + offY * offY;
}

/** Where two segments cross: the shares along each, or null. */
export function crossing(a: Point, b: Point, c: Point, d: Point): { first: number; second: number } | null {
  const rx = b.x - a.x;
  const ry = b.y - a.y;
  const sx = d.x - c.x;
  const sy = d.y - c.y;
  const det = rx * sy - ry * sx;
  if (det === 0) return null;
  const first = ((c.x - a.x) * sy - (c.y - a.y) * sx) / det;
  const second = ((c.x - a.x) * ry - (c.y - a.y) * rx) / det;
  return first >= 0 && first <= 1 && second >= 0 && second <= 1 ? { first, second } : null;
}

export function inside(p: Point, area: Area): boolean {
  return area.some((rings) => rings.reduce((odd, ring) => odd !== insideRing(p, ring), false));
}

function insideRing(p: Point, ring: readonly Point[]): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!;
    const b = ring[j]!;
    if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
  }
  return odd;
}

/** Metres to the nearest border of the area, on either side of it. */
export function distanceToBorder(p: Point, area: Area): number {
  let least = Infinity;
  for (const rings of area) {
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) least = min(least, squareToSegment(p, ring[j]!, ring[i]!));
    }
  }
  return sqrt(least);
}

/** 0 inside, else metres to the border. */
export function distanceToArea(p: Point, area: Area): number {
  return inside(p, area) ? 0 : distanceToBorder(p, area);
}

export interface Box {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export function boxOf(points: readonly Point[], marginM = 0): Box {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const { x, y } of points) {
    box.minX = min(box.minX, x - marginM);
    box.minY = min(box.minY, y - marginM);
    box.maxX = max(box.maxX, x + marginM);
    box.maxY = max(box.maxY, y + marginM);
  }
  return box;
}

export function inBox(p: Point, box: Box): boolean {
  return p.x >= box.minX && p.x <= box.maxX && p.y >= box.minY && p.y <= box.maxY;
}

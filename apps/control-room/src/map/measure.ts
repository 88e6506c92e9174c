import { lengthM, ringAreaM2 } from '@muckwatch/contract';

type Point = [lon: number, lat: number];

/** What is being measured: clicked points, whether the line is closed to a ring, whether it is done. */
export interface Measured {
  points: readonly Point[];
  closed: boolean;
  done: boolean;
}

export const NOTHING: Measured = { points: [], closed: false, done: false };

/** A click: one more point; on the first point of three or more it closes the ring; after the end it begins anew. `nearFirst`, `nearLast`: by the eye, in px. */
export function clicked(measured: Measured, point: Point, nearFirst: boolean, nearLast: boolean): Measured {
  const { points, done } = measured;
  if (done) return { ...NOTHING, points: [point] };
  if (nearFirst && points.length >= 3) return { points, closed: true, done: true };
  // The second click of a double click falls where the first did.
  if (nearLast && points.length > 0) return measured;
  return { ...measured, points: [...points, point] };
}

/** One point measures nothing. */
export const ended = (measured: Measured): Measured => (measured.points.length < 2 ? NOTHING : { ...measured, done: true });

/** The last point taken back; of a ring, its closing. */
export function undone(measured: Measured): Measured {
  if (measured.closed) return { ...measured, closed: false, done: false };
  return { points: measured.points.slice(0, -1), closed: false, done: false };
}

/** Metres of the line, to the pointer while it is under way; of a ring its circumference. And what a ring holds, m². Both on the sphere: within 0.5 %. */
export function figuresOf({ points, closed, done }: Measured, pointer: Point | null): { lengthM: number; areaM2: number | null } {
  const line = closed ? [...points, points[0]!] : !done && pointer ? [...points, pointer] : points;
  return { lengthM: lengthM(line), areaM2: closed ? ringAreaM2(points) : null };
}

/** 85 m, 1.24 km, 12.4 km. */
export function lengthWords(metres: number): string {
  if (metres < 999.5) return `${Math.round(metres)} m`;
  const km = metres / 1_000;
  return `${km.toFixed(km < 9.995 ? 2 : 1)} km`;
}

/** 850 m², 3.40 ha, 1250 ha. */
export function areaWords(squareMetres: number): string {
  if (squareMetres < 9_999.5) return `${Math.round(squareMetres)} m²`;
  const ha = squareMetres / 10_000;
  return `${ha.toFixed(ha < 99.995 ? 2 : 0)} ha`;
}

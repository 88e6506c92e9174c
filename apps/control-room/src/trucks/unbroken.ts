import { jumps, lengthM, SILENCE_MS, type TrackPoint } from '@muckwatch/contract';

/** A truck that has gone so far in a silence took a way that nobody knows. */
const GAP_M = 300;

/** The track in pieces, each without a gap: over a gap a straight line would tell of a way across the fields. */
export function unbroken(points: readonly TrackPoint[]): TrackPoint[][] {
  const pieces: TrackPoint[][] = [];
  for (const point of points) {
    const last = pieces.at(-1)?.at(-1);
    if (last && !isGap(last, point)) pieces.at(-1)!.push(point);
    else pieces.push([point]);
  }
  return pieces;
}

function isGap(a: TrackPoint, b: TrackPoint): boolean {
  const [from, to] = [fixOf(a), fixOf(b)];
  return jumps(from, to) || (to.at - from.at > SILENCE_MS && lengthM([from.point, to.point]) > GAP_M);
}

const fixOf = ({ at, lon, lat }: TrackPoint) => ({ at: Date.parse(at), point: [lon, lat] as [number, number] });

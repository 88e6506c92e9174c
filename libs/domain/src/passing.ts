import type { MultiPolygon, Polygon } from 'geojson';
import { bearingDeg, contains, cutM, distanceM, headingGapDeg, insideLengthM } from './geo.js';
import type { Point } from './report.js';
import type { EpochMs } from './time.js';

const HEADING_TOLERANCE_DEG = 30;
/** A line that only clips a corner or a curve crosses no place from side to side: it leaves less than this, and less than a quarter of the width, on one side. */
const CLIP_M = 15;
const CLIP_SHARE = 0.25;

/** As much of a report as a crossing needs. */
export interface TrackFix {
  at: EpochMs;
  point: Point;
  headingDeg: number | null;
}

/** The straight lines of a stretch. Two reports of one spot make none: it would have no direction. */
export function linesBetween<F extends TrackFix>(stretch: readonly F[]): (readonly [from: F, to: F])[] {
  return stretch
    .slice(1)
    .map((to, i) => [stretch[i]!, to] as const)
    .filter(([from, to]) => distanceM(from.point, to.point) >= 1);
}

/** Both ends say a heading that fits the line: a truck that drove around the block, or one stray fix, does not. */
export function headsAlong(from: TrackFix, to: TrackFix): boolean {
  const bearing = bearingDeg(from.point, to.point);
  return [from, to].every(({ headingDeg }) => headingDeg !== null && headingGapDeg(headingDeg, bearing) <= HEADING_TOLERANCE_DEG);
}

export function sideToSide(geometry: Polygon | MultiPolygon, from: Point, to: Point): boolean {
  const { depthM, widthM } = cutM(geometry, from, to);
  return depthM > 0 && depthM >= Math.min(CLIP_M, CLIP_SHARE * widthM);
}

/**
 * What the straight line between two reports in a row, at most `maxGapMs` apart and both outside, says of a shape: `crossed` as the rule `no-go` believes it, `unsure`
 * where it runs through but only clips a corner or a heading is unsaid or does not fit; null where it misses.
 */
export function crossingOf(geometry: Polygon | MultiPolygon, from: TrackFix, to: TrackFix, maxGapMs: number): 'crossed' | 'unsure' | null {
  if (to.at - from.at > maxGapMs || linesBetween([from, to]).length === 0) return null;
  if (contains(geometry, from.point) || contains(geometry, to.point) || insideLengthM(geometry, from.point, to.point) === 0) return null;
  return sideToSide(geometry, from.point, to.point) && headsAlong(from, to) ? 'crossed' : 'unsure';
}

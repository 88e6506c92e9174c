import { distanceM } from './geo.js';
import type { Point, Report } from './report.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from './time.js';

/** A truck that stood for so long has stopped; less is traffic. */
export const STOP_MS = 3 * MINUTE_MS;
const STANDING_KMH = 3;
/** Fixes of a standing truck wander. */
const SAME_SPOT_M = 50;
/** One report of some speed in the midst of standing is the receiver's, or a queue that moves up by a truck. */
const FORGIVEN_MS = 30 * SECOND_MS;
/** Whoever was silent for longer may have been away in between. */
const SILENCE_MS = 10 * MINUTE_MS;

/** A stretch of standing still in one spot. */
export interface Stop {
  from: EpochMs;
  to: EpochMs;
  point: Point;
}

/** Standing since `from`, last seen standing at `to`, last heard at `heardAt`; null: it drives, or nothing is known yet. */
export type StopState = (Stop & { heardAt: EpochMs }) | null;

/** Follows one truck's believed reports in order of time; returns the stop that ended, if it lasted. */
export function stepStop(before: StopState, { at, point, speedKmh }: Pick<Report, 'at' | 'point' | 'speedKmh'>): { standing: StopState; ended: Stop | null } {
  const there = before !== null && at - before.heardAt <= SILENCE_MS && distanceM(before.point, point) <= SAME_SPOT_M;
  const still = speedKmh === null || speedKmh <= STANDING_KMH;
  if (there && still) return { standing: { ...before, to: at, heardAt: at }, ended: null };
  if (there && at - before.to <= FORGIVEN_MS) return { standing: { ...before, heardAt: at }, ended: null };
  return { standing: still ? { from: at, to: at, point, heardAt: at } : null, ended: stopOf(before) };
}

/** What stands when the reports end; null: nothing that lasted. */
export function stopOf(standing: StopState): Stop | null {
  if (standing === null || standing.to - standing.from < STOP_MS) return null;
  const { from, to, point } = standing;
  return { from, to, point };
}

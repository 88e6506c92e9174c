import { distanceM } from './geo.js';
import type { Report } from './report.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js';

const ACCURACY_M = 500;
const JUMP_M = 200;
const JUMP_KMH = 200;
/** Reports that must agree with each other before a jump is believed. */
export const BELIEVED_AGAIN_AFTER = 3;

export type Doubt = 'accuracy' | 'jump';

/** Why a report is hard to believe after the last believed one; null: it is believed. Doubted reports are stored and move nothing. */
export function doubtAbout(report: Report, lastBelieved: Report | null): Doubt | null {
  if (report.accuracyM !== null && report.accuracyM > ACCURACY_M) return 'accuracy';
  if (lastBelieved !== null && jumps(lastBelieved, report)) return 'jump';
  return null;
}

/** Between believed reports further apart in time nobody knows where the truck was or what held: no line and no band is drawn there. */
export const SILENCE_MS = 2 * MINUTE_MS;

/** When somebody was where. */
type Fix = Pick<Report, 'at' | 'point'>;

/** More than 200 m that need more than 200 km/h: no truck drove there. The time between counts as at least one second. */
export function jumps(from: Fix, to: Fix): boolean {
  const metres = distanceM(from.point, to.point);
  if (metres <= JUMP_M) return false;
  const elapsedMs = Math.max(SECOND_MS, Math.abs(to.at - from.at));
  return metres / 1_000 / (elapsedMs / HOUR_MS) > JUMP_KMH;
}

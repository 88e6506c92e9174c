import { median } from './median.js';
import type { Report } from './report.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from './time.js';
import { withLast } from './with-last.js';

const DRIVING_KMH = 20;
const SAMPLE_EVERY_MS = 30 * SECOND_MS;
const REMEMBER_MS = 30 * MINUTE_MS;
/**
 * The resting angle is known after five minutes of driving. Until then the missing samples count as what was known before, at first as 0: a truck that is first
 * seen with its bed up does not teach us that up is its rest, and one that waited an hour for its load has not forgotten that its sensor sits askew.
 */
const SAMPLES_TO_KNOW = 10;

/** The bed's own resting angle: the median while driving over the last 30 min, one sample each 30 s. A slope or a badly fitted sensor is not a raised bed. */
export interface BedState {
  /** Degrees. Apart from their times, since a list of plain numbers is small and quickly read. */
  samples: number[];
  sampledAt: EpochMs[];
  restDeg: number;
  /** The resting angle when it was last known for certain. */
  knownDeg: number;
}

export const NO_BED: BedState = { samples: [], sampledAt: [], restDeg: 0, knownDeg: 0 };

export function stepBed(before: BedState, report: Report): BedState {
  const deg = angleSaid(report);
  if (deg === null || report.speedKmh === null || report.speedKmh < DRIVING_KMH) return before;
  const newest = before.sampledAt.at(-1);
  if (newest !== undefined && report.at - newest < SAMPLE_EVERY_MS) return before;

  const fresh = before.sampledAt.findIndex((at) => report.at - at <= REMEMBER_MS);
  const from = fresh < 0 ? before.samples.length : fresh;
  const samples = withLast(before.samples, tenths(deg), from);
  const missing = SAMPLES_TO_KNOW - samples.length;
  const restDeg = median(missing <= 0 ? samples : [...samples, ...new Array<number>(missing).fill(before.knownDeg)])!;
  return { samples, sampledAt: withLast(before.sampledAt, report.at, from), restDeg, knownDeg: missing > 0 ? before.knownDeg : restDeg };
}

/** Whether the bed stands at `deg` or more above its rest; null: not said or faulty. Where angle and word disagree the angle counts. */
export function bedRaised(report: Report, restDeg: number, deg: number): boolean | null {
  const angle = angleSaid(report);
  if (angle !== null) return angle - restDeg >= deg;
  if (report.bed === 'raised') return true;
  if (report.bed === 'down') return false;
  return null;
}

/** Degrees above the rest; null where no angle is said. */
export function bedDeg(report: Report, restDeg: number): number | null {
  const angle = angleSaid(report);
  return angle === null ? null : angle - restDeg;
}

function angleSaid(report: Report): number | null {
  return report.bed === 'fault' ? null : report.bedAngleDeg;
}

function tenths(deg: number): number {
  // No negative zero: JSON has none.
  return Math.round(deg * 10) / 10 + 0;
}

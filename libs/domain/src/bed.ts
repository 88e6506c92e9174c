import { median } from './median.js';
import type { Report } from './report.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from './time.js';

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
  samples: [at: EpochMs, deg: number][];
  restDeg: number;
  /** The resting angle when it was last known for certain. */
  knownDeg: number;
}

export const NO_BED: BedState = { samples: [], restDeg: 0, knownDeg: 0 };

export function stepBed(before: BedState, report: Report): BedState {
  const deg = angleSaid(report);
  if (deg === null || report.speedKmh === null || report.speedKmh < DRIVING_KMH) return before;
  const newest = before.samples.at(-1);
  if (newest && report.at - newest[0] < SAMPLE_EVERY_MS) return before;

  const fresh = before.samples.findIndex((sample) => report.at - sample[0] <= REMEMBER_MS);
  const samples: BedState['samples'] = [...(fresh < 0 ? [] : before.samples.slice(fresh)), [report.at, tenths(deg)]];
  const degrees = new Float64Array(Math.max(samples.length, SAMPLES_TO_KNOW)).fill(before.knownDeg);
  samples.forEach((sample, i) => (degrees[i] = sample[1]));
  const restDeg = median(degrees)!;
  return { samples, restDeg, knownDeg: samples.length < SAMPLES_TO_KNOW ? before.knownDeg : restDeg };
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

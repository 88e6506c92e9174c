import { median } from './median.js';
import type { Report } from './report.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from './time.js';

const DRIVING_KMH = 20;
const SAMPLE_EVERY_MS = 30 * SECOND_MS;
const REMEMBER_MS = 30 * MINUTE_MS;
/**
 * Until five minutes of driving are remembered the missing samples count as 0: the resting angle is «0 until known», and a truck that is first seen with its
 * bed up does not teach us that up is its rest.
 */
const SAMPLES_TO_KNOW = 10;

/** The bed's own resting angle: the median while driving over the last 30 min, one sample each 30 s. A slope or a badly fitted sensor is not a raised bed. */
export interface BedState {
  samples: { at: EpochMs; deg: number }[];
  restDeg: number;
}

export const NO_BED: BedState = { samples: [], restDeg: 0 };

export function stepBed(before: BedState, report: Report): BedState {
  const deg = angleSaid(report);
  if (deg === null || report.speedKmh === null || report.speedKmh < DRIVING_KMH) return before;
  const newest = before.samples.at(-1);
  if (newest && report.at - newest.at < SAMPLE_EVERY_MS) return before;
  const samples = [...before.samples.filter((sample) => report.at - sample.at <= REMEMBER_MS), { at: report.at, deg }];
  const missing = new Array<number>(Math.max(0, SAMPLES_TO_KNOW - samples.length)).fill(0);
  return { samples, restDeg: median([...samples.map((sample) => sample.deg), ...missing])! };
}

/** Whether the bed stands at `deg` or more above its rest; null: not said or faulty. Where angle and word disagree the angle counts. */
export function bedRaised(report: Report, restDeg: number, deg: number): boolean | null {
  const angle = angleSaid(report);
  if (angle !== null) return angle - restDeg >= deg;
  if (report.bed === 'raised') return true;
  if (report.bed === 'down') return false;
  return null;
}

function angleSaid(report: Report): number | null {
  return report.bed === 'fault' ? null : report.bedAngleDeg;
}

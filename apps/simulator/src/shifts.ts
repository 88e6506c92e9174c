import type { Truck } from './fleet.js';
import { HOUR_MS, midnightBefore, MINUTE_MS } from './hours.js';
import type { Random } from './random.js';
import type { EpochMs } from './truth.js';

/** Crews begin when the permits of their company open, and are home before they close; some trucks never rest but to change drivers. */
const WINDOWS_H = { night: [20.1, 29], day: [7.1, 18.4] } as const;
const DAY_MS = 24 * HOUR_MS;

export interface Shift {
  from: EpochMs;
  to: EpochMs;
}

/** The shift that a truck is in at `at`, from then on, else its next one. */
export function nextShift(truck: Truck, at: EpochMs, random: Random): Shift {
  if (truck.crew === 'round') {
    const from = at + random.between(20, 50) * MINUTE_MS;
    return { from, to: from + random.between(4.5, 7.5) * HOUR_MS };
  }
  const [fromH, toH] = WINDOWS_H[truck.crew];
  for (let day = midnightBefore(at) - DAY_MS; ; day += DAY_MS) {
    const from = day + (fromH + truck.lateH + random.between(-0.2, 0.2)) * HOUR_MS;
    const to = day + (toH + Math.min(0, truck.lateH)) * HOUR_MS;
    if (to > at + 40 * MINUTE_MS) return { from: Math.max(at, from), to };
  }
}

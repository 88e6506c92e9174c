import type { Hours } from './places.js';
import type { EpochMs } from './truth.js';

/** The made city keeps Shanghai time, which knows no summer time. */
const ZONE_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** The midnight, in the city, before `at`. */
export function midnightBefore(at: EpochMs): EpochMs {
  return Math.floor((at + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
}

/** Is `at` within the hours? null: always. Windows cross midnight; `days` name the day on which a window opens. */
export function withinHours(hours: readonly Hours[] | null, at: EpochMs): boolean {
  if (hours === null) return true;
  const today = midnightBefore(at);
  return hours.some((window) =>
    [today, today - DAY_MS].some((day) => {
      const from = day + minutes(window.from) * MINUTE_MS;
      const to = day + minutes(window.to) * MINUTE_MS;
      const weekday = ((new Date(day + ZONE_MS).getUTCDay() + 6) % 7) + 1;
      return (!window.days || window.days.includes(weekday)) && at >= from && at < (to <= from ? to + DAY_MS : to);
    }),
  );
}

function minutes(clock: string): number {
  const [h, m] = clock.split(':').map(Number);
  return h! * 60 + m!;
}

const stampCache = { second: -1, text: '' };

/** `2026-11-23T21:04:10+08:00`: what most terminals write. One second is written by many of them, so the last is kept. */
export function cityTime(at: EpochMs): string {
  if (stampCache.second !== at) {
    stampCache.second = at;
    stampCache.text = `${new Date(at + ZONE_MS).toISOString().slice(0, 19)}+08:00`;
  }
  return stampCache.text;
}

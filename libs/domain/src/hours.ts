import { DAY_MS, type EpochMs, MINUTE_MS } from './time.js';

/** A daily window in the city's time. `to` at or before `from` crosses midnight; `days` (1 = Monday; absent: every day) names the day it opens. */
export interface HoursWindow {
  days?: number[];
  from: string;
  to: string;
}

/** `null`: always (places, permits) or never (a lot's curfew). */
export type Hours = HoursWindow[] | null;

/** Minutes the city's clock is ahead of UTC at an instant; the caller knows the time zone, the domain does not. */
export type UtcOffset = (at: EpochMs) => number;

/** Whether `at` lies in one of the windows. No windows at all (an empty list) is never. */
export function inHours(hours: HoursWindow[], at: EpochMs, utcOffset: UtcOffset): boolean {
  const local = at + utcOffset(at) * MINUTE_MS;
  const day = Math.floor(local / DAY_MS);
  const minute = Math.floor((local - day * DAY_MS) / MINUTE_MS);
  return hours.some((window) => {
    const from = minuteOfDay(window.from);
    const to = minuteOfDay(window.to);
    if (to > from) return minute >= from && minute < to && opens(window, day);
    return (minute >= from && opens(window, day)) || (minute < to && opens(window, day - 1));
  });
}

function opens(window: HoursWindow, day: number): boolean {
  if (!window.days) return true;
  // 1970-01-01 was a Thursday, ISO day 4.
  const isoDay = ((((day + 3) % 7) + 7) % 7) + 1;
  return window.days.includes(isoDay);
}

function minuteOfDay(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

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

/** A window that opens at all opens within a week; one day more, since it may have opened the evening before. */
const DAYS_AROUND = 8;

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

/** How long before the nearest window opens, or after it closed, `at` lies: 0 inside of one; `Infinity` where no window ever opens. */
export function outsideMs(hours: HoursWindow[], at: EpochMs, utcOffset: UtcOffset): number {
  if (inHours(hours, at, utcOffset)) return 0;
  let nearest = Infinity;
  for (const { from, to } of spansAround(hours, at, utcOffset)) {
    nearest = Math.min(nearest, from > at ? from - at : Math.max(0, at - to));
  }
  return nearest;
}

/** When the next window opens after `at`; null: none ever does. */
export function nextOpening(hours: HoursWindow[], at: EpochMs, utcOffset: UtcOffset): EpochMs | null {
  let next: EpochMs | null = null;
  for (const { from } of spansAround(hours, at, utcOffset)) {
    if (from > at && (next === null || from < next)) next = from;
  }
  return next;
}

/** When the windows that `at` lies in are over; `at` itself outside of them. Windows that never close are told a week ahead. */
export function quietUntil(hours: HoursWindow[], at: EpochMs, utcOffset: UtcOffset): EpochMs {
  const spans = [...spansAround(hours, at, utcOffset)].sort((a, b) => a.from - b.from);
  let until = at;
  for (const { from, to } of spans) if (from <= until && to > until) until = to;
  return until;
}

/** Every stretch of an open window from a week before `at` to a week after it. */
function* spansAround(hours: HoursWindow[], at: EpochMs, utcOffset: UtcOffset): Generator<{ from: EpochMs; to: EpochMs }> {
  const today = Math.floor((at + utcOffset(at) * MINUTE_MS) / DAY_MS);
  // The city's clock may be put forward or back in between: each end is told by the offset that holds there.
  const instant = (local: number) => local - utcOffset(local - utcOffset(at) * MINUTE_MS) * MINUTE_MS;
  for (const window of hours) {
    const from = minuteOfDay(window.from);
    const to = minuteOfDay(window.to);
    const closes = to > from ? to : to + DAY_MS / MINUTE_MS;
    for (let day = today - DAYS_AROUND; day <= today + DAYS_AROUND; day++) {
      if (opens(window, day)) yield { from: instant(day * DAY_MS + from * MINUTE_MS), to: instant(day * DAY_MS + closes * MINUTE_MS) };
    }
  }
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

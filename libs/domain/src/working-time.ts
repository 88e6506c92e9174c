import type { UtcOffset } from './hours.js';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from './time.js';

/** What has been published of a year. Days are `2027-02-05`, in the city's time. */
export interface PublishedYear {
  year: number;
  /** Free days that would be working days. */
  holidays: string[];
  /** Working days that would be free: moved (调休). */
  workdays: string[];
}

/** When an office works. Windows of a day are in order, do not touch one another and do not cross midnight. */
export interface WorkingTime {
  hours: { from: string; to: string }[];
  /** 1 = Monday. */
  weekdays: number[];
  years: PublishedYear[];
}

/** Nobody knows the holidays of a year before they are published, so nothing is counted through it. */
export interface NotPublished {
  missingYear: number;
}

/** When so many working hours have passed since `from`; the end of a window rather than the beginning of the next. */
export function deadlineAfter(calendar: WorkingTime, from: EpochMs, workingHours: number, utcOffset: UtcOffset): { deadline: EpochMs } | NotPublished {
  let leftMs = Math.round(workingHours * HOUR_MS);
  if (leftMs <= 0) return { deadline: from };
  for (const stretch of stretchesFrom(calendar, from, utcOffset)) {
    if ('missingYear' in stretch) return stretch;
    const began = Math.max(stretch.from, from);
    if (stretch.to - began >= leftMs) return { deadline: began + leftMs };
    leftMs -= Math.max(0, stretch.to - began);
  }
  throw new Error('A calendar ends at a year that is not published.');
}

/** How many working hours lie between two instants; 0 where the second is not after the first. */
export function workingHoursBetween(calendar: WorkingTime, from: EpochMs, to: EpochMs, utcOffset: UtcOffset): { hours: number } | NotPublished {
  if (to <= from) return { hours: 0 };
  const lastYear = yearOf(dayAt(to, utcOffset));
  let workedMs = 0;
  for (const stretch of stretchesFrom(calendar, from, utcOffset)) {
    if ('missingYear' in stretch) {
      if (stretch.missingYear > lastYear) break;
      return stretch;
    }
    if (stretch.from >= to) break;
    workedMs += Math.max(0, Math.min(stretch.to, to) - Math.max(stretch.from, from));
  }
  return { hours: workedMs / HOUR_MS };
}

/** Whether the day is a working day, as published. */
export function isWorkingDay({ weekdays, years }: WorkingTime, day: string): boolean | NotPublished {
  const year = years.find((one) => one.year === Number(day.slice(0, 4)));
  if (!year) return { missingYear: Number(day.slice(0, 4)) };
  if (year.workdays.includes(day)) return true;
  return !year.holidays.includes(day) && weekdays.includes(isoWeekday(Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS)));
}

/** Working stretches that end after `from`, day by day, up to the first day of a year that is not published. */
function* stretchesFrom(calendar: WorkingTime, from: EpochMs, utcOffset: UtcOffset): Generator<{ from: EpochMs; to: EpochMs } | NotPublished> {
  const near = utcOffset(from);
  // The city's clock may be put forward or back in between: each end is told by the offset that holds there.
  const instant = (local: number) => local - utcOffset(local - utcOffset(local - near * MINUTE_MS) * MINUTE_MS) * MINUTE_MS;
  for (let day = dayAt(from, utcOffset); ; day++) {
    const works = isWorkingDay(calendar, new Date(day * DAY_MS).toISOString().slice(0, 10));
    if (typeof works === 'object') {
      yield works;
      return;
    }
    if (!works) continue;
    for (const window of calendar.hours) {
      const stretch = { from: instant(day * DAY_MS + ofDay(window.from)), to: instant(day * DAY_MS + ofDay(window.to)) };
      if (stretch.to > from) yield stretch;
    }
  }
}

/** Days since 1970 by the city's clock. */
function dayAt(at: EpochMs, utcOffset: UtcOffset): number {
  return Math.floor((at + utcOffset(at) * MINUTE_MS) / DAY_MS);
}

function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** 1970-01-01 was a Thursday, ISO day 4. */
function isoWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function ofDay(clock: string): number {
  return Number(clock.slice(0, 2)) * HOUR_MS + Number(clock.slice(3, 5)) * MINUTE_MS;
}

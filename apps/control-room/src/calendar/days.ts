import type { WorkingCalendar, WorkingYear } from '@muckwatch/contract';
import { addDays, weekdayOf } from '../app/cityClock.js';

export type DayKind = 'work' | 'free' | 'holiday' | 'moved';

/** What a day of a year is, by the week and by what was published. */
export function dayKind(date: string, year: Pick<WorkingYear, 'holidays' | 'workdays'>, weekdays: readonly number[]): DayKind {
  if (year.workdays.includes(date)) return 'moved';
  if (year.holidays.includes(date)) return 'holiday';
  return weekdays.includes(weekdayOf(date)) ? 'work' : 'free';
}

/** A click on a day: a working day becomes a holiday, a free one a moved working day, and either back again. */
export function toggled<Y extends Pick<WorkingYear, 'holidays' | 'workdays'>>(year: Y, date: string, weekdays: readonly number[]): Y {
  const kind = dayKind(date, year, weekdays);
  const without = (dates: readonly string[]) => dates.filter((one) => one !== date);
  if (kind === 'holiday') return { ...year, holidays: without(year.holidays) };
  if (kind === 'moved') return { ...year, workdays: without(year.workdays) };
  if (kind === 'work') return { ...year, holidays: [...year.holidays, date].sort() };
  return { ...year, workdays: [...year.workdays, date].sort() };
}

/** The weeks of a month, Monday first; null where the month has no such day. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const before: (string | null)[] = Array.from({ length: weekdayOf(first) - 1 }, () => null);
  const days: string[] = [];
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) days.push(day);
  const cells = [...before, ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7));
}

/** Each with a beginning before its end. */
export const hoursAreRight = (hours: WorkingCalendar['hours']): boolean =>
  hours.length > 0 && hours.every(({ from, to }) => /^\d\d:\d\d$/.test(from) && /^\d\d:\d\d$/.test(to) && from < to);

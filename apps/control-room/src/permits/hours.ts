import { addDays, instantOf, wallOf, weekdayOf } from '../app/cityClock.js';
import type { Words } from '../i18n/index.js';

/** A daily window on the city's clock; `to` at or before `from` is the next day's; `days` (1 = Monday, absent: every day) names the day it opens. */
export interface HoursWindow {
  days?: number[];
  from: string;
  to: string;
}

export const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

/** «每天 21:00 至次日 05:00»; no windows are said as «全天». */
export function hoursWords(hours: readonly HoursWindow[] | null | undefined, t: Words): string {
  if (!hours || hours.length === 0) return t.map.always;
  return t.permits.windows(hours.map((window) => windowWords(window, t)));
}

export function windowWords({ days, from, to }: HoursWindow, t: Words): string {
  return [daysWords(days, t), spanOfDayWords(from, to, t)].join(' ');
}

/** Midnight is the end of the day, not something of tomorrow. */
export function spanOfDayWords(from: string, to: string, t: Words): string {
  if (to === '00:00' || to === '24:00') return t.permits.sameDay(from, '24:00');
  return to <= from ? t.permits.nextDay(from, to) : t.permits.sameDay(from, to);
}

/** 每天; 周一至周五; 周六、日. */
export function daysWords(days: readonly number[] | undefined, t: Words): string {
  const named = [...new Set(days ?? ALL_DAYS)].sort((a, b) => a - b);
  if (named.length === 0 || named.length === 7) return t.permits.everyDay;
  const [first, last] = [named[0]!, named.at(-1)!];
  const name = (day: number) => t.map.weekdays[day - 1]!;
  if (named.length > 2 && last - first === named.length - 1) return t.permits.dayRange(name(first), name(last));
  return t.permits.dayList(named.map(name));
}

/** Whether a window is open. No windows at all is always. */
export function isOpen(hours: readonly HoursWindow[] | null, at: number, zone: string): boolean {
  return !hours || hours.length === 0 || openings(hours, at, zone).some(({ from, to }) => from <= at && at < to);
}

/** When the windows next open or close; null where they never do. */
export function nextChange(hours: readonly HoursWindow[] | null, at: number, zone: string): number | null {
  if (!hours || hours.length === 0) return null;
  const spans = openings(hours, at, zone);
  let until = at;
  for (const { from, to } of spans) if (from <= until && to > until) until = to;
  if (until > at) {
    // Windows without a gap for the whole week are always.
    return until - at > 7 * 86_400_000 ? null : until;
  }
  return spans.find(({ from }) => from > at)?.from ?? null;
}

/** From yesterday's windows, which may last into today, to those of a week and a day on; earliest first. */
function openings(hours: readonly HoursWindow[], at: number, zone: string): { from: number; to: number }[] {
  const today = wallOf(at, zone).date;
  const spans: { from: number; to: number }[] = [];
  for (let day = -1; day <= 8; day++) {
    const date = addDays(today, day);
    for (const { days, from, to } of hours) {
      if (days && !days.includes(weekdayOf(date))) continue;
      const began = instantOf({ date, clock: from }, zone);
      const ended = instantOf({ date: to <= from ? addDays(date, 1) : date, clock: to }, zone);
      if (began !== null && ended !== null) spans.push({ from: began, to: ended });
    }
  }
  return spans.sort((a, b) => a.from - b.from);
}

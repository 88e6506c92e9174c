import type { Period, PeriodName } from '@muckwatch/contract';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, type UtcOffset } from '@muckwatch/domain';
import { iso } from '../clock.js';

const NIGHT = { from: 20, to: 8 } as const;

/** What stretch of time a name means at an instant, by the city's clock, and the stretch that it is held against. */
export function periodOf(name: PeriodName, at: EpochMs, utcOffset: UtcOffset): Period {
  const clock = clockOf(utcOffset);
  const today = clock.day(at);
  switch (name) {
    case 'today':
      return against(name, clock.start(today), at, -7, clock);
    case 'night': {
      const hour = clock.hour(at);
      const evening = hour >= NIGHT.from ? today : today - 1;
      const began = clock.start(evening, NIGHT.from);
      return against(name, began, Math.min(at, clock.start(evening + 1, NIGHT.to)), -7, clock);
    }
    case 'week':
      return against(name, clock.start(mondayOf(today)), at, -7, clock);
    case 'last-week':
      return against(name, clock.start(mondayOf(today) - 7), clock.start(mondayOf(today)), -7, clock);
    case 'month':
    case 'last-month': {
      const first = monthOf(today, name === 'month' ? 0 : -1);
      const before = monthOf(first, -1);
      const from = clock.start(first);
      const to = name === 'month' ? at : clock.start(monthOf(today, 0));
      const whole = name === 'last-month';
      const beforeTo = whole ? from : Math.min(from, clock.start(before) + (to - from));
      return said(name, from, to, clock.start(before), beforeTo);
    }
  }
}

/** A week as ISO 8601 writes it, until `at` where it goes on then; null where that year has none of this number. */
export function weekPeriod(week: string, utcOffset: UtcOffset, at = Infinity): Period | null {
  const [year, number] = week.split('-W').map(Number) as [number, number];
  // 4 January is always in the first week.
  const monday = mondayOf(Date.UTC(year, 0, 4) / DAY_MS) + (number - 1) * 7;
  if (weekOf(monday) !== week) return null;
  const clock = clockOf(utcOffset);
  return against(week, clock.start(monday), Math.min(at, clock.start(monday + 7)), -7, clock);
}

/** The week that an instant of the city falls in, `weeks` later. */
export function weekAt(at: EpochMs, utcOffset: UtcOffset, weeks = 0): string {
  return weekOf(clockOf(utcOffset).day(at) + weeks * 7);
}

/** Days are counted from 1970-01-01 of the city's calendar. */
function clockOf(utcOffset: UtcOffset) {
  const local = (at: EpochMs) => at + utcOffset(at) * MINUTE_MS;
  return {
    day: (at: EpochMs) => Math.floor(local(at) / DAY_MS),
    hour: (at: EpochMs) => Math.floor((local(at) % DAY_MS) / HOUR_MS),
    start: (day: number, hour = 0) => {
      const wanted = day * DAY_MS + hour * HOUR_MS;
      // Asked twice, it settles over a change to summer time.
      return wanted - utcOffset(wanted - utcOffset(wanted) * MINUTE_MS) * MINUTE_MS;
    },
    /** The same time of the clock, days later. */
    shifted: (at: EpochMs, days: number) => {
      const wanted = local(at) + days * DAY_MS;
      return wanted - utcOffset(wanted - utcOffset(wanted) * MINUTE_MS) * MINUTE_MS;
    },
  };
}

function against(name: string, from: EpochMs, to: EpochMs, days: number, clock: ReturnType<typeof clockOf>): Period {
  return said(name, from, to, clock.shifted(from, days), clock.shifted(to, days));
}

function said(name: string, from: EpochMs, to: EpochMs, beforeFrom: EpochMs, beforeTo: EpochMs): Period {
  return { name, from: iso(from), to: iso(to), before: { from: iso(beforeFrom), to: iso(beforeTo) } };
}

/** 1970-01-01 was a Thursday. */
const mondayOf = (day: number) => day - ((((day + 3) % 7) + 7) % 7);

function monthOf(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY_MS;
}

function weekOf(day: number): string {
  const monday = mondayOf(day);
  const year = new Date((monday + 3) * DAY_MS).getUTCFullYear();
  const first = mondayOf(Date.UTC(year, 0, 4) / DAY_MS);
  return `${year}-W${String((monday - first) / 7 + 1).padStart(2, '0')}`;
}

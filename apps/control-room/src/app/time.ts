import { spanWords } from '@muckwatch/contract';
import type { Words } from '../i18n/zh.js';

export { spanWords };

/** The digits of an instant on the clock of a zone. */
export interface Parts {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a DateTimeFormat costs 50 µs, using one 1 µs: one is kept for each zone. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    const options = { hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formats.set(zone, format);
  }
  return format;
}

export function partsOf(at: number, zone: string): Parts {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = value;
  return parts as unknown as Parts;
}

/** 21:06:52 on the city's clock. */
export function clockTime(at: number, zone: string): string {
  const p = partsOf(at, zone);
  return `${p.hour}:${p.minute}:${p.second}`;
}

/** Today 21:04:40, yesterday 昨天 21:04, this year 11-22 21:04, else with the year: always on the city's calendar. */
export function timeWords(at: number, now: number, zone: string, words: Words): string {
  const p = partsOf(at, zone);
  const today = partsOf(now, zone);
  const minute = `${p.hour}:${p.minute}`;
  if (dayOf(p) === dayOf(today)) return `${minute}:${p.second}`;

  // Noon of the day before is yesterday in every zone, whatever daylight saving does at midnight.
  const noonToday = now - (Number(today.hour) - 12) * 3_600_000;
  if (dayOf(p) === dayOf(partsOf(noonToday - 86_400_000, zone))) return words.yesterday(minute);

  const date = `${p.month}-${p.day} ${minute}`;
  return p.year === today.year ? date : `${p.year}-${date}`;
}

const dayOf = (p: Parts) => `${p.year}-${p.month}-${p.day}`;

/** As `spanWords`, in whole seconds: for ages in a list, where tenths would only flicker. */
export function ageWords(ms: number, words: Words): string {
  return ms < 9_950 ? words.span.seconds(Math.max(0, Math.floor(ms / 1000))) : spanWords(ms, words);
}

/** Which shift is on duty, and since when: night 20:00–08:00, day 08:00–20:00 on the city's clock. */
export function shiftOf(now: number, zone: string): { name: 'night' | 'day'; since: number } {
  const p = partsOf(now, zone);
  const hour = Number(p.hour);
  const name = hour >= 8 && hour < 20 ? 'day' : 'night';
  const began = name === 'day' ? 8 : 20;
  const hoursAgo = (hour - began + 24) % 24;
  const since = now - hoursAgo * 3_600_000 - Number(p.minute) * 60_000 - Number(p.second) * 1000 - (now % 1000);
  return { name, since };
}

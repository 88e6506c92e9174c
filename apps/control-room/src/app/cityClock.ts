import { partsOf } from './time.js';

const DAY_MS = 86_400_000;

/** A day and a time as a calendar and a clock of the city show them: `2026-08-18`, `21:00`. */
export interface Wall {
  date: string;
  clock: string;
}

export function wallOf(at: number, zone: string): Wall {
  const p = partsOf(at, zone);
  return { date: `${p.year}-${p.month}-${p.day}`, clock: `${p.hour}:${p.minute}` };
}

/** When the city's clock shows that, ms; `24:00` is the midnight after. Null for what is no day or no time. */
export function instantOf({ date, clock }: Wall, zone: string): number | null {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minuteOfDay(clock) * 60_000;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(asUtc)) return null;
  // Asked twice: on the day of a change to summer time the first offset may be that of the other side.
  const first = asUtc - offsetAt(asUtc, zone);
  return asUtc - offsetAt(first, zone);
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: string): number {
  return ((Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS) + 3) % 7) + 1;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** NaN for what is no time of a day. */
export function minuteOfDay(clock: string): number {
  const [, hour, minute] = /^(\d{2}):([0-5]\d)$/.exec(clock) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes <= 1_440 ? minutes : NaN;
}

/** Says a day as people type it: `2026-12-2`, `2026/12/02`, `20261202`, `2026年12月2日`. Null for what is none. */
export function dateTyped(text: string): string | null {
  const said = text.trim();
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(said) ?? /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(said) ?? [];
  if (!year || !month || !day) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  // 2026-02-30 is read as a day of March by some.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? null : date;
}

/** Says a time as people type it: `9`, `930`, `21:5`, `21：00`, `2100`. Null for what is none. */
export function clockTyped(text: string): string | null {
  const said = text
    .trim()
    .replace(/[：.时点]/g, ':')
    .replace(/:$/, '');
  const [, hour, minute = '0'] = /^(\d{1,2}):(\d{1,2})$/.exec(said) ?? /^(\d{1,2}?)(\d{2})?$/.exec(said) ?? [];
  if (hour === undefined) return null;
  const clock = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  return Number.isNaN(minuteOfDay(clock)) ? null : clock;
}

/** Says a day and a time as people type them: `2026-12-2 930`, `2026-12-02T09:30`, or a day alone, which is its midnight. Null for what is none. */
export function momentTyped(text: string): string | null {
  const [, day = '', time = '0'] = /^(.*?)(?:[T\s]\s*([^T\s日]+))?$/.exec(text.trim()) ?? [];
  const [date, clock] = [dateTyped(day), clockTyped(time)];
  return date === null || clock === null || clock === '24:00' ? null : `${date}T${clock}`;
}

/** Ms that the zone's clock is ahead of UTC. */
function offsetAt(at: number, zone: string): number {
  const p = partsOf(at, zone);
  const shown = Date.UTC(Number(p.year), Number(p.month) - 1, Number(p.day), Number(p.hour), Number(p.minute), Number(p.second));
  return shown - Math.floor(at / 1000) * 1000;
}

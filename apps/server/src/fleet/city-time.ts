import type { UtcOffset } from '@muckwatch/domain';

/** Every clock change of the last decades falls on a quarter of an hour (Lord Howe's at :30, Nepal's old one at :45). */
const STEP_MS = 15 * 60_000;
const MOST_KEPT = 20_000;

/** Minutes the city's clock is ahead of UTC at an instant; `Intl` is asked once a quarter of an hour, it takes some 20 µs. */
export function utcOffsetOf(timeZone: string): UtcOffset {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  return (at) => {
    const step = Math.floor(at / STEP_MS);
    const cached = known.get(step);
    if (cached !== undefined) return cached;
    if (known.size >= MOST_KEPT) known.clear();
    const offset = offsetMinutes(format, step * STEP_MS);
    known.set(step, offset);
    return offset;
  };
}

/** `GMT+08:00`, `GMT-03:30`, or `GMT` alone. */
function offsetMinutes(format: Intl.DateTimeFormat, at: number): number {
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const said = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (!said) return 0;
  const minutes = Number(said[2]) * 60 + Number(said[3]);
  return said[1] === '-' ? -minutes : minutes;
}

/** The instant at which a day (`2026-08-18`) begins in the city, `days` later; null for what is no day. */
export function startOfDay(day: string, utcOffset: UtcOffset, days = 0): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null;
  const local = midnight + days * 86_400_000;
  // The offset in force is that of the result; asked twice, it settles over a clock change.
  const guess = local - utcOffset(local) * 60_000;
  return local - utcOffset(guess) * 60_000;
}

/** When the city's day of an instant began. */
export function startOfToday(at: number, utcOffset: UtcOffset): number {
  return startOfDay(new Date(at + utcOffset(at) * 60_000).toISOString().slice(0, 10), utcOffset)!;
}

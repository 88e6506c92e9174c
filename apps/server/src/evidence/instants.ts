import { type EpochMs, MINUTE_MS, type UtcOffset } from '@muckwatch/domain';
import { iso } from '../clock.js';

/** The same instant twice: in UTC as everywhere on the wire, and by the city's clock with its distance from UTC. */
export interface Instant {
  utc: string;
  city: string;
}

export function instantOf(at: EpochMs, utcOffset: UtcOffset): Instant {
  return { utc: iso(at), city: cityIso(at, utcOffset) };
}

/** 2026-11-28T21:04:10.000+08:00 */
export function cityIso(at: EpochMs, utcOffset: UtcOffset): string {
  const ahead = utcOffset(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
  return `${iso(at + ahead * MINUTE_MS).slice(0, -1)}${ahead < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}

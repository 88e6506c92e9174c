import { instantOf, wallOf } from './cityClock.js';

/** An instant as a field of a time holds it, on the city's clock: 2026-11-23T21:04. */
export function cityText(at: number, zone: string): string {
  const { date, clock } = wallOf(at, zone);
  return `${date}T${clock}`;
}

/** The instant that such a field means on the city's clock; null while it is not filled in. A time that summer time skips is the one after. */
export function cityInstant(text: string, zone: string): number | null {
  const [date = '', clock = ''] = text.split('T');
  return instantOf({ date, clock: clock.slice(0, 5) }, zone);
}

/** When the city's clock next shows this hour. */
export function nextHour(now: number, hour: number, zone: string): number {
  const at = instantOf({ date: wallOf(now, zone).date, clock: `${String(hour).padStart(2, '0')}:00` }, zone)!;
  return at > now ? at : at + 86_400_000;
}

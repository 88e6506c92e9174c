import { addDays, wallOf } from '../app/cityClock.js';
import type { Words } from '../i18n/index.js';
import { lastDayOf } from './permitForm.js';

/** «2026-08-18 至 2026-12-31», with the hour where it is not the beginning or the end of the day. */
export function validityWords(validFrom: string | null, validTo: string | null, zone: string, t: Words): string {
  const from = validFrom === null ? null : wallOf(Date.parse(validFrom), zone);
  const to = validTo === null ? null : lastDayOf(Date.parse(validTo), zone);
  return t.permits.validity(
    from && (from.clock === '00:00' ? from.date : `${from.date} ${from.clock}`),
    to && (to.clock === '24:00' ? to.date : `${to.date} ${to.clock}`),
  );
}

/** A moment that is to come: 21:00 today, 明天 05:00, else with the date. */
export function comingWords(at: number, now: number, zone: string, t: Words): string {
  const { date, clock } = wallOf(at, zone);
  const today = wallOf(now, zone).date;
  if (date === today) return clock;
  if (date === addDays(today, 1)) return t.permits.tomorrow(clock);
  return date.slice(0, 4) === today.slice(0, 4) ? `${date.slice(5)} ${clock}` : `${date} ${clock}`;
}

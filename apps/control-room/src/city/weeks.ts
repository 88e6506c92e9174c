import { addDays, wallOf, weekdayOf } from '../app/cityClock.js';

const DAY_MS = 86_400_000;

/** The ISO week that an instant of the city falls in, `weeks` later: 2026-W48. */
export function weekOf(at: number, zone: string, weeks = 0): string {
  const day = addDays(wallOf(at, zone).date, weeks * 7);
  // A week belongs to the year of its Thursday.
  const thursday = addDays(day, 4 - weekdayOf(day));
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / DAY_MS;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}

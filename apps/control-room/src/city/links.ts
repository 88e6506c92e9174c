import type { Period } from '@muckwatch/contract';
import { cityText } from '../app/cityTime.js';
import { addressOf, type Sought } from '../hauls/sought.js';

export type RowsOf = 'alerts' | 'notices' | 'places';
type Filters = Partial<Record<'rule' | 'company' | 'site' | 'status' | 'ended' | 'orders' | 'kind', string>>;

/** Where the rows stand that were counted: the same time, the same filters. */
export function rowsLink(of: RowsOf, { from, to }: Pick<Period, 'from' | 'to'>, filters: Filters = {}): string {
  return `#/city/rows?${new URLSearchParams({ of, from, to, ...filters }).toString()}`;
}

const HOUR_MS = 3_600_000;
/** A period that ended less than this ago goes on: a page that was read a while ago is no past. */
const FRESH_MS = 10 * 60_000;

/** The loads that were counted, on their own page: there each has its volume, and they are summed. */
export function haulsLink({ from, to }: Pick<Period, 'from' | 'to'>, zone: string, now: number, sought: Partial<Sought> = {}): string {
  const until = now - Date.parse(to) < FRESH_MS ? '' : cityText(Date.parse(to), zone);
  return addressOf('list', { from: cityText(Date.parse(from), zone), to: until, ...sought });
}

/** The hour of the city’s clock that a cell of the strip stands for, as far as it lies in the period. */
export function hourOf(period: Pick<Period, 'from' | 'to'>, began: number): Pick<Period, 'from' | 'to'> {
  const [from, to] = [Math.max(began, Date.parse(period.from)), Math.min(began + HOUR_MS, Date.parse(period.to))];
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

export const isMonth = (name: string): boolean => name === 'month' || name === 'last-month';

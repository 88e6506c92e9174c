import { HAUL_SORTS, type HaulFilter, type HaulTableQuery } from '@muckwatch/contract';
import { addDays, instantOf, wallOf } from '../app/cityClock.js';
import { cityInstant } from '../app/cityTime.js';

const DAY_MS = 86_400_000;
/** As the server has it: 31 days, of which one may be an hour longer. */
const LONGEST_MS = 31 * DAY_MS + 3_600_000;
export const PAGE_ROWS = 100;

/** Which loads are looked at, as the address says it; '' is not said. `from` '' is the beginning of today, `to` '' is until now. */
export interface Sought {
  from: string;
  to: string;
  truck: string;
  company: string;
  site: string;
  yard: string;
  ended: '' | NonNullable<HaulFilter['ended']>;
  by: HaulFilter['by'];
  sort: HaulTableQuery['sort'];
  order: HaulTableQuery['order'];
  page: number;
  /** The load that is shown on the map. */
  haul: string;
}

const NOTHING: Sought = {
  from: '',
  to: '',
  truck: '',
  company: '',
  site: '',
  yard: '',
  ended: '',
  by: 'departed',
  sort: 'departed',
  order: 'desc',
  page: 1,
  haul: '',
};
const FILTERS = ['truck', 'company', 'site', 'yard', 'ended'] as const;

export function soughtOf(query: URLSearchParams): Sought {
  const text = (key: string) => query.get(key) ?? '';
  const page = Number(text('page'));
  return {
    from: text('from'),
    to: text('to'),
    truck: text('truck'),
    company: text('company'),
    site: text('site'),
    yard: text('yard'),
    ended: text('ended') as Sought['ended'],
    by: text('by') === 'unloaded' ? 'unloaded' : 'departed',
    sort: HAUL_SORTS.find((sort) => sort === text('sort')) ?? 'departed',
    order: text('order') === 'asc' ? 'asc' : 'desc',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    haul: text('haul'),
  };
}

/** What is as it is unless said is not said: `from=2026-11-28T00:00&site=s1`. */
export function queryOf(sought: Partial<Sought>): string {
  const query = new URLSearchParams();
  for (const [key, usual] of Object.entries(NOTHING)) {
    const value = sought[key as keyof Sought];
    if (value !== undefined && value !== usual) query.set(key, String(value));
  }
  // Colons may stand in a query as they are, and the address can be read.
  return query.toString().replaceAll('%3A', ':');
}

export function addressOf(part: string, sought: Partial<Sought>): string {
  const query = queryOf(sought);
  return `#/hauls/${part}${query === '' ? '' : `?${query}`}`;
}

/** Another filter begins at the first page, with no load chosen. */
export const refined = (sought: Sought, change: Partial<Sought>): Sought => ({ ...sought, page: 1, haul: '', ...change });

export const isFiltered = (sought: Sought): boolean => FILTERS.some((key) => sought[key] !== '');

export const unfiltered = (sought: Sought): Sought => refined(sought, { truck: '', company: '', site: '', yard: '', ended: '' });

export function startOfToday(now: number, zone: string): number {
  return instantOf({ date: wallOf(now, zone).date, clock: '00:00' }, zone)!;
}

/** From when, until when; `to` null: until now. Null where a time cannot be read. */
export function stretchOf({ from, to }: Pick<Sought, 'from' | 'to'>, now: number, zone: string): { from: number; to: number | null } | null {
  const began = from === '' ? startOfToday(now, zone) : cityInstant(from, zone);
  const until = to === '' ? null : cityInstant(to, zone);
  return began === null || (to !== '' && until === null) ? null : { from: began, to: until };
}

/** What is wrong with the stretch before anybody is asked. */
export function faultOf(sought: Pick<Sought, 'from' | 'to'>, now: number, zone: string): 'times' | 'order' | 'long' | null {
  const stretch = stretchOf(sought, now, zone);
  if (stretch === null) return 'times';
  const length = (stretch.to ?? now) - stretch.from;
  return length <= 0 ? 'order' : length > LONGEST_MS ? 'long' : null;
}

/** The same filter as the server is asked with it, without a page of it. */
export function filterQuery(sought: Sought, now: number, zone: string): URLSearchParams {
  const query = new URLSearchParams();
  const stretch = stretchOf(sought, now, zone);
  if (stretch) query.set('from', new Date(stretch.from).toISOString());
  if (stretch?.to != null) query.set('to', new Date(stretch.to).toISOString());
  for (const key of FILTERS) if (sought[key] !== '') query.set(key, sought[key]);
  if (sought.by !== 'departed') query.set('by', sought.by);
  return query;
}

export function tablePath(sought: Sought, now: number, zone: string): string {
  const query = filterQuery(sought, now, zone);
  query.set('sort', sought.sort);
  query.set('order', sought.order);
  query.set('offset', String((sought.page - 1) * PAGE_ROWS));
  query.set('limit', String(PAGE_ROWS));
  return `/hauls/table?${query.toString()}`;
}

export const QUICK = ['today', 'yesterday', 'last7d', 'last30d'] as const;
export type Quick = (typeof QUICK)[number];

/** Whole days of the city's calendar. */
export function quickStretch(quick: Quick, now: number, zone: string): Pick<Sought, 'from' | 'to'> {
  const today = wallOf(now, zone).date;
  const midnight = (days: number) => `${addDays(today, days)}T00:00`;
  if (quick === 'today') return { from: '', to: '' };
  if (quick === 'yesterday') return { from: midnight(-1), to: midnight(0) };
  return { from: midnight(quick === 'last7d' ? -6 : -29), to: '' };
}

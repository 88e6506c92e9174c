import type { Period } from '@muckwatch/contract';

export type RowsOf = 'alerts' | 'hauls' | 'notices' | 'places';
type Filters = Partial<Record<'rule' | 'company' | 'site' | 'status' | 'kind', string>>;

/** Where the rows stand that were counted: the same time, the same filters. */
export function rowsLink(of: RowsOf, { from, to }: Pick<Period, 'from' | 'to'>, filters: Filters = {}): string {
  return `#/city/rows?${new URLSearchParams({ of, from, to, ...filters }).toString()}`;
}

const HOUR_MS = 3_600_000;

/** The hour of the city’s clock that a cell of the strip stands for, as far as it lies in the period. */
export function hourOf(period: Pick<Period, 'from' | 'to'>, began: number): Pick<Period, 'from' | 'to'> {
  const [from, to] = [Math.max(began, Date.parse(period.from)), Math.min(began + HOUR_MS, Date.parse(period.to))];
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

export const isMonth = (name: string): boolean => name === 'month' || name === 'last-month';

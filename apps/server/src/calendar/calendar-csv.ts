import { workingYear, type WorkingYear } from '@muckwatch/contract';
import { z } from 'zod';
import { cited, type Fault } from '../refusal.js';
import { faultsOf } from '../zod-faults.js';

const MOST_NAME = 40;
const row = z.object({
  date: workingYear.shape.holidays.element,
  kind: z.enum(['holiday', 'workday'], 'must be holiday or workday'),
  name: z.string().max(MOST_NAME).nullish(),
});

/** Rows `date,kind,name` as the years they lie in. A year with a row is meant whole. */
export function yearsOfRows(cells: Record<string, string | null>[], source: string): { years: WorkingYear[]; faults: Fault[] } {
  const years = new Map<number, WorkingYear & { names: Record<string, string> }>();
  const faults: Fault[] = [];
  const rowOf = new Map<string, number>();
  for (const [i, cell] of cells.entries()) {
    const result = row.safeParse(cell);
    if (!result.success) {
      faults.push(...faultsOf(result.error, cell).map(({ path, message }) => ({ path: `row ${i + 1}: ${path}`, message })));
      continue;
    }
    const { date, kind, name } = result.data;
    const before = rowOf.get(date);
    if (before !== undefined)
      faults.push({ path: `row ${i + 1}: date`, message: { en: `"${date}" is said already in row ${before}`, zh: `${cited(date)}与第 ${before} 行重复` } });
    rowOf.set(date, i + 1);
    const year = Number(date.slice(0, 4));
    if (!years.has(year)) years.set(year, { year, holidays: [], workdays: [], names: {}, source });
    const whole = years.get(year)!;
    whole[kind === 'holiday' ? 'holidays' : 'workdays'].push(date);
    if (name) whole.names[date] = name;
  }
  return { years: [...years.values()].sort((a, b) => a.year - b.year), faults };
}

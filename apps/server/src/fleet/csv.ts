import type { UtcOffset } from '@muckwatch/domain';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { cited, Faults, faulty } from '../refusal.js';
import { startOfDay } from './city-time.js';
import type { FieldKind } from './resource.js';

export const MOST_ROWS = 10_000;

/**
 * Rows of a CSV with a header line. An empty cell is `null`. `columns` (`id:site_id,name:site_code`) says which column a field is read from
 * where the header calls it otherwise.
 */
export function csvRows(text: string, columns: string | undefined): Record<string, string | null>[] {
  const source = mapping(columns);
  const taken = new Set(Object.values(source));
  const rows = read(text);
  const header = Object.keys(rows[0] ?? {});
  const absent = [...taken].filter((column) => rows.length > 0 && !header.includes(column));
  if (absent.length > 0)
    throw new Faults(
      absent.map((column) => ({
        path: 'columns',
        message: { en: `The header has no column ${JSON.stringify(column)}`, zh: `表头没有${cited(column)}这一列` },
      })),
    );

  return rows.map((row) => {
    const own = Object.entries(row).filter(([column]) => !taken.has(column) || column in source);
    const mapped = Object.entries(source).map(([field, column]) => [field, row[column] ?? '']);
    const entries = [...own, ...mapped] as [string, string][];
    return Object.fromEntries(entries.map(([field, cell]) => [field, cell === '' ? null : cell]));
  });
}

/** Cells of numeric fields as numbers; what is no number stays, so that the schema can name it. */
export function withNumbers(row: Record<string, string | null>, fields: string[]): Record<string, unknown> {
  const numeric = (cell: string) => (Number.isFinite(Number(cell)) ? Number(cell) : cell);
  return Object.fromEntries(Object.entries(row).map(([field, cell]) => [field, cell !== null && fields.includes(field) ? numeric(cell) : cell]));
}

/**
 * Cells as the fields of a thing: numbers, JSON, times, lists parted by `;` or spaces. What cannot be read stays, so that the schema can name it.
 */
export function typed(row: Record<string, string | null>, fields: Record<string, FieldKind>, utcOffset: UtcOffset): Record<string, unknown> {
  const readers: Record<FieldKind, (cell: string, field: string) => unknown> = {
    text: (cell) => cell,
    number: (cell) => (Number.isFinite(Number(cell)) ? Number(cell) : cell),
    json,
    texts: (cell) => cell.split(/[;\s]+/).filter((part) => part !== ''),
    time: (cell, field) => moment(cell, utcOffset, field === 'validTo' ? 1 : 0),
  };
  return Object.fromEntries(Object.entries(row).map(([field, cell]) => [field, cell === null ? null : readers[fields[field] ?? 'text'](cell, field)]));
}

export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A day alone (`2026-08-18`) counts in the city's time, from its beginning or, a day later, to its end. */
export function moment(text: string, utcOffset: UtcOffset, days: 0 | 1): string {
  const at = startOfDay(text, utcOffset, days);
  return at === null ? text : new Date(at).toISOString();
}

function read(text: string): Record<string, string>[] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, to: MOST_ROWS + 1, columns: headerOf });
  } catch (error) {
    if (error instanceof CsvError) throw faulty('', { en: `This is no CSV: ${error.message}`, zh: `不是正确的 CSV：${csvFault(error)}` });
    throw error;
  }
}

/** csv-parse says in English only what is wrong and where. */
function csvFault({ code, lines }: CsvError): string {
  const where = typeof lines === 'number' ? `第 ${lines} 行` : '';
  if (code.includes('QUOTE')) return `${where}的引号不成对，或引号外还有文字`;
  if (code.includes('INCONSISTENT')) return `${where}的列数与表头不同`;
  return `${where}不能读`;
}

function headerOf(names: string[]): string[] {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw faulty('', { en: `The header names the column ${JSON.stringify(twice)} twice`, zh: `表头中${cited(twice)}这一列重复了` });
  return names;
}

function mapping(columns: string | undefined): Record<string, string> {
  const pairs = (columns ?? '').split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const colon = pair.indexOf(':');
      if (colon <= 0 || colon === pair.length - 1)
        throw faulty('columns', {
          en: `must be field:column pairs, not ${JSON.stringify(pair)}`,
          zh: `必须写成 field:column，几对之间用逗号分开，而不是${cited(pair)}`,
        });
      return [pair.slice(0, colon).trim(), pair.slice(colon + 1).trim()];
    }),
  );
}

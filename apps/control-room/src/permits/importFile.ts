import type { Fault } from '../app/api.js';

export type ImportFile =
  | { what: 'permits'; as: 'json'; body: unknown[]; rows: number }
  | { what: 'permits'; as: 'csv'; body: string; rows: null }
  | { what: 'routes'; as: 'json'; body: object; rows: number }
  | { what: 'nothing'; why: 'empty' | 'nothing' }
  | { what: 'nothing'; why: 'bad-json'; said: string };

/** What a file holds, told by what stands in it, not by its name. */
export function readImport(text: string): ImportFile {
  const content = text.replace(/^\ufeff/, '').trim();
  if (content === '') return { what: 'nothing', why: 'empty' };
  if (!/^[[{]/.test(content)) return isCsv(content) ? { what: 'permits', as: 'csv', body: content, rows: null } : { what: 'nothing', why: 'nothing' };
  try {
    return ofJson(JSON.parse(content));
  } catch (error) {
    return { what: 'nothing', why: 'bad-json', said: (error as Error).message };
  }
}

function ofJson(said: unknown): ImportFile {
  if (Array.isArray(said)) return { what: 'permits', as: 'json', body: said, rows: said.length };
  const { type, features, items } = said as { type?: unknown; features?: unknown; items?: unknown };
  if (type === 'FeatureCollection' && Array.isArray(features)) return { what: 'routes', as: 'json', body: said as object, rows: features.length };
  // One feature as it is drawn by most tools.
  if (type === 'Feature') return { what: 'routes', as: 'json', body: { type: 'FeatureCollection', features: [said] }, rows: 1 };
  if (Array.isArray(items)) return { what: 'permits', as: 'json', body: items, rows: items.length };
  return { what: 'nothing', why: 'nothing' };
}

/** A header that names at least the site and a second line. */
function isCsv(content: string): boolean {
  const [header = '', ...rows] = content.split(/\r?\n/);
  return rows.length > 0 && /(^|,)\s*"?siteId"?\s*(,|$)/.test(header);
}

/** Excel in Chinese writes CSV in GB 18030; whatever is no UTF-8 is taken for that. */
export function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

export interface BadRow {
  /** Counted from 1; null where the fault is of the whole file. */
  row: number | null;
  id: string | null;
  field: string;
  message: string;
}

/** The server's faults, each with its row: `row 3: yardIds`. */
export function badRowsOf(faults: readonly Fault[], file: ImportFile): BadRow[] {
  return faults.map(({ path, message }) => {
    const [, row, field] = /^row (\d+)(?:: (.*))?$/.exec(path) ?? [];
    return row === undefined ? { row: null, id: null, field: path, message } : { row: Number(row), id: idOf(file, Number(row)), field: field ?? '', message };
  });
}

function idOf(file: ImportFile, row: number): string | null {
  if (file.what === 'nothing' || file.as === 'csv') return null;
  const rows = file.what === 'permits' ? file.body : (file.body as { features: unknown[] }).features;
  const one = rows[row - 1] as { id?: unknown; properties?: { id?: unknown; name?: unknown } } | null | undefined;
  const id = one?.id ?? one?.properties?.id ?? one?.properties?.name;
  return typeof id === 'string' ? id : null;
}

/** With the header as the server reads it, and one row that shows how each cell is written. */
export const CSV_SAMPLE = [
  'id,companyId,siteId,yardIds,truckIds,routeIds,hours,validFrom,validTo,volumeM3',
  'P-0001,company-1,site-1,yard-1;yard-2,,route-1,"[{""from"":""21:00"",""to"":""05:00""}]",2026-12-01,2026-12-31,12000',
  '',
].join('\r\n');

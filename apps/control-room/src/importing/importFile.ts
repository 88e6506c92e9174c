/** What a page takes: rows of one plain kind, and where things with a shape are taken too, features of one kind. */
export interface Takes {
  plain: string;
  /** A CSV of this kind has one of these columns. */
  columns: readonly string[];
  features: string | null;
}

export type ImportFile =
  | { what: string; as: 'json'; body: unknown[] | object; rows: number }
  | { what: string; as: 'csv'; body: string; rows: null }
  | { what: 'nothing'; why: 'empty' | 'nothing' }
  | { what: 'nothing'; why: 'bad-json'; said: string };
export type Usable = Extract<ImportFile, { body: unknown }>;

export const isUsable = (file: ImportFile): file is Usable => 'body' in file;

/** What a file holds, told by what stands in it, not by its name. */
export function readImport(text: string, takes: Takes): ImportFile {
  const content = text.replace(/^\ufeff/, '').trim();
  if (content === '') return { what: 'nothing', why: 'empty' };
  if (!/^[[{]/.test(content)) {
    return isCsv(content, takes.columns) ? { what: takes.plain, as: 'csv', body: content, rows: null } : { what: 'nothing', why: 'nothing' };
  }
  try {
    return ofJson(JSON.parse(content), takes);
  } catch (error) {
    return { what: 'nothing', why: 'bad-json', said: (error as Error).message };
  }
}

function ofJson(said: unknown, { plain, features: taken }: Takes): ImportFile {
  if (Array.isArray(said)) return { what: plain, as: 'json', body: said, rows: said.length };
  const { type, features, items } = said as { type?: unknown; features?: unknown; items?: unknown };
  if (taken !== null && type === 'FeatureCollection' && Array.isArray(features))
    return { what: taken, as: 'json', body: said as object, rows: features.length };
  // One feature as it is drawn by most tools.
  if (taken !== null && type === 'Feature') return { what: taken, as: 'json', body: { type: 'FeatureCollection', features: [said] }, rows: 1 };
  if (Array.isArray(items)) return { what: plain, as: 'json', body: items, rows: items.length };
  return { what: 'nothing', why: 'nothing' };
}

/** A header that names one of the columns, and a second line. */
function isCsv(content: string, columns: readonly string[]): boolean {
  const [header = '', ...rows] = content.split(/\r?\n/);
  const named = header.split(',').map((name) => name.trim().replace(/^"|"$/g, ''));
  return rows.length > 0 && columns.some((column) => named.includes(column));
}

/** Excel in Chinese writes CSV in GB 18030; whatever is no UTF-8 is taken for that. */
export function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** A file to take away, without asking the server for it. Excel takes Chinese for something else without the byte order mark. */
export const csvLink = (text: string): string => `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${text}`)}`;

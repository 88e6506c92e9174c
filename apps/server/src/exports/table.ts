import { stringify } from 'csv-stringify';
import { pipeline, Readable } from 'node:stream';

export type Language = 'zh' | 'en';
/** One column of an export: its heading in both languages, and its cell. */
export interface Column<Row> {
  zh: string;
  en: string;
  of: (row: Row, language: Language) => string | number | null;
}

/** A page of a list, as the stores answer it. */
export type Page<Row> = { items: Row[]; nextCursor: string | null };

/** Past it the export ends and says so: a month of a large city, not the whole table. */
export const MOST_ROWS = 100_000;

/**
 * A list as CSV, read page by page while it is taken, so that neither memory nor a statement grows with it. It begins with a byte order mark, or Excel takes
 * Chinese for something else; a cell that a spreadsheet would run as a formula is quoted.
 */
export function csvOf<Row>(columns: Column<Row>[], language: Language, page: (cursor: string | undefined) => Promise<Page<Row>>): Readable {
  const writer = stringify({ bom: true, header: true, columns: columns.map((column) => column[language]), escape_formulas: true });
  // A page that cannot be read breaks the file off: whoever takes it learns that it is not whole.
  pipeline(Readable.from(rowsOf(columns, language, page)), writer, () => undefined);
  return writer;
}

/** Row after row; past `most` one that says that there are more. */
export async function* rowsOf<Row>(
  columns: Column<Row>[],
  language: Language,
  page: (cursor: string | undefined) => Promise<Page<Row>>,
  most = MOST_ROWS,
): AsyncGenerator<(string | number | null)[]> {
  let cursor: string | undefined;
  let rows = 0;
  do {
    const { items, nextCursor } = await page(cursor);
    for (const item of items) yield columns.map((column) => column.of(item, language));
    rows += items.length;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined && rows < most);
  if (cursor !== undefined) yield [{ zh: `只导出了前 ${most} 行，请缩小时间范围`, en: `Only the first ${most} rows: ask for less time` }[language]];
}

import writeXlsxFile, { type Row as Cells } from 'write-excel-file/node';
import { type Column, type Language, type Page, rowsOf } from './table.js';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook is made in memory, some 3 KB a row of twenty cells: what is longer is for CSV. */
export const MOST_SHEET_ROWS = 20_000;

/** A list as a workbook: numbers are numbers, text is text and never a formula; the heading stays in sight. */
export async function xlsxOf<Row>(columns: Column<Row>[], language: Language, page: (cursor: string | undefined) => Promise<Page<Row>>): Promise<Buffer> {
  const cells: Cells[] = [columns.map((column) => ({ value: column[language], fontWeight: 'bold' as const }))];
  for await (const row of rowsOf(columns, language, page, MOST_SHEET_ROWS)) {
    cells.push(row.map((value) => (value === null ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String })));
  }
  const widths = columns.map((_, i) => ({ width: Math.min(40, Math.max(...cells.slice(0, 50).map((row) => widthOf(row[i])))) }));
  return writeXlsxFile(cells, { columns: widths, stickyRowsCount: 1 }).toBuffer();
}

/** In digits; a Chinese character takes two. */
function widthOf(cell: Cells[number]): number {
  const text = String((cell as { value?: string | number } | null | undefined)?.value ?? '');
  return text.replaceAll(/[\u2e80-\uffff]/g, '  ').length + 2;
}

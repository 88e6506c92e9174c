import { parentPort } from 'node:worker_threads';
import writeXlsxFile, { type Cell, type Row } from 'write-excel-file/node';

/** Rows as they are read, the heading first; then the word that there are no more. */
export type SheetNews = { kind: 'rows'; rows: (string | number | null)[][] } | { kind: 'end' };

const WIDEST = 40;
/** So many rows say how wide a column is. */
const LOOKED_AT = 50;

const rows: Row[] = [];
const widths: number[] = [];

parentPort?.on('message', (news: SheetNews) => {
  if (news.kind === 'rows') for (const row of news.rows) add(row);
  else void end();
});

function add(values: (string | number | null)[]): void {
  const isHeading = rows.length === 0;
  if (rows.length < LOOKED_AT) values.forEach((value, i) => (widths[i] = Math.min(WIDEST, Math.max(widths[i] ?? 0, widthOf(value)))));
  rows.push(values.map((value) => (isHeading ? { value: String(value), type: String, fontWeight: 'bold' } : cellOf(value))));
}

/** Numbers are numbers; text is text and never a formula. */
function cellOf(value: string | number | null): Cell {
  if (value === null) return null;
  return typeof value === 'number' ? { value, type: Number } : { value, type: String };
}

/** In digits; a Chinese character takes two. */
function widthOf(value: string | number | null): number {
  return String(value ?? '').replaceAll(/[\u2e80-\uffff]/g, '  ').length + 2;
}

async function end(): Promise<void> {
  const bytes = await writeXlsxFile(rows, { columns: widths.map((width) => ({ width })), stickyRowsCount: 1 }).toBuffer();
  parentPort!.postMessage(bytes);
}

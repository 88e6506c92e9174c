import { startWorker } from '../worker.js';
import { type Column, type Language, type Page, rowsOf } from './table.js';
import type { SheetNews } from './xlsx-worker.js';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook is made in memory, some 3 KB a row of twenty cells: what is longer is for CSV. */
export const MOST_SHEET_ROWS = 20_000;
const AT_ONCE = 500;

/** A list as a workbook, its heading kept in sight. Written by a thread of its own: 20,000 rows take it seconds, for which intake cannot stand still. */
export async function xlsxOf<Row>(columns: Column<Row>[], language: Language, page: (cursor: string | undefined) => Promise<Page<Row>>): Promise<Buffer> {
  const worker = startWorker(import.meta.url, 'xlsx-worker');
  const tell = (news: SheetNews) => worker.postMessage(news);
  const made = new Promise<Buffer>((resolve, reject) => {
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread that writes the workbook ended with code ${code}.`)));
  });
  // Where a page cannot be read nobody waits for it any more.
  made.catch(() => undefined);
  try {
    let rows: (string | number | null)[][] = [columns.map((column) => column[language])];
    for await (const row of rowsOf(columns, language, page, MOST_SHEET_ROWS)) {
      if (rows.push(row) < AT_ONCE) continue;
      tell({ kind: 'rows', rows });
      rows = [];
    }
    tell({ kind: 'rows', rows });
    tell({ kind: 'end' });
    return await made;
  } finally {
    void worker.terminate();
  }
}

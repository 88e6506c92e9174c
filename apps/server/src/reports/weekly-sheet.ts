import type { WeeklyNumbers } from '@muckwatch/contract';
import type { UtcOffset } from '@muckwatch/domain';
import writeXlsxFile, { type Cell as SheetCell } from 'write-excel-file/node';
import { cityTimeZh } from '../paper/city-time-zh.js';
import { type Cell, weeklyTables } from './weekly-tables.js';

const FORMAT = { count: '0', decimal: '0.0', percent: '0.0%' } as const;

/** A week as a spreadsheet: a table a sheet, numbers as numbers, definitions below them. */
export function weeklySheets(numbers: WeeklyNumbers, utcOffset: UtcOffset): Promise<Buffer> {
  const at = (time: string) => cityTimeZh(Date.parse(time), utcOffset);
  const { from, to } = numbers.figures.period;
  const about = `${numbers.week} · ${at(from)} 至 ${at(to)} · 数据截至 ${at(numbers.madeAt)}`;
  const sheets = weeklyTables(numbers).map(({ title, columns, rows, notes }) => ({
    sheet: title.replaceAll(/[()]/g, ' ').trim().slice(0, 31),
    columns: columns.map(({ width }) => ({ width: Math.round(8 + width * 6) })),
    data: [
      columns.map(({ title: value }): SheetCell => ({ value, fontWeight: 'bold' })),
      ...rows.map((row) => row.map(sheetCell)),
      [],
      ...[...notes, about].map((value): SheetCell[] => [{ value }]),
    ],
  }));
  return writeXlsxFile(sheets).toBuffer();
}

function sheetCell(cell: Cell): SheetCell {
  if (cell === null) return null;
  if (typeof cell === 'string') return { type: String, value: cell };
  if (cell.value === null) return { type: String, value: '—' };
  return { type: Number, value: cell.value, format: FORMAT[cell.as] };
}

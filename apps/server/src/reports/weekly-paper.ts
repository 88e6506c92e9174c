import type { WeeklyNumbers } from '@muckwatch/contract';
import type { UtcOffset } from '@muckwatch/domain';
import { buffer } from 'node:stream/consumers';
import { cityTimeZh } from '../paper/city-time-zh.js';
import { INK, MARGIN, roomFor, rule, section, sheet, SOFT, WIDTH } from '../paper/sheet.js';
import { cellWords, type Column, type Table, weeklyTables } from './weekly-tables.js';

export const PDF = 'application/pdf';
export const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PAD = 6;
const SIZE = 9.5;

/** A week on paper, in Chinese, on A4. */
export function weeklyPaper(numbers: WeeklyNumbers, utcOffset: UtcOffset): PDFKit.PDFDocument {
  const at = (time: string) => cityTimeZh(Date.parse(time), utcOffset);
  const { week, madeAt, figures } = numbers;
  const paper = sheet({ Title: `渣土运输监管周报 ${week}`, CreationDate: new Date(madeAt) });
  paper.font('bold').fontSize(22).fillColor(INK).text('渣土运输监管周报', MARGIN, MARGIN);
  const about = `${week}　${at(figures.period.from)} 至 ${at(figures.period.to)}`;
  paper
    .moveDown(0.3)
    .font('regular')
    .fontSize(11)
    .fillColor(SOFT)
    .text(about)
    .fontSize(9)
    .text(`数据截至 ${at(madeAt)}`);
  for (const one of weeklyTables(numbers)) table(paper, one);
  paper
    .moveDown(1)
    .font('regular')
    .fontSize(9)
    .fillColor(SOFT)
    .text('本报告由 MuckWatch 渣土通生成，数字与系统页面同一口径；告警为监测线索，经人工核实后方计入核实数。', MARGIN, paper.y, { width: WIDTH });
  return paper;
}

/** Ends a paper and answers it whole. */
export function paperBytes(paper: PDFKit.PDFDocument): Promise<Buffer> {
  paper.end();
  return buffer(paper);
}

function table(paper: PDFKit.PDFDocument, { title, columns, rows, notes }: Table): void {
  roomFor(paper, 90);
  section(paper, title);
  const widths = widthsOf(columns);
  line(
    paper,
    columns.map((column) => column.title),
    widths,
    SOFT,
  );
  for (const row of rows) line(paper, row.map(cellWords), widths, INK);
  if (rows.length === 0) line(paper, ['本周没有数据'], [WIDTH], SOFT);
  paper.moveDown(0.3).font('regular').fontSize(8).fillColor(SOFT);
  for (const note of notes) {
    roomFor(paper, paper.heightOfString(note, { width: WIDTH }));
    paper.fillColor(SOFT).text(note, MARGIN, paper.y, { width: WIDTH });
  }
}

function line(paper: PDFKit.PDFDocument, cells: string[], widths: number[], colour: string): void {
  paper.font('regular').fontSize(SIZE);
  const height = Math.max(...cells.map((words, i) => paper.heightOfString(words || ' ', { width: widths[i]! - PAD }))) + 6;
  roomFor(paper, height);
  const y = paper.y;
  let x = MARGIN;
  for (const [i, words] of cells.entries()) {
    // The first column is read as words, the others are compared as numbers.
    paper.fillColor(colour).text(words, x, y + 3, { width: widths[i]! - PAD, align: i === 0 ? 'left' : 'right' });
    x += widths[i]!;
  }
  rule(paper, y + height);
  paper.x = MARGIN;
  paper.y = y + height;
}

function widthsOf(columns: Column[]): number[] {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  return columns.map(({ width }) => (width / total) * WIDTH);
}

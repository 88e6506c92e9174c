import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { encode } from 'uqr';

const fontFile = (name: string) => fileURLToPath(new URL(`../fonts/NotoSansHans-${name}.otf`, import.meta.resolve('@embedpdf/fonts-sc')));

export const MARGIN = 56;
export const WIDTH = 595.28 - 2 * MARGIN;
export const INK = '#111111';
export const SOFT = '#555555';
export const LINE = '#bbbbbb';
const LABEL = 92;

/** Margins in points, the rest as pdfkit takes it. */
type SheetOptions = Pick<PDFKit.PDFDocumentOptions, 'bufferPages'> & { top?: number; bottom?: number };

/** An A4 sheet with the Chinese fonts `regular` and `bold`; lengths are points. */
export function sheet(info: PDFKit.DocumentInfo, { top = MARGIN, bottom = MARGIN, ...options }: SheetOptions = {}): PDFKit.PDFDocument {
  const margins = { top, bottom, left: MARGIN, right: MARGIN };
  const paper = new PDFDocument({ size: 'A4', margins, lang: 'zh-CN', info, ...options });
  return paper.registerFont('bold', fontFile('Bold')).registerFont('regular', fontFile('Regular'));
}

/** A QR code of modules as filled squares: sharp at any size, and no picture file. */
export function code(paper: PDFKit.PDFDocument, text: string, { x, y, side }: { x: number; y: number; side: number }): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const module = side / size;
  data.forEach((row, j) => row.forEach((dark, i) => dark && paper.rect(x + i * module, y + j * module, module + 0.05, module + 0.05)));
  paper.fill('#000000');
}

export function section(paper: PDFKit.PDFDocument, title: string, { size = 13 } = {}): void {
  paper.moveDown(0.8).font('bold').fontSize(size).fillColor(INK).text(title, MARGIN, paper.y).moveDown(0.3);
}

/** A ruled table of two columns; set small it is set close too. */
export function rows(paper: PDFKit.PDFDocument, pairs: [label: string, value: string][], { size = 11 } = {}): void {
  for (const [label, value] of pairs) {
    paper.font('regular').fontSize(size);
    const height =
      Math.max(paper.heightOfString(value, { width: WIDTH - LABEL }), paper.heightOfString(label, { width: LABEL - 8 }), size + 3) + (size < 10 ? 4 : 7);
    roomFor(paper, height);
    const y = paper.y;
    paper.fillColor(SOFT).text(label, MARGIN, y + (size < 10 ? 1.5 : 3), { width: LABEL - 8 });
    paper.fillColor(INK).text(value, MARGIN + LABEL, y + (size < 10 ? 1.5 : 3), { width: WIDTH - LABEL });
    rule(paper, y + height);
    paper.x = MARGIN;
    paper.y = y + height;
  }
}

/** Things one after the other in the second column of `rows`, broken between them and never within one. */
export function listed(paper: PDFKit.PDFDocument, things: string[], { size = 11 } = {}): string {
  paper.font('regular').fontSize(size);
  const lines: string[] = [];
  for (const thing of things) {
    const longer = lines.length === 0 ? thing : `${lines.at(-1)}；${thing}`;
    if (lines.length > 0 && paper.widthOfString(`${longer}；`) > WIDTH - LABEL) {
      lines[lines.length - 1] += '；';
      lines.push(thing);
    } else lines.splice(-1, 1, longer);
  }
  return lines.join('\n');
}

/** The line under a row. */
export function rule(paper: PDFKit.PDFDocument, y: number): void {
  paper
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + WIDTH, y)
    .lineWidth(0.5)
    .stroke(LINE);
}

export function roomFor(paper: PDFKit.PDFDocument, height: number): void {
  if (paper.y + height > paper.page.height - paper.page.margins.bottom) paper.addPage();
}

import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';

const fontFile = (name: string) => fileURLToPath(new URL(`../fonts/NotoSansHans-${name}.otf`, import.meta.resolve('@embedpdf/fonts-sc')));

export const MARGIN = 56;
export const WIDTH = 595.28 - 2 * MARGIN;
export const INK = '#111111';
export const SOFT = '#555555';
export const LINE = '#bbbbbb';

/** A4 in Chinese: its fonts are `bold` and `regular`. */
export function newPaper(title: string, madeAt: number): PDFKit.PDFDocument {
  const paper = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    lang: 'zh-CN',
    info: { Title: title, CreationDate: new Date(madeAt) },
  });
  paper.registerFont('bold', fontFile('Bold')).registerFont('regular', fontFile('Regular'));
  return paper;
}

export function section(paper: PDFKit.PDFDocument, title: string): void {
  paper.moveDown(0.8).font('bold').fontSize(13).fillColor(INK).text(title, MARGIN, paper.y).moveDown(0.3);
}

export function roomFor(paper: PDFKit.PDFDocument, height: number): void {
  if (paper.y + height > paper.page.height - MARGIN) paper.addPage();
}

/** The line under a row. */
export function rule(paper: PDFKit.PDFDocument, y: number): void {
  paper
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + WIDTH, y)
    .lineWidth(0.5)
    .stroke(LINE);
}

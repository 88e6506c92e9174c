import { strToU8, Zip, ZipDeflate } from 'fflate';
import { xml } from './track-file.js';

export type Cell = string | number | null;
export interface Sheet {
  name: string;
  rows: AsyncIterable<Cell[][]>;
}

/** What a sheet of Excel holds. */
export const SHEET_ROWS = 1_048_576;

/**
 * A workbook (ECMA-376) written while it is taken, sheet after sheet, page after page: a library that wants all cells first would need a gigabyte for a week
 * of eight trucks, and would hold the server still while it packs them.
 */
export async function* workbookOf(sheets: Sheet[]): AsyncGenerator<Uint8Array, void, undefined> {
  let packed: Uint8Array[] = [];
  let fault: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) fault = error;
    else packed.push(chunk);
  });
  const taken = () => {
    if (fault) throw fault;
    const ready = packed;
    packed = [];
    return ready;
  };

  for (const [name, text] of Object.entries(frameOf(sheets.map((sheet) => sheet.name)))) {
    const file = new ZipDeflate(name);
    zip.add(file);
    file.push(strToU8(text), true);
  }
  for (const [i, { rows }] of sheets.entries()) {
    const file = new ZipDeflate(`xl/worksheets/sheet${i + 1}.xml`, { level: 3 });
    zip.add(file);
    file.push(strToU8(`${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>`)); // prettier-ignore
    for await (const page of rows) {
      file.push(strToU8(page.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')));
      yield* taken();
    }
    file.push(strToU8('</sheetData></worksheet>'), true);
  }
  zip.end();
  yield* taken();
}

/** Text is text, whatever it begins with: an inline string is never a formula. */
function cell(value: Cell): string {
  if (value === null) return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${xml(value)}</t></is></c>`;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const SHEETS = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function frameOf(names: string[]): Record<string, string> {
  const parts = names.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${SHEETS}.worksheet+xml"/>`);
  const listed = names.map((_, i) => `<sheet name="${xml(sheetName(names, i))}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  const related = names.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`);
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEETS}.sheet.main+xml"/>${parts.join('')}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${RELATIONS}">${related.join('')}</Relationships>`,
  };
}

/** Excel opens no sheet whose name is longer than 31, has one of these signs, or is there twice whatever its case. */
function sheetName(names: string[], i: number): string {
  const clean = names.map((name) =>
    name
      .replace(/[:\\/?*[\]']/g, ' ')
      .slice(0, 26)
      .trim(),
  );
  const own = clean[i]!;
  const taken = clean.slice(0, i).some((other) => other.toLowerCase() === own.toLowerCase());
  return own === '' ? `${i + 1}` : taken ? `${own} ${i + 1}` : own;
}

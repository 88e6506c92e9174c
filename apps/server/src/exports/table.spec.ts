import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Column, csvOf } from './table.js';

interface Row {
  plate: string;
  loads: number | null;
}
const COLUMNS: Column<Row>[] = [
  { zh: '车牌', en: 'plate', of: ({ plate }) => plate },
  { zh: '车次', en: 'loads', of: ({ loads }) => loads },
];
const pages = (all: Row[][]) => (cursor: string | undefined) => {
  const nth = Number(cursor ?? 0);
  return Promise.resolve({ items: all[nth]!, nextCursor: nth + 1 < all.length ? String(nth + 1) : null });
};

/** A text decoder would swallow the mark. */
const text = async (file: Readable) => (await buffer(file)).toString();

describe('an export', () => {
  it('has every page, a heading in the language asked for and a mark that Excel reads', async () => {
    const file = await text(csvOf(COLUMNS, 'zh', pages([[{ plate: '鄂S1', loads: 2 }], [{ plate: '鄂S2', loads: null }]])));
    expect(file).toBe('\ufeff车牌,车次\n鄂S1,2\n鄂S2,\n');
    expect(await text(csvOf(COLUMNS, 'en', pages([[]])))).toBe('\ufeffplate,loads\n');
  });

  it('runs nothing in a spreadsheet', async () => {
    const file = await text(
      csvOf(
        COLUMNS,
        'en',
        pages([
          [
            { plate: '=1+1', loads: -2 },
            { plate: 'a,"b"\nc', loads: 0 },
          ],
        ]),
      ),
    );
    expect(file).toBe('\ufeffplate,loads\n\'=1+1,-2\n"a,""b""\nc",0\n');
  });

  it('ends in an error where a page cannot be read, not as if it were whole', async () => {
    const broken = () => Promise.reject(new Error('the database is away'));
    await expect(text(csvOf(COLUMNS, 'en', broken))).rejects.toThrow('the database is away');
  });
});

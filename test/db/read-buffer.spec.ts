import { openTestDatabase, type TestDatabase } from '../support/database.js';

/** Bytes of a query with one text parameter beside the text and the parameter themselves are some dozens: every length around a piece is tried. */
const AROUND = 120;

describe('a question whose messages end anywhere in the read buffer of the engine', () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase({ migrated: false });
  });
  afterAll(() => opened.close());

  it.each([8_192, 16_384])('is answered at every length around %i bytes', async (piece) => {
    for (let length = piece - AROUND; length <= piece; length++) {
      const { rows } = await opened.database.query<{ length: number }>('select length($1::text) as length', ['.'.repeat(length)]);
      expect(rows).toEqual([{ length }]);
    }
  });

  it('is refused, once, at every length, and the next one is answered', async () => {
    for (let length = 8_192 - AROUND; length <= 8_192; length++) {
      await expect(opened.database.query('select length($1::text) / 0', ['.'.repeat(length)])).rejects.toThrow('division by zero');
      await expect(opened.database.query(`selekt $1::text --${'.'.repeat(length - 20)}`, ['x'])).rejects.toThrow('syntax error');
      expect((await opened.database.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    }
  });
});

import fc from 'fast-check';
import { bools, float8s, int2s, int8s, jsonbs, texts, timestamptzs } from '../../apps/server/src/db/binary-arrays.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

describe('arrays in the binary format', () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase({ migrated: false });
  });
  afterAll(() => opened.close());

  const read = async (type: string, array: Buffer) => {
    const { rows } = await opened.database.query<{ value: unknown }>(`select value from unnest($1::${type}[]) with ordinality as u(value, n) order by n`, [
      array,
    ]);
    return rows.map(({ value }) => value);
  };

  it('bring every value and every null to the database as they are', async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const nullable = <T>(values: fc.Arbitrary<T>) => fc.array(fc.option(values), { maxLength: 50 });
    const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed().replaceAll('\u0000', ''));
    const columns = fc.record({
      numbers: nullable(number),
      longs: nullable(fc.maxSafeInteger()),
      shorts: nullable(fc.integer({ min: -32_768, max: 32_767 })),
      flags: nullable(fc.boolean()),
      words: nullable(text),
      times: nullable(fc.integer({ min: 0, max: Date.UTC(2200, 0) })),
      objects: nullable(fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.oneof(text, fc.integer(), fc.boolean()))),
    });
    await fc.assert(
      fc.asyncProperty(columns, async ({ numbers, longs, shorts, flags, words, times, objects }) => {
        expect((await read('float8', float8s(numbers))).map((value) => (value === 0 ? 0 : value))).toEqual(numbers.map((value) => (value === 0 ? 0 : value)));
        expect((await read('int8', int8s(longs))).map((value) => (value === null ? null : Number(value)))).toEqual(longs);
        expect(await read('int2', int2s(shorts))).toEqual(shorts);
        expect(await read('bool', bools(flags))).toEqual(flags);
        expect(await read('text', texts(words))).toEqual(words);
        expect((await read('timestamptz', timestamptzs(times))).map((value) => (value as Date | null)?.getTime() ?? null)).toEqual(times);
        expect(await read('jsonb', jsonbs(objects.map((value) => value && JSON.stringify(value))))).toEqual(objects);
      }),
      { numRuns: 30, seed: 20261124 },
    );
  });
});

import { manyRows } from '../../apps/server/src/db/many-rows.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

interface Row {
  at: Date;
  lat: number | null;
  truck: string | null;
  seq: string | null;
  sats: number | null;
  late: boolean;
}

const COLUMNS: readonly (keyof Row)[] = ['at', 'lat', 'truck', 'seq', 'sats', 'late'];
const SELECT = `
  select timestamptz '2026-11-20T13:00:00.123Z' + make_interval(secs => i) as at, case when i % 3 > 0 then i / 7.0::float8 end as lat,
         (array['鄂S12345', 'a "quoted", {braced} \\ word', '', 'null', null])[i % 5 + 1] as truck,
         case when i % 2 = 0 then 9007199254740993 + i end as seq, case when i % 4 > 0 then i::smallint end as sats, i % 2 = 0 as late
    from generate_series(1, $1::int) i order by (i * 7) % 11, i`;

describe('many rows as arrays', () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase({ migrated: false });
  });
  afterAll(() => opened.close());

  it('are the rows that the select gives, value for value and in its order', async () => {
    const { rows } = await opened.database.query<Row>(SELECT, [200]);
    expect(rows).toHaveLength(200);
    expect(await manyRows<Row>(opened.database, COLUMNS, SELECT, [200])).toEqual(rows);
  });

  it('are none where it gives none', async () => {
    expect(await manyRows<Row>(opened.database, COLUMNS, SELECT, [0])).toEqual([]);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../apps/server/src/db/database.js';
import { migrate, migrationsFolder, readMigrations } from '../../apps/server/src/db/migrate.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

describe('migrate', () => {
  let opened: TestDatabase;
  let database: Database;
  let folder: string;

  beforeAll(async () => {
    opened = await openTestDatabase({ migrated: false });
    database = opened.database;
    folder = await mkdtemp(join(tmpdir(), 'muck-migrations-'));
    await writeFile(join(folder, '001-trips.sql'), `create table trips (at timestamptz not null, n int); select create_hypertable('trips', by_range('at'));\n`);
    await writeFile(
      join(folder, '002-hours.sql'),
      `-- no transaction\ncreate materialized view if not exists hours with (timescaledb.continuous) as\n` +
        `  select time_bucket('1 hour', at) as hour, count(*) as n from trips group by 1; -- filled at once; not possible in a transaction\n` +
        `insert into trips select timestamptz '2026-01-01' where not exists (select from trips);\n`,
    );
  });
  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true });
  });

  it('applies every file once, also when two processes start together', async () => {
    const second = opened.settings.databaseUrl === null ? null : await openDatabase(opened.settings);
    const applied = await Promise.all([migrate(database, folder), second ? migrate(second, folder) : []]);
    await second?.close();

    expect(applied.flat()).toEqual(['001-trips.sql', '002-hours.sql']);
    expect(await migrate(database, folder)).toEqual([]);
    expect((await database.query('select number, name from schema_migrations order by 1')).rows).toEqual([
      { number: 1, name: '001-trips.sql' },
      { number: 2, name: '002-hours.sql' },
    ]);
    expect((await database.query('select count(*)::int as n from trips')).rows).toEqual([{ n: 1 }]);
  });

  it('leaves nothing of a file that fails, and names it with the line', async () => {
    const broken = join(folder, '003-broken.sql');
    await writeFile(broken, 'create table half (id int);\n\nselekt 1;\n');
    await expect(migrate(database, folder)).rejects.toThrow('Migration 003-broken.sql failed at line 3: syntax error at or near "selekt"');
    await rm(broken);

    expect((await database.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }]);
    expect(await migrate(database, folder)).toEqual([]); // and the connection is fit for use
  });

  it('refuses to go on when an applied file was changed', async () => {
    await writeFile(join(folder, '001-trips.sql'), 'create table trips ();\n');
    await expect(migrate(database, folder)).rejects.toThrow('Migration 001-trips.sql was changed after the database had it.');
  });
});

describe('the migrations of the product', () => {
  it('apply to an empty database, and again to the same one', async () => {
    const opened = await openTestDatabase();
    const { rows } = await opened.database.query<{ name: string }>('select name from schema_migrations order by number');
    expect(rows.map(({ name }) => name)).toEqual((await readMigrations(migrationsFolder())).map(({ name }) => name));
    expect(await migrate(opened.database)).toEqual([]);
    await opened.close();
  });
});

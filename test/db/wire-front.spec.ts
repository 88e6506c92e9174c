import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import Cursor from 'pg-cursor';
import type { Database } from '../../apps/server/src/db/database.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { INSERT_POSITIONS, POSITIONS, positions } from './positions.js';

const kinds: Database['kind'][] = ['embedded'];
if (process.env.DATABASE_URL) kinds.push('server');
else console.warn('SKIPPED: the same checks on a TimescaleDB server. Set DATABASE_URL to run them.');

// The same checks on both, because all other code believes that there is no difference. The three that there are, are asserted as they are.
describe.each(kinds)('clients of the %s database', (kind) => {
  let opened: TestDatabase;
  let database: Database;
  const embedded = kind === 'embedded';

  beforeAll(async () => {
    opened = await openTestDatabase({ on: kind, migrated: false });
    database = opened.database;
    await database.query(
      'create table counter (id int primary key, value int); insert into counter values (1, 0); create table written (who int, turn int, part int)',
    );
  });
  afterAll(() => opened.close());

  it('gives each of 8 connections its own answers', async () => {
    await all(8, async (who) => {
      for (let turn = 0; turn < 200; turn++) {
        const { rows } = await database.query(`select $1::int as value, '${who}' as from${who}`, [who * 1_000 + turn]);
        expect(rows).toEqual([{ value: who * 1_000 + turn, [`from${who}`]: `${who}` }]);
      }
    });
  });

  it('keeps transactions of 6 connections apart, rolled back ones too', async () => {
    await all(6, async (who) => {
      for (let turn = 0; turn < 20; turn++) await addOne(database, who, turn).catch(() => undefined);
    });

    expect(await valueOf(database, 'select value from counter')).toBe(96);
    expect(await valueOf(database, 'select count(*)::int from written')).toBe(192);
    expect(await rowsOf(database, 'select who, turn from written group by 1, 2 having count(*) <> 2')).toEqual([]);
  });

  it('does not roll back what another connection wrote meanwhile', async () => {
    const [a, b] = await connections(database, 2);
    await a.query('start transaction');
    await a.query('insert into written values (99, 1, 1)');
    const written = b.query('insert into written values (98, 1, 1)');
    await sleep(50);
    await a.query('rollback');
    await written;
    release(a, b);

    expect(await rowsOf(database, 'select who from written where who in (98, 99)')).toEqual([{ who: 98 }]);
  });

  it('refuses to go on in a failed transaction until it is rolled back', async () => {
    const [a] = await connections(database, 1);
    await a.query('begin');
    await a.query('insert into written values (77, 1, 1)');
    await expect(a.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
    await expect(a.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await a.query('rollback');
    release(a);

    expect(await rowsOf(database, 'select who from written where who = 77')).toEqual([]);
  });

  it('rolls back for a client that dies in a transaction', async () => {
    const [a] = await connections(database, 1);
    await a.query('begin');
    await a.query('insert into written values (66, 1, 1)');
    (a as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    await sleep(200);
    a.release(true);

    expect(await rowsOf(database, 'select who from written where who = 66')).toEqual([]);
  });

  it('tells each its own error while others are answered', async () => {
    await all(8, async (who) => {
      for (let turn = 0; turn < 40; turn++) {
        if (who % 2) await expect(database.query('select $1::int / 0', [turn])).rejects.toMatchObject({ code: '22012' });
        else expect(await valueOf(database, 'select $1::int', [turn])).toBe(turn);
      }
    });
    await expect(database.query('selekt 1')).rejects.toMatchObject({ code: '42601', severity: 'ERROR' });
  });

  it('lets two clients prepare different statements under one name', async () => {
    const [a, b] = await connections(database, 2);
    for (let turn = 0; turn < 20; turn++) {
      const [x, y] = await Promise.all([
        a.query({ name: 'p', text: 'select $1::int as a', values: [turn] }),
        b.query({ name: 'p', text: 'select $1::text as b', values: [`s${turn}`] }),
      ]);
      expect([x.rows, y.rows]).toEqual([[{ a: turn }], [{ b: `s${turn}` }]]);
    }
    release(a, b);
  });

  it(embedded ? 'shares what SET sets among all connections: there is one session' : 'keeps what SET sets to the connection', async () => {
    const [a, b] = await connections(database, 2);
    await a.query(`set application_name = 'A'`);
    await b.query(`set application_name = 'B'`);
    expect(await valueOf(a, 'show application_name')).toBe(embedded ? 'B' : 'A');
    release(a, b);
  });

  it.each(['busy', '"Gate 7#socket.io"'])('tells a listener on %s, and nobody else, what others notify', async (channel) => {
    const [a, b] = await connections(database, 2);
    const heard: (string | undefined)[] = [];
    a.on('notification', ({ payload }) => heard.push(payload));
    b.on('notification', () => heard.push('b heard it'));
    await a.query(`listen ${channel}`);
    await b.query('listen something_else');
    await database.query('select pg_notify($1, $2)', [channel.replaceAll('"', ''), 'first']);
    await database.query(`notify ${channel}, 'second'`);
    await sleep(100);
    release(a, b);

    expect(heard).toEqual(['first', 'second']);
  });

  it('goes on telling a listener when another stops listening', async () => {
    const [a, b] = await connections(database, 2);
    const heard: (string | undefined)[] = [];
    a.on('notification', ({ payload }) => heard.push(payload));
    b.on('notification', () => heard.push('b heard it'));
    await a.query('listen news');
    await b.query('listen news');
    await b.query('unlisten *');
    await database.query(`notify news, 'still here'`);
    await sleep(100);
    release(a, b);

    expect(heard).toEqual(['still here']);
  });

  it('takes rows by COPY FROM STDIN and gives rows by COPY TO STDOUT', async () => {
    const [a] = await connections(database, 1);
    await pipeline(Readable.from(['1\t1\t-1\n', '2\t2\t-1\n']), a.query(copyFrom('copy written (who, turn, part) from stdin')));
    const copied = await a.query(copyTo('copy (select who, turn from written where part = -1 order by 1) to stdout')).toArray();
    release(a);

    expect(Buffer.concat(copied as Buffer[]).toString()).toBe('1\t1\n2\t2\n');
  });

  it('fails a COPY whose rows are wrong, inside a transaction too', async () => {
    const [a] = await connections(database, 1);
    await a.query('begin');
    await expect(pipeline(Readable.from(['not a number\t1\t1\n']), a.query(copyFrom('copy written from stdin')))).rejects.toMatchObject({ code: '22P02' });
    await expect(a.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await a.query('rollback');
    expect(await valueOf(a, 'select 1')).toBe(1);
    release(a);
  });

  it('takes batches of 5,000 rows from 3 connections and gives 60,000 rows back in one answer', async () => {
    await database.query(POSITIONS);
    await all(3, async (who) => {
      for (let turn = 0; turn < 4; turn++) await database.query(INSERT_POSITIONS, positions((who * 4 + turn) * 5_000, 5_000));
    });

    const rows = await rowsOf(database, 'select * from positions order by seq');
    expect(rows).toHaveLength(60_000);
    expect(rows.at(-1)).toMatchObject({ seq: '59999', truck: 199, cover: 'closed' });
  });

  it(embedded ? 'makes others wait while a cursor is open' : 'serves others while a cursor is open', async () => {
    const [a] = await connections(database, 1);
    const cursor = a.query(new Cursor<{ n: number }>('select n from generate_series(1, 1000) n'));
    const first = await cursor.read(100);
    const other = database.query('select 1').then(() => 'answered');
    expect(await Promise.race([other, sleep(300, 'waits')])).toBe(embedded ? 'waits' : 'answered');
    const rest = await cursor.read(2_000);
    await cursor.close();
    expect([first.length, rest.length, await other]).toEqual([100, 900, 'answered']);
    release(a);
  });

  it('gives every type as pg gives it', async () => {
    const [row] = await rowsOf(
      database,
      `select 1::int2 a, 2::int8 b, 1.5::numeric c, timestamptz '2026-01-02 03:04:05+08' d, '{"x":1}'::jsonb e, array[1,2]::int[] f, array['a','b']::text[] g,
              '\\x01ff'::bytea h, true i, 1.25::float8 j, interval '1 hour' l, null::int m, '渣土车'::text n, current_setting('TimeZone') z`,
    );
    expect(row).toMatchObject({ a: 1, b: '2', c: '1.5', e: { x: 1 }, f: [1, 2], g: ['a', 'b'], i: true, j: 1.25, m: null, n: '渣土车', z: 'UTC' });
    expect((row as { d: Date }).d.toISOString()).toBe('2026-01-01T19:04:05.000Z');
    expect((row as { h: Buffer }).h.toString('hex')).toBe('01ff');
  });

  it('answers several statements in one text', async () => {
    const results = (await database.pool.query('select 1 as a; select 2 as b')) as unknown as pg.QueryResult[];
    expect(results.map(({ rows }) => rows)).toEqual([[{ a: 1 }], [{ b: 2 }]]);
  });

  it(embedded ? 'does not keep statement_timeout: only the watchdog ends a statement' : 'ends a statement at statement_timeout', async () => {
    const [a] = await connections(database, 1);
    await a.query('set statement_timeout = 100');
    const counted = a.query('select count(*) from generate_series(1, 2000000)').then(
      () => 'counted',
      ({ code }: pg.DatabaseError) => code,
    );
    expect(await counted).toBe(embedded ? 'counted' : '57014');
    await a.query('set statement_timeout = 0');
    release(a);
  });

  it('passes notices on', async () => {
    const [a] = await connections(database, 1);
    const notices: (string | undefined)[] = [];
    a.on('notice', ({ message }) => notices.push(message));
    await a.query('create table if not exists counter (id int)');
    release(a);

    expect(notices).toEqual(['relation "counter" already exists, skipping']);
  });

  it('answers small queries fast enough for a control room', async () => {
    const until = performance.now() + 1_000;
    let answered = 0;
    await all(8, async () => {
      for (; performance.now() < until; answered++) await database.query('select $1::int', [1]);
    });
    expect(answered).toBeGreaterThan(50); // 10,000 embedded and 35,000 on a server, where nothing else runs
  });
});

async function addOne(database: Database, who: number, turn: number): Promise<void> {
  await database.transaction(async (client) => {
    const value = (await valueOf(client, 'select value from counter where id = $1 for update', [1])) as number;
    await sleep(1);
    await client.query('insert into written values ($1, $2, 1)', [who, turn]);
    await client.query('update counter set value = $1 where id = 1', [value + 1]);
    await client.query('insert into written values ($1, $2, 2)', [who, turn]);
    if (turn % 5 === 4) throw new Error('rolled back on purpose');
  });
}

type Asked = Pick<pg.ClientBase, 'query'> | Database;

async function rowsOf(asked: Asked, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  return (await (asked as Database).query(sql, values)).rows;
}

async function valueOf(asked: Asked, sql: string, values?: unknown[]): Promise<unknown> {
  const [row] = await rowsOf(asked, sql, values);
  return row && Object.values(row)[0];
}

function all(count: number, work: (who: number) => Promise<void>): Promise<void[]> {
  return Promise.all(Array.from({ length: count }, (_, who) => work(who)));
}

/** Connections that are thrown away afterwards: what they set, listen to and prepare must not reach the next test. */
async function connections(database: Database, count: 1): Promise<[pg.PoolClient]>;
async function connections(database: Database, count: 2): Promise<[pg.PoolClient, pg.PoolClient]>;
async function connections(database: Database, count: number): Promise<pg.PoolClient[]> {
  return Promise.all(Array.from({ length: count }, () => database.pool.connect()));
}

function release(...clients: pg.PoolClient[]): void {
  for (const client of clients) client.release(true);
}

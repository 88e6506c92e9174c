import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Database, openDatabase } from '../../apps/server/src/db/database.js';
import { DbModule } from '../../apps/server/src/db/db.module.js';
import { isOutage } from '../../apps/server/src/db/outage.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

beforeAll(() => Logger.overrideLogger(false));

describe('Database', () => {
  let opened: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    opened = await openTestDatabase({ migrated: false });
    database = opened.database;
    await database.query('create table kept (id int primary key)');
  });
  afterAll(() => opened.close());

  it('keeps what a transaction wrote, and nothing of one that threw', async () => {
    await database.transaction((client) => client.query('insert into kept values (1)'));
    const failed = database.transaction(async (client) => {
      await client.query('insert into kept values (2)');
      await client.query('insert into kept values (1)');
    });
    await expect(failed).rejects.toMatchObject({ code: '23505' });
    expect((await database.query('select id from kept')).rows).toEqual([{ id: 1 }]);
  });

  it('speaks of times in UTC on every connection', async () => {
    const zones = await Promise.all(Array.from({ length: 4 }, () => database.query(`select current_setting('TimeZone') as zone, pg_sleep(0.01)`)));
    expect(new Set(zones.map(({ rows }) => rows[0]!.zone))).toEqual(new Set(['UTC']));
  });

  it('tells how it is', async () => {
    expect(await database.health()).toMatchObject({ kind: database.kind, reachable: true, reason: null, pool: { waiting: 0 } });
  });

  it('survives that its connections are ended, the idle ones and one in use', async () => {
    if (database.kind === 'embedded') return; // there, ending the engine is tested (housekeeping.spec)
    const held = await database.pool.connect();
    await held.query('begin');
    await database.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
    await sleep(100);
    expect(isOutage(await held.query('select 1').catch((error: unknown) => error))).toBe(true);
    held.release(true);
    expect((await database.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });
});

describe('a server that cannot be used', () => {
  it('is told at start, with the reason', async () => {
    const databaseUrl = 'postgres://nobody:secret@127.0.0.1:1/none';
    await expect(openDatabase({ databaseUrl, dataDir: '.', startWaitMs: 0 })).rejects.toThrow(
      'The database of DATABASE_URL cannot be used: connect ECONNREFUSED 127.0.0.1:1',
    );
  });
});

describe('DbModule', () => {
  it('gives everybody the migrated database and closes it at shutdown', async () => {
    const opened = await openTestDatabase();
    await opened.database.close();
    const module = await Test.createTestingModule({ imports: [DbModule.forRoot(opened.settings)] }).compile();
    await module.init();
    const given = module.get(Database);
    expect((await given.query('select count(*)::int > 0 as migrated from schema_migrations')).rows).toEqual([{ migrated: true }]);

    await module.close();
    await expect(given.query('select 1')).rejects.toThrow();
    await opened.close();
  });
});

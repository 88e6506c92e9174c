import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { INSERT_POSITIONS, POSITIONS, positions } from './positions.js';

const BATCH = 500;
/** After which batch each cycle is killed: about while chunks are compressed, while the aggregate is refreshed, while rows come in. */
const KILLED_AT = [7, 11, 15];

describe('a process that is killed with kill -9 while rows come in, are compressed and aggregated', () => {
  let opened: TestDatabase;
  const running: ChildProcess[] = [];
  let sockets = '';

  beforeAll(async () => {
    opened = await openTestDatabase({ on: 'embedded', migrated: false });
    await opened.database.query(POSITIONS);
    await opened.database.query(`
      create materialized view position_hours with (timescaledb.continuous) as
      select time_bucket('1 hour', at) as hour, count(*) as n from positions group by 1 with no data`);
    await opened.database.close();
  });
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(sockets, { recursive: true, force: true });
    await opened.close();
  });

  it('has every acknowledged row afterwards, none twice and no half batch', async () => {
    let acknowledged = 0;
    for (let cycle = 0; cycle <= KILLED_AT.length; cycle++) {
      const child = await start(opened.settings.dataDir);
      running.push(child.process);
      const client = await connect(child.sockets);

      const { rows } = await client.query<Counted>(
        'select count(*)::int as stored, count(distinct seq)::int as distinct, coalesce(max(seq), -1)::int as last from positions',
      );
      const [{ stored, distinct, last }] = rows as [Counted];
      expect({ distinct, last, half: stored % BATCH }).toEqual({ distinct: stored, last: stored - 1, half: 0 });
      expect(stored).toBeGreaterThanOrEqual(acknowledged);
      expect(stored).toBeLessThanOrEqual(acknowledged + BATCH); // one batch may be committed and its answer lost
      if (cycle > 0) expect(existsSync(sockets)).toBe(false); // what the killed one left was cleared away

      sockets = child.sockets;
      const killedAt = KILLED_AT[cycle];
      if (killedAt === undefined) expect(stored).toBeGreaterThanOrEqual((7 + 11 + 15) * BATCH);
      else acknowledged = await loadUntilKilled(client, child.process, stored, killedAt);
    }
  }, 120_000); // four starts of Node and the engine: 10 s, a busy machine takes several times that
});

interface Counted {
  stored: number;
  distinct: number;
  last: number;
}

async function start(dataDir: string): Promise<{ process: ChildProcess; sockets: string }> {
  const hook = new URL('../support/typescript.mjs', import.meta.url).href;
  const script = fileURLToPath(new URL('./killed-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', hook, script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) return { process: child, sockets: line };
  throw new Error('The process ended before its database was open.');
}

async function connect(sockets: string): Promise<pg.Client> {
  const client = new pg.Client({ host: sockets, port: 5432, user: 'postgres', database: 'template1' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Writes batches as fast as they are taken, compresses and refreshes in between; answers how many rows were acknowledged. */
async function loadUntilKilled(client: pg.Client, child: ChildProcess, from: number, killedAt: number): Promise<number> {
  const exited = once(child, 'exit');
  let acknowledged = from;
  try {
    for (let batch = 1; ; batch++) {
      await client.query(INSERT_POSITIONS, positions(acknowledged, BATCH));
      acknowledged += BATCH;
      if (batch === killedAt) setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
      if (batch % 7 === 0) await client.query(`select compress_chunk(chunk, if_not_compressed => true) from show_chunks('positions') chunk`);
      if (batch % 11 === 0) await client.query(`call refresh_continuous_aggregate('position_hours', null, null)`);
    }
  } catch (error) {
    await exited;
    expect((error as Error).message).toMatch(/terminated|ECONNRESET|EPIPE|not queryable/);
  }
  return acknowledged;
}

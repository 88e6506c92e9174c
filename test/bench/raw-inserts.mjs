// The engine's own speed: the same statement and batch size as intake's, one connection, no MQTT, no rules.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../dist/apps/server/src/db/database.js';
import { migrate } from '../../dist/apps/server/src/db/migrate.js';
import { BatchStore } from '../../dist/apps/server/src/intake/batch.store.js';
import { emptyEntry } from '../../dist/apps/server/src/intake/entry.js';
import { decode } from '../../dist/libs/protocols/src/index.js';
import { fleet } from './fleet.mjs';

const TRUCKS = 400;
const BATCH = 500;
const PREPARED = 100;

/** Rows a second. */
export async function rawInserts(databaseUrl, seconds) {
  const dataDir = mkdtempSync(join(tmpdir(), 'mw-raw-'));
  const database = await openDatabase({ databaseUrl, dataDir });
  await migrate(database);
  const store = new BatchStore(database, null);
  const trucks = fleet(TRUCKS, 7);
  const start = Date.now() - 10 * 86_400_000;
  let n = 0;
  const batch = () => {
    const reports = Array.from({ length: BATCH }, () => {
      const i = n % TRUCKS;
      const at = start + Math.floor(n++ / TRUCKS) * 1_000;
      const [{ report }] = decode(`muck/v1/terminals/raw${i}/reports`, Buffer.from(JSON.stringify(trucks.next(i, at))));
      return { report, truckId: `raw${i}`, late: false, doubt: null };
    });
    return [{ ...emptyEntry(null, () => undefined, Date.now()), reports }];
  };

  let rows = 0;
  let spent = 0;
  while (spent < seconds * 1_000) {
    const batches = Array.from({ length: PREPARED }, batch);
    for (const entries of batches) {
      const began = performance.now();
      rows += (await store.commit(entries)).inserted;
      spent += performance.now() - began;
      if (spent >= seconds * 1_000) break;
    }
  }
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
  return Math.round(rows / (spent / 1_000));
}

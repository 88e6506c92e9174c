// From the start of the process to /health/ready: 20,000 trucks from fresh snapshots, and again after kill -9 with five minutes of their log behind each snapshot.
// Raw limit: the same rows read and parsed, nothing made of them.
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { openDatabase } from '../../dist/apps/server/src/db/database.js';
import { BatchStore } from '../../dist/apps/server/src/intake/batch.store.js';
import { emptyEntry } from '../../dist/apps/server/src/intake/entry.js';
import { NEW_TRUCK, RULES, take, WorldHistory } from '../../dist/libs/domain/src/index.js';
import { decode } from '../../dist/libs/protocols/src/index.js';
import { fleet, places } from './fleet.mjs';
import { register, startServer } from './server.mjs';

const TRUCKS = Number(process.env.BENCH_TRUCKS ?? 20_000);
const PLACES = 2_000;
const EVERY_MS = 30_000;
/** Before the snapshot, and after it: one is written every 5 min. */
const [BEFORE, AFTER] = [20, 10];
/** Trucks of one commit. */
const A_COMMIT = 200;
const LOADED_TRUCKS = 200;

const DATABASE_URL = process.env.DATABASE_URL ?? '';
const kind = DATABASE_URL === '' ? 'embedded' : 'server';
const polygons = places(PLACES);
const withinMs = 10 * 60_000;

let server = await startServer({ DATABASE_URL }, { withinMs });
const { dataDir } = server;
await register(server, TRUCKS, polygons);
await server.stop({ keep: true });

const worlds = new WorldHistory({
  places: polygons.map(({ id, kind, name, ring, limitKmh }) => {
    const place = { id, kind, name, geometry: { type: 'Polygon', coordinates: [ring] }, hours: null, validFrom: null, validTo: null, limitKmh };
    return { id, fromAt: -Infinity, place: { ...place, curfew: null, capacityM3: null, managerIds: [] } };
  }),
  limits: [],
  utcOffset: () => 480,
});
const trucks = fleet(TRUCKS);
const began = Date.now() - (BEFORE + AFTER + 2) * EVERY_MS;
const said = (i, n) => {
  const payload = Buffer.from(JSON.stringify(trucks.next(i, began + n * EVERY_MS)));
  return decode(`muck/v1/terminals/term${i}/reports`, payload)[0].report;
};

await stored(snapshotOf);
server = await startServer({ DATABASE_URL }, { dataDir, withinMs });
const fresh = server.readyMs;
await load(server);
await server.kill();

await stored(logOf);
const raw = await rawRead();
server = await startServer({ DATABASE_URL }, { dataDir, withinMs });
const killed = server.readyMs;
await server.kill();
rmSync(dataDir, { recursive: true, force: true });

const many = TRUCKS.toLocaleString('en');
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;
const limit = `${seconds(raw.snapshotsMs)} (snapshots read and parsed)`;
const limitKilled = `${seconds(raw.snapshotsMs + raw.reportsMs)} (snapshots and ${raw.reports.toLocaleString('en')} reports read)`;
for (const row of [
  {
    what: `start to ready, ${kind}, ${many} trucks with fresh snapshots`,
    measured: seconds(fresh),
    limit,
    ratio: (fresh / raw.snapshotsMs).toFixed(1),
    aim: '≤ 10 s',
  },
  {
    what: `start to ready after kill -9, ${kind}, ${many} trucks with ${AFTER} reports behind each snapshot`,
    measured: seconds(killed),
    limit: limitKilled,
    ratio: (killed / (raw.snapshotsMs + raw.reportsMs)).toFixed(1),
    aim: '≤ 30 s',
  },
]) {
  console.log(JSON.stringify(row));
}

/** What a truck's first reports made of it, with the newest of them, as intake stores the two. */
function snapshotOf(i) {
  const truck = { id: `t${i}`, plate: `鄂S${String(i).padStart(5, '0')}`, companyId: 'c', ratedLoadKg: 18_000, boxM3: null, colour: null };
  let state = NEW_TRUCK;
  for (let n = 0; n < BEFORE; n++) {
    const taken = take(state, said(i, n), { truck, worlds, rules: RULES });
    if (taken.kind === 'believed') state = taken.state;
  }
  const { last } = state;
  return entryOf(i, [last], [{ subject: truck.id, at: last.at, state }]);
}

function logOf(i) {
  return entryOf(
    i,
    Array.from({ length: AFTER }, (_, n) => said(i, BEFORE + n)),
    [],
  );
}

function entryOf(i, reports, snapshots) {
  const logged = reports.map((report) => ({ report, truckId: `t${i}`, late: false, doubt: null }));
  return { ...emptyEntry(null, () => undefined, reports.at(-1).at), reports: logged, snapshots };
}

async function stored(entryOfTruck) {
  const database = await openDatabase({ databaseUrl: DATABASE_URL || null, dataDir });
  const store = new BatchStore(database, null, null);
  for (let first = 0; first < TRUCKS; first += A_COMMIT) {
    await store.commit(Array.from({ length: Math.min(A_COMMIT, TRUCKS - first) }, (_, k) => entryOfTruck(first + k)));
  }
  await database.close();
}

async function rawRead() {
  const database = await openDatabase({ databaseUrl: DATABASE_URL || null, dataDir });
  const timed = async (sql) => {
    const from = performance.now();
    const { rows } = await database.query(sql);
    return { ms: performance.now() - from, rows: rows.length };
  };
  const snapshots = await timed('select subject, at, state from snapshots');
  const reports = await timed('select * from reports');
  await database.close();
  return { snapshotsMs: snapshots.ms, reportsMs: reports.ms, reports: reports.rows };
}

/** Some seconds of reports, so that the process is killed in the middle of its work. */
function load({ mqtt }) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./load.mjs', import.meta.url), [mqtt, String(LOADED_TRUCKS), '5', '500']);
    child.once('message', resolve);
    child.once('exit', (code) => code && reject(new Error(`the load ended with ${code}`)));
  });
}

// What is looked up in stored time — a truck's day and week played back, what a drawn shape would have touched — by the statement: the embedded engine serves
// nobody else while one runs. The log is written straight into its table as intake leaves it, in order of time, and its older days are packed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WHOLE_CITY } from '../../dist/apps/server/src/auth/viewer.js';
import { readConfig } from '../../dist/apps/server/src/config.js';
import { openDatabase } from '../../dist/apps/server/src/db/database.js';
import { migrate } from '../../dist/apps/server/src/db/migrate.js';
import { FleetService } from '../../dist/apps/server/src/fleet/fleet.service.js';
import { RegistryStore } from '../../dist/apps/server/src/fleet/registry.store.js';
import { TrackStore } from '../../dist/apps/server/src/history/track.store.js';
import { FixStore } from '../../dist/apps/server/src/playback/fix.store.js';
import { PlaybackService } from '../../dist/apps/server/src/playback/playback.service.js';
import { PreviewService } from '../../dist/apps/server/src/shapes/preview.service.js';
import { PreviewStore } from '../../dist/apps/server/src/shapes/preview.store.js';
import { percentile } from './fleet.mjs';

const DATABASE_URL = process.env.DATABASE_URL || null;
const kind = DATABASE_URL === null ? 'embedded' : 'server';
const TRUCKS = Number(process.env.BENCH_TRUCKS ?? (DATABASE_URL === null ? 300 : 2_000));
const DAYS = 7;
const DAY_S = 86_400;
const DAY_MS = DAY_S * 1_000;
/** The fleet hauls ten hours of a night, a report each 30 s; a few trucks report each 5 s around the clock. */
const [SHIFT_S, EVERY_S] = [36_000, 30];
const [BUSY, BUSY_EVERY_S] = [3, 5];
/** Days that the policy has packed by now. */
const PACKED = 4;
const AIM_MS = 200;

/** Where truck i is at a time: metres along its circle, of which each hour's last quarter adds none. */
const HOUR_OF_REPORTS = `
  with moment as (
    select i, at, extract(epoch from at)::bigint as s, 500 + (i * 37 % 4000) as radius, 6 + (i % 9) as pace
      from generate_series($1::timestamptz, $1::timestamptz + make_interval(secs => $2::int - $3::int), make_interval(secs => $3::int)) at,
           generate_series($4::int, $5::int) i
     where $6::boolean),
  along as (select *, (i * 0.7 + (s / 3600 * 2700 + least(s % 3600, 2700)) * pace::float8 / radius) as angle, s % 3600 < 2700 as moving from moment)
  insert into reports (source, at, digest, truck_id, heard_at, lat, lon, speed_kmh, heading_deg, accuracy_m, satellites, odometer_km, ignition, bed,
                       bed_angle_deg, cover, load_kg, seq, buffered, late)
  select 'term' || i, at, md5(i::text || s::text), 't' || i, at + interval '1 second',
         31.69 + ((i % 7 - 3) * 900 + radius * sin(angle)) / 111195, 113.38 + ((i % 5 - 2) * 1100 + radius * cos(angle)) / 94600,
         case when moving then pace * 3.6 else 0 end, round(((360 - degrees(angle))::numeric % 360 + 360) % 360), 5, 14, s / 1000.0, true, 'down',
         (i + s) % 3 / 2.0, 'closed', case when (s / 1800 + i) % 2 = 0 then 17000 else 300 end + (s * 7 + i) % 150, s, false, false
    from along
   order by at, i`;

/** What is measured waits for no checkpoint and no job. */
const ALONE = { lookMs: 1e9, checkpointMs: 1e9, checkpointBytes: 1e12, jobsMs: 1e9, vacuumMs: 1e9 };
const dataDir = process.env.BENCH_DATA_DIR ?? mkdtempSync(join(tmpdir(), 'mw-history-'));
const database = await openDatabase({ databaseUrl: DATABASE_URL, dataDir, statementLimitMs: 3_600_000, housekeeping: ALONE });
await migrate(database);
const iso = (at) => new Date(at).toISOString();
const end = Math.floor(Date.now() / DAY_MS) * DAY_MS;
await fill();

const said = [];
const query = database.query.bind(database);
database.query = async (text, values) => {
  const began = performance.now();
  const answer = await query(text, values);
  said.push({ ms: performance.now() - began, text, rows: answer.rows.length });
  return answer;
};
const fleet = new FleetService(new RegistryStore(database), readConfig({}));
await fleet.load();
const fixes = new FixStore(database);
const playback = new PlaybackService(database, new TrackStore(database), fixes, fleet);
const previews = new PreviewService(new PreviewStore(database), new RegistryStore(database), fleet);
const viewer = { accountId: 'bench', scope: WHOLE_CITY };

// A backend's first look at a table is dearer than all others; intake has long had it when somebody looks back.
await fixes.seen('t0', end - 3_600_000, end);
await fixes.seen('t0', end - DAYS * DAY_MS, end);
await new PreviewStore(database).alerts(WHOLE_CITY, [0, 0, 1, 1], end - DAY_MS, end);
const newest = { from: iso(end - DAY_MS), to: iso(end) };
const packed = { from: iso(end - DAYS * DAY_MS), to: iso(end - (DAYS - 1) * DAY_MS) };
const week = { from: iso(end - DAYS * DAY_MS), to: iso(end) };
const many = TRUCKS.toLocaleString('en');
await measured(`a day of one truck, a report each 5 s: fixes`, () => pages('t0', newest));
await measured(`the same, packed`, () => pages('t0', packed));
await measured(`a day of one truck, a report each 5 s: stays`, () => stays('t0', newest));
await measured(`the same, packed`, () => stays('t0', packed));
await measured(`a day of 8 trucks: fixes, thinned to 10 s`, async () => {
  for (let i = 0; i < 8; i++) await pages(`t${i}`, { ...newest, everyS: 10 });
});
await measured(`7 days of one truck, a report each 5 s: fixes`, () => pages('t1', week));
await measured(`7 days of one truck, a report each 5 s: stays`, () => stays('t1', week));
await measured(`7 days of one truck exported whole`, async () => {
  await fixes.count('t2', end - DAYS * DAY_MS, end);
  let reports = 0;
  for await (const slice of fixes.slices('t2', end - DAYS * DAY_MS, end)) reports += slice.length;
});
await shape('a no-go zone of 60 m', 60);
await shape('a site of 400 m', 400);
await database.close();
if (!process.env.BENCH_DATA_DIR) rmSync(dataDir, { recursive: true, force: true });

async function pages(truckId, { from, to, everyS = 0 }) {
  let reports = 0;
  for (let next = from; next;) {
    const page = await playback.page(WHOLE_CITY, truckId, { from: next, to, everyS });
    reports += page.at.length;
    next = page.nextFrom;
  }
  return `${reports.toLocaleString('en')} reports`;
}

async function stays(truckId, stretch) {
  const { stops, loads } = await playback.stays(WHOLE_CITY, truckId, stretch);
  return `${stops.length} stops, ${loads.length} loads`;
}

async function shape(what, metres) {
  const [lat, lon] = [metres / 2 / 111_195, metres / 2 / 94_600];
  const [x, y] = [113.38, 31.69];
  const ring = [[x - lon, y - lat], [x + lon, y - lat], [x + lon, y + lat], [x - lon, y + lat], [x - lon, y - lat]]; // prettier-ignore
  await measured(`what ${what} would have touched in 7 days of ${many} trucks`, async () => {
    const all = { trucks: 0, visits: 0, passes: 0, crossings: 0, unsure: 0 };
    let [looked, answers] = [0, 0];
    for (let after = null; after !== undefined; answers++) {
      const found = await previews.preview(viewer, { geometry: { type: 'Polygon', coordinates: [ring] }, after }, new AbortController().signal);
      for (const key of Object.keys(all)) all[key] += found.drawn[key];
      looked += found.looked.trucks;
      after = found.next ?? undefined;
    }
    return `${looked} looked at in ${answers} answers: ${Object.entries(all).map(([name, count]) => `${name} ${count}`).join(', ')}`; // prettier-ignore
  });
}

async function measured(what, act) {
  said.length = 0;
  const began = performance.now();
  const found = await act();
  const ms = performance.now() - began;
  const spans = said.map((one) => one.ms);
  const longest = said.reduce((a, b) => (a.ms > b.ms ? a : b));
  if (longest.ms > AIM_MS) console.error(`${what}: ${Math.round(longest.ms)} ms, ${longest.rows} rows: ${longest.text.replace(/\s+/g, ' ').slice(0, 160)}`);
  console.log(
    JSON.stringify({
      what: `${what}, ${kind}${found ? ` (${found})` : ''}: longest statement / p50 / of / altogether`,
      measured: `${longest.ms.toFixed(0)} / ${percentile(spans, 0.5).toFixed(1)} ms / ${spans.length} / ${(ms / 1_000).toFixed(1)} s`,
      aim: `≤ ${AIM_MS} ms`,
    }),
  );
}

/** Trucks go round circles of 1 to 9 km through the city, each at its own pace, and stand a quarter of each hour. */
async function fill() {
  const { rows } = await database.query('select count(*)::int as n from trucks');
  if (rows[0].n > 0) return;
  const began = performance.now();
  await database.query(`insert into companies (id, name) values ('c', '测试运输')`);
  await database.query(
    `insert into trucks (id, plate, company_id, rated_load_kg) select 't' || i, '鄂S' || lpad(i::text, 5, '0'), 'c', 18000 from generate_series(0, $1::int - 1) i`,
    [TRUCKS],
  );
  await database.query(
    `insert into terminals (id, truck_id, secret_sha256) select 'term' || i, 't' || i, repeat('0', 64) from generate_series(0, $1::int - 1) i`,
    [TRUCKS],
  );
  const version = `insert into world_versions (kind, id, version, from_at, entered_by, data)`;
  await database.query(
    `${version} select 'truck', id, 1, '-infinity', 'bench', jsonb_build_object('plate', plate, 'companyId', company_id, 'ratedLoadKg', rated_load_kg, 'boxM3', null, 'colour', null)
     from trucks`,
  );
  await database.query(`${version} select 'terminal', id, 1, '-infinity', 'bench', jsonb_build_object('truckId', truck_id) from terminals`);
  let reports = 0;
  for (let day = 0; day < DAYS; day++) {
    const from = end - (DAYS - day) * DAY_MS;
    // An hour a statement: each is one chunk's, and nothing grows.
    for (let hour = 0; hour < 24; hour++) {
      reports += (await database.query(HOUR_OF_REPORTS, [iso(from + hour * 3_600_000), 3_600, EVERY_S, BUSY, TRUCKS - 1, hour * 3_600 < SHIFT_S])).rowCount;
      reports += (await database.query(HOUR_OF_REPORTS, [iso(from + hour * 3_600_000), 3_600, BUSY_EVERY_S, 0, BUSY - 1, true])).rowCount;
    }
    if (day < PACKED)
      for (const { chunk } of (
        await database.query(`select c::text as chunk from show_chunks('reports', older_than => $1::timestamptz, newer_than => $2::timestamptz) c`, [
          iso(from + DAY_MS),
          iso(from),
        ])
      ).rows)
        await database.query(`select compress_chunk($1::regclass)`, [chunk]);
    console.error(`day ${day + 1} of ${DAYS}: ${reports.toLocaleString('en')} reports after ${Math.round((performance.now() - began) / 1_000)} s`);
    if (database.kind === 'embedded') await database.query('checkpoint');
  }
  await database.query('analyze');
}

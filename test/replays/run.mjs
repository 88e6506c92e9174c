// npm run replay                      judges the recorded days by today's rules and prints what that adds (+), removes (-) and changes (~); ends with 1 if anything
// npm run replay -- --accept yes      the same, and takes what was found as what is expected from now on
// npm run replay -- --record NAME [--seed 7] [--trucks 10] [--hours 10] [--cases 2]     records a made day, spoiled as the field spoils it
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { options } from '../../apps/server/client.mjs';
import { compare, expectedOf } from './compare.mjs';

const DAYS = fileURLToPath(new URL('./days/', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const asked = options(process.argv.slice(2), ['accept', 'record', 'seed', 'trucks', 'hours', 'cases'], 'npm run replay -- [--accept yes] [--record NAME]');
const built = spawnSync(process.execPath, ['apps/server/build.mjs'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const { judgeDay } = await import('./judge-day.mjs');

if (asked.record) await record(asked.record);
let differs = false;
for (const file of readdirSync(DAYS).filter((name) => name.endsWith('.day.gz'))) {
  const day = JSON.parse(gunzipSync(readFileSync(DAYS + file)).toString());
  const found = judgeDay(day.registry, day.packets, day.sightings);
  const expectedFile = DAYS + file.replace('.day.gz', '.alerts.json');
  const accept = asked.accept || file === `${asked.record}.day.gz`;
  const expected = accept && file === `${asked.record}.day.gz` ? [] : JSON.parse(readFileSync(expectedFile, 'utf8'));
  const lines = compare(expected, found);
  console.log(`${file}: ${found.length} alerts, ${lines.length === 0 ? 'as expected' : `${lines.length} differ`}`);
  for (const line of lines) console.log(`  ${line}`);
  if (accept) writeFileSync(expectedFile, `${JSON.stringify(expectedOf(found), null, 1)}\n`);
  else differs ||= lines.length > 0;
}
process.exit(differs ? 1 : 0);

async function record(name) {
  const { disorder, makeCity, makeFleet, makeRegistry, RULE_CODES, simulate } = await import('../../dist/apps/simulator/src/index.js');
  const [seed, trucks, hours, cases] = ['seed', 'trucks', 'hours', 'cases'].map((option, i) => Number(asked[option] ?? [7, 10, 10, 2][i]));
  const city = makeCity(seed);
  const fleet = makeFleet(city, seed, trucks);
  // A fixed evening: a recorded day is the same whenever it is recorded.
  const from = Date.UTC(2026, 10, 23, 10);
  const perDay = Object.fromEntries(RULE_CODES.map((rule) => [rule, ['silent-terminal', 'platform-outage'].includes(rule) ? 0 : cases]));
  const day = disorder(simulate({ city, fleet, seed, from, to: from + hours * 3_600_000, violations: { perDay }, coverage: 'off' }), fleet, seed);
  const packets = [...day.sent].map(({ terminalId, payload }) => ({ terminalId, payload }));
  const sightings = day.sightings.map(({ cameraId, payload }) => ({ cameraId, payload }));
  const { companies, trucks: registered, terminals, cameras, places, routes, permits } = makeRegistry(city, fleet, {});
  const registry = { companies, trucks: registered, terminals, cameras, places, routes, permits };
  writeFileSync(`${DAYS}${name}.day.gz`, gzipSync(JSON.stringify({ registry, packets, sightings }), { level: 9 }));
}

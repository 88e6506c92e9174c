// npm run accuracy [-- --cases 200] [--trucks 300] [--days 4] [--seed 1] [--clean yes] [--rules spill,speeding] [--offline yes] [--show 5]
// How right are we? Labelled days, spoiled as the field spoils them (--clean yes: not), go through the real server over MQTT; what the drivers did is held
// against the alerts that stand when everything has settled. With DATABASE_URL on that server, else embedded. --offline yes: the rules alone, with no server.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { options } from '../../apps/server/client.mjs';
import { startServer, until } from '../bench/server.mjs';
import { feed } from './feed.mjs';
import { add, score, table } from './score.mjs';

const USAGE = 'npm run accuracy -- [--cases N] [--trucks N] [--days N] [--seed N] [--clean yes] [--rules a,b] [--offline yes] [--show N]';
const asked = options(process.argv.slice(2), ['cases', 'trucks', 'days', 'seed', 'clean', 'rules', 'offline', 'show'], USAGE);
const root = fileURLToPath(new URL('../..', import.meta.url));
const built = spawnSync(process.execPath, ['apps/server/build.mjs'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const { disorder, makeCity, makeFleet, makeRegistry, RULE_CODES, simulate } = await import('../../dist/apps/simulator/src/index.js');
const { judgeDay } = await import('../replays/judge-day.mjs');
const { judgeFleet } = await import('./fleet.mjs');

const [cases, trucks, days, seed, show] = ['cases', 'trucks', 'days', 'seed', 'show'].map((name, i) => Number(asked[name] ?? [200, 300, 4, 1, 5][i]));
/** These two are about hearing: a clock that runs a thousand times too fast says nothing of them. They have days of their own. */
const OF_HEARING = ['silent-terminal', 'platform-outage'];
const rules = (asked.rules?.split(',') ?? RULE_CODES).filter((rule) => !OF_HEARING.includes(rule));
const secretOf = (id) => `secret-of-${id}-is-long`;

let totals = null;
for (let day = 0; day < days; day++) {
  const began = performance.now();
  const { scores, reports } = await oneDay(seed + day);
  totals = totals ? add(totals, scores) : scores;
  console.error(`day ${day + 1} of ${days}: ${reports.toLocaleString('en')} reports and sightings in ${Math.round((performance.now() - began) / 1_000)} s`);
}
if (!asked.rules || OF_HEARING.some((rule) => asked.rules.includes(rule))) totals.push(...judgeFleet(seed));

console.log(`${asked.clean ? 'Clean' : 'Disordered'} days: ${days} of ${trucks} trucks, ${asked.offline ? 'the rules alone' : 'through the server'}.\n`);
console.log(table(totals));
for (const { rule, missed, false: wrong } of totals) {
  for (const truth of missed.slice(0, show)) console.log(`missed  ${rule} ${truth.plate ?? '-'} ${clock(truth.from)}–${clock(truth.to)} ${truth.note}`);
  for (const alert of wrong.slice(0, show))
    console.log(`false   ${rule} ${alert.plate ?? '-'} ${clock(alert.began)} ${alert.scope ?? ''} ${JSON.stringify(alert.evidence)}`);
}

async function oneDay(seed) {
  const city = makeCity(seed);
  const fleet = makeFleet(city, seed, trucks);
  const registry = makeRegistry(city, fleet, new Proxy({}, { get: (_, id) => secretOf(id) }));
  // For a server the day ended a moment ago: its checkpoints are as old as they would be. The rules alone know no present: one seed is one day, whenever it is asked for.
  const to = asked.offline ? Date.UTC(2026, 10, 24, 4) : Math.floor(Date.now() / 1_000) * 1_000 - 60_000;
  const perDay = Object.fromEntries(rules.map((rule) => [rule, Math.ceil(cases / days)]));
  const made = simulate({ city, fleet, seed, from: to - 86_400_000, to, violations: { perDay }, coverage: 'off' });
  const day = asked.clean ? made : disorder(made, fleet, seed);
  return asked.offline ? offline(registry, day) : online(registry, day);
}

function offline(registry, day) {
  const packets = [...day.sent];
  const alerts = judgeDay(registry, packets, day.sightings);
  const reports = packets.reduce((sum, { payload }) => sum + [payload].flat().length, 0) + day.sightings.length;
  return { scores: score(rules, day.truth, alerts, ({ foundAt }) => foundAt), reports };
}

async function online(registry, day) {
  const server = await startServer(process.env.DATABASE_URL ? { DATABASE_URL: process.env.DATABASE_URL } : {});
  try {
    for (const kind of ['companies', 'trucks', 'places', 'routes', 'permits', 'terminals', 'cameras'])
      await server.api('POST', `/${kind}/import`, registry[kind]);
    const socket = io(`${server.url}/live`, { auth: { token: server.token }, transports: ['websocket'] });
    const heard = new Map();
    let eventTime = 0;
    // A day played a thousand times too fast is all «late»; what counts is how far the day had come when the alert was told.
    socket.on('alert', ({ id }) => void (heard.has(id) || heard.set(id, eventTime)));
    const devices = [...registry.terminals, ...registry.cameras].map(({ id }) => id);
    const onTime = (at, count) => {
      if (Number.isFinite(at)) eventTime = at;
      if (process.stderr.isTTY) process.stderr.write(`\r${new Date(eventTime).toISOString().slice(0, 16)} ${count.toLocaleString('en')} `);
    };
    const reports = await feed({ mqtt: server.mqtt, devices, secretOf, day, onTime });
    // What came late settles within two minutes, then every truck of it is judged again.
    await until(async () => (await server.api('GET', '/system')).judging.due === 0, 30 * 60_000, 'an end of judging again');
    const alerts = await allAlerts(server.api);
    socket.close();
    return { scores: score(rules, day.truth, alerts, ({ id }) => heard.get(id) ?? null), reports };
  } finally {
    await server.stop();
  }
}

async function allAlerts(api) {
  const alerts = [];
  for (let cursor = ''; cursor !== null;) {
    const page = await api('GET', `/alerts?contradicted=false&limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    alerts.push(...page.items);
    cursor = page.nextCursor;
  }
  return alerts.map(({ id, rule, truck, began, ended, evidence }) => ({
    id,
    rule,
    truckId: truck.id,
    plate: truck.plate,
    scope: id.split(':').at(-2),
    began: Date.parse(began),
    ended: ended && Date.parse(ended),
    lastAt: Date.parse(began) + 1_000 * Number(evidence.durationS ?? 0),
    evidence,
  }));
}

function clock(at) {
  return new Date(at + 8 * 3_600_000).toISOString().slice(5, 19).replace('T', ' ');
}

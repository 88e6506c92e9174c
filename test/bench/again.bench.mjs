// Judging again: a truck-day at 10 s by itself, and what it does to live reports while stored time is judged beside them (the rule lab, as late reports do).
import { connectAsync } from 'mqtt';
import { NEW_TRUCK, Rejudging, RULES, WorldHistory } from '../../dist/libs/domain/src/index.js';
import { decode } from '../../dist/libs/protocols/src/index.js';
import { fleet, percentile, places } from './fleet.mjs';
import { register, secretOf, startServer, until } from './server.mjs';

const SECONDS = Math.min(20, Number(process.env.BENCH_SECONDS ?? 20));
const TRUCKS = 20;
/** Reports of a truck's day at 10 s. */
const A_DAY = 8_640;
const PROBES = 20;
const DAY_MS = 86_400_000;

const truck = { id: 't0', plate: '鄂S00000', companyId: 'c', ratedLoadKg: 18_000, boxM3: 16, colour: null };
const day = fleet(1);
const from = Date.now() - DAY_MS;
const said = Array.from({ length: A_DAY }, (_, n) => day.next(0, from + n * 10_000));
const logged = said.map((report) => ({
  kind: 'report',
  report: decode('muck/v1/terminals/t0/reports', Buffer.from(JSON.stringify(report)))[0].report,
  doubt: null,
}));
const worlds = new WorldHistory({
  places: places(2_000).map(({ id, kind, name, ring, limitKmh }) => {
    const place = { id, kind, name, geometry: { type: 'Polygon', coordinates: [ring] }, hours: null, validFrom: null, validTo: null, limitKmh };
    return { id, fromAt: -Infinity, place: { ...place, curfew: null, capacityM3: null, managerIds: [] } };
  }),
  limits: [],
  utcOffset: () => 480,
});
const took = Array.from({ length: 5 }, () => {
  const began = performance.now();
  const judging = new Rejudging(NEW_TRUCK, { truckAt: () => truck, worlds, rules: RULES });
  for (const one of logged) judging.offer(one);
  return performance.now() - began;
}).toSorted((a, b) => a - b)[2];
console.log(
  JSON.stringify({
    what: 'a truck-day at 10 s judged again, in memory',
    measured: `${Math.round(took)} ms`,
    limit: `${A_DAY.toLocaleString('en')} reports`,
    aim: 'well under 1 s',
  }),
);

const server = await startServer();
await register(server, TRUCKS + PROBES, places(2_000));
await fill();
const quiet = await probe(SECONDS * 1_000, () => false);
const run = await server.api('POST', '/lab', { from: new Date(from).toISOString(), to: new Date().toISOString(), limits: { speeding: { loadedKmh: 50 } } });
const began = performance.now();
let state = run;
const watching = (async () => {
  while (state.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    state = await server.api('GET', `/lab/${run.id}`);
  }
})();
const busy = await probe(10 * 60_000, () => state.state !== 'running');
await watching;
const seconds = (performance.now() - began) / 1_000;
await server.stop();
const perSecond = Math.round(state.progress.reports / seconds);
console.log(
  JSON.stringify({
    what: `stored reports judged again a second, embedded, ${state.progress.reports.toLocaleString('en')} of ${TRUCKS} trucks beside live ones`,
    measured: perSecond.toLocaleString('en'),
    limit: `${Math.round(A_DAY / (took / 1_000)).toLocaleString('en')} (in memory)`,
    ratio: (perSecond / (A_DAY / (took / 1_000))).toFixed(2),
  }),
);
console.log(
  JSON.stringify({
    what: 'publish to PUBACK while stored time is judged, p50 / p99',
    measured: `${busy.p50} / ${busy.p99} ms`,
    limit: `${quiet.p50} / ${quiet.p99} ms (nothing is judged)`,
    ratio: (busy.p99 / quiet.p99).toFixed(1),
    aim: 'p99 at most doubled',
  }),
);

async function fill() {
  const fleetOfAll = fleet(TRUCKS, 2);
  for (let i = 0; i < TRUCKS; i++) {
    const client = await connectAsync(server.mqtt, { clientId: `term${i}`, username: `term${i}`, password: secretOf(i), reconnectPeriod: 0 });
    for (let n = 0; n < A_DAY; n += 500) {
      const some = Array.from({ length: Math.min(500, A_DAY - n) }, (_, k) => fleetOfAll.next(i, from + (n + k) * 10_000));
      await client.publishAsync(`muck/v1/terminals/term${i}/reports`, JSON.stringify(some), { qos: 1 });
    }
    await client.endAsync(true);
  }
  await until(async () => (await server.api('GET', '/system')).intake.waiting === 0, 60_000, 'an empty queue');
}

/** Live trucks, some reports a second each, until it is enough. */
async function probe(mostMs, isEnough) {
  const stop = performance.now() + mostMs;
  const live = fleet(PROBES, 3);
  const acks = [];
  await Promise.all(
    Array.from({ length: PROBES }, async (_, k) => {
      const i = TRUCKS + k;
      const client = await connectAsync(server.mqtt, { clientId: `term${i}`, username: `term${i}`, password: secretOf(i), reconnectPeriod: 0 });
      while (performance.now() < stop && !isEnough()) {
        const sentAt = performance.now();
        await client.publishAsync(`muck/v1/terminals/term${i}/reports`, JSON.stringify(live.next(k, Date.now())), { qos: 1 });
        acks.push(performance.now() - sentAt);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await client.endAsync(true);
    }),
  );
  return { p50: Math.round(percentile(acks, 0.5)), p99: Math.round(percentile(acks, 0.99)) };
}

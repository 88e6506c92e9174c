// Reports a second from MQTT to committed, sustained, none lost; raw limit: the same statement on the same engine, with no MQTT and no rules.
import { fork } from 'node:child_process';
import { rawInserts } from './raw-inserts.mjs';
import { places } from './fleet.mjs';
import { register, startServer, until } from './server.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
const TRUCKS = 400;

for (const database of [null, process.env.DATABASE_URL || null]) {
  const name = database === null ? 'embedded' : 'server';
  if (database === null && process.env.BENCH_ONLY === 'server') continue;
  const server = await startServer(database === null ? {} : { DATABASE_URL: database });
  await register(server, TRUCKS, places(2_000));
  const { acked, seconds } = await load(server, SECONDS);
  await until(async () => (await server.api('GET', '/system')).intake.waiting === 0, 20_000, 'an empty queue');
  const { intake } = await server.api('GET', '/system');
  if (intake.reports !== acked) throw new Error(`${acked} reports were acknowledged, ${intake.reports} stand in the table`);
  await server.stop();

  const raw = await rawInserts(database, Math.min(SECONDS, 20));
  const perSecond = Math.round(acked / seconds);
  console.log(
    JSON.stringify({
      what: `reports/s, MQTT to committed, ${name}, ${Math.round(seconds)} s, ${acked.toLocaleString('en')} acknowledged, none lost`,
      measured: perSecond.toLocaleString('en'),
      limit: `${raw.toLocaleString('en')} (insert alone)`,
      ratio: (perSecond / raw).toFixed(2),
      aim: database === null ? '≥ 8,000' : '≥ 10,000',
    }),
  );
  if (database === null && !process.env.DATABASE_URL) console.log('DATABASE_URL is not set: the figures of a TimescaleDB server were left out.');
  if (!process.env.DATABASE_URL) break;
}

function load(server, seconds) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./load.mjs', import.meta.url), [server.mqtt, String(TRUCKS), String(seconds)]);
    child.once('message', resolve);
    child.once('exit', (code) => code && reject(new Error(`the load ended with ${code}`)));
  });
}

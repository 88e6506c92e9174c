// p50 and p99 from publish to the event in a browser, at 2,000 reports/s: trucks that start to speed while all others drive on, alert by alert.
// Raw limit: publish to PUBACK of the same report at the same load, which is the commit alone.
import { fork } from 'node:child_process';
import { connectAsync } from 'mqtt';
import { fleet, percentile, places } from './fleet.mjs';
import { register, secretOf, startServer } from './server.mjs';
import { openBrowser } from '../support/browser.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
const RATE = 2_000;
const TRUCKS = 400;
const PROBES = 40;

const server = await startServer();
await register(server, TRUCKS + PROBES, places(2_000));
const browser = await openBrowser();
if (!browser) {
  console.log('No Chromium or Chrome was found: the latency to a browser was not measured.');
  await server.stop();
  process.exit(0);
}
const page = await browser.newPage();
await page.goto(`${server.url}/`);
await page.evaluate(async (token) => {
  await new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = '/socket.io/socket.io.js';
    script.onload = resolve;
    document.head.append(script);
  });
  window.heard = {};
  const socket = window.io('/live', { auth: { token }, transports: ['websocket'] });
  socket.on('alert', ({ id }) => (window.heard[id] ??= performance.timeOrigin + performance.now()));
  await new Promise((resolve) => socket.once('snapshot', resolve));
}, server.token);

const background = fork(new URL('./load.mjs', import.meta.url), [server.mqtt, String(TRUCKS), String(SECONDS + 5), String(RATE)]);
const ended = new Promise((resolve) => background.once('exit', resolve));
await new Promise((resolve) => setTimeout(resolve, 4_000));

// Each probe truck speeds for 20 s of its own time (held 15 s), then drives slowly for 20 s, again and again: its second fast report opens an alert.
const published = {};
const acks = [];
const stop = performance.now() + SECONDS * 1_000;
await Promise.all(
  Array.from({ length: PROBES }, async (_, k) => {
    const i = TRUCKS + k;
    const client = await connectAsync(server.mqtt, { clientId: `term${i}`, username: `term${i}`, password: secretOf(i), reconnectPeriod: 0, keepalive: 120 });
    const truck = fleet(1, 100 + k);
    let at = Date.now() - 6 * 3_600_000;
    let began = 0;
    for (let step = 0; performance.now() < stop; step++) {
      at += 20_000;
      const fast = step % 4 >= 2;
      if (step % 4 === 2) began = at;
      const report = { ...truck.next(0, at), speedKmh: fast ? 100 : 30, lat: 31.69, lon: 113.3 };
      const sentAt = performance.timeOrigin + performance.now();
      if (step % 4 === 3) published[`speeding:t${i}:-:${began}`] = sentAt;
      await client.publishAsync(`muck/v1/terminals/term${i}/reports`, JSON.stringify(report), { qos: 1 });
      if (step % 4 === 3) acks.push(performance.timeOrigin + performance.now() - sentAt);
      await new Promise((resolve) => setTimeout(resolve, 100 + 100 * ((k * 7 + step) % 5)));
    }
    await client.endAsync(true);
  }),
);
await new Promise((resolve) => setTimeout(resolve, 2_000));
const heard = await page.evaluate(() => window.heard);
await browser.close();
await ended;
await server.stop();

const ids = Object.keys(published);
const missing = ids.filter((id) => heard[id] === undefined);
if (missing.length > 0) throw new Error(`${missing.length} of ${ids.length} alerts never reached the browser, e.g. ${missing[0]}`);
const delays = ids.map((id) => heard[id] - published[id]);
const show = (values) => `${percentile(values, 0.5).toFixed(0)} / ${percentile(values, 0.99).toFixed(0)} ms`;
console.log(
  JSON.stringify({
    what: `publish to alert in the browser at ${RATE.toLocaleString('en')} reports/s, p50 / p99, ${ids.length} alerts`,
    measured: show(delays),
    limit: `${show(acks)} (publish to PUBACK)`,
    ratio: (percentile(delays, 0.5) / percentile(acks, 0.5)).toFixed(1),
    aim: 'p50 ≤ 30 ms, p99 ≤ 250 ms',
  }),
);

// npm run bench:web — what the control room costs a browser: bytes, first paint, frames at 10,000 trucks, and memory over a night of alerts.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { openBrowser } from '../support/browser.mjs';
import { percentile } from './fleet.mjs';
import { register, startServer } from './server.mjs';
import { standIn } from './stand-in.mjs';

const ASSETS = 'dist/apps/control-room/assets';
const DESK = { width: 1440, height: 900 };
const built = spawnSync(process.execPath, ['apps/server/build.mjs'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const browser = await openBrowser();
if (!browser) {
  console.log('No Chromium or Chrome was found: nothing was measured.');
  process.exit(0);
}

const rows = [];
const row = (what, measured, aim = '—') => {
  rows.push([what, measured, aim]);
  console.error(`${what}: ${measured}`);
};
await firstPaint();
await frames();
await night();
await browser.close();
console.log('| what | measured | aim |\n|---|---|---|');
for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);
process.exit(0);

/** As a browser that has been here before sees a warm server: the page signed in, the map drawn. */
async function firstPaint() {
  const server = await startServer();
  try {
    await register(server, 300);
    const context = await browser.newContext({ viewport: DESK });
    const { hostname } = new URL(server.url);
    const page = await context.newPage();
    await page.goto(server.url);
    await page.evaluate(
      (body) => fetch('/api/v1/auth/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
      JSON.stringify({ username: 'admin', password: 'bench-password-1' }),
    );
    const asked = new Set();
    page.on('response', (response) => {
      if (new URL(response.url()).hostname === hostname && response.url().includes('/assets/')) asked.add(basename(new URL(response.url()).pathname));
    });
    const paints = [];
    let shifts = 0;
    for (let visit = 0; visit < 5; visit++) {
      await page.goto(`${server.url}/?${visit}`);
      await page.locator('.room-map canvas').first().waitFor();
      await page.waitForTimeout(1_500);
      const seen = await page.evaluate(async () => {
        const entries = (type) =>
          new Promise((resolve) => {
            new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
            setTimeout(() => resolve([]), 300);
          });
        const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null;
        const largest = (await entries('largest-contentful-paint')).at(-1)?.startTime ?? null;
        const moved = (await entries('layout-shift')).filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0);
        return { first, largest, moved };
      });
      paints.push(seen);
      shifts = Math.max(shifts, seen.moved);
    }
    const median = (of) => percentile(paints.map(of), 0.5).toFixed(0);
    const bytes = (names) => names.reduce((sum, name) => sum + packed(name), 0);
    const all = readdirSync(ASSETS).filter((name) => /\.(?:js|css)$/.test(name));
    row('files of the control room, brotli, of all pages’', `${kb(bytes([...asked]))} of ${kb(bytes(all))}`);
    const largest = all.sort((a, b) => packed(b) - packed(a)).slice(0, 3);
    row('the largest chunks, brotli', largest.map((name) => `${name.replace(/-[\w-]{8}\./, '.')} ${kb(packed(name))}`).join(', '));
    row(
      'first contentful / largest paint on a warm server, median of 5',
      `${median(({ first }) => first)} / ${median(({ largest }) => largest)} ms`,
      '≤ 1,500 ms',
    );
    row('layout shift of the worst of 5', shifts.toFixed(3), '0');
    await context.close();
  } finally {
    await server.stop();
  }
}

/** 10,000 trucks that each move once a second. */
async function frames() {
  const city = await standIn(10_000);
  const beat = setInterval(() => city.live.emit('positions', city.positions(Date.now())), 1_000);
  const page = await browser.newPage({ viewport: DESK });
  await page.goto(city.url);
  await page.waitForFunction((count) => window.muckwatch?.trucks().size === count, 10_000, { timeout: 60_000 });
  await page.waitForTimeout(3_000);
  const spans = await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const taken = [];
    let before = await frame();
    for (const until = before + 10_000; before < until;) {
      const now = await frame();
      taken.push(now - before);
      before = now;
    }
    return taken;
  });
  const own = await page.evaluate(() => window.muckwatch.frameWorkMs());
  clearInterval(beat);
  await page.close();
  city.close();
  row('10,000 trucks, an update a second each: frame p50 / p95', `${percentile(spans, 0.5).toFixed(1)} / ${percentile(spans, 0.95).toFixed(1)} ms`, '16.7 ms');
  row('the same: the page’s own work a second', `${own.toFixed(0)} ms`, '≤ 50 ms');
}

/** Eight hours of 500 trucks and 200 alerts an hour, as fast as the page takes them; most alerts are decided an hour later. */
async function night() {
  const HOURS = 8;
  const city = await standIn(500);
  const page = await browser.newPage({ viewport: DESK });
  await page.goto(city.url);
  await page.waitForFunction((count) => window.muckwatch?.trucks().size === count, 500, { timeout: 60_000 });
  const session = await page.context().newCDPSession(page);
  const heapMb = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
  };
  const heaps = [await heapMb()];
  const began = Date.now() - HOURS * 3_600_000;
  for (let hour = 0; hour < HOURS; hour++) {
    for (let minute = 0; minute < 60; minute++) {
      const at = began + (hour * 60 + minute) * 60_000;
      for (let k = 0; k < 6; k++) city.live.emit('positions', city.positions(at + k * 10_000));
      for (let k = 0; k < 4 && minute % 6 !== 5; k++) {
        city.live.emit('alert', alertOf(hour * 240 + minute * 4 + k, at, 1));
        if (hour > 0 && (minute * 4 + k) % 20 !== 0) city.live.emit('alert', alertOf((hour - 1) * 240 + minute * 4 + k, at - 3_600_000, 2));
      }
      await page.waitForTimeout(20);
    }
    await page.waitForTimeout(1_500);
    heaps.push(await heapMb());
  }
  await page.close();
  city.close();
  row('heap at first / after 1 / 4 / 8 hours of 200 alerts', `${[0, 1, 4, 8].map((hour) => heaps[hour].toFixed(1)).join(' / ')} MB`, 'no growth');
}

function alertOf(n, at, version) {
  const time = new Date(at).toISOString();
  const id = `speeding:t${n % 500}:-:${n}`;
  const decided = version > 1;
  return {
    ...{ id, version, incident: id, rule: 'speeding', severity: ['minor', 'serious', 'critical'][n % 3], status: decided ? 'confirmed' : 'open' },
    ...{ cleared: true, truck: { id: `t${n % 500}`, plate: `鄂S${String(n % 500).padStart(5, '0')}` }, company: { id: 'c', name: '测试运输' }, place: null },
    ...{ began: time, ended: time, late: false, contradicted: null, changedSinceDecided: false, snoozed: false, openedAt: time, assignee: null },
    ...{ summary: { zh: '超速行驶 300 m，最高 82 km/h，限速 60 km/h', en: 'drove 300 m at up to 82 km/h' }, position: { lat: 31.69, lon: 113.37 } },
    ...{ evidence: { maxSpeedKmh: 82, limitKmh: 60 }, putRight: null, decision: decided ? { by: 'admin', at: time, reason: null } : null },
  };
}

function packed(name) {
  for (const file of [`${ASSETS}/${name}.br`, `${ASSETS}/${name}`]) {
    try {
      return statSync(file).size;
    } catch {
      // What is worth less than a packet is not packed.
    }
  }
  return 0;
}

function kb(bytes) {
  return `${(bytes / 1024).toFixed(0)} KB`;
}

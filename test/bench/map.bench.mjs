// The page's own work a second with 10,000 trucks that each move once a second, on the built control room fed by a stand-in for the server.
// Raw limit the other way round: Leaflet's own markers for the same trucks, which is what the canvas layer is instead of.
import express from 'express';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Server } from 'socket.io';
import { fleet } from './fleet.mjs';
import { openBrowser } from '../support/browser.mjs';

const TRUCKS = 10_000;
const SECONDS = 20;
const MARKER_SECONDS = 10;
const STATES = ['empty', 'loaded', 'loaded', 'empty', 'unknown'];
const require = createRequire(import.meta.url);

const browser = await openBrowser();
if (!browser) {
  console.log('No Chromium or Chrome was found: the map was not measured.');
  process.exit(0);
}

const trucks = fleet(TRUCKS);
const positions = (at) =>
  Array.from({ length: TRUCKS }, (_, i) => {
    const { lat, lon, speedKmh, headingDeg } = trucks.next(i, at);
    return {
      id: `t${i}`,
      plate: `鄂S${String(i).padStart(5, '0')}`,
      at: new Date(at).toISOString(),
      lat,
      lon,
      speedKmh,
      headingDeg,
      state: STATES[i % STATES.length],
    };
  });

const app = express();
const json = (value) => (_, response) => response.json(value);
const startedAt = new Date().toISOString();
const wholeCity = { districtIds: null, companyIds: null, placeIds: null };
app.get(
  '/api/v1/auth/me',
  json({ id: 'a', username: 'admin', name: 'admin', role: 'admin', ...wholeCity, secondFactor: false, createdAt: startedAt, disabled: false }),
);
app.get('/api/v1/places', json({ type: 'FeatureCollection', features: [], nextCursor: null }));
app.get('/api/v1/base-map', json({ type: 'FeatureCollection', features: [] }));
app.get('/api/v1/settings', json({ tiles: null }));
app.get('/api/v1/rules', json({ items: [] }));
app.use('/api', json({ items: [], nextCursor: null }));
app.get('/markers', (_, response) => response.type('html').send(markersPage()));
app.use(express.static('dist/apps/control-room'));
const http = createServer(app);
const live = new Server(http).of('/live');
live.on('connection', (socket) => socket.emit('snapshot', { at: new Date().toISOString(), trucks: positions(Date.now()), alerts: [], health: health() }));
const beat = setInterval(() => live.emit('positions', positions(Date.now())), 1_000);
await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${http.address().port}`;

const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(url);
await page.waitForFunction((count) => window.muckwatch?.trucks().size === count, TRUCKS, { timeout: 60_000 });
await page.waitForTimeout(SECONDS * 1_000);
const ownMs = await page.evaluate(() => window.muckwatch.frameWorkMs());
await page.close();

const markers = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await markers.goto(`${url}/markers`);
// Leaflet's markers do not come to an end at this number on many machines: what they managed in the time is what counts.
const markerMs = await Promise.race([
  markers.evaluate((seconds) => window.run(seconds), MARKER_SECONDS),
  new Promise((resolve) => setTimeout(resolve, 120_000, null)),
]);
clearInterval(beat);
await browser.close();
live.server.close();
http.closeAllConnections();

console.log(
  JSON.stringify({
    what: '10,000 trucks on the map, an update a second each: the page’s own work a second',
    measured: `${ownMs.toFixed(0)} ms`,
    limit: markerMs === null ? 'no frame within 120 s (Leaflet’s own markers)' : `${markerMs.toFixed(0)} ms (Leaflet’s own markers, to the next frame)`,
    ratio: markerMs === null ? '—' : (ownMs / markerMs).toFixed(3),
    aim: '≤ 50 ms',
  }),
);
process.exit(0);

function markersPage() {
  const leaflet = readFileSync(require.resolve('leaflet/dist/leaflet.js'), 'utf8');
  const style = readFileSync(require.resolve('leaflet/dist/leaflet.css'), 'utf8');
  return `<!doctype html><style>${style}body{margin:0}#m{height:100vh}</style><div id="m"></div><script>${leaflet}</script><script>
    const map = L.map('m', { center: [31.69, 113.38], zoom: 12 });
    const at = Array.from({ length: ${TRUCKS} }, (_, i) => [31.63 + (i % 100) * 0.0012, 113.28 + Math.floor(i / 100) * 0.002]);
    const icon = L.divIcon({ className: '', iconSize: [16, 16], html: '<div style="width:16px;height:16px;background:#d4380d"></div>' });
    const markers = at.map((point) => L.marker(point, { icon }).addTo(map));
    const frame = () => new Promise(requestAnimationFrame);
    window.run = async (seconds) => {
      const spent = [];
      const until = performance.now() + seconds * 1000;
      do {
        const began = performance.now();
        at.forEach((point, i) => { point[0] += 0.00005; markers[i].setLatLng(point); });
        await frame();
        await frame();
        spent.push(performance.now() - began);
      } while (performance.now() < until);
      return spent.sort((a, b) => a - b)[spent.length >> 1];
    };
  </script>`;
}

function health() {
  return {
    at: new Date().toISOString(),
    version: '0',
    startedAt,
    cityTimeZone: 'Asia/Shanghai',
    database: { kind: 'embedded', ok: true, since: startedAt, error: null, versions: '', queued: 0, waitMs: 1, commitP50Ms: 1, commitP99Ms: 1 },
    broker: { kind: 'embedded', ok: true, since: startedAt, error: null, clients: TRUCKS, refusedSignIns: 0, refusedTopics: 0 },
    intake: {
      ...Object.fromEntries(
        ['reportsPerS', 'messagesPerS', 'waiting', 'reports', 'duplicates', 'late', 'doubted', 'quarantined', 'sightings', 'ruleFaults'].map((name) => [
          name,
          0,
        ]),
      ),
      lastReportAt: startedAt,
      receivedToCommittedP50Ms: 1,
      receivedToCommittedP99Ms: 1,
      fixToReceivedP50Ms: 1,
      fixToReceivedP99Ms: 1,
    },
    fleet: { trucks: TRUCKS, heard: TRUCKS, silent: 0, places: 0 },
    live: { sockets: 1 },
    quarantine: { last24h: 0 },
    memoryMb: 500,
  };
}

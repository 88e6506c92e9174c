// The page's own work a second with 10,000 trucks that each move once a second, on the built control room fed by a stand-in for the server.
// Raw limit the other way round: Leaflet's own markers for the same trucks, which is what the canvas layer is instead of.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openBrowser } from '../support/browser.mjs';
import { standIn } from './stand-in.mjs';

const TRUCKS = 10_000;
const SECONDS = 20;
const MARKER_SECONDS = 10;
const require = createRequire(import.meta.url);

const browser = await openBrowser();
if (!browser) {
  console.log('No Chromium or Chrome was found: the map was not measured.');
  process.exit(0);
}

const city = await standIn(TRUCKS, { more: (app) => app.get('/markers', (_, response) => response.type('html').send(markersPage())) });
const beat = setInterval(() => city.live.emit('positions', city.positions(Date.now())), 1_000);

const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(city.url);
await page.waitForFunction((count) => window.muckwatch?.trucks().size === count, TRUCKS, { timeout: 60_000 });
await page.waitForTimeout(SECONDS * 1_000);
const ownMs = await page.evaluate(() => window.muckwatch.frameWorkMs());
await page.close();

const markers = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await markers.goto(`${city.url}/markers`);
// Leaflet's markers do not come to an end at this number on many machines: what they managed in the time is what counts.
const markerMs = await Promise.race([
  markers.evaluate((seconds) => window.run(seconds), MARKER_SECONDS),
  new Promise((resolve) => setTimeout(resolve, 120_000, null)),
]);
clearInterval(beat);
await browser.close();
city.close();

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

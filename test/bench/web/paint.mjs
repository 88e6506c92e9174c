// First paint and what jumps afterwards, page by page, on a real server with the demo city: signed in, and a browser that has been here before.
import { percentile } from '../fleet.mjs';
import { startServer, until } from '../server.mjs';

const DESK = { width: 1440, height: 900 };
const PAGES = ['', 'city', 'cameras', 'review', 'handovers', 'hauls', 'playback', 'permits', 'registry', 'places', 'people', 'audit', 'system', 'help'];
const VISITS = 5;
/** What comes later than this after the first paint is news, not the page being put together. */
const SETTLED_MS = 2_500;

export async function paint(browser) {
  const server = await startServer({ DEMO: 'on' });
  try {
    // By day few alerts come; the rest of the city stands from the beginning.
    await until(async () => (await server.api('GET', '/alerts?limit=1')).items.length > 0, 30_000, 'an alert').catch(() => undefined);
    const context = await browser.newContext({ viewport: DESK });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.evaluate(
      (body) => fetch('/api/v1/auth/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
      JSON.stringify({ username: 'admin', password: 'bench-password-1' }),
    );
    const rows = [];
    for (const name of PAGES) {
      const seen = [];
      for (let visit = 0; visit < (name === '' ? VISITS : 2); visit++) {
        await page.goto(`${server.url}/?${name}${visit}#/${name}`);
        await page.locator('main, .room-map canvas').first().waitFor();
        await page.waitForTimeout(SETTLED_MS);
        seen.push(await page.evaluate(observed));
      }
      // The first visit brings what the later ones find in the cache.
      const warm = seen.slice(1);
      const median = (of) => Math.round(percentile(warm.map(of), 0.5));
      const worst = seen.reduce((a, b) => (a.shift >= b.shift ? a : b));
      if (worst.shift >= 0.02) console.error(`${name || 'room'} jumps: ${worst.moved.join('; ')}`);
      rows.push([name || 'the room', `${median(({ first }) => first)} ms`, `${median(({ largest }) => largest)} ms`, worst.shift.toFixed(3)]);
    }
    await context.close();
    const title = 'A warm server with the demo city, 1440 × 900 (aims: largest paint ≤ 1,500 ms, layout shift < 0.02)';
    return [{ title, head: ['page', 'first contentful paint', 'largest contentful paint', 'layout shift, worst visit'], rows }];
  } finally {
    await server.stop();
  }
}

/** In the page. */
async function observed() {
  const entries = (type) =>
    new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
      setTimeout(() => resolve([]), 300);
    });
  const shifts = (await entries('layout-shift')).filter(({ hadRecentInput }) => !hadRecentInput);
  const said = (node) => (node ? `${node.nodeName?.toLowerCase()}.${[...(node.classList ?? [])].join('.')}` : 'gone');
  return {
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    largest: (await entries('largest-contentful-paint')).at(-1)?.startTime ?? 0,
    shift: shifts.reduce((sum, { value }) => sum + value, 0),
    moved: shifts
      .filter(({ value }) => value > 0.002)
      .map(({ value, startTime, sources }) => {
        const rect = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(',');
        const nodes = sources.slice(0, 3).map(({ node, previousRect, currentRect }) => `${said(node)} ${rect(previousRect)} → ${rect(currentRect)}`);
        return `${value.toFixed(3)} at ${Math.round(startTime)} ms ${nodes.join(' | ')}`;
      }),
  };
}

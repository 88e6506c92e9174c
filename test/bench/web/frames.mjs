// 10,000 trucks that each move once a second.
import { percentile } from '../fleet.mjs';
import { standIn } from '../stand-in.mjs';

const TRUCKS = 10_000;

export async function frames(browser) {
  const city = await standIn(TRUCKS);
  const beat = setInterval(() => city.live.emit('positions', city.positions(Date.now())), 1_000);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(city.url);
  await page.waitForFunction((count) => window.muckwatch?.trucks().size === count, TRUCKS, { timeout: 60_000 });
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
  const at = (share) => `${percentile(spans, share).toFixed(1)} ms`;
  const rows = [
    ['a frame, p50 / p95 / p99', `${at(0.5)} / ${at(0.95)} / ${at(0.99)}`, '16.7 ms'],
    ['the page’s own work a second', `${own.toFixed(0)} ms`, '≤ 50 ms'],
  ];
  return [{ title: '10,000 trucks on the map, an update a second each', head: ['what', 'measured', 'aim'], rows }];
}

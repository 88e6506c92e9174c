import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { now } from '../apps/server/src/clock.js';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { City, drive, eastOf, eventually, LAT, SECRET, square, times } from './support/city.js';
import { freePort } from './support/free-port.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, PHONE, WIDER } from './support/screens.js';
import { ADMIN_PASSWORD, startTestServer } from './support/server.js';

const LON = 113.38;
const LOADED = { loadKg: 16_500, cover: 'closed', bedAngleDeg: 0, ignition: true };
const EMPTY = { ...LOADED, loadKg: 300 };
const PLATES = ['鄂S8K217', '鄂S3M650', '鄂S5D482', '鄂S1A030'];

inABrowser('test/hauls-browser.spec.ts')('hauls in a real browser', () => {
  let city: City;
  let url: string;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  const shot = (name: string) => page.screenshot({ path: join(ARTIFACTS, `hauls-${name}.png`) });
  const rows = () => page.getByTestId('haul-row');
  const open = (address: string) => page.goto(`${url}/${address}`);

  /** Loads, drives east for so many steps of 75 m, waits, tips, stands. */
  async function go(truck: string, steps: number, wait: number, tip: boolean): Promise<void> {
    const way = [...times(6, { ...EMPTY, speedKmh: 0 }), ...times(6, { ...LOADED, speedKmh: 0 }), ...times(steps, { ...LOADED, speedKmh: 54 })];
    const there = [
      ...times(wait, { ...LOADED, speedKmh: 0 }),
      ...times(4, { ...LOADED, bedAngleDeg: 45, speedKmh: 0 }),
      ...times(8, { ...EMPTY, bedAngleDeg: 45, speedKmh: 0 }),
      ...times(4, { ...EMPTY, speedKmh: 0 }),
    ];
    const all = tip ? [...way, ...there] : [...way, ...times(wait, { ...LOADED, speedKmh: 0 })];
    await city.upload(truck, drive({ at: now() - all.length * 5_000, lon: eastOf(LON, 100) }, all));
  }

  beforeAll(async () => {
    await buildAll();
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    city = new City(await startTestServer({ PORT: port, PUBLIC_URL: url }));
    await city.call('post', '/companies/import').send([{ id: 'c1', name: '顺达渣土运输' }, { id: 'c2', name: '宏远土石方工程' }]).expect(200); // prettier-ignore
    await city
      .call('post', '/trucks/import')
      .send(PLATES.map((plate, i) => ({ id: `t${i + 1}`, plate, companyId: i < 2 ? 'c1' : 'c2', ratedLoadKg: 18_000, ...(i === 0 ? { boxM3: 12.5 } : {}) })))
      .expect(200);
    await city.call('post', '/terminals/import').send(PLATES.map((_, i) => ({ id: `t${i + 1}`, truckId: `t${i + 1}`, secret: SECRET }))).expect(200); // prettier-ignore
    const validFrom = '2026-01-01T00:00:00Z';
    const features = [
      square('site-1', 'site', LON, 420, { name: '城南安置房', validFrom }),
      square('yard-1', 'yard', eastOf(LON, 2_400), 420, { name: '淅河消纳场', validFrom, capacityM3: 26 }),
      square('yard-2', 'yard', eastOf(LON, 4_600), 420, { name: '十岗消纳场', validFrom }),
    ];
    await city.call('post', '/places/import').send({ type: 'FeatureCollection', features }).expect(200);
    const road = { type: 'LineString', coordinates: [-0.03, 0.02, 0.09].map((d) => [LON + d, LAT]) };
    const base = { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: road, properties: { kind: 'road', class: 'trunk', name: '迎宾大道' } }] };
    await city.call('put', '/base-map').send(base).expect(204);
    for (const [i, companyId] of ['c1', 'c2'].entries()) {
      const permit = { id: `HZ-2026-00${i + 1}`, companyId, siteId: 'site-1', yardIds: ['yard-1'], validFrom, volumeM3: i === 0 ? 26 : 400 };
      await city.call('post', '/permits').send(permit).expect(201);
    }
    await go('t1', 34, 14, true);
    await go('t2', 62, 4, true);
    await go('t3', 34, 10, false);
    await go('t4', 12, 0, false);
    await eventually(
      'two loads have ended, one waits, one is on the road',
      async () => (await city.call('get', '/hauls/table')).body.items as { endedAt: string | null; arrivedAt: string | null }[],
      (hauls) => hauls.length === 4 && hauls.filter(({ endedAt }) => endedAt).length === 2 && hauls.filter(({ arrivedAt }) => arrivedAt).length === 3,
    );
    browser = (await openBrowser())!;
    page = await openPage(await browser.newContext({ viewport: DESK, locale: 'zh-CN', reducedMotion: 'reduce' }), complaints, 15_000);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('lists today’s loads with their sums, and the flows on the map', async () => {
    await open('#/hauls');
    await page.getByTestId('username').fill('admin');
    await page.getByTestId('password').fill(ADMIN_PASSWORD);
    await page.getByTestId('submit').click();
    await rows().nth(3).waitFor();
    expect(await page.getByTestId('hauls-sums').innerText()).toMatch(/共 4 趟[\s\S]*66\.0 t[\s\S]*50 m³[\s\S]*3 趟方量为估算/);
    await page.locator('path.haul-flow').nth(1).waitFor();
    await shot('1-list');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('sorts and filters, and the address keeps it', async () => {
    expect(await rows().nth(1).getAttribute('data-outcome')).toBe('arrived');
    await page.getByTestId('sort-km').click();
    await eventually('the farthest is first', () => rows().first().getAttribute('data-truck'), (truck) => truck === 't2'); // prettier-ignore
    const ended = page.getByTestId('hauls-ended').locator('input');
    await ended.click();
    await ended.fill('到其他');
    await page.keyboard.press('Enter');
    await eventually('one is left', () => rows().count(), (count) => count === 1); // prettier-ignore
    expect(page.url()).toContain('ended=other-yard&sort=km');
    expect(await rows().first().getByTestId('haul-alert').allInnerTexts()).toContain('▲ 去非指定消纳场');
    await page.getByTestId('hauls-clear').click();
    await rows().nth(3).waitFor();
  });

  it('shows the way of one load, with its ends and where its bed went up', async () => {
    await page.locator('[data-testid=haul-row][data-truck=t2]').click();
    await page.locator('.haul-mark.m-bed').waitFor();
    expect(await page.locator('.haul-mark.m-bed').innerText()).toMatch(/^\d\d:\d\d:\d\d 举斗$/);
    await shot('2-track');
    await page.getByTestId('hauls-unchoose').click();
    await page.locator('path.haul-flow').first().waitFor();
  });

  it('holds permits and yards against what was hauled, and leads to the loads', async () => {
    await page.getByTestId('part-places').click();
    const yard = page.locator('[data-testid=haul-yard][data-id=yard-1]');
    await yard.waitFor();
    const site = page.locator('[data-testid=haul-site][data-id=site-1]');
    expect(await site.innerText()).toMatch(/许可 HZ-2026-001[\s\S]*25 \/ 26 m³ · 96\u00a0%/);
    expect(await yard.innerText()).toMatch(/12\.5 \/ 26 m³/);
    await shot('3-places');
    expect(await faultsOf(page)).toEqual([]);
    await yard.getByTestId('tally').first().click();
    await eventually('its load is listed', () => rows().count(), (count) => count === 1); // prettier-ignore
    expect(await rows().first().getAttribute('data-truck')).toBe('t1');
  });

  it('says who waits at the yards and for how long trucks have waited, in English too', async () => {
    await page.getByTestId('part-yards').click();
    const card = page.locator('[data-testid=yard-card][data-id=yard-1]');
    await card.locator('[data-testid=yard-truck][data-state=waiting]').waitFor();
    expect(await card.getByTestId('yard-coming').innerText()).toContain('鄂S·1A030');
    await shot('4-yards');
    expect(await faultsOf(page)).toEqual([]);
    await page.evaluate(`localStorage.setItem('muckwatch.language', 'en')`);
    await page.reload();
    await card.waitFor();
    await shot('5-yards-en');
    await open('#/hauls/places');
    await page.getByTestId('haul-sites').waitFor();
    await shot('6-places-en');
    await open('#/hauls');
    await rows().nth(3).waitFor();
    await shot('7-list-en');
  });

  it('fits a phone', async () => {
    await page.setViewportSize(PHONE);
    for (const [part, shown] of [
      ['list', 'haul-row'],
      ['places', 'haul-sites'],
      ['yards', 'yard-card'],
    ] as const) {
      // prettier-ignore
      await open(`#/hauls/${part}`);
      await page.getByTestId(shown).first().waitFor();
      expect(await page.evaluate(WIDER)).toEqual([]);
      await page.screenshot({ path: join(ARTIFACTS, `hauls-8-phone-${part}.png`), fullPage: true });
    }
    expect(complaints.filter((said) => !/status of 401/.test(said))).toEqual([]);
  });
});

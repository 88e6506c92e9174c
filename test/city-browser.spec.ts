import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Counting } from '../apps/server/src/stats/counting.service.js';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { City, square } from './support/city.js';
import { startTestServer } from './support/server.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openSignedIn, PHONE, WIDER } from './support/screens.js';

const WALL = { width: 1_920, height: 1_080 };
const WAIT_MS = 20_000;

/** Two months of a small fleet, the same at every run: numbers, not random ones, decide what happened when. */
const HISTORY = [
  `insert into companies (id, name) select 'co' || i, (array['宏运渣土','楚天运输','随州环卫','天河土方','城南建运','鑫达物流'])[i] from generate_series(1, 6) i`,
  `insert into trucks (id, plate, company_id, box_m3) select 't' || i, '鄂S' || (10000 + i * 37), 'co' || (1 + i % 6), case when i % 5 > 0 then 12 + i % 4 end from generate_series(1, 40) i`,
  `insert into hauls (id, truck_id, company_id, site_id, departed_at, unloaded_at, ended, distance_km, inferred)
   select 'h' || i, 't' || (1 + i % 40), 'co' || (1 + (1 + i % 40) % 6), 'site' || (1 + i % 3), now() - (i * 21 || ' minutes')::interval, now() - (i * 21 - 20 || ' minutes')::interval,
     'delivered', 9.5, false from generate_series(1, 4000) i`,
  `insert into alerts (id, rules_version, incident, rule, scope, severity, truck_id, plate, company_id, site_id, began, ended, late, contradicted_at, contradicted_reason,
     contradicted_reason_zh, opened_at, found_at, lat, lon, evidence, limits, summary_zh, summary_en, status, decided_why)
   select 'a' || i, 1, 'i' || (i / 2), (array['spill','speeding','uncovered-load','off-route','speeding','no-go','uncovered-departure'])[1 + i % 7], '-',
     (array['critical','minor','serious','minor'])[1 + i % 4], 't' || (1 + i % 40), '鄂S' || (10000 + (1 + i % 40) * 37), 'co' || (1 + (1 + i % 40) % 6), 'site' || (1 + i % 3),
     now() - (i * 97 + (i % 5) * 31 || ' minutes')::interval, now() - (i * 97 + (i % 5) * 31 - 4 || ' minutes')::interval, false,
     case when i % 29 = 0 then now() end, 'x', '补传数据不再支持', now() - (i * 97 + (i % 5) * 31 || ' minutes')::interval, now(), 31.7, 113.4, '{}', '{}', '车厢边缘有渣土洒落', 'Muck falls off the edge',
     case when i < 9 then 'open' else (array['confirmed','confirmed','dismissed','confirmed'])[1 + i % 4] end, case when i % 4 = 2 then (array['限速有误','传感器故障','已核准'])[1 + i % 3] end
   from generate_series(1, 800) i`,
  `insert into alert_steps (alert_id, at, by, step) select id, opened_at + (40 + abs(hashtext(id)) % 600 || ' seconds')::interval, '王岚', 'acknowledge' from alerts where status <> 'open'`,
  `insert into truck_hours select 'term-' || t, date_trunc('hour', now()) - (h || ' hours')::interval, 't' || t, 360, 360 - t % 4 * 9, t % 9 / 8, t % 3, 4, 60, 20, 20 - t % 5 * 0.6, 1080,
     t % 6 * 40, '{300,40,10,5,1,0,0,0}' from generate_series(1, 36) t, generate_series(1, 300) h where h % 24 < 10`,
  `insert into truck_hours_until (until) values (date_trunc('hour', now()))`,
  `insert into notices (id, key, number, version, kind, severity, status, alert_ids, repeats, late, account_id, recipient_name, recipient_role, truck_id, plate, company_id,
     summary_zh, summary_en, began, opened_at)
   select 'n' || i, 'n' || i, 'GZ' || (2026000 + i), 1, 'uncovered-load', 'serious', (array['rectified','accepted','open','acknowledged'])[1 + i % 4], '{}', 0, false, 'x', '李调度', 'dispatcher',
     't' || i, '鄂S' || (10000 + i * 37), 'co' || (1 + i % 6), '重车未密闭', 'Uncovered load', now() - (i * 9 || ' hours')::interval, now() - (i * 9 || ' hours')::interval from generate_series(1, 40) i`,
  `update notices set status = 'withdrawn' where id = 'n3'`,
  `update notices set truck_id = null, kind = 'volume-90' where id = 'n5'`,
  `insert into notice_steps (notice_id, at, step, by) select id, opened_at + interval '3 hours', 'rectify', '李调度' from notices where status in ('rectified', 'accepted')`,
];

inABrowser('test/city-browser.spec.ts')('the city’s numbers in a real browser', () => {
  let city: City;
  let browser: Browser;
  const complaints: string[] = [];

  beforeAll(async () => {
    await buildAll();
    city = new City(await startTestServer());
    const validFrom = '2026-01-01T00:00:00Z';
    for (const [i, name] of ['城北棚改', '南郊商住', '东湖学校'].entries()) {
      await city
        .call('post', '/places')
        .send(square(`site${i + 1}`, 'site', 113.2 + i / 10, 200, { name, validFrom }))
        .expect(201);
    }
    await city
      .call('post', '/places')
      .send(square('site4', 'site', 113.7, 200, { name: '明年开工', validFrom: '2099-01-01T00:00:00Z' }))
      .expect(201);
    for (const sql of HISTORY) await city.server.database.query(sql);
    await city.server.app.get(Counting).beat(Date.now());
    browser = (await openBrowser())!;
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  const open = (size: { width: number; height: number }, language: 'zh' | 'en', hash: string, who?: [string, string]) =>
    openSignedIn(browser, `${city.server.url}/${hash}`, { size, language, who, complaints, timeoutMs: WAIT_MS });

  async function looked(page: Page, name: string, ready: string): Promise<void> {
    await page.getByTestId(ready).first().waitFor();
    // The page scrolls inside its frame: a picture of all of it needs a frame as high.
    const size = page.viewportSize()!;
    const hidden = await page.evaluate<number>(
      `(({ scrollHeight = 0, clientHeight = 0 } = {}) => scrollHeight - clientHeight)(document.querySelector('.page-body') ?? {})`,
    );
    if (hidden > 0) await page.setViewportSize({ ...size, height: size.height + hidden });
    await page.screenshot({ path: join(ARTIFACTS, `city-${name}.png`) });
    if (hidden > 0) await page.setViewportSize(size);
    const grave = await faultsOf(page);
    expect({ name, grave }).toEqual({ name, grave: [] });
  }

  const go = (page: Page, hash: string) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`);

  it('shows every part at a desk, and leads from a number to its rows and from a row to its alert', async () => {
    const page = await open(DESK, 'zh', '#/city/now');
    await looked(page, 'desk-now', 'ranking-company');
    await go(page, '#/city/night');
    await looked(page, 'desk-night', 'ranking-company');
    await go(page, '#/city/month');
    await looked(page, 'desk-month', 'ranking-company');
    const said = Number((await page.getByTestId('tile-confirmed').locator('b').innerText()).replace(',', ''));
    await page.getByTestId('tile-confirmed').click();
    await page.getByTestId('behind').waitFor();
    expect(await page.getByTestId('behind').locator('tbody tr').count()).toBe(said);
    await looked(page, 'desk-rows', 'behind');
    await go(page, '#/city/quality');
    await looked(page, 'desk-quality', 'quality-companies');
    await go(page, '#/city/figures');
    await looked(page, 'desk-figures', 'figures');
    // The keyboard reaches what a figure means.
    await page.getByTestId('figure-rectified').getByRole('button').focus();
    await page.getByRole('tooltip').filter({ hasText: '已答复整改的告知单' }).waitFor();
    await faultsOf(page);
    await page.screenshot({ path: join(ARTIFACTS, 'city-desk-define.png') });
    // Whether somebody is signed in is asked before anybody is.
    expect(complaints.filter((one) => !one.includes('/auth/me'))).toEqual([]);
  });

  it('leads from a figure to as many rows as it counts', async () => {
    // One that goes on, so that not all that was confirmed is cleared.
    await city.server.database.query(
      `update alerts set ended = null where id = (select id from alerts where rule = 'spill' and status = 'confirmed' and contradicted_at is null order by began desc limit 1)`,
    );
    const page = await open(DESK, 'zh', '#/city/figures');
    await page.getByTestId('period-last-month').waitFor();
    for (const id of ['sites', 'rectified', 'cleared'] as const) {
      await go(page, '#/city/figures');
      const number = page.getByTestId(`figure-${id}`).locator('.city-value');
      const said = Number((await number.locator('b').innerText()).replace(',', ''));
      expect({ id, said }).not.toEqual({ id, said: 0 });
      await number.click();
      await page.getByTestId('behind').waitFor();
      expect({ id, rows: await page.getByTestId('behind').locator('tbody tr').count() }).toEqual({ id, rows: said });
    }
  });

  it('leads no reader to notices that are not theirs to see', async () => {
    await city.person('figure-reader', 'viewer', {});
    const page = await open(DESK, 'zh', '#/city/figures', ['figure-reader', 'a long enough one']);
    const figure = page.getByTestId('figure-rectified');
    await figure.waitFor();
    expect(await figure.locator('a').count()).toBe(0);
    expect(await page.getByTestId('figure-cleared').locator('a').count()).toBe(1);
  });

  it('fits a telephone, in English', async () => {
    const page = await open(PHONE, 'en', '#/city/now');
    for (const [part, ready] of [
      ['now', 'ranking-company'],
      ['quality', 'quality-companies'],
      ['figures', 'figures'],
    ] as const) {
      await go(page, `#/city/${part}`);
      await looked(page, `phone-${part}`, ready);
      expect({ part, wider: await page.evaluate<string[]>(WIDER) }).toEqual({ part, wider: [] });
    }
  });

  it('fills a wall without scrolling, whatever its size, and Esc leads back', async () => {
    const page = await open(WALL, 'en', '#/city/wall');
    await looked(page, 'wall', 'wall');
    for (const size of [WALL, { width: 3_840, height: 2_160 }]) {
      await page.setViewportSize(size);
      const out = await page.evaluate<string[]>(`[...document.querySelectorAll('.wall, .wall section, .wall table')]
        .filter((e) => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2).map((e) => e.outerHTML.slice(0, 90))`);
      expect({ size, out }).toEqual({ size, out: [] });
    }
    await page.setViewportSize(WALL);
    await page.keyboard.press('Escape');
    await looked(page, 'wide-now', 'ranking-company');
  });

  it('knows which bar is pointed at on a 4K screen, which is drawn larger', async () => {
    const page = await open({ width: 3_840, height: 2_160 }, 'en', '#/city/month');
    const chart = page.locator('[_echarts_instance_]').first();
    // The last bar: the further down, the further off a place would be that is taken for the page's px.
    const names = chart.locator('svg text').filter({ hasText: /^[◆▲●] / });
    await names.first().waitFor();
    const name = await names.last().textContent();
    const label = (await names.last().boundingBox())!;
    await page.mouse.move(label.x + label.width + 30, label.y + label.height / 2 - 10, { steps: 2 });
    // Beside the picture stands what is said of the bar.
    await chart.locator('> div').nth(1).filter({ hasText: name! }).waitFor();
  });

  it('says what would fill it where there is nothing, and what to do where nothing can be read', async () => {
    await city.call('post', '/companies').send({ id: 'new', name: '新企业' }).expect(201);
    await city.person('newcomer', 'dispatcher', { companyIds: ['new'] });
    const page = await open(DESK, 'en', '#/city/now', ['newcomer', 'a long enough one']);
    await page.getByText('What the rules find is counted here by rule and hour.').waitFor();
    await page.getByText('Companies and sites stand here once loads leave a site.').first().waitFor();
    await page.screenshot({ path: join(ARTIFACTS, 'city-empty.png') });
    await page.route('**/api/v1/stats/**', (route) => route.fulfill({ status: 503, body: '{}' }));
    await go(page, '#/city/figures');
    await page.getByRole('alert').filter({ hasText: 'The statistics could not be read.' }).waitFor();
    await page.screenshot({ path: join(ARTIFACTS, 'city-failed.png') });
  });
});

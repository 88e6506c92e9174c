import type { LabRun, RuleResource, Snooze } from '@muckwatch/contract';
import { MINUTE_MS } from '@muckwatch/domain';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { now } from '../apps/server/src/clock.js';
import { JudgingService } from '../apps/server/src/judging/judging.service.js';
import { openBrowser } from './support/browser.mjs';
import { City, drive, eastOf, eventually, LAT, reportsOf, SECRET, square, times } from './support/city.js';
import { freePort } from './support/free-port.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, PHONE, WIDER } from './support/screens.js';
import { ADMIN_PASSWORD, startTestServer } from './support/server.js';

const LON = 113.38;
const LOADED = { loadKg: 16_500, bedAngleDeg: 0.6, ignition: true, cover: 'closed' };

inABrowser('test/lab-browser.spec.ts')('the rule lab and snoozes in a real browser', () => {
  let city: City;
  let url: string;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  const shot = (of: Page, name: string) => of.screenshot({ path: join(ARTIFACTS, `lab-${name}.png`) });
  const row = (on: Page, rule: string) => on.locator(`[data-testid=alert-row][data-rule=${rule}]`);
  const detail = (on: Page) => on.locator('[data-testid=alert-detail]');
  const settle = () => city.server.app.get(JudgingService).judgeSettled(now() + 3 * MINUTE_MS);
  const counts = async (rule: string) => (await page.locator(`[data-testid=lab-counts] tr[data-rule=${rule}] td`).allInnerTexts()).slice(1);
  const done = (on: Page) => on.locator('[data-testid=lab-run][data-state=done]').waitFor();

  const open = (context: BrowserContext) => openPage(context, complaints, 20_000);

  async function signIn(on: Page, hash: string, username = 'admin', password = ADMIN_PASSWORD): Promise<void> {
    await on.goto(`${url}/${hash}`);
    await on.getByTestId('username').fill(username);
    await on.getByTestId('password').fill(password);
    await on.getByTestId('submit').click();
  }

  /** Chooses by typing, as a person in a hurry does. */
  async function choose(field: string, ...names: string[]): Promise<void> {
    const input = page.getByTestId(field).locator('input').first();
    for (const name of names) {
      await input.click();
      await input.fill(name);
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Escape');
  }

  beforeAll(async () => {
    await buildAll();

    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    city = new City(await startTestServer({ PORT: port, PUBLIC_URL: url }));
    await city.call('post', '/companies/import').send([{ id: 'c1', name: '顺达渣土运输' }]).expect(200); // prettier-ignore
    const plates = ['鄂S8K217', '鄂S3M650', '鄂S5D482'];
    await city.call('post', '/trucks/import').send(plates.map((plate, i) => ({ id: `t${i + 1}`, plate, companyId: 'c1', ratedLoadKg: 18_000 }))).expect(200); // prettier-ignore
    await city.call('post', '/terminals/import').send(plates.map((_, i) => ({ id: `t${i + 1}`, truckId: `t${i + 1}`, secret: SECRET }))).expect(200); // prettier-ignore
    const validFrom = new Date(Date.now() - 7 * 86_400_000).toISOString();
    await city
      .call('post', '/places/import')
      .send({
        type: 'FeatureCollection',
        features: [
          square('site-1', 'site', LON, 420, { name: '城南安置房', validFrom }),
          square('yard-1', 'yard', eastOf(LON, 5_200), 520, { name: '淅河消纳场', validFrom }, LAT - 0.012),
          square('zone-1', 'no-go', eastOf(LON, 1_500), 320, { name: '实验小学', validFrom }, LAT + 0.01),
        ],
      })
      .expect(200);
    await city
      .call('put', '/base-map')
      .send({
        type: 'FeatureCollection',
        features: [0, 0.008, -0.01].map((d, i) => ({
          type: 'Feature',
          geometry: {
            type: 'LineString',
            coordinates: [
              [LON - 0.03, LAT + d],
              [LON + 0.09, LAT + d],
            ],
          },
          properties: { kind: 'road', class: i === 0 ? 'trunk' : 'secondary', name: `迎宾${i + 1}路` },
        })),
      })
      .expect(204);
    await city.call('post', '/cameras').send({ id: 'gate', placeId: 'site-1', name: '东门抓拍机', secret: SECRET }).expect(201);

    // One truck that does three things on one haul, one that only drives a little fast, one whose confirmed alert is contradicted.
    const begun = now() - 50 * MINUTE_MS;
    const bad = drive({ at: begun, lon: eastOf(LON, 100), everyS: 10 }, [
      ...times(20, { speedKmh: 0, ...LOADED }),
      ...times(12, { speedKmh: 40, ...LOADED }),
      ...times(9, { speedKmh: 48, ...LOADED, cover: 'open' }),
      ...times(8, { speedKmh: 78, ...LOADED, cover: 'open' }),
      ...times(4, { speedKmh: 5, ...LOADED, cover: 'open' }),
      ...times(3, { speedKmh: 3, ...LOADED, bedAngleDeg: 42, cover: 'open' }),
      ...times(8, { speedKmh: 2, ...LOADED, bedAngleDeg: 44, loadKg: 300, cover: 'open' }),
      ...times(12, { speedKmh: 45, ...LOADED, loadKg: 300 }),
    ]);
    const fast = drive({ at: now() - 30 * MINUTE_MS, lon: eastOf(LON, 100), everyS: 10 }, [
      ...times(20, { speedKmh: 0, ...LOADED }),
      ...times(30, { speedKmh: 58, ...LOADED }),
      ...times(10, { speedKmh: 30, ...LOADED }),
    ]);
    for (const [terminal, reports] of [['t1', bad], ['t2', fast]] as const) for (let i = 0; i < reports.length; i += 40) await city.upload(terminal, reports.slice(i, i + 40)); // prettier-ignore

    const all = drive({ at: now() - 20 * MINUTE_MS, lon: eastOf(LON, 100), everyS: 5 }, [
      ...times(40, { speedKmh: 0, ...LOADED }),
      ...times(60, { speedKmh: 40, ...LOADED }),
    ]);
    const isOpen = (i: number) => i >= 60 && i <= 78 && i % 6 === 0;
    const told = all.map((report, i) => (isOpen(i) ? { ...report, cover: 'open' } : report));
    await city.upload('t3', told.filter((_, i) => i < 60 || isOpen(i))); // prettier-ignore
    const uncovered = await eventually('it is uncovered', async () => (await city.alerts('truck=t3&rule=uncovered-load'))[0]!);
    await city.step(uncovered.id, 'confirm');
    await city.upload('t3', told);

    const gate = await city.device('gate');
    const seen = { id: 'g-1', time: begun + 200_000, kind: 'pass', direction: 'out', plate: '鄂S8K217', plateConfidence: 0.97 };
    const picture = { type: 'image/png', data: png(168, 108).toString('base64') };
    const says = { ...seen, covered: true, coveredConfidence: 0.94, wheelsClean: false, wheelsCleanConfidence: 0.71, snapshot: picture };
    await gate.publishAsync('muck/v1/cameras/gate/sightings', JSON.stringify(says), { qos: 1 });
    await settle();
    await eventually('the confirmed alert is contradicted', async () => (await city.alert(uncovered.id)).changedSinceDecided);
    browser = (await openBrowser())!;
    page = await open(await browser.newContext({ viewport: DESK, locale: 'zh-CN' }));
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('asks nothing of anybody before it is asked, and says what to do', async () => {
    await signIn(page, '#/lab');
    await page.getByTestId('lab-page').waitFor();
    await page.getByText('按「开始判定」').waitFor();
    await page.getByTestId('lab-map').waitFor();
    await shot(page, '1-empty');
  });

  it('tries other limits on the last day: what would be gained and what lost', async () => {
    await choose('lab-rules', '超速', '重车未密闭');
    const loaded = page.getByTestId('limit-speeding-loadedKmh');
    await loaded.fill('50');
    await page.getByTestId('limit-uncovered-load-holdS').fill('600');
    await page.getByText('改动 2 个限值').waitFor();
    await shot(page, '2-asked');
    await page.getByTestId('lab-start').click();
    await done(page);

    expect(await counts('speeding')).toEqual([expect.stringMatching(/^[1-9]/), expect.stringMatching(/^\+[1-9]/), '0']);
    expect(await counts('uncovered-load')).toEqual(['0', '0', '−1']); // the contradicted one is no alert any more
    await page.locator('.lab-row[data-change=gained]').first().click();
    await page.getByTestId('lab-sentence').getByText(/鄂S·?8?/).first().waitFor(); // prettier-ignore
    await page.waitForTimeout(900); // the flight
    await shot(page, '3-gained');
  });

  it('filters, and opens a stored alert from what was lost', async () => {
    await page.getByTestId('filter-lost').click();
    expect(await page.locator('.lab-row').count()).toBe(1);
    await page.locator('.lab-row[data-change=lost]').click();
    expect(await page.getByTestId('lab-sentence').innerText()).toMatch(/重车未密闭/);
    await page.waitForTimeout(900);
    await shot(page, '4-lost');
    await page.getByTestId('lab-open').click();
    await detail(page).waitFor();
    expect(await detail(page).getAttribute('data-alert-id')).toMatch(/^uncovered-load:t1/);
    await detail(page).getByText('东门抓拍机').first().waitFor();
    await detail(page).locator('.sighting-picture img').first().waitFor();
    await page.waitForTimeout(900);
    await shot(page, '5-incident');
  });

  it('makes the limits the city’s after every number was read, with a reason', async () => {
    await page.goto(`${url}/#/lab`);
    await done(page);
    await page.getByTestId('lab-save').click();
    const changes = page.getByTestId('lab-changes');
    expect((await changes.innerText()).replace(/\s+/g, ' ')).toMatch(/60 km\/h → 50 km\/h/);
    await page.getByText('已有的告警不会因此重新判定').waitFor();
    const save = page.locator('.ant-modal-footer .ant-btn-primary');
    expect(await save.isDisabled()).toBe(true); // not without a reason
    await page.getByTestId('lab-reason').fill('学校周边试行 50');
    await shot(page, '6-save');
    await save.click();
    await page.getByText('已存为本市限值').first().waitFor();
    const rules = (await city.call('get', '/rules').expect(200)).body.items as RuleResource[];
    expect(rules.find(({ code }) => code === 'speeding')).toMatchObject({ limits: { loadedKmh: 50, emptyKmh: 80 }, defaults: { loadedKmh: 60 } });
    expect(rules.find(({ code }) => code === 'uncovered-load')!.limits).toMatchObject({ holdS: 600, minSpeedKmh: 10 });
    await shot(page, '7-saved');
  });

  it('shows a haul that broke three rules as one row, and what changed after a decision back in the queue', async () => {
    await page.goto(`${url}/#/`);
    await row(page, 'illegal-dumping').waitFor();
    expect(await row(page, 'illegal-dumping').innerText()).toMatch(/重车未密闭/);
    const changed = row(page, 'uncovered-load');
    expect(await changed.innerText()).toMatch(/处置后有变化/);
    await shot(page, '8-queue');
    await changed.click();
    await page.locator('[data-testid=alert-detail][data-status=confirmed]').waitFor();
    expect(await detail(page).innerText()).toMatch(/不再支持/);
    await page.keyboard.press('c');
    await page.getByTestId('reason').fill('另有抓拍');
    await shot(page, '9-changed');
    await page.getByTestId('keep').click();
    await eventually('the decision stands', async () => (await city.alerts('truck=t3&rule=uncovered-load'))[0], (alert) => alert?.status === 'confirmed' && !alert.changedSinceDecided); // prettier-ignore
  });

  it('snoozes one truck’s rule by a key, says so everywhere, and ends it', async () => {
    await row(page, 'illegal-dumping').click();
    await detail(page).waitFor();
    await page.keyboard.press('s');
    await page.getByTestId('snooze-form').waitFor();
    await page.getByTestId('snooze-reason').fill('斗角传感器待更换');
    await shot(page, '10-snooze');
    await page.locator('.ant-modal-footer .ant-btn-primary').click();
    const line = detail(page).getByTestId('snooze-line');
    await line.waitFor();
    expect(await line.innerText()).toContain('斗角传感器待更换');
    const [snooze] = (await city.call('get', '/snoozes').expect(200)).body.items as Snooze[];
    expect(snooze).toMatchObject({ truckId: 't1', rule: 'illegal-dumping', endedAt: null });

    await page.goto(`${url}/#/system`);
    const list = page.getByTestId('snooze-list');
    await list.getByText('斗角传感器待更换').waitFor();
    await list.scrollIntoViewIfNeeded();
    await shot(page, '11-system');
    await list.getByTestId('snooze-end').click();
    await list.getByText('没有静默中的规则').waitFor();
  });

  it('offers quarantined messages again and says what came of it', async () => {
    const device = await city.device('t1', { clientId: 't1-again' });
    await device.publishAsync(reportsOf('t1'), `{"time":${Date.now()},"lat":190,"lon":113}`, { qos: 1 });
    const offer = page.getByTestId('offer-out-of-range');
    await offer.click();
    await page.getByTestId('offered-out-of-range').getByText('提交 1 条：落库 0，再次隔离 1').waitFor();
    await offer.scrollIntoViewIfNeeded();
    await shot(page, '12-offered');
  });

  it('shows a truck’s sightings, sensors and clock on its card', async () => {
    await page.goto(`${url}/#/`);
    await page.locator('#find').fill('8K217');
    await page.keyboard.press('Enter');
    const card = page.getByTestId('truck-card');
    await card.waitFor();
    await card.getByText('东门抓拍机').waitFor();
    expect(await card.innerText()).toMatch(/车轮未冲洗 0\.71/);
    await card.getByTestId('fold-sensors').click();
    await card.getByTestId('sensor-health').waitFor();
    await page.waitForTimeout(900);
    await shot(page, '13-card');
  });

  it('speaks English, and fits a phone', async () => {
    await page.getByTestId('language').click();
    await page.goto(`${url}/#/lab`);
    await page.getByRole('heading', { name: 'Rule lab' }).waitFor();
    await page.waitForTimeout(600);
    await shot(page, '14-english');

    const phone = await open(await browser.newContext({ viewport: PHONE, locale: 'zh-CN', hasTouch: true, isMobile: true, deviceScaleFactor: 2 }));
    await signIn(phone, '#/lab');
    await phone.getByTestId('lab-page').waitFor();
    await phone.locator('.lab-run').first().tap();
    await done(phone);
    expect(await phone.evaluate<unknown[]>(WIDER)).toEqual([]);
    await shot(phone, '15-phone');
    await phone.getByTestId('lab-counts').scrollIntoViewIfNeeded();
    await shot(phone, '16-phone-found');
    await phone.goto(`${url}/#/`);
    await row(phone, 'illegal-dumping').waitFor();
    await shot(phone, '17-phone-queue');
    await row(phone, 'illegal-dumping').tap();
    await detail(phone).waitFor();
    await detail(phone).getByTestId('snooze').scrollIntoViewIfNeeded();
    expect(await phone.evaluate<unknown[]>(WIDER)).toEqual([]);
    await shot(phone, '18-phone-incident');
    await phone.goto(`${url}/#/system`);
    await phone.getByTestId('snooze-list').scrollIntoViewIfNeeded();
    await shot(phone, '19-phone-system');
    await phone.context().close();
  });

  it('stops a run while it is looked at, and shows the run of somebody else to who comes later', async () => {
    // Nobody could stop a run of 237 reports by hand: the page is told of its progress later.
    await page.route(/\/api\/v1\/lab\/[^/]+$/, async (route) => {
      if (route.request().method() === 'GET') await new Promise((resolve) => setTimeout(resolve, 3_000));
      await route.continue();
    });
    await page.getByTestId('lab-start').click();
    await page.getByTestId('lab-stop').click();
    await page.locator('[data-testid=lab-run]:not([data-state=running])').waitFor();
    expect(await page.getByTestId('lab-start').isEnabled()).toBe(true);
    await page.unroute(/\/api\/v1\/lab\/[^/]+$/);
    const { items } = (await city.call('get', '/lab').expect(200)).body as { items: LabRun[] };
    expect(items.map(({ state }) => state)).toEqual([expect.stringMatching(/stopped|done/), 'done']);
    expect(await page.locator('.lab-run').count()).toBe(2);
  });

  it('said nothing wrong', () => {
    expect(complaints.filter((said) => !/status of 401|WebSocket connection to/.test(said))).toEqual([]);
  });
});

/** A picture that is one: grey with a lighter middle. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.concat(
    Array.from({ length: height }, (_, y) =>
      Buffer.from([0, ...Array.from({ length: width }, (_, x) => (Math.hypot(x - width / 2, y - height / 2) < 30 ? 190 : 90))]),
    ),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

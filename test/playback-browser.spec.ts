import { MINUTE_MS } from '@muckwatch/domain';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { now } from '../apps/server/src/clock.js';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { City, drive, eastOf, eventually, LAT, SECRET, square, times } from './support/city.js';
import { freePort } from './support/free-port.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, PHONE, WIDER } from './support/screens.js';
import { ADMIN_PASSWORD, startTestServer } from './support/server.js';

const LON = 113.38;
const LOADED = { loadKg: 16_500, bedAngleDeg: 0.6, ignition: true, cover: 'closed' };
const PLATES = ['鄂S8K217', '鄂S3M650', '鄂S5D482', '鄂S2A118', '鄂S7F904', '鄂S6C333', '鄂S9B071', '鄂S1E556'];
/** By hand: 23 h, then it is a day of eight trucks, 120,000 reports. */
const BEFORE_MS = 3 * 60 * MINUTE_MS;
const began = Math.floor((now() - 55 * MINUTE_MS) / 1_000) * 1_000;

inABrowser('test/playback-browser.spec.ts')('playback in a real browser', () => {
  let city: City;
  let url: string;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const shot = (of: Page, name: string) => of.screenshot({ path: join(ARTIFACTS, `playback-${name}.png`) });
  const clockOf = (on: Page) => on.getByTestId('play-clock').locator('strong').innerText();
  const open = (context: BrowserContext) => openPage(context, complaints, 20_000);
  const address = (from: number, to: number, trucks = 't1') => `#/playback?trucks=${trucks}&from=${iso(from)}&to=${iso(to)}`;

  async function signIn(on: Page, hash: string): Promise<void> {
    await on.goto(`${url}/${hash}`);
    await on.getByTestId('username').fill('admin');
    await on.getByTestId('password').fill(ADMIN_PASSWORD);
    await on.getByTestId('submit').click();
  }

  beforeAll(async () => {
    await buildAll();
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    city = new City(await startTestServer({ PORT: port, PUBLIC_URL: url }));
    await city.call('post', '/companies/import').send([{ id: 'c1', name: '顺达渣土运输' }]).expect(200); // prettier-ignore
    await city.call('post', '/trucks/import').send(PLATES.map((plate, i) => ({ id: `t${i + 1}`, plate, companyId: 'c1', ratedLoadKg: 18_000 }))).expect(200); // prettier-ignore
    await city.call('post', '/terminals/import').send(PLATES.map((_, i) => ({ id: `t${i + 1}`, truckId: `t${i + 1}`, secret: SECRET }))).expect(200); // prettier-ignore
    const validFrom = new Date(began - 86_400_000).toISOString();
    const site = square('site-1', 'site', LON, 420, { name: '城南安置房', validFrom });
    const yard = square('yard-1', 'yard', eastOf(LON, 5_000), 520, { name: '淅河消纳场', validFrom });
    const zone = square('zone-1', 'speed-zone', eastOf(LON, 1_800), 700, { name: '实验小学', limitKmh: 40, validFrom });
    await city.call('post', '/places/import').send({ type: 'FeatureCollection', features: [site, yard, zone] }).expect(200); // prettier-ignore
    const roads = [0, 0.008, -0.01].map((d, i) => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: [[LON - 0.03, LAT + d], [LON + 0.09, LAT + d]] },
      properties: { kind: 'road', class: i === 0 ? 'trunk' : 'secondary', name: `迎宾${i + 1}路` },
    })); // prettier-ignore
    await city.call('put', '/base-map').send({ type: 'FeatureCollection', features: roads }).expect(204);

    // It is loaded, drives, opens its cover, is too fast, is silent for 14 min, stands, and comes to the yard.
    const out = drive({ at: began, lon: eastOf(LON, 100), everyS: 10 }, [
      ...times(30, { speedKmh: 0, ...LOADED, loadKg: 200 }),
      ...times(10, { speedKmh: 0, ...LOADED }),
      ...times(12, { speedKmh: 35, ...LOADED }),
      ...times(10, { speedKmh: 48, ...LOADED, cover: 'open' }),
      ...times(8, { speedKmh: 78, ...LOADED, cover: 'open' }),
    ]);
    const last = out.at(-1)!;
    const back = drive({ at: Number(last.time) + 14 * MINUTE_MS, lon: eastOf(last.lon, 400), everyS: 10 }, [
      ...times(22, { speedKmh: 0, ...LOADED }),
      ...times(6, { speedKmh: 30, ...LOADED }),
      ...times(4, { speedKmh: 2, ...LOADED, bedAngleDeg: 44 }),
      ...times(8, { speedKmh: 0, ...LOADED, loadKg: 200, bedAngleDeg: 2 }),
    ]);
    back.splice(10, 0, { ...back[10]!, time: Number(back[10]!.time) + 5_000, lat: LAT + 0.05 });
    for (const reports of [out, back]) for (let i = 0; i < reports.length; i += 40) await city.upload('t1', reports.slice(i, i + 40));
    await eventually('there are alerts', async () => (await city.alerts('truck=t1')).length >= 2);
    await hoursOfOthers();
    browser = (await openBrowser())!;
    page = await open(await browser.newContext({ viewport: DESK, locale: 'zh-CN', timezoneId: 'America/New_York' }));
  }, 300_000);

  /** Seven trucks that go to and fro, a report each 5 s, written as the log has them. */
  async function hoursOfOthers(): Promise<void> {
    await city.server.database.query(
      `insert into reports (source, at, digest, truck_id, heard_at, lat, lon, speed_kmh, heading_deg, load_kg, ignition, cover, buffered, late)
       select 't' || k, t.at, 'd' || k || n, 't' || k, t.at, $3 + 0.002 * k, $4 + 0.04 * abs((n % 720) / 360.0 - 1), 38 + 20 * sin(n / 9.0), case when n % 720 < 360 then 270 else 90 end,
              case when n % 720 < 360 then 16000 else 300 end, true, 'closed', false, false
       from generate_series(2, 8) k, generate_series(0, 17279) n, lateral (select $1::timestamptz + n * interval '5 s' as at) t where t.at < $2::timestamptz`,
      [new Date(began - BEFORE_MS).toISOString(), new Date(now()).toISOString(), LAT, LON],
    );
  }

  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('says what to do before anything is chosen, and finds a truck by a part of its plate', async () => {
    await signIn(page, '#/playback');
    await page.getByText('还没有选车').waitFor();
    await shot(page, '1-empty');
    const find = page.getByTestId('play-trucks').locator('input').first();
    await find.click();
    await find.fill('k21');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByTestId('play-hour').click();
    await page.getByTestId('play-clock').waitFor();
    await page.waitForURL(/trucks=t1/);
    expect(await page.getByTestId('play-count').innerText()).toBe('111 条上报');
    expect(await page.getByTestId('play-doubted').innerText()).toMatch(/存疑定位 1 条/);
  });

  it('shows the hour: events, the silence, the limits; and speaks of each by the city’s clock', async () => {
    await page.goto(`${url}/${address(began, began + 50 * MINUTE_MS)}`);
    await page.getByTestId('play-event').filter({ hasText: '超速' }).first().waitFor();
    expect(await clockOf(page)).toBe(cityClock(began));
    await page.getByTestId('play-event').filter({ hasText: '停车' }).first().waitFor();
    await page.keyboard.press('n');
    const first = (await city.alerts('truck=t1')).at(-1)!;
    expect(await clockOf(page)).toBe(cityClock(Date.parse(first.began) - 10_000));
    await page.keyboard.press('ArrowRight');
    expect(await clockOf(page)).toBe(cityClock(Date.parse(first.began)));
    await shot(page, '2-one');
    await page.keyboard.press(']');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('stands over a silence, and plays on to its end by the space bar', async () => {
    await page.getByTestId('play-line').locator('[role=slider]').focus();
    await page.keyboard.press('Home');
    const box = (await page.getByTestId('play-line').boundingBox())!;
    await page.mouse.click(box.x + 98 + (box.width - 108) * (18 / 50), box.y + 20);
    await page.evaluate(PAINTED);
    await shot(page, '3-silent');
    await page.keyboard.press('4');
    await page.keyboard.press(' ');
    const stood = await clockOf(page);
    await eventually('it plays', () => clockOf(page), (said) => said > stood); // prettier-ignore
    await page.keyboard.press(' ');
    await page.waitForURL(/at=2.*speed=60/);
    const kept = await clockOf(page);
    await page.reload();
    await eventually('it stands where it stood', () => clockOf(page), (said) => Math.abs(seconds(said) - seconds(kept)) <= 1); // prettier-ignore
  });

  it('zooms the charts by a drag and shows all of it again', async () => {
    await page.getByTestId('play-event').first().waitFor();
    const chart = (await page.getByTestId('play-chart').boundingBox())!;
    await page.mouse.move(chart.x + 300, chart.y + 40);
    await page.mouse.down();
    await page.mouse.move(chart.x + 520, chart.y + 40, { steps: 4 });
    await page.mouse.up();
    await page.getByTestId('play-whole').waitFor();
    await page.mouse.move(chart.x + 420, chart.y + 60);
    await shot(page, '4-zoomed');
    await page.getByTestId('play-whole').click();
    expect(await page.getByTestId('play-whole').count()).toBe(0);
  });

  it('gives the file of what is chosen', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('play-gpx').click()]);
    const gpx = await readFile(await download.path(), 'utf8');
    expect(gpx.match(/<trkpt /g)).toHaveLength(110);
    expect(gpx.match(/<trkseg>/g)).toHaveLength(2);
    expect(gpx.match(/<wpt /g)).toHaveLength(1);
  });

  it('plays eight trucks at sixty times, and tells how smoothly', async () => {
    const all = PLATES.map((_, i) => `t${i + 1}`).join(',');
    const asked = performance.now();
    await page.goto(`${url}/${address(began - BEFORE_MS, began + MINUTE_MS * 60, all)}`);
    await eventually('all is read', () => page.getByTestId('play-count').allInnerTexts(), (texts) => texts.length === 8 && texts.slice(1).every((text) => /\d,\d{3} 条/.test(text)), 60_000); // prettier-ignore
    await page.locator('.play-progress .creep, [data-testid=play-reading]').waitFor({ state: 'detached', timeout: 60_000 });
    const readMs = performance.now() - asked;
    await page.keyboard.press('Home');
    await page.keyboard.press('4');
    await page.keyboard.press(' ');
    const stood = await clockOf(page);
    const { frames, work } = await page.evaluate<{ frames: number[]; work: number }>(`new Promise((done) => {
      const frames = []; let last = 0;
      const each = (now) => { if (last) frames.push(now - last); last = now; frames.length < 120 ? requestAnimationFrame(each) : done({ frames, work: window.muckwatch.frameWorkMs() }); };
      requestAnimationFrame(each);
    })`);
    await page.keyboard.press(' ');
    // 120 frames are 2 s, in which two minutes pass.
    expect(seconds(await clockOf(page)) - seconds(stood)).toBeGreaterThan(90);
    frames.sort((a, b) => a - b);
    const at = (share: number) => frames[Math.floor(frames.length * share)]!.toFixed(1);
    process.stderr.write(`playback of 8 trucks at 60×: read in ${(readMs / 1_000).toFixed(1)} s; frame median ${at(0.5)} ms, p95 ${at(0.95)} ms, own work ${work.toFixed(1)} ms a second\n`); // prettier-ignore
    await shot(page, '5-eight');
    expect(Number(at(0.5))).toBeLessThan(50);
    await page.getByTestId('chart-t3').click();
    await page.evaluate(PAINTED);
    await shot(page, '6-eight-one');
  }, 120_000);

  it('can be stopped while it reads, says that it is a part, and goes back', async () => {
    await page.route(/\/fixes\?/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue().catch(() => undefined); // stopped meanwhile
    });
    await page.goto(`${url}/${address(began - 7 * 24 * 60 * MINUTE_MS + 60 * MINUTE_MS, began + 60 * MINUTE_MS, 't2')}`);
    await page.getByTestId('play-stop').click();
    await page.getByText('已停止读取').waitFor();
    await shot(page, '7-stopped');
    await page.unroute(/\/fixes\?/);
    await page.goBack();
    await page.waitForURL(/t8/);
    await page.getByTestId('chart-all').waitFor();
  });

  it('is reached from an incident and from a truck’s card', async () => {
    const [alert] = await city.alerts('truck=t1&rule=speeding');
    await page.goto(`${url}/#/alert/${encodeURIComponent(alert!.id)}`);
    await page.getByTestId('alert-playback').click();
    await page.getByTestId('play-clock').waitFor();
    expect(await clockOf(page)).toBe(cityClock(Date.parse(alert!.began) - MINUTE_MS));
    await page.goto(`${url}/#/`);
    await page.locator('#find').fill('8K217');
    await page.keyboard.press('Enter');
    await page.getByTestId('truck-playback').click();
    await page.getByTestId('play-clock').waitFor();
  });

  it('speaks English, and fits a phone', async () => {
    await page.getByTestId('language').click();
    await page.goto(`${url}/${address(began, began + 50 * MINUTE_MS)}&at=${iso(began + 11 * MINUTE_MS)}`);
    await page.getByTestId('play-event').filter({ hasText: 'Speeding' }).first().waitFor();
    await page.evaluate(PAINTED);
    await shot(page, '8-english');
    // Signed in already, and in its own language.
    const storageState = { cookies: await page.context().cookies(), origins: [] };
    const phone = await open(
      await browser.newContext({ viewport: PHONE, locale: 'zh-CN', hasTouch: true, isMobile: true, deviceScaleFactor: 2, storageState }),
    );
    await phone.goto(`${url}/${address(began, began + 50 * MINUTE_MS)}&at=${iso(began + 11 * MINUTE_MS)}`);
    await phone.getByTestId('play-event').first().waitFor();
    await phone.evaluate(PAINTED);
    expect(await phone.evaluate<unknown[]>(WIDER)).toEqual([]);
    await shot(phone, '9-phone');
    await phone.getByTestId('play-event').first().scrollIntoViewIfNeeded();
    await shot(phone, '10-phone-events');
    expect(await faultsOf(phone)).toEqual([]);
    await phone.context().close();
  });

  it('said nothing wrong', () => {
    expect(complaints.filter((said) => !/status of 401|WebSocket connection to/.test(said))).toEqual([]);
  });
});

/** What was changed has been drawn, on canvases too. */
const PAINTED = 'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))';
const iso = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
const cityClock = (at: number) => new Date(Math.floor(at / 1_000) * 1_000 + 8 * 3_600_000).toISOString().slice(11, 19);
const seconds = (clock: string) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

import type { Account, Alert } from '@muckwatch/contract';
import { connectAsync, type MqttClient } from 'mqtt';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import request from 'supertest';
import { verifyPack } from '../apps/server/src/evidence/verify-pack.js';
import { openBrowser } from './support/browser.mjs';
import { drive, eastOf, eventually, LAT, reportsOf, SECRET, square, times } from './support/city.js';
import { openTestDatabase, type TestDatabase } from './support/database.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, PHONE, ROOT, WIDER } from './support/screens.js';
import { ADMIN_PASSWORD } from './support/server.js';
import { freePort } from './support/free-port.js';

const OPERATOR = { username: 'night-shift', password: 'a long enough one', name: '夜班' };
const LON = 113.38;

inABrowser('test/browser.spec.ts')('in a real browser, on the built server', () => {
  let database: TestDatabase;
  let folder: string;
  let server: ChildProcess;
  let url: string;
  let device: MqttClient;
  let browser: Browser;
  let admin: Page;
  let night: Page;
  let token: string;
  /** What a page said that it should not have, and whom it asked. */
  const complaints: string[] = [];
  const strangers: string[] = [];
  const last = { at: 0, lon: eastOf(LON, 20) };

  const api = (method: 'get' | 'post' | 'put', path: string) =>
    request(url)
      [method](`/api/v1${path}`)
      .set({ Authorization: `Bearer ${token}` });
  const say = async (steps: Record<string, unknown>[]) => {
    const reports = drive({ at: last.at + 5_000, lon: eastOf(last.lon, (Number(steps[0]!.speedKmh) / 3.6) * 5) }, steps);
    await device.publishAsync(reportsOf('t1'), JSON.stringify(reports), { qos: 1 });
    last.at = Number(reports.at(-1)!.time);
    last.lon = reports.at(-1)!.lon;
  };
  // Written as text: the tests are compiled without the names of a browser.
  const truckOn = (page: Page) => page.evaluate<{ lat: number; lon: number; state: string } | null>(`window.muckwatch?.trucks().get('t1') ?? null`);
  const row = (page: Page, rule = 'spill') => page.locator(`[data-testid=alert-row][data-rule=${rule}]`);
  const detail = (page: Page) => page.locator('[data-testid=alert-detail]');
  const status = (page: Page, wanted: string) => page.locator(`[data-testid=alert-detail][data-status=${wanted}]`).waitFor();
  const shot = (page: Page, name: string) => page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });

  async function open(context: BrowserContext): Promise<Page> {
    const page = await openPage(context, complaints, 30_000);
    page.on('request', (asked) => {
      const { protocol, host } = new URL(asked.url());
      if (!['data:', 'blob:'].includes(protocol) && host !== new URL(url).host) strangers.push(asked.url());
    });
    return page;
  }

  async function signIn(page: Page, username: string, password: string): Promise<void> {
    await page.goto(url);
    await page.getByTestId('username').fill(username);
    await page.getByTestId('password').fill(password);
    await page.getByTestId('submit').click();
  }

  beforeAll(async () => {
    await buildAll();

    database = await openTestDatabase();
    await database.database.close();
    folder = await mkdtemp(join(tmpdir(), 'muck-browser-'));
    const [port, mqttPort] = [await freePort(), await freePort()];
    url = `http://127.0.0.1:${port}`;
    const { databaseUrl, dataDir } = database.settings;
    server = spawn(process.execPath, ['dist/apps/server/src/main.js'], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        MQTT_PORT: String(mqttPort),
        DATA_DIR: databaseUrl ? folder : dataDir,
        ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
        ADMIN_PASSWORD,
        PUBLIC_URL: url,
        DEMO: 'off',
        LOG_LEVEL: 'error',
      },
    });
    await eventually(
      'the server is ready',
      () =>
        request(url)
          .get('/health/ready')
          .then(
            ({ status }) => status,
            () => 0,
          ),
      (answered) => answered === 200,
      60_000,
    );
    token = await eventually('the first account is made', async () => {
      const { body } = await request(url).post('/api/v1/auth/login').send({ username: 'admin', password: ADMIN_PASSWORD });
      return body.token as string | undefined;
    }).then((made) => made!);

    await api('post', '/accounts')
      .send({ ...OPERATOR, role: 'operator' })
      .expect(201);
    await api('post', '/companies').send({ id: 'c1', name: '甬江渣土运输' }).expect(201);
    await api('post', '/trucks').send({ id: 't1', plate: '浙B·12345', companyId: 'c1', ratedLoadKg: 18_000 }).expect(201);
    await api('post', '/terminals').send({ id: 't1', truckId: 't1', secret: SECRET }).expect(201);
    const validFrom = new Date(Date.now() - 3_600_000).toISOString();
    await api('post', '/places/import')
      .send({
        type: 'FeatureCollection',
        features: [
          square('site-1', 'site', LON, 300, { name: '东区一号工地', validFrom }),
          square('yard-1', 'yard', eastOf(LON, 2_500), 400, { name: '南山消纳场', validFrom }),
          square('zone-1', 'no-go', eastOf(LON, 1_200), 300, { name: '学校周边', validFrom }, LAT + 0.008),
        ],
      })
      .expect(200);
    // With a permit its haul breaks one rule only, and the incident is closed with that.
    await api('post', '/permits')
      .send({ companyId: 'c1', siteId: 'site-1', yardIds: ['yard-1'], validFrom })
      .expect(201);
    await api('put', '/base-map')
      .send({
        type: 'FeatureCollection',
        features: [LAT, LAT + 0.004, LAT - 0.006].map((lat, i) => ({
          type: 'Feature',
          geometry: {
            type: 'LineString',
            coordinates: [
              [LON - 0.02, lat],
              [LON + 0.05, lat],
            ],
          },
          properties: { kind: 'road', class: i === 0 ? 'trunk' : 'secondary', name: `第${i + 1}大道` },
        })),
      })
      .expect(204);
    device = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { username: 't1', password: SECRET, clientId: 't1' });
    browser = (await openBrowser())!;
    last.at = Date.now() - 120_000; // a minute and a half of driving, none of it in the future
  }, 300_000); // the build of all three parts may be in it

  afterAll(async () => {
    await browser?.close();
    device?.end(true);
    if (server && server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    await database?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('refuses a wrong password in words, and lets a right one in', async () => {
    admin = await open(await browser.newContext({ viewport: DESK, locale: 'zh-CN' }));
    await signIn(admin, 'admin', 'not this one at all');
    await admin.getByTestId('signin-message').waitFor();
    await shot(admin, '1-sign-in');
    // Chromium itself says in the console that an answer was 401: asking who is there, and the refused password.
    expect(complaints.splice(0).filter((said) => !/401/.test(said))).toEqual([]);
    await admin.getByTestId('password').fill(ADMIN_PASSWORD);
    await admin.getByTestId('submit').click();
    await admin.getByTestId('map').waitFor();
    await eventually('it is connected', () => admin.evaluate<boolean>('window.muckwatch !== undefined'));
    expect(await truckOn(admin)).toBeNull();
    await admin.getByTestId('tab-open').waitFor();
    expect(await admin.getByTestId('alert-row').count()).toBe(0);
    await shot(admin, '2-nothing-yet');
  });

  it('shows the truck where it is, and moves it', async () => {
    await say(times(4, { speedKmh: 0, loadKg: 16_500, cover: 'open', bedAngleDeg: 0.5, ignition: true }));
    await eventually(
      'the truck is on the map',
      () => truckOn(admin),
      (truck) => truck !== null && Math.abs(truck.lon - last.lon) < 1e-6,
    );
    const before = last.lon;
    await say(times(3, { speedKmh: 40, loadKg: 16_500, cover: 'closed', bedAngleDeg: 0.5, ignition: true }));
    const moved = await eventually(
      'it has moved',
      () => truckOn(admin),
      (truck) => truck !== null && truck.lon > before,
    );
    expect(moved).toMatchObject({ lat: LAT, state: 'loaded' });
  });

  it('puts a spilt load before the operator within moments of the report that proves it', async () => {
    const raised = { speedKmh: 32, loadKg: 16_500, cover: 'open', bedAngleDeg: 38, ignition: true };
    await say(times(3, { ...raised, bedAngleDeg: 0.5 }));
    await say([raised]);
    expect(await row(admin).count()).toBe(0);
    const began = performance.now();
    await say([raised]);
    await row(admin).waitFor();
    const tookMs = performance.now() - began;
    // A second on any machine that is not busy with other tests; what the server adds is measured by the benches.
    expect(tookMs).toBeLessThan(5_000);
    process.stdout.write(`browser.spec: spill on the screen ${Math.round(tookMs)} ms after its last report was published\n`);
    await say([
      { ...raised, bedAngleDeg: 41, loadKg: 15_200 },
      { ...raised, loadKg: 14_100 },
      ...times(3, { speedKmh: 20, loadKg: 13_900, cover: 'closed', bedAngleDeg: 1, ignition: true }),
    ]);
    expect(
      await eventually(
        'it is drawn as it is again',
        () => truckOn(admin),
        (truck) => truck?.state === 'loaded',
      ),
    ).toBeTruthy();
    await shot(admin, '3-spill-in-the-queue');
  });

  it('opens it: sentence, facts and series', async () => {
    await row(admin).click();
    await detail(admin).waitFor();
    const text = await eventually(
      'the series are drawn',
      () => detail(admin).innerText(),
      (shown) => shown.includes('东区一号工地'),
    );
    expect(text).toMatch(/浙B·?12345/);
    expect(text).toContain('甬江渣土运输');
    expect(text).toMatch(/举斗 41°行驶 \d+ m，最高 32 km\/h/);
    expect(text).toContain('with the bed raised 41°');
    await detail(admin).locator('figure.chart svg path').first().waitFor();
    expect(await detail(admin).locator('figure.chart svg path').count()).toBe(4);
    for (const path of await detail(admin).locator('figure.chart svg path').all()) expect(await path.getAttribute('d')).toMatch(/^M[\d.]/);
    expect(await detail(admin).locator('dl.facts dd').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/32 km\/h/), expect.stringMatching(/16\.5.*t/)]),
    );
    await shot(admin, '4-incident');
    await admin.keyboard.press('f');
    await admin.getByTestId('following').getByText('浙B·12345').waitFor();
    await admin.keyboard.press('Escape');
    await admin.getByTestId('following').waitFor({ state: 'detached' });
  });

  it('confirms it by the key; another operator sees it without reloading, and it is still there after reloading', async () => {
    night = await open(await browser.newContext({ viewport: DESK, locale: 'zh-CN' }));
    await signIn(night, OPERATOR.username, OPERATOR.password);
    await row(night).click();
    await status(night, 'open');

    await admin.keyboard.press('c');
    await status(admin, 'confirmed');
    await status(night, 'confirmed');
    expect(await detail(night).locator('.decide-by').innerText()).toMatch(/admin/);
    await shot(night, '5-confirmed-seen-by-another');
    await night.getByTestId('tab-decided').click();
    await row(night).waitFor();

    await night.reload();
    await status(night, 'confirmed'); // the address names the alert
    await night.getByTestId('tab-decided').click();
    await row(night).waitFor();
    const { body } = await api('get', '/alerts?rule=spill').expect(200);
    expect(body.items as Alert[]).toMatchObject([{ status: 'confirmed', decision: { by: expect.stringMatching(/admin/i) } }]);
  });

  it('hands out its evidence as one file in which nothing is amiss', async () => {
    const link = detail(night).getByTestId('evidence-pack');
    await link.scrollIntoViewIfNeeded();
    await shot(night, '5-evidence-pack');
    const [download] = await Promise.all([night.waitForEvent('download'), link.click()]);
    const pack = join(ARTIFACTS, 'evidence-pack.zip');
    await download.saveAs(pack);
    expect(await verifyPack(pack)).toMatchObject({ ok: true, sealed: 'holds', faults: [] });
  });

  it('reopens and dismisses with a reason, by the buttons', async () => {
    await night.getByTestId('reopen').click();
    await night.getByTestId('reason').fill('角度传感器待查');
    await night.getByTestId('reopen').click();
    await status(night, 'open');
    await status(admin, 'open');

    await admin.getByTestId('dismiss').click();
    expect(await admin.getByTestId('dismiss').isDisabled()).toBe(true); // not without a reason
    await admin.getByTestId('reason').fill('空斗试验');
    await shot(admin, '6-dismissing');
    await admin.getByTestId('dismiss').click();
    await status(admin, 'dismissed');
    await status(night, 'dismissed');
    expect(await detail(night).locator('.decide-by').innerText()).toContain('空斗试验');

    // Two at one alert: who is still writing hears it at once, not when it is sent.
    await night.getByTestId('reopen').click();
    await night.getByTestId('reason').fill('再看一次');

    // Ten seconds to take it back.
    await admin.getByTestId('undo').click();
    await status(admin, 'open');
    await status(night, 'open');
    await night.getByTestId('reason').waitFor({ state: 'detached' });
    await detail(night).getByRole('alert').getByText('没有执行：这条告警现在是').waitFor();
    await shot(night, '7-reopened');
  });

  it('speaks English when asked, and remembers it', async () => {
    await night.getByTestId('language').click();
    await eventually(
      'it speaks English',
      () => night.getByTestId('tab-open').innerText(),
      (text) => /^Open \d/.test(text),
    );
    await status(night, 'open');
    expect(await detail(night).innerText()).toMatch(/Load spilling/);
    await night.reload();
    await eventually(
      'it still does',
      () => night.getByTestId('tab-open').innerText(),
      (text) => /^Open \d/.test(text),
    );
    await status(night, 'open');
    await shot(night, '8-english');
  });

  it('shows on the system page what could not be used, by reason, with an example', async () => {
    await device.publishAsync(reportsOf('t1'), `{"time":${Date.now()},"lat":190,"lon":113}`, { qos: 1 });
    await device.publishAsync(reportsOf('t1'), 'not json at all', { qos: 1 });
    await night.goto(`${url}/#/system`);
    await night.getByTestId('system-page').waitFor();
    const quarantine = night.getByTestId('quarantine');
    await quarantine.getByText('lat 190 is not within −90…90').waitFor();
    await quarantine
      .getByText(/not JSON/)
      .first()
      .waitFor();
    await quarantine.locator('tr.quarantine-row', { hasText: 'lat 190' }).click();
    await quarantine.getByText('"lat":190').waitFor();
    await shot(night, '9-system');
    await night.goto(`${url}/#/`);
  });

  it('says that the connection is lost while the server is away from it, and catches up', async () => {
    await admin.getByTestId('tab-open').click();
    await row(admin).click();
    await detail(admin).locator('figure.chart').waitFor();
    const place = await row(admin).boundingBox();
    await admin.context().setOffline(true);
    await admin.evaluate(`window.dispatchEvent(new Event('offline'))`);
    await admin.getByTestId('connection-bar').waitFor();
    await shot(admin, '10-connection-lost');
    // Nothing moves under the cursor, and what was read stays.
    expect(await row(admin).boundingBox()).toEqual(place);
    await detail(admin).locator('figure.chart').waitFor();
    const { lon } = last;
    await say(times(2, { speedKmh: 40, loadKg: 13_900, cover: 'closed', bedAngleDeg: 1, ignition: true }));
    // A page that was never fetched is waited for, instead of the browser's own page of a lost network.
    await admin.evaluate(`location.hash = '#/help'`);
    await admin.locator('main').getByRole('status').waitFor();
    await admin.context().setOffline(false);
    await admin.getByRole('heading', { level: 1 }).waitFor();
    await admin.evaluate(`location.hash = '#/'`);
    await eventually(
      'the truck has moved on',
      () => truckOn(admin),
      (truck) => truck !== null && truck.lon > lon,
    );
  });

  it('on a phone is the queue, and the incident on top of it', async () => {
    const phone = await open(await browser.newContext({ viewport: PHONE, locale: 'zh-CN', hasTouch: true, isMobile: true, deviceScaleFactor: 2 }));
    await signIn(phone, OPERATOR.username, OPERATOR.password);
    await row(phone).waitFor();
    const queue = (await phone.locator('.queue-list').boundingBox())!;
    expect(queue.width).toBeGreaterThan(PHONE.width * 0.9);
    await shot(phone, '11-phone');
    await row(phone).tap();
    await status(phone, 'open');
    const panel = (await detail(phone).boundingBox())!;
    expect(panel.width).toBeGreaterThan(PHONE.width * 0.9);
    await detail(phone).locator('figure.chart').waitFor();
    await shot(phone, '12-phone-incident');
    for (const step of ['confirm', 'acknowledge', 'dismiss']) {
      const button = (await phone.getByTestId(step).boundingBox())!;
      expect({ step, reachable: button.y + button.height <= PHONE.height && button.height >= 40 }).toEqual({ step, reachable: true });
    }
    await eventually(
      'nothing is wider than the phone',
      () => phone.evaluate<unknown[]>(WIDER),
      (wider) => wider.length === 0,
      5_000,
    );
    // The longer words of English, on a narrower phone.
    await phone.setViewportSize({ width: 360, height: 780 });
    await phone.evaluate(`localStorage.setItem('muckwatch.language', 'en')`);
    await phone.reload();
    await detail(phone).getByText('Load spilling').first().waitFor();
    const dismiss = (await phone.getByTestId('dismiss').boundingBox())!;
    expect(dismiss.x + dismiss.width).toBeLessThanOrEqual(360 - 18);
    const plate = (await detail(phone).locator('h2').boundingBox())!;
    const rule = (await detail(phone).locator('.detail-rule').boundingBox())!;
    expect(rule.x >= plate.x + plate.width || rule.y >= plate.y + plate.height).toBe(true);
    await shot(phone, '12-phone-in-english');
    await phone.getByTestId('acknowledge').tap();
    await status(phone, 'acknowledged');
    await status(admin, 'acknowledged');
    await phone.context().close();
  });

  it('signs out, and what was open is closed', async () => {
    const { body } = await api('get', '/accounts?limit=10').expect(200);
    const { id } = (body.items as Account[]).find(({ username }) => username === OPERATOR.username)!;
    await request(url)
      .patch(`/api/v1/accounts/${id}`)
      .set({ Authorization: `Bearer ${token}` })
      .send({ disabled: true })
      .expect(200);
    await night.getByTestId('username').waitFor(); // its account was disabled under it
    await admin.getByTestId('account').click();
    await admin.getByText('退出').click();
    await admin.getByTestId('username').waitFor();
    await shot(admin, '13-signed-out');
  });

  it('said nothing wrong and asked nobody else', () => {
    // Chromium's own lines about the cable that was pulled and about answers of 401; whether sockets work is shown above.
    const ours = complaints.filter((said) => !/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|WebSocket connection to|status of 401/.test(said));
    expect(ours).toEqual([]);
    expect(strangers).toEqual([]);
  });
});

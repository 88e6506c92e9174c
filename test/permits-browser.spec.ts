import type { PermitResource, RouteCollection } from '@muckwatch/contract';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from './support/browser.mjs';
import { City, eastOf, eventually, LAT, square } from './support/city.js';
import { freePort } from './support/free-port.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, PHONE } from './support/screens.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from './support/server.js';

const LON = 113.38;
const YARD = square('yard-1', 'yard', eastOf(LON, 3_600), 520, { name: '淅河消纳场' }, LAT - 0.008);
const YARD_CORNER = YARD.geometry.coordinates[0]![3] as [number, number];

inABrowser('test/permits-browser.spec.ts')('permits in a real browser', () => {
  let server: TestServer;
  let city: City;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  const shot = (of: Page, name: string) => of.screenshot({ path: join(ARTIFACTS, `permits-${name}.png`) });
  const row = (id: string) => page.locator(`[data-testid=permit-row][data-id="${id}"]`);
  const permits = async () => (await city.call('get', '/permits?limit=500').expect(200)).body.items as PermitResource[];
  const routes = async () => ((await city.call('get', '/routes?limit=500').expect(200)).body as RouteCollection).features;

  const open = (context: BrowserContext) => openPage(context, complaints, 15_000);

  async function signIn(on: Page, username = 'admin', password = ADMIN_PASSWORD): Promise<void> {
    await on.goto(`${server.url}/#/permits`);
    await on.getByTestId('username').fill(username);
    await on.getByTestId('password').fill(password);
    await on.getByTestId('submit').click();
    await on.getByTestId('permits-page').waitFor();
  }

  /** Chooses by typing: the list shows a window of its choices only. */
  async function choose(on: Page, field: string, ...names: string[]): Promise<void> {
    for (const name of names) {
      await on.locator(`#${field}`).click();
      await on.locator(`#${field}`).fill(name);
      await on.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: name }).first().click();
    }
    if (names.length > 1) await on.locator('.permit-drawer h2').click();
  }

  /** Where a place on the ground lies on the screen: the page remembers its view. */
  async function spot(on: Page, map: string, lon: number, lat: number): Promise<[number, number]> {
    const view = await on.evaluate<string>(`localStorage.getItem('muckwatch.view')`);
    const [centreLat, centreLon, zoom] = view.split(',').map(Number) as [number, number, number];
    const box = (await on.getByTestId(map).boundingBox())!;
    const scale = 256 * 2 ** zoom;
    const y = (at: number) => Math.log(Math.tan(Math.PI / 4 + (at * Math.PI) / 360)) / (2 * Math.PI);
    return [box.x + box.width / 2 + ((lon - centreLon) / 360) * scale, box.y + box.height / 2 - (y(lat) - y(centreLat)) * scale];
  }

  /** How many pixels a pane of the map has drawn. */
  const drawn = (on: Page, pane: string) =>
    on.evaluate<number>(`(() => {
      const canvas = document.querySelector('.leaflet-${pane}-pane canvas');
      if (!canvas) return 0;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let n = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i] > 0) n++;
      return n;
    })()`);

  beforeAll(async () => {
    await buildAll();

    const port = String(await freePort());
    server = await startTestServer({ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` });
    city = new City(server);
    await city.call('post', '/companies/import').send([
      { id: 'c1', name: '顺达渣土运输' },
      { id: 'c2', name: '宏远土石方' },
    ]);
    await city
      .call('post', '/trucks/import')
      .send(['鄂S8K217', '鄂S3M650', '鄂S5D482', '鄂S7F033'].map((plate, i) => ({ id: `t${i + 1}`, plate, companyId: i < 3 ? 'c1' : 'c2' })))
      .expect(200);
    const validFrom = new Date(Date.now() - 3_600_000).toISOString();
    await city
      .call('post', '/places/import')
      .send({
        type: 'FeatureCollection',
        features: [
          square('site-1', 'site', LON, 420, { name: '城南安置房', validFrom }),
          square('site-2', 'site', eastOf(LON, 1_900), 380, { name: '高新产业园', validFrom }, LAT + 0.014),
          { ...YARD, properties: { ...YARD.properties, validFrom } },
          square('yard-2', 'yard', eastOf(LON, 500), 420, { name: '万店消纳场', validFrom }, LAT - 0.02),
          square('zone-1', 'no-go', eastOf(LON, 1_500), 320, { name: '实验小学', validFrom }, LAT - 0.005),
        ],
      })
      .expect(200);
    const road = (from: number[], to: number[], roadClass: string, name?: string) => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: [from, to] },
      properties: { kind: 'road', class: roadClass, name },
    });
    const [west, east, south, north] = [LON - 0.03, LON + 0.07, LAT - 0.04, LAT + 0.035];
    await city
      .call('put', '/base-map')
      .send({
        type: 'FeatureCollection',
        features: [
          ...[-0.026, -0.013, 0, 0.0075, 0.021].map((d, i) =>
            road([west, LAT + d], [east, LAT + d + 0.001], i % 2 === 0 ? 'trunk' : 'secondary', i % 2 === 0 ? `迎宾${i + 1}路` : undefined),
          ),
          ...[-0.012, 0.0105, 0.024, 0.037, 0.055].map((d, i) => road([LON + d, south], [LON + d + 0.001, north], i % 2 === 0 ? 'primary' : 'secondary')),
        ],
      })
      .expect(204);
    browser = (await openBrowser())!;
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('says what would fill an empty list', async () => {
    page = await open(await browser.newContext({ viewport: DESK, locale: 'zh-CN', timezoneId: 'America/New_York' }));
    await signIn(page);
    await page.getByText('还没有许可').waitFor();
    await shot(page, '1-empty');
  });

  it('shows what the control room showed, to somebody who comes from there', async () => {
    // A page of its own: while the permits page is fetched for the first time, the map that is being left is there without a size.
    const fresh = await open(page.context());
    const view = () => fresh.evaluate<string | null>(`localStorage.getItem('muckwatch.view')`);
    await fresh.goto(`${server.url}/#/`);
    await fresh.locator('.leaflet-container').waitFor();
    await fresh.mouse.move(DESK.width / 2, DESK.height / 2);
    await fresh.mouse.wheel(0, -400);
    await eventually('the view is remembered', view);
    await fresh.waitForTimeout(800);
    const before = await view();
    await fresh.evaluate(`location.hash = '#/permits'`);
    await fresh.getByTestId('permit-map').waitFor();
    await fresh.waitForTimeout(800);
    expect(await view()).toBe(before);
    await fresh.close();
  });

  it('draws a route on the map: points, one taken back, one moved, snapped to a corner of the yard', async () => {
    await page.keyboard.press('n');
    await choose(page, 'f-company', '顺达');
    await choose(page, 'f-site', '城南');
    await choose(page, 'f-yards', '淅河');
    await page.getByTestId('draw-route').click();
    await page.getByTestId('route-drawer').waitFor();
    expect(await page.getByTestId('route-name').inputValue()).toBe('城南安置房 至 淅河消纳场');

    const map = (await page.getByTestId('permit-map').boundingBox())!;
    const at = (x: number, y: number) => [map.x + map.width * x, map.y + map.height * y] as const;
    await eventually(
      'the places are drawn',
      () => drawn(page, 'ground'),
      (n) => n > 1_000,
    );
    // The map goes to site and yard; where it is clicked before it stands still is somewhere else.
    let before = '';
    await eventually('the map stands still', async () => {
      const [was, now] = [before, String(await spot(page, 'permit-map', ...YARD_CORNER))];
      await page.waitForTimeout(400);
      before = now;
      return was === now;
    });
    await page.mouse.click(...at(0.22, 0.42));
    await page.mouse.click(...at(0.4, 0.42));
    await page.mouse.click(...at(0.5, 0.2));
    await page.keyboard.press('Control+z');
    await page.mouse.click(...at(0.58, 0.5));
    const points = () => page.getByTestId('route-length').innerText();
    expect(await points()).toContain('3 点');

    // The middle of the last stretch is drawn out into a point of its own.
    const middle = at(0.49, 0.46);
    await page.mouse.move(...middle);
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 0.44), { steps: 4 });
    await page.mouse.up();
    expect(await points()).toContain('4 点');
    await page.mouse.click(...at(0.5, 0.44), { button: 'right' });
    expect(await points()).toContain('3 点');
    await page.keyboard.press('Control+z');
    expect(await points()).toContain('4 点');
    // The corner of the yard takes the last point to itself.
    const [x, y] = await spot(page, 'permit-map', ...YARD_CORNER);
    await page.mouse.move(x - 60, y - 5);
    await page.mouse.move(x - 7, y - 5, { steps: 3 });
    await shot(page, '2-drawing');
    await page.mouse.click(x - 7, y - 5);
    expect(await points()).toContain('5 点');

    // Escape is no catastrophe.
    await page.keyboard.press('Escape');
    await page.getByTestId('permit-note').getByText('继续画').click();
    expect(await points()).toContain('5 点');
    await page.getByTestId('route-width').fill('80');
    await page.getByTestId('f-to').fill('2027-12-31');
    await page.getByTestId('permit-map').focus();
    await page.keyboard.press('Enter');
    await shot(page, '3-drawn');
    await page.getByTestId('save-route').click();
    await page.getByTestId('permit-drawer').waitFor();
    const [route] = await routes();
    expect(route).toMatchObject({
      geometry: { type: 'LineString' },
      properties: { name: '城南安置房 至 淅河消纳场', widthM: 80, validTo: '2027-12-31T16:00:00.000Z' },
    });
    const line = route!.geometry.coordinates as number[][];
    expect(line).toHaveLength(5);
    expect(line[4]![0]).toBeCloseTo(YARD_CORNER[0], 5);
    expect(line[4]![1]).toBeCloseTo(YARD_CORNER[1], 5);
  });

  it('says at the field what makes no sense, before it is sent and when the server says so', async () => {
    const drawer = page.getByTestId('permit-drawer');
    await page.getByTestId('f-from').fill('2026-12-02');
    await page.getByTestId('f-to').fill('2026-12-01');
    await drawer.getByText('结束不在开始之后').waitFor();
    await page.getByTestId('save-permit').click();
    expect(await permits()).toEqual([]);
    await shot(page, '4-makes-no-sense');

    await city
      .call('post', '/permits')
      .send({ id: 'P-0417', companyId: 'c2', siteId: 'site-2', yardIds: ['yard-1'] })
      .expect(201);
    await city.call('delete', '/permits/P-0417').expect(204);
    await page.getByTestId('f-to').fill('2099-12-31');
    await page.getByTestId('f-id').fill('P-0417');
    await page.getByTestId('save-permit').click();
    await drawer.getByText('已被停用的许可占用').waitFor();
    expect(await permits()).toEqual([]);
  });

  it('enters the permit, in the city’s time whatever the browser’s is, and lists it', async () => {
    await page.getByTestId('f-id').fill('P-0418');
    await page.getByTestId('f-volume').fill('12,000');
    await page.getByTestId('f-from').fill('2026-08-18');
    expect(await page.getByTestId('permit-sentence').innerText()).toContain('每天 21:00 至次日 05:00');
    await shot(page, '5-permit');
    await page.getByTestId('save-permit').click();
    await row('P-0418').waitFor();
    const [permit] = await permits();
    expect(permit).toMatchObject({
      id: 'P-0418',
      companyId: 'c1',
      siteId: 'site-1',
      yardIds: ['yard-1'],
      hours: [{ from: '21:00', to: '05:00' }],
      validFrom: '2026-08-17T16:00:00.000Z',
      validTo: '2099-12-31T16:00:00.000Z',
      volumeM3: 12_000,
    });
    expect(permit!.routeIds).toHaveLength(1);
    const text = await row('P-0418').innerText();
    for (const word of ['城南安置房', '淅河消纳场', '顺达渣土运输', '全部车辆', '1 条线路', '2026-08-18 至 2099-12-31', '12,000 m³'])
      expect(text).toContain(word);
  });

  it('changes it, and another page hears of it', async () => {
    const other = await open(await browser.newContext({ viewport: DESK, locale: 'zh-CN' }));
    await signIn(other);
    await row('P-0418').click();
    await choose(page, 'f-trucks', '8K217', '3M650');
    await page.getByTestId('save-permit').click();
    await other.locator('[data-testid=permit-row]', { hasText: '2 台车' }).waitFor();
    await other.context().close();
  });

  it('retires it, and takes that back', async () => {
    await row('P-0418').click();
    await page.getByTestId('retire-permit').click();
    await row('P-0418').waitFor({ state: 'detached' });
    await page.getByTestId('permit-note').getByText('撤销').click();
    await row('P-0418').waitFor();
  });

  it('imports permits and routes, and names every bad row', async () => {
    const hours = [{ from: '22:00', to: '05:00' }];
    const now = Date.now();
    const iso = (days: number) => new Date(now + days * 86_400_000).toISOString();
    const many = [
      { id: 'P-0301', companyId: 'c2', siteId: 'site-2', yardIds: ['yard-1', 'yard-2'], hours, validFrom: iso(-60), validTo: iso(-2), volumeM3: 8_000 },
      { id: 'P-0500', companyId: 'c2', siteId: 'site-2', yardIds: ['yard-2'], hours: null, validFrom: iso(5), validTo: iso(90) },
      { id: 'P-0420', companyId: 'c1', siteId: 'site-2', yardIds: ['yard-1'], truckIds: ['t1', 't2', 't3'], hours: null, validTo: iso(20), volumeM3: 45_000 },
      {
        id: 'P-0421',
        companyId: 'c2',
        siteId: 'site-1',
        yardIds: ['yard-2'],
        hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '09:01' }],
        validTo: iso(200),
      },
    ];
    const bad = [many[0], { ...many[1], yardIds: [], siteId: 'yard-1' }, { ...many[2], truckIds: ['t4'] }];
    const choosing = async (name: string, said: unknown) => {
      await page.getByTestId('import-file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(said)) });
    };
    await page.getByTestId('import').click();
    await choosing('bad.json', bad);
    await page.getByTestId('import-refused').getByText('3 行中 2 行有错').waitFor();
    const refused = await page.getByTestId('import-rows').innerText();
    expect(refused).toContain('P-0500');
    expect(refused).toContain('车辆“t4”属于企业“c2”，不属于“c1”');
    await shot(page, '6-import-refused');
    await page.getByText('换一个文件').click();
    await choosing('permits.json', many);
    await page.getByTestId('import-send').click();
    await page.getByTestId('import-done').getByText('新增 4').waitFor();
    await page.getByText('换一个文件').click();
    const line = (id: string, name: string, coordinates: number[][], widthM: number) => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates },
      properties: { id, name, widthM },
    });
    await choosing('routes.geojson', {
      type: 'FeatureCollection',
      features: [
        line('r-2', '高新产业园 2 号线', [[eastOf(LON, 2_100), LAT + 0.014], [eastOf(LON, 2_100), LAT + 0.0075], [eastOf(LON, 3_700), LAT + 0.0075], [eastOf(LON, 3_700), LAT - 0.008]], 120), // prettier-ignore
        line('r-3', '万店线', [[eastOf(LON, 200), LAT], [eastOf(LON, 1_000), LAT - 0.013], [eastOf(LON, 700), LAT - 0.02]], 60), // prettier-ignore
      ],
    });
    await page.getByTestId('import-send').click();
    await page.getByTestId('import-done').getByText('新增 2').waitFor();
    await page.keyboard.press('Escape');
    await row('P-0420').waitFor();
  });

  it('finds and filters', async () => {
    await page.getByTestId('permit-find').fill('8k217');
    await row('P-0421').waitFor({ state: 'detached' });
    expect(await page.getByTestId('permit-row').count()).toBe(2);
    await page.getByTestId('permit-find').fill('');
    await page.getByTestId('period-expired').click();
    await row('P-0418').waitFor({ state: 'detached' });
    expect(await page.getByTestId('permit-row').count()).toBe(1);
    await page.getByTestId('period-expired').click();
    await row('P-0418').hover();
    await shot(page, '7-list');
  });

  it('shows the routes on the control room’s map, and a click on one its name, width and permits', async () => {
    await page.goto(`${server.url}/#/`);
    await page.getByTestId('map').waitFor();
    await eventually(
      'the routes are drawn',
      () => drawn(page, 'routes'),
      (n) => n > 500,
    );
    await page.getByRole('button', { name: '全市' }).click();
    const card = page.getByTestId('route-card');
    const drawnRoute = (await routes()).find(({ properties }) => properties.widthM === 80)!;
    const [[lonA, latA], [lonB, latB]] = drawnRoute.geometry.coordinates as [[number, number], [number, number]];
    await eventually(
      'a click on the route finds it',
      async () => {
        await page.mouse.click(...(await spot(page, 'map', (lonA + lonB) / 2, (latA + latB) / 2)));
        await page.waitForTimeout(300);
        return card.count();
      },
      (n) => n > 0,
    );
    await card.getByText('P-0418').waitFor();
    expect(await card.innerText()).toContain('城南安置房 至 淅河消纳场');
    expect(await card.innerText()).toMatch(/允许宽度\s*80 m/);
    await shot(page, '8-control-room');
    await page.getByRole('button', { name: '图层' }).click();
    await page.getByText('核准线路').click();
    await page.waitForTimeout(200);
    await shot(page, '9-layers');
    await page.getByText('核准线路').click();
  });

  it('speaks English', async () => {
    await page.goto(`${server.url}/#/permits/P-0418`);
    await page.getByTestId('language').click();
    await page.getByTestId('permit-sentence').getByText('daily 21:00 to 05:00 the next day').waitFor();
    await shot(page, '10-english');
    await page.getByTestId('language').click();
  });

  it('on a phone is a list, a form over it, and a map to draw on with a finger', async () => {
    const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    const phone = await open(context);
    const wide = () => phone.evaluate<number>('document.documentElement.scrollWidth');
    await signIn(phone);
    await phone.getByTestId('permit-row').first().waitFor();
    await shot(phone, '11-phone');
    for (const state of await phone.locator('.permit-state, .permit-id').all()) {
      const box = (await state.boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(PHONE.width);
    }
    expect(await wide()).toBeLessThanOrEqual(PHONE.width);
    await phone.locator('[data-testid=permit-row]').first().tap();
    await phone.getByTestId('permit-drawer').waitFor();
    await shot(phone, '12-phone-permit');
    expect(await wide()).toBeLessThanOrEqual(PHONE.width);
    await phone.getByTestId('draw-route').tap();
    await phone.getByTestId('route-drawer').waitFor();
    const map = (await phone.getByTestId('permit-map').boundingBox())!;
    expect(map.height).toBeGreaterThan(300);
    for (const [x, y] of [
      [0.2, 0.4],
      [0.6, 0.45],
      [0.75, 0.75],
    ] as const)
      await phone.touchscreen.tap(map.x + map.width * x, map.y + map.height * y);
    expect(await phone.getByTestId('route-length').innerText()).toContain('3 点');
    await shot(phone, '13-phone-drawing');
    expect(await wide()).toBeLessThanOrEqual(PHONE.width);
    // The narrowest that is still made.
    await phone.setViewportSize({ width: 360, height: 740 });
    expect(await wide()).toBeLessThanOrEqual(360);
    expect((await phone.getByTestId('save-route').boundingBox())!.y).toBeLessThan(740 - 36);
    await shot(phone, '14-phone-narrow');
    await phone.locator('.route-drawer .card-close').tap();
    await phone.locator('#f-to').scrollIntoViewIfNeeded();
    expect(await wide()).toBeLessThanOrEqual(360);
    await shot(phone, '15-phone-narrow-permit');
    await context.close();
  });

  it('lets an operator look, and change nothing', async () => {
    await city.person('night-shift');
    const operator = await open(await browser.newContext({ viewport: DESK, locale: 'zh-CN' }));
    await signIn(operator, 'night-shift', 'a long enough one');
    await operator.getByTestId('permit-row').first().click();
    await operator.getByText('只有主管和管理员可以修改许可与线路').first().waitFor();
    expect(await operator.getByTestId('save-permit').count()).toBe(0);
    expect(await operator.getByTestId('new-permit').count()).toBe(0);
    await operator.context().close();
  });

  it('said nothing wrong', () => {
    // Chromium's own lines: answers that are asked for above, sockets of pages that were left, and how often a test looks at a canvas.
    expect(complaints.filter((said) => !/status of (400|401|409)|WebSocket connection to|getImageData/.test(said))).toEqual([]);
  });
});

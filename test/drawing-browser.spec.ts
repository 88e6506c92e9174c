import type { PlaceCollection, PlaceVersions } from '@muckwatch/contract';
import { MINUTE_MS } from '@muckwatch/domain';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { now } from '../apps/server/src/clock.js';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { City, drive, eastOf, eventually, LAT, square, times } from './support/city.js';
import { freePort } from './support/free-port.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, PHONE, WIDER } from './support/screens.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from './support/server.js';

const LON = 113.38;
const SITE = square('site-1', 'site', LON, 420, { name: '城南安置房' });

inABrowser('test/drawing-browser.spec.ts')('drawing places in a real browser', () => {
  let server: TestServer;
  let city: City;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const shot = (of: Page, name: string) => of.screenshot({ path: join(ARTIFACTS, `drawing-${name}.png`) });
  const area = () => page.getByTestId('place-area').innerText();
  const places = async () => ((await city.call('get', '/places?limit=500').expect(200)).body as PlaceCollection).features;

  /** Where a place on the ground lies on the screen: the page remembers its view. */
  async function spot(lon: number, lat: number): Promise<[number, number]> {
    const view = await page.evaluate<string>(`localStorage.getItem('muckwatch.view')`);
    const [centreLat, centreLon, zoom] = view.split(',').map(Number) as [number, number, number];
    const box = (await page.getByTestId('drawing-map').boundingBox())!;
    const scale = 256 * 2 ** zoom;
    const y = (at: number) => Math.log(Math.tan(Math.PI / 4 + (at * Math.PI) / 360)) / (2 * Math.PI);
    return [box.x + box.width / 2 + ((lon - centreLon) / 360) * scale, box.y + box.height / 2 - (y(lat) - y(centreLat)) * scale];
  }

  async function still(): Promise<void> {
    let before = '';
    await eventually('the map stands still', async () => {
      const [was, is] = [before, String(await spot(LON, LAT))];
      await page.waitForTimeout(350);
      before = is;
      return was === is;
    });
  }

  async function signIn(on: Page): Promise<void> {
    await on.goto(`${server.url}/#/places`);
    await on.getByTestId('username').fill('admin');
    await on.getByTestId('password').fill(ADMIN_PASSWORD);
    await on.getByTestId('submit').click();
    await on.getByTestId('places-page').waitFor();
  }

  async function chooseKind(words: string): Promise<void> {
    await page.locator('#place-kind').click();
    // The list is taken at once where it stands still.
    await page.waitForTimeout(300);
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: words }).click();
  }

  async function drag(from: [number, number], to: [number, number]): Promise<void> {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 4 });
    await page.mouse.up();
  }

  beforeAll(async () => {
    await buildAll();
    const port = String(await freePort());
    server = await startTestServer({ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` });
    city = new City(server);
    await city.trucks(['t1', 't2']);
    const zone = square('zone-1', 'speed-zone', eastOf(LON, 900), 500, { name: '实验小学', limitKmh: 30 }, LAT - 0.004);
    await city.call('post', '/places/import').send({ type: 'FeatureCollection', features: [SITE, zone] }).expect(200); // prettier-ignore
    await city.upload('t1', drive({ at: now() - 50 * MINUTE_MS, lon: eastOf(LON, -300), everyS: 10 }, times(30, { speedKmh: 18 })));
    await city.upload('t2', drive({ at: now() - 40 * MINUTE_MS, lon: eastOf(LON, 520), everyS: 10 }, times(30, { speedKmh: 0 })));
    browser = (await openBrowser())!;
    page = await openPage(await browser.newContext({ viewport: DESK, locale: 'zh-CN' }), complaints, 15_000);
    await signIn(page);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('opens a place, refuses what would cross itself, takes a corner and a hole, and says its area', async () => {
    await page.locator('[data-testid=place-row][data-id=site-1]').click();
    await page.getByTestId('place-drawer').waitFor();
    await still();
    expect(await area()).toContain('17.6');
    const [west, south] = SITE.geometry.coordinates[0]![0] as [number, number];
    const [east, north] = SITE.geometry.coordinates[0]![2] as [number, number];
    const sw = await spot(west, south);
    const ne = await spot(east, north);
    const at = (x: number, y: number): [number, number] => [sw[0] + (ne[0] - sw[0]) * x, sw[1] + (ne[1] - sw[1]) * y];

    await page.mouse.move(...ne);
    await page.mouse.down();
    await page.mouse.move(...at(0.5, -0.25), { steps: 4 });
    await shot(page, '1-crossing');
    await page.mouse.up();
    await page.getByTestId('refused').waitFor();
    expect(await area()).toContain('17.6');

    // An edge gains a corner; it is taken back and brought again.
    await drag(at(1, 0.5), at(1.35, 0.5));
    expect(await area()).toContain('5 点');
    await page.keyboard.press('Control+z');
    expect(await area()).toContain('4 点');
    await page.keyboard.press('Control+Shift+z');
    expect(await area()).toContain('5 点');

    await page.getByTestId('add-hole').click();
    for (const [x, y] of [[0.15, 0.15], [0.35, 0.15], [0.35, 0.35], [0.15, 0.35]] as const) await page.mouse.click(...at(x, y)); // prettier-ignore
    await page.getByTestId('drawing-map').focus();
    await page.keyboard.press('Enter');
    expect(await area()).toContain('1 个挖空');
  });

  it('shows how far it has looked back, and says of how many trucks it is when it is stopped', async () => {
    // The server as a large fleet has it: this answer is about the first truck, the next is long in coming.
    await page.route('**/places/preview', async (route) => {
      if (route.request().postDataJSON().after !== null) return;
      const body = await (await route.fetch()).json();
      await route.fulfill({ json: { ...body, looked: { ...body.looked, trucks: 1 }, next: 't1' } });
    });
    await page.getByTestId('look-back').click();
    expect(await page.getByTestId('touched-so-far').innerText()).toContain('已看 2 台车中的 1 台');
    await page.locator('.ant-progress').scrollIntoViewIfNeeded();
    await shot(page, '2-looking');
    await page.getByTestId('look-stop').click();
    expect(await page.getByTestId('touched-found').innerText()).toContain('已停止：只看了 2 台车中的 1 台，实际只多不少');
    await page.unroute('**/places/preview');
  });

  it('says what it would have touched, beside what the present shape has', async () => {
    await page.getByTestId('look-back').click();
    await page.getByTestId('touched-found').waitFor();
    const found = await page.getByTestId('touched-found').innerText();
    expect(found).toContain('2 台车进入过（现在的范围：1）');
    expect(found).toContain('已看全部 2 台车');
    await page.getByTestId('touched-found').scrollIntoViewIfNeeded();
    await shot(page, '2-touched');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('saves it with a reason, in force at once on another map, and finds the old shape again', async () => {
    await page.getByTestId('place-reason').fill('围挡外移');
    await page.getByTestId('save-place').click();
    await page.getByTestId('place-drawer').waitFor({ state: 'detached' });
    const site = (await places()).find(({ properties }) => properties.id === 'site-1')!;
    expect(site.geometry.coordinates).toHaveLength(2);
    const { items } = (await city.call('get', '/places/site-1/versions').expect(200)).body as PlaceVersions;
    expect(items.map(({ reason }) => reason)).toEqual(['围挡外移', null]);

    await page.locator('[data-testid=place-row][data-id=site-1]').click();
    const old = page.getByTestId('version').nth(1);
    await old.hover();
    await still();
    await shot(page, '3-versions');
    await page.getByTestId('take-shape').click();
    expect(await area()).toContain('4 点');
    await page.keyboard.press('Escape');
    await page.getByTestId('permit-note').getByText('未保存的场所已放在一边').waitFor();
    await page.getByTestId('permit-note').getByRole('button').last().click();
  });

  it('draws a speed zone along the border of its neighbour, and the server’s and its own faults stand at their fields', async () => {
    await page.getByTestId('new-place').click();
    await still();
    const [east, north] = SITE.geometry.coordinates[0]![2] as [number, number];
    const corner = await spot(east, north);
    await page.mouse.move(corner[0] + 60, corner[1] - 40);
    await page.mouse.move(corner[0] + 6, corner[1] - 5, { steps: 3 });
    await page.mouse.click(corner[0] + 6, corner[1] - 5);
    await page.mouse.click(corner[0] + 160, corner[1] - 10);
    await page.mouse.click(corner[0] + 160, corner[1] - 110);
    await page.mouse.click(corner[0] + 20, corner[1] - 120);
    await page.mouse.move(corner[0] + 80, corner[1] - 60);
    await shot(page, '4-drawing');
    await page.mouse.click(...corner);
    await chooseKind('限速区');
    await page.getByTestId('save-place').click();
    await page.getByText('请填写名称').waitFor();
    await page.getByText('限速应在 5 到 150').waitFor();
    await shot(page, '5-wrong');
    await page.getByTestId('place-name').fill('南门口');
    await page.getByTestId('place-limitKmh').fill('20');
    await page.getByTestId('save-place').click();
    await page.getByTestId('place-drawer').waitFor({ state: 'detached' });
    const made = (await places()).find(({ properties }) => properties.name === '南门口')!;
    expect(made.properties).toMatchObject({ kind: 'speed-zone', limitKmh: 20 });
    const [lon, lat] = made.geometry.coordinates[0]![0] as [number, number];
    expect([lon, lat]).toEqual([expect.closeTo(east, 5), expect.closeTo(north, 5)]);
  });

  it('says that a place may be there already, unless zones are meant, and saves it all the same', async () => {
    await page.getByTestId('new-place').click();
    await still();
    const sw = await spot(...(SITE.geometry.coordinates[0]![0] as [number, number]));
    const ne = await spot(...(SITE.geometry.coordinates[0]![2] as [number, number]));
    const at = (x: number, y: number): [number, number] => [sw[0] + (ne[0] - sw[0]) * x, sw[1] + (ne[1] - sw[1]) * y];
    for (const [x, y] of [[0.5, 0.3], [0.85, 0.3], [0.85, 0.8], [0.5, 0.8], [0.5, 0.3]] as const) await page.mouse.click(...at(x, y)); // prettier-ignore
    await page.getByTestId('add-hole').waitFor();
    expect(await page.getByTestId('place-overlaps').innerText()).toContain(`与工地「${SITE.properties.name}」重叠 100%`);
    await shot(page, '6-overlaps');
    await chooseKind('限速区');
    await page.getByTestId('place-overlaps').waitFor({ state: 'detached' });
    await chooseKind('工地');
    await page.getByTestId('place-overlaps').waitFor();
    await page.getByTestId('place-name').fill('城南安置房二期');
    await page.getByTestId('save-place').click();
    await page.getByTestId('place-drawer').waitFor({ state: 'detached' });
    expect((await places()).map(({ properties }) => properties.name)).toContain('城南安置房二期');
  });

  it('draws with the keyboard alone', async () => {
    await page.keyboard.press('n');
    await page.getByTestId('place-drawer').waitFor();
    for (const key of ['p', 'p', 'p', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
    expect(await area()).toContain('3 点');
    await page.keyboard.press('Enter');
    await page.getByTestId('add-hole').waitFor(); // the ring is closed
    expect(await area()).not.toMatch(/^0 /);
    await page.keyboard.press('Escape');
    await page.getByTestId('place-drawer').waitFor({ state: 'detached' });
  });

  it('imports a file, and names every bad row', async () => {
    const choosing = (text: string) => page.getByTestId('import-file').setInputFiles({ name: 'places.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByTestId('import-places').click();
    await choosing('id,kind,name,lon,lat,radiusM\na,site,A,113.4,north,50\nb,pit,B,113.4,31.7,50\n');
    await page.getByTestId('import-refused').waitFor();
    expect(await page.getByTestId('import-rows').innerText()).toMatch(/lat[\s\S]*kind/);
    await page.getByTestId('import-other').click();
    await choosing('id,kind,name,lon,lat,radiusM\nwash-1,wash-bay,城南冲洗台,113.379,31.69,20\n');
    await page.getByTestId('import-send').click();
    await page.getByTestId('import-done').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-testid=place-row][data-id=wash-1]').waitFor();
  });

  it('is usable on a phone, in English', async () => {
    const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB', hasTouch: true });
    await context.addInitScript(`localStorage.setItem('muckwatch.language', 'en')`);
    const phone = await openPage(context, complaints, 15_000);
    await signIn(phone);
    await phone.locator('[data-testid=place-row][data-id=site-1]').waitFor();
    await shot(phone, '6-phone-list');
    await phone.locator('[data-testid=place-row][data-id=site-1]').click();
    await phone.getByTestId('place-drawer').waitFor();
    await phone.waitForTimeout(700);
    await shot(phone, '7-phone');
    expect(await phone.evaluate(WIDER)).toEqual([]);
    expect(await faultsOf(phone)).toEqual([]);
    // What the server refuses the browser says as well.
    expect(complaints.filter((said) => !/status of 40[01] /.test(said))).toEqual([]);
  });
});

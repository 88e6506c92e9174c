import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { now } from '../apps/server/src/clock.js';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { City, eastOf, eventually, LAT, SECRET, square } from './support/city.js';
import { freePort } from './support/free-port.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, openSignedIn, PHONE, WIDER } from './support/screens.js';
import { ADMIN_PASSWORD, startTestServer } from './support/server.js';

// Its types say a default that Node does not find.
const gcoord = createRequire(import.meta.url)('gcoord') as { transform: (point: [number, number], from: 'GCJ02', to: 'WGS84') => [number, number] };

const LON = 113.38;
const ZOOM = 15;
const DAY = 86_400_000;

/** A light tile with a dark edge, as PNG. */
function tile(): Buffer {
  const rows = Buffer.alloc(256 * 257, 0xe8);
  for (let y = 0; y < 256; y++) {
    rows[y * 257] = 0;
    rows[y * 257 + 1] = 0x40;
    if (y === 0) rows.fill(0x40, 1, 257);
  }
  const chunk = (name: string, data: Buffer) => {
    const said = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(said));
    return Buffer.concat([length, said, sum]);
  };
  const header = Buffer.from([0, 0, 1, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0]);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

interface Corner {
  src: string;
  left: number;
  top: number;
}

const TILES = `[...document.querySelectorAll('img.leaflet-tile-loaded')].map((img) => ({ src: img.src, ...img.getBoundingClientRect().toJSON() }))`;

/** Where the north-west corner of a tile in GCJ-02 is in truth. */
function truthOf({ src }: Corner): [lon: number, lat: number] {
  const [z, column, row] = new URL(src).pathname.match(/\d+/g)!.map(Number) as [number, number, number];
  const lon = (column / 2 ** z) * 360 - 180;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
  return gcoord.transform([lon, lat], 'GCJ02', 'WGS84');
}

const metresApart = (a: readonly number[], b: readonly number[]) =>
  Math.hypot((a[0]! - b[0]!) * 111_320 * Math.cos((LAT * Math.PI) / 180), (a[1]! - b[1]!) * 111_320);

/** The pixel of the world at ZOOM. */
function pixelOf([lon, lat]: [number, number]): [number, number] {
  const sin = Math.sin((lat * Math.PI) / 180);
  const scale = 256 * 2 ** ZOOM;
  return [((lon + 180) / 360) * scale, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * scale];
}

/** Requests that are answered once they are released. */
async function held(page: Page, pattern: string): Promise<{ asked: Promise<void>; release: () => void }> {
  let [ask, release] = [() => {}, () => {}];
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(pattern, async (route) => {
    ask();
    await released;
    await route.continue();
  });
  return { asked, release: () => release() };
}

inABrowser('test/map-browser.spec.ts')('the map in a real browser', () => {
  let tiles: Server;
  const asked: string[] = [];
  let city: City;
  let browser: Browser;
  let page: Page;
  let driving: NodeJS.Timeout;
  let east = 0;
  const complaints: string[] = [];

  const shot = (name: string) => page.screenshot({ path: join(ARTIFACTS, `map-${name}.png`) });
  const middle = async () => {
    const { x, y, width, height } = (await page.getByTestId('map').boundingBox())!;
    return [x + width / 2, y + height / 2] as const;
  };
  const remembered = (key: string) => page.evaluate<string>(`localStorage.getItem('muckwatch.${key}')`);
  const layer = async (name: string) => {
    await page.getByRole('button', { name: '图层' }).click();
    await page.getByRole('checkbox', { name }).click();
    await page.getByRole('button', { name: '图层' }).click();
    await page.getByRole('checkbox', { name }).waitFor({ state: 'hidden' });
  };

  /** 54 km/h to the east, a report a second. */
  async function driveOn(): Promise<void> {
    east += 15;
    const there = { lat: LAT, lon: eastOf(LON, east), speedKmh: 54, headingDeg: 90, ignition: true, loadKg: 300, cover: 'closed', bedAngleDeg: 0 };
    await city.upload('t1', [{ time: now(), ...there }]);
  }

  async function spilt(n: number, metresEast: number, status: string, contradicted = false): Promise<void> {
    const began = new Date(now() - n * DAY - 3_600_000).toISOString();
    await city.server.database.query(
      `insert into alerts (id, rules_version, incident, rule, scope, severity, truck_id, company_id, began, ended, late, contradicted_at, contradicted_reason,
         contradicted_reason_zh, opened_at, found_at, lat, lon, evidence, limits, summary_zh, summary_en, status)
       values ($1, 1, $1, 'spill', '-', 'serious', 't1', 'c1', $2, $2, false, $3, 'x', 'x', $2, $2, $4, $5, '{}', '{}', 'x', 'x', $6)`,
      [`spill:t1:-:${began}:${metresEast}`, began, contradicted ? began : null, LAT + 0.002, eastOf(LON, metresEast), status],
    );
  }

  beforeAll(async () => {
    await buildAll();
    tiles = createServer((request, response) => {
      asked.push(request.url!);
      response.setHeader('Content-Type', 'image/png').end(tile());
    });
    await new Promise<void>((resolve) => tiles.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(tiles.address() as AddressInfo).port}`;
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const base = { TILES_URL: `${host}/{z}/{x}/{y}.png`, TILES_DATUM: 'gcj02', TILES_ATTRIBUTION: '© 试验底图' };
    city = new City(await startTestServer({ PORT: port, PUBLIC_URL: url, ...base }));
    await city.call('post', '/companies').send({ id: 'c1', name: '随州市政工程局' }).expect(201);
    await city.call('post', '/trucks').send({ id: 't1', plate: '鄂S8K217', companyId: 'c1', ratedLoadKg: 18_000 }).expect(201);
    await city.call('post', '/terminals').send({ id: 't1', truckId: 't1', secret: SECRET }).expect(201);
    const yard = square('y1', 'yard', eastOf(LON, -900), 500, { name: '淅河消纳场', validFrom: '2026-01-01T00:00:00Z' });
    await city.call('post', '/places').send(yard).expect(201);
    await city
      .call('patch', `/places/y1?reason=${encodeURIComponent('验收')}`)
      .send({ properties: { capacityM3: 120_000, hours: [{ from: '21:00', to: '05:00' }] } })
      .expect(200);
    await city
      .call('post', '/places')
      .send(square('s1', 'site', eastOf(LON, -2_600), 300, { name: '裕民小区', validFrom: '2026-01-01T00:00:00Z' }))
      .expect(201);
    await city.call('post', '/cameras').send({ id: 'k1', name: '淅河东门', placeId: 'y1', secret: SECRET }).expect(201);
    await city
      .call('post', '/permits')
      .send({ id: 'permit-17', companyId: 'c1', siteId: 's1', yardIds: ['y1'], validFrom: '2026-01-01T00:00:00Z' })
      .expect(201);
    const line = { type: 'LineString', coordinates: [-1_400, 200].map((metres) => [eastOf(LON, metres), LAT - 0.004]) };
    await city
      .call('post', '/routes')
      .send({ type: 'Feature', geometry: line, properties: { id: 'r1', name: '裕民线', widthM: 60 } })
      .expect(201);
    for (const n of [1, 2, 3]) await spilt(n, 600, 'confirmed');
    await spilt(4, 620, 'open');
    await spilt(5, 600, 'dismissed');
    await spilt(6, 600, 'confirmed', true);
    await spilt(2, -500, 'open');
    await spilt(20, -500, 'confirmed');
    await driveOn();
    driving = setInterval(() => void driveOn(), 1_000);

    browser = (await openBrowser())!;
    const context = await browser.newContext({ viewport: DESK, locale: 'zh-CN' });
    await context.addInitScript(`localStorage.getItem('muckwatch.view') ?? localStorage.setItem('muckwatch.view', '${LAT},${LON},${ZOOM}')`);
    page = await openPage(context, complaints, 15_000);
    await page.goto(url);
    await page.getByTestId('username').fill('admin');
    await page.getByTestId('password').fill(ADMIN_PASSWORD);
    await page.getByTestId('submit').click();
  }, 300_000);

  afterAll(async () => {
    clearInterval(driving);
    await browser?.close();
    await city?.close();
    tiles?.close();
  });

  it('puts tiles in GCJ-02 where the data are, and says whose they are', async () => {
    await page.locator('img.leaflet-tile-loaded').first().waitFor();
    expect(await page.getByTestId('map-corner').innerText()).toMatch(/^坐标 WGS-84 · © 试验底图 · 底图 GCJ-02/);
    const [x, y] = await middle();
    const shown = await page.evaluate<(Corner & { right: number; bottom: number })[]>(TILES);
    const [centreX, centreY] = pixelOf([LON, LAT]);
    expect(shown.length).toBeGreaterThan(8);
    let worst = 0;
    for (const { src, left, top, right, bottom } of shown) {
      const [z, column, row] = new URL(src).pathname.match(/\d+/g)!.map(Number) as [number, number, number];
      expect(z).toBe(ZOOM);
      const scale = 2 ** z;
      const lon = ((column + 0.5) / scale) * 360 - 180;
      const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * (row + 0.5)) / scale))) * 180) / Math.PI;
      const [px, py] = pixelOf(gcoord.transform([lon, lat], 'GCJ02', 'WGS84'));
      worst = Math.max(worst, Math.abs((left + right) / 2 - (x + px - centreX)), Math.abs((top + bottom) / 2 - (y + py - centreY)));
    }
    // The map's middle is kept to five digits and to whole pixels.
    expect(worst).toBeLessThan(1.5);
    // None is lacking at the edges of the map.
    const box = (await page.getByTestId('map').boundingBox())!;
    expect(Math.min(...shown.map(({ left }) => left))).toBeLessThanOrEqual(box.x);
    expect(Math.min(...shown.map(({ top }) => top))).toBeLessThanOrEqual(box.y);
    expect(Math.max(...shown.map(({ right }) => right))).toBeGreaterThanOrEqual(box.x + box.width);
    expect(Math.max(...shown.map(({ bottom }) => bottom))).toBeGreaterThanOrEqual(box.y + box.height);
    await shot('1-tiles');
  });

  it('reads coordinates out, and measures, in WGS-84 over tiles in GCJ-02', async () => {
    const corners = await page.evaluate<Corner[]>(TILES);
    const box = (await page.getByTestId('map').boundingBox())!;
    // Two corners of tiles that neither a box nor the panel covers.
    const clear = corners.filter(({ left, top }) => left > box.x + 40 && left < box.x + box.width - 60 && top > box.y + 80 && top < box.y + box.height - 120);
    const [a, b] = [clear[0]!, clear.at(-1)!];
    await page.mouse.move(a.left, a.top);
    const [lat, lon] = (await page.getByTestId('map-pointer').innerText()).split(', ').map(Number);
    // A pixel is 4 m here, and the shift of GCJ-02 some 500 m.
    expect(metresApart([lon!, lat!], truthOf(a))).toBeLessThan(8);
    await page.getByRole('button', { name: '测量' }).click();
    await page.mouse.click(a.left, a.top);
    await page.mouse.click(b.left, b.top);
    await page.keyboard.press('Enter');
    const told = Number(/长度\s*([\d.]+) km/.exec(await page.getByTestId('measure').innerText())![1]) * 1_000;
    expect(Math.abs(told - metresApart(truthOf(a), truthOf(b)))).toBeLessThan(20);
    await page.keyboard.press('Escape');
  });

  it('finds a company’s truck by pinyin initials and follows it until the map is dragged', async () => {
    await page.keyboard.press('/');
    await page.getByTestId('find').pressSequentially('gcj');
    await page.getByRole('option', { name: /8K217/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('truck-card').waitFor();
    await page.keyboard.press('f');
    await page.getByTestId('following').waitFor();
    const off = async () => {
      const [lat, lon] = (await remembered('view')).split(',').map(Number);
      const truck = (await page.evaluate<{ lat: number; lon: number } | null>(`window.muckwatch.trucks().get('t1') ?? null`))!;
      return Math.hypot((lat! - truck.lat) * 111_000, (lon! + besideCard - truck.lon) * 94_600);
    };
    // The middle of what the card leaves free: half of the card's right edge, less the margin at the right.
    const card = (await page.getByTestId('truck-card').boundingBox())!;
    const besideCard = (((card.x + card.width - (await page.getByTestId('map').boundingBox())!.x - 44) / 2) * 360) / (256 * 2 ** ZOOM);
    // It is drawn a report behind, and the view is remembered once a second.
    await eventually('the truck is in the middle', off, (metres) => metres < 40);
    const was = await remembered('view');
    await eventually('the map has gone on', () => remembered('view'), (view) => view !== was); // prettier-ignore
    expect(await off()).toBeLessThan(60);
    await shot('2-following');
    const [x, y] = await middle();
    await page.mouse.move(x + 190, y + 160);
    await page.mouse.down();
    await page.mouse.move(x + 100, y + 160, { steps: 4 });
    await page.mouse.up();
    await page.getByTestId('following').waitFor({ state: 'detached' });
    await page.keyboard.press('f');
    await page.getByTestId('following').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('following').waitFor({ state: 'detached' });
    await page.getByTestId('truck-card').waitFor();
  });

  it('draws where trucks have lately driven', async () => {
    const painted = () =>
      page.evaluate<number>(`(() => {
        const canvas = document.querySelector('.leaflet-trails-pane canvas');
        const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).getContext('2d');
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
        let n = 0;
        for (let i = 3; i < data.length; i += 4) if (data[i] > 40) n++;
        return n;
      })()`);
    expect(await painted()).toBe(0);
    await layer('轨迹尾巴');
    await eventually('a trail is drawn', painted, (n) => n > 30);
    await shot('3-trails');
  });

  it('measures a way, and an area once it is closed', async () => {
    await page.keyboard.press('Escape');
    await page.getByTestId('truck-card').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '测量' }).click();
    const [x, y] = await middle();
    const at = (dx: number, dy: number) => page.mouse.click(x + dx, y + dy);
    await at(0, 0);
    await at(200, 0);
    await at(200, 150);
    await page.keyboard.press('Enter');
    // 4.065 m a pixel on the equator at this zoom: 350 px.
    const metre = (40_075_017 / (256 * 2 ** ZOOM)) * Math.cos((LAT * Math.PI) / 180);
    const told = async (pattern: RegExp) => {
      const words = await page.getByTestId('measure').innerText();
      expect(words).toMatch(pattern);
      return Number(pattern.exec(words)![1]);
    };
    expect(Math.abs((await told(/长度\s*([\d.]+) km/)) * 1_000 - 350 * metre)).toBeLessThan(15);
    await at(0, 0);
    await at(200, 0);
    await at(200, 150);
    await at(3, 3);
    expect((await told(/面积\s*([\d.]+) ha/)) / ((200 * 150 * metre ** 2) / 2 / 10_000)).toBeCloseTo(1, 1);
    await shot('4-measure');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('measure').waitFor({ state: 'detached' });
  });

  it('shows where loads are lost, in the stretch that is chosen', async () => {
    await layer('抛洒与乱倒热度');
    const legend = page.getByTestId('heat-legend');
    await eventually('the month is counted', () => legend.innerText(), (words) => /抛洒滴漏、乱倾乱倒告警 6 条/.test(words)); // prettier-ignore
    await page.getByRole('button', { name: '图层' }).click();
    await page.getByText('7 天', { exact: true }).click();
    await eventually('the week is counted', () => legend.innerText(), (words) => /告警 5 条/.test(words)); // prettier-ignore
    await shot('5-layers');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '图层' }).click();
    await page.evaluate(`localStorage.setItem('muckwatch.view', '${LAT + 0.002},${eastOf(LON, 605)},${ZOOM}')`);
    await page.reload();
    await legend.waitFor();
    await eventually('the week is counted again', () => legend.innerText(), (words) => /告警 5 条/.test(words)); // prettier-ignore
    const [x, y] = await middle();
    await page.mouse.move(x + 4, y + 4);
    await page.mouse.move(x + 2, y + 2);
    await page.locator('.heat-tip').waitFor();
    expect(await page.locator('.heat-tip').innerText()).toBe('4 条，其中已确认 3 条');
    await shot('6-heat');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('lists the worst places for the keyboard, and goes to one', async () => {
    await page.getByTestId('heat-more').focus();
    await page.keyboard.press('Enter');
    const rows = page.getByTestId('heat-worst').getByRole('listitem');
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringMatching(/^4\s.*淅河消纳场 1\.\d km\s+已确认 3$/),
      expect.stringMatching(/^1\s.*淅河消纳场.*\s+已确认 0$/),
    ]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.heat-tip', { hasText: '1 条，其中已确认 0 条' }).waitFor();
    const near = async () => {
      const [lat, lon] = (await remembered('view')).split(',').map(Number);
      return metresApart([lon!, lat!], [eastOf(LON, -500), LAT + 0.002]);
    };
    // The list takes room from below: the spot is in the middle of what is left.
    await eventually('the map is there', near, (metres) => metres < 900);
    await shot('6-worst');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByTestId('heat-more').click();
  });

  it('tells of a place what is permitted, seen and changed there, and leads on', async () => {
    await page.keyboard.press('/');
    await page.getByTestId('find').fill('xhxnc');
    await page.getByRole('option', { name: /淅河消纳场/ }).waitFor();
    await page.keyboard.press('Enter');
    const card = page.getByTestId('place-card');
    await card.getByText('permit-17 · 裕民小区').waitFor();
    await card.getByRole('link', { name: '淅河东门' }).waitFor();
    expect(await card.getByRole('link', { name: '淅河东门' }).getAttribute('href')).toBe('#/cameras/k1');
    expect(await card.getByTestId('place-hauls').getAttribute('href')).toMatch(/^#\/hauls\/list\?from=\d{4}-\d\d-\d\dT00:00&yard=y1$/);
    expect(await card.getByTestId('history').count()).toBe(0);
    await card.getByTestId('fold-history').click();
    const edits = card.getByTestId('history-edit');
    await edits.nth(1).waitFor();
    expect(await edits.nth(0).innerText()).toMatch(/修改[\s\S]*时段：每天 21:00[\s\S]*05:00[\s\S]*容量：120,000 m³[\s\S]*理由：验收/);
    expect(await edits.nth(1).innerText()).toMatch(/新建[\s\S]*类型：消纳场/);
    await shot('6-place');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('tells who made a route, and moves it out from under its card', async () => {
    const metre = (40_075_017 / (256 * 2 ** ZOOM)) * Math.cos((LAT * Math.PI) / 180);
    // 220 px above the middle of the map: where the card opens.
    const lat = LAT - 0.004 - (220 * metre) / 111_320;
    await page.evaluate(`localStorage.setItem('muckwatch.view', '${lat},${eastOf(LON, -400)},${ZOOM}')`);
    await page.reload();
    await page.locator('img.leaflet-tile-loaded').first().waitFor();
    const [, y] = await middle();
    const { x } = (await page.getByTestId('map').boundingBox())!;
    await eventually('the route is there', async () => {
      await page.mouse.click(x + 200, y - 220);
      return page.getByTestId('route-card').isVisible();
    }); // prettier-ignore
    const card = page.getByTestId('route-card');
    // Folds stay as they were left.
    await card.getByTestId('history-edit').waitFor();
    expect(await card.innerText()).toMatch(/裕民线[\s\S]*新建[\s\S]*名称：裕民线[\s\S]*宽度：60 m[\s\S]*形状：2 个点/);
    const { width } = (await card.boundingBox())!;
    const clicked = eastOf(LON, -400) + ((200 - 305) * metre) / 94_700;
    const onMap = async () => {
      const lon = Number((await remembered('view')).split(',')[1]);
      return 305 + ((clicked - lon) * 94_700) / metre;
    };
    await eventually('what was clicked is beside the card', onMap, (px) => px > width + 16);
    await page.keyboard.press('Escape');
  });

  it('draws a place over tiles in GCJ-02 where it is in truth', async () => {
    await page.evaluate(`localStorage.setItem('muckwatch.view', '${LAT - 0.02},${eastOf(LON, 3_000)},17')`);
    await page.goto(`${city.server.url}/#/places`);
    await page.getByTestId('new-place').click();
    const box = (await page.getByTestId('drawing-map').boundingBox())!;
    await page.locator('img.leaflet-tile-loaded').first().waitFor();
    await page.waitForFunction(`document.querySelectorAll('img.leaflet-tile-loaded').length > 8`);
    const tile = (await page.evaluate<(Corner & { right: number; bottom: number })[]>(TILES)).find(
      ({ left, top, right, bottom }) => left > box.x + 20 && top > box.y + 60 && right < box.x + box.width - 60 && bottom < box.y + box.height - 60,
    )!;
    const { left, top, right, bottom } = tile;
    for (const [x, y] of [[left, top], [right, top], [right, bottom], [left, bottom]] as const) await page.mouse.click(x, y); // prettier-ignore
    expect(await page.getByTestId('map-corner').innerText()).toMatch(/坐标 WGS-84 · © 试验底图 · 底图 GCJ-02/);
    await page.mouse.click(left, top);
    await page.getByTestId('place-name').fill('底图上的工地');
    await shot('6-drawn');
    await page.getByTestId('save-place').click();
    await page.getByTestId('place-drawer').waitFor({ state: 'detached' });
    const { features } = (await city.call('get', '/places').expect(200)).body as {
      features: { geometry: { coordinates: number[][][] }; properties: { name: string } }[];
    };
    const ring = features.find(({ properties }) => properties.name === '底图上的工地')!.geometry.coordinates[0]!;
    expect(ring).toHaveLength(5);
    // A pixel is a metre here.
    expect(Math.min(...ring.map((point) => metresApart(point, truthOf(tile))))).toBeLessThan(2.5);
  });

  it('goes from the registry to the truck on the map', async () => {
    await page.goto(`${city.server.url}/#/registry/trucks/t1`);
    await page.getByRole('button', { name: '在地图上看' }).click();
    await page.getByTestId('truck-card').waitFor();
    await eventually('the map is where the truck is', async () => {
      const [lat, lon] = (await remembered('view')).split(',').map(Number);
      const truck = (await page.evaluate<{ lat: number; lon: number } | null>(`window.muckwatch?.trucks().get('t1') ?? null`)) ?? { lat: 0, lon: 0 };
      return metresApart([lon!, lat!], [truck.lon, truck.lat]);
    }, (metres) => metres < 1_500); // prettier-ignore
    await page.getByTestId('truck-card').getByTestId('fold-history').waitFor();
    expect(await page.getByTestId('history-edit').first().innerText()).toMatch(/新建[\s\S]*车牌：鄂S·8K217/);
    await page.keyboard.press('Escape');
  });

  it('lets a person choose what is heard, and remembers it for them', async () => {
    await page.evaluate(`{
      const make = AudioContext.prototype.createOscillator;
      window.notes = [];
      AudioContext.prototype.createOscillator = function () {
        const tone = make.call(this);
        window.notes.push(tone);
        return tone;
      };
    }`);
    await page.getByTestId('sound').click();
    const menu = page.getByTestId('sound-menu');
    expect(await menu.getByRole('checkbox').evaluateAll((boxes) => (boxes as unknown as { checked: boolean }[]).map(({ checked }) => checked))).toEqual([
      true,
      false,
      false,
    ]);
    const tried = async (severity: string) => {
      await page.evaluate('window.notes.length = 0');
      await menu.getByTestId(`sound-${severity}`).getByRole('button').click();
      return eventually('it is heard', () => page.evaluate<number[]>('window.notes.map(({ frequency }) => Math.round(frequency.value))'), (notes) => notes.length > 0); // prettier-ignore
    };
    expect([await tried('critical'), await tried('serious'), await tried('minor')]).toEqual([[880, 660], [587, 587], [392]]);
    await menu.getByTestId('sound-serious').getByRole('checkbox').check();
    await menu.getByRole('slider').fill('90');
    await shot('6-sound');
    expect(await faultsOf(page)).toEqual([]);
    await page.reload();
    await page.getByTestId('sound').click();
    expect(await menu.getByTestId('sound-serious').getByRole('checkbox').isChecked()).toBe(true);
    expect(await menu.getByTestId('sound-minor').getByRole('checkbox').isChecked()).toBe(false);
    expect(await menu.getByRole('slider').inputValue()).toBe('90');
    await page.keyboard.press('Escape');
  });

  it('is gone at once when it is left, though the next page and its own places are still being fetched', async () => {
    const fresh = await openSignedIn(browser, `${city.server.url}/#/hauls`, { size: DESK, language: 'zh', complaints, timeoutMs: 15_000 });
    await fresh.getByTestId('account').waitFor();
    const places = await held(fresh, '**/api/v1/places*');
    const help = await held(fresh, '**/assets/HelpPage*');
    await fresh.goto(`${city.server.url}/#/`);
    await fresh.getByTestId('map').waitFor();
    await places.asked;
    await fresh.goto(`${city.server.url}/#/help`);
    await fresh.getByTestId('map').waitFor({ state: 'detached' });
    await help.asked;
    const read = fresh.waitForResponse('**/api/v1/places*');
    places.release();
    await (await read).finished();
    help.release();
    await fresh.getByTestId('help-page').waitFor();
    expect(complaints.filter((said) => said.startsWith('thrown'))).toEqual([]);
    await fresh.context().close();
  });

  it('fits a phone, in English too', async () => {
    await page.evaluate(`localStorage.setItem('muckwatch.language', 'en')`);
    await page.reload();
    await page.getByTestId('heat-legend').waitFor();
    await shot('7-en');
    await page.setViewportSize(PHONE);
    await page.locator('.room-tabs button').nth(1).click();
    await page.getByRole('button', { name: 'Measure' }).click();
    const [x, y] = await middle();
    for (const [dx, dy] of [[-60, -190], [40, -190], [40, -120]] as const) await page.mouse.click(x + dx, y + dy); // prettier-ignore
    expect(await page.getByTestId('measure').innerText()).toMatch(/Length\s*\d+ m/);
    expect(await page.getByTestId('measure').innerText()).not.toMatch(/Length\s*0 m/);
    // The closed drawer slides out while the window shrinks.
    await eventually('nothing sticks out', () => page.evaluate<unknown[]>(WIDER), (out) => out.length === 0); // prettier-ignore
    await shot('8-phone');
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints.filter((said) => !/status of 401/.test(said))).toEqual([]);
    expect(asked.every((path) => /^\/\d+\/\d+\/\d+\.png$/.test(path))).toBe(true);
  });
});

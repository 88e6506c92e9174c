import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { City, SECRET, square } from './support/city.js';
import { ADMIN_PASSWORD, startTestServer } from './support/server.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, PHONE, WIDER } from './support/screens.js';

const WAIT_MS = 20_000;
const NAMES = ['宏运渣土', '楚天运输', '随州环卫', '天河土方'];

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

inABrowser('test/registry-browser.spec.ts')('the registry in a real browser', () => {
  let city: City;
  let browser: Browser;
  const complaints: string[] = [];

  beforeAll(async () => {
    await buildAll();
    city = new City(await startTestServer());
    await city
      .call('post', '/places')
      .send(square('site-1', 'site', 113.2, 200, { name: '城北棚改' }))
      .expect(201);
    const companies = NAMES.map((name, i) => ({ id: `c${i + 1}`, name, phone: `0722-320000${i}` }));
    await city.call('post', '/companies/import').send(companies).expect(200);
    const trucks = Array.from({ length: 620 }, (_, i) => ({
      id: `t${String(i).padStart(3, '0')}`,
      plate: `鄂S${10_000 + i * 37}`,
      companyId: `c${1 + (i % 4)}`,
      boxM3: i % 5 === 0 ? null : 12 + (i % 8) / 2,
      ratedLoadKg: 15_000,
    }));
    await city.call('post', '/trucks/import').send(trucks).expect(200);
    await city.call('post', '/cameras').send({ id: 'gate-1', placeId: 'site-1', name: '东门', secret: SECRET }).expect(201);
    await city.call('patch', '/trucks/t001').send({ companyId: 'c4', colour: '绿' }).expect(200);
    await city.person('looker', 'viewer');
    browser = (await openBrowser())!;
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  /** The admin signs in once; a page that is left open would go on asking. */
  let signedIn: Cookies = [];
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  async function open(size: { width: number; height: number }, language: 'zh' | 'en', hash: string, who?: [string, string]): Promise<Page> {
    const storageState = { cookies: who ? [] : signedIn, origins: [] };
    const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'America/New_York', serviceWorkers: 'block', storageState });
    await context.addInitScript(`localStorage.getItem('muckwatch.language') ?? localStorage.setItem('muckwatch.language', '${language}')`);
    const page = await openPage(context, complaints, WAIT_MS);
    await page.goto(`${city.server.url}/${hash}`);
    if (storageState.cookies.length > 0) return page;
    const [name, password] = who ?? ['admin', ADMIN_PASSWORD];
    await page.getByTestId('username').fill(name);
    await page.getByTestId('password').fill(password);
    await Promise.all([page.waitForResponse(/\/auth\/login$/), page.getByTestId('submit').click()]);
    if (!who) signedIn = await context.cookies();
    return page;
  }

  async function looked(page: Page, name: string): Promise<void> {
    const grave = await faultsOf(page);
    await page.screenshot({ path: join(ARTIFACTS, `registry-${name}.png`) });
    expect({ name, grave }).toEqual({ name, grave: [] });
  }

  const rows = (page: Page) => page.getByTestId('registry-row');

  it('finds a truck, changes it with the server’s word at its field, retires it and brings it back, and its history says so', async () => {
    const page = await open(DESK, 'zh', '#/registry/trucks');
    await page.getByTestId('registry-count').getByText('620').waitFor();
    await page.getByTestId('registry-find').fill('鄂S·10037');
    await page.getByTestId('registry-count').getByText('1 条，共 620 条').waitFor();
    await rows(page).click();
    const edits = page.getByTestId('history-edit');
    await edits.first().waitFor();
    expect(await edits.first().innerText()).toMatch(/修改.*admin[\s\S]*企业：楚天运输 → 天河土方[\s\S]*颜色：绿/);
    await page.getByTestId('registry-find').fill('');
    await page.getByTestId('registry-count').getByText('620 条', { exact: true }).waitFor();
    await looked(page, 'desk-truck');

    await page.locator('#thing-boxM3').fill('300');
    await page.getByText('应在 1 到 100 之间').waitFor();
    await page.locator('#thing-boxM3').fill('18');
    await page.locator('#thing-plate').fill('鄂S10000');
    await page.getByTestId('registry-save').click();
    await page.getByText('“鄂S10000”已属于车辆 t000').waitFor();
    await page.mouse.move(0, 0);
    await looked(page, 'desk-fault');
    await page.locator('#thing-plate').fill('鄂S99999');
    await page.getByTestId('registry-save').click();
    await edits.first().getByText('车牌：鄂S·10037 → 鄂S·99999').waitFor();
    await page.getByTestId('registry-retire').click();
    await page.getByText('它不再参与判定').waitFor();
    await looked(page, 'desk-retire');
    await page.locator('.ant-popconfirm-buttons').getByRole('button', { name: '停用' }).click();
    await page.getByTestId('registry-restore').click();
    await page.getByTestId('registry-save').waitFor();
    await edits.first().getByText('恢复').waitFor();
    expect(await edits.count()).toBe(5);
    await page.keyboard.press('Escape');
    await page.getByTestId('registry-panel').waitFor({ state: 'detached' });
  });

  it('shows the fate of every row of a file before anything is written', async () => {
    const page = await open(DESK, 'zh', '#/registry/drivers');
    await page.getByTestId('registry-import').click();
    const choose = (text: string) => page.getByTestId('import-file').setInputFiles({ name: 'drivers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose('id,name,companyId,phone\nd1,王建国,c1,1380\nd2,,c1,\nd3,李强,c9,\n');
    await page.getByTestId('import-refused').getByText('3 行中 2 行有错').waitFor();
    expect(await page.getByTestId('import-rows').innerText()).toContain('企业“c9”没有登记');
    expect(await page.getByTestId('import-send').count()).toBe(0);
    await looked(page, 'desk-import-bad');
    expect((await city.call('get', '/drivers').expect(200)).body.items).toEqual([]);
    await page.getByText('换一个文件').click();
    await choose('id,name,companyId,phone\nd1,王建国,c1,1380\nd3,李强,c2,\n');
    await page.getByTestId('import-clean').waitFor();
    await looked(page, 'desk-import-clean');
    await page.getByTestId('import-send').click();
    await page.getByTestId('import-done').getByText('新增 2').waitFor();
    await page.keyboard.press('Escape');
    await rows(page).nth(1).waitFor();
    expect(complaints.filter((one) => !one.includes('/auth/me') && !one.includes('status of 400'))).toEqual([]);
  });

  it('shows what a gate saw beside what the truck’s own sensors said, new ones by themselves', async () => {
    const page = await open(DESK, 'zh', '#/cameras');
    await page.getByTestId('cameras-silent').getByTestId('camera-card').getByText('还没有抓拍').waitFor();
    await page.getByRole('heading', { name: '静默 1 台' }).waitFor();
    const data = (await page.screenshot({ clip: { x: 0, y: 60, width: 168, height: 108 } })).toString('base64');
    const now = Date.now() - 60_000;
    const iso = (ms: number) => new Date(ms).toISOString();
    // Two reports: the truck of the first says that its cover is closed, of the second nothing of it.
    await city.server.database.query(
      `insert into reports (source, at, digest, truck_id, heard_at, lat, lon, cover, load_state, load_kg, buffered, late)
       values ('d1', $1, 'x', 't002', $1, 31, 113, 'closed', 'full', 14200, false, false), ('d2', $2, 'y', 't003', $2, 31, 113, null, 'full', null, false, false)`,
      [iso(now - 20_000), iso(now - 300_000)],
    );
    const gate = await city.device('gate-1');
    const see = (value: object) =>
      gate.publishAsync('muck/v1/cameras/gate-1/sightings', JSON.stringify({ kind: 'pass', direction: 'out', ...value }), { qos: 1 });
    await see({ id: 's1', time: iso(now - 300_000), plate: '鄂S10111', plateConfidence: 0.97, covered: true, coveredConfidence: 0.9 });
    await see({
      id: 's2',
      time: iso(now),
      plate: '鄂S10074',
      plateConfidence: 0.95,
      covered: false,
      coveredConfidence: 0.93,
      wheelsClean: true,
      snapshot: { type: 'image/png', data },
    });
    await page.clock.install();
    await page.reload();
    await page.getByTestId('camera-card').getByText('鄂S·10074').waitFor();
    expect(await page.getByTestId('cameras-silent').count()).toBe(0);
    await page.getByTestId('camera-card').getByRole('link').click();
    const row = page.getByTestId('strip-row');
    await row.nth(1).waitFor();
    await page.locator('[data-testid=strip-row][data-agrees=contradict]').getByText('顶盖关 · 满载 · 14,200 kg').waitFor();
    await row.nth(1).getByText('满载').waitFor();
    expect(await row.nth(1).getAttribute('data-agrees')).toBe('not-said');
    await looked(page, 'desk-cameras');
    await see({ id: 's3', time: iso(now + 30_000), covered: true });
    // It asks every ten seconds: nobody needs to sit them out.
    await page.clock.fastForward(10_000);
    await row.nth(2).waitFor();
    await page.setViewportSize(PHONE);
    await looked(page, 'phone-camera');
    expect(await page.evaluate<string[]>(WIDER)).toEqual([]);
  });

  it('offers nothing to whoever may only look, and fits a telephone', async () => {
    const page = await open(PHONE, 'en', '#/registry/trucks', ['looker', 'a long enough one']);
    await page.getByTestId('registry-count').getByText('620').waitFor();
    await looked(page, 'phone-list');
    expect(await page.evaluate<string[]>(WIDER)).toEqual([]);
    for (const offered of ['registry-new', 'registry-import']) expect(await page.getByTestId(offered).count()).toBe(0);
    await rows(page).nth(1).click();
    await page.getByTestId('history-edit').first().waitFor();
    for (const offered of ['registry-save', 'registry-retire']) expect(await page.getByTestId(offered).count()).toBe(0);
    await looked(page, 'phone-truck');
    expect(await page.evaluate<string[]>(WIDER)).toEqual([]);
  });
});

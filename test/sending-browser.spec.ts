import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Sending } from '../apps/server/src/reports/sending.service.js';
import { Weekly } from '../apps/server/src/reports/weekly.service.js';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { City, square } from './support/city.js';
import { startTestServer } from './support/server.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openSignedIn, PHONE, WIDER } from './support/screens.js';

const WAIT_MS = 20_000;

inABrowser('test/sending-browser.spec.ts')('who gets what, in a real browser', () => {
  let city: City;
  let browser: Browser;
  const complaints: string[] = [];

  beforeAll(async () => {
    await buildAll();
    city = new City(await startTestServer());
    await city.call('post', '/companies').send({ id: 'c1', name: '宏运渣土' }).expect(201);
    const district = { ...square('d1', '', 113.19, 4_000), properties: { id: 'd1', name: '曾都区' } };
    await city.call('post', '/districts').send(district).expect(201);
    for (const [id, name, lon] of [
      ['site-1', '城北棚改', 113.2],
      ['site-2', '高铁小镇', 113.5],
    ] as const)
      await city
        .call('post', '/places')
        .send(square(id, 'site', lon, 200, { name }))
        .expect(201);
    await city.person('planner', 'supervisor', { districtIds: ['d1'] });
    const accounts = [
      { username: 'li', name: '李建国', role: 'site-manager', placeIds: ['site-1'] },
      { username: 'li2', name: '李志强', role: 'site-manager', placeIds: ['site-2'] },
      { username: 'wang', name: '王芳', role: 'site-manager' },
    ];
    await city.call('post', '/accounts/import').send(accounts).expect(200);
    browser = (await openBrowser())!;
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  const open = (size: { width: number; height: number }, language: 'zh' | 'en', hash: string, who?: [string, string]) =>
    openSignedIn(browser, `${city.server.url}/${hash}`, { size, language, who, complaints, timeoutMs: WAIT_MS });

  async function looked(page: Page, name: string): Promise<void> {
    const grave = await faultsOf(page);
    await page.screenshot({ path: join(ARTIFACTS, `sending-${name}.png`) });
    expect({ name, grave }).toEqual({ name, grave: [] });
  }

  it('says who gets the weekly report and when, and that a new one is there until it is looked at', async () => {
    const page = await open(DESK, 'zh', '#/city/figures');
    await page.getByText('还没有人订阅周报').waitFor();
    await page.getByTestId('report-mine').check();
    await page.getByTestId('report-recipients').getByText('admin').first().waitFor();
    expect(await page.getByTestId('report-sending').innerText()).toMatch(/下一份：\d{4}-W\d\d，.*07:00.*发给 1 人/s);
    await page.getByText('添加邮箱后可收到').waitFor();
    await page.goto(`${city.server.url}/#/map`);
    await page.getByTestId('handover').waitFor();
    await city.server.app.get(Weekly).round(Date.now());
    await city.server.app.get(Sending).round(Date.now());
    await page.getByTestId('report-arrived').getByText('周报已生成').waitFor();
    await looked(page, 'desk-arrived');
    await page.getByTestId('report-arrived').click();
    await page.getByTestId('report-recipients').getByText('站内').first().waitFor();
    await page.getByTestId('report-sending').scrollIntoViewIfNeeded();
    await looked(page, 'desk-report');
    await page.goto(`${city.server.url}/#/map`);
    await page.getByTestId('handover').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByTestId('report-arrived').count()).toBe(0);

    const phone = await open(PHONE, 'en', '#/city/figures');
    await phone.getByTestId('report-sending').scrollIntoViewIfNeeded();
    await looked(phone, 'phone-report');
    expect(await phone.evaluate<unknown[]>(WIDER)).toEqual([]);
  });

  it('takes accounts from a file after every row was looked at, and shows their passwords once', async () => {
    const page = await open(DESK, 'zh', '#/people/accounts');
    await page.locator('[data-testid=account-row][data-account=li2]').waitFor();
    await looked(page, 'desk-accounts');
    await page.getByTestId('import-accounts').click();
    await looked(page, 'desk-accounts-choose');
    const choose = (text: string) => page.getByTestId('import-file').setInputFiles({ name: '账号.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose('username,name,role,companyIds\nzhang,张伟,dispatcher,c1\nchen,陈静,boss,\nliu,刘洋,dispatcher,\nli,李建国(北),,\n');
    await page.getByTestId('import-refused').getByText('4 行中 3 行有错').waitFor();
    const wrong = await page.getByTestId('import-rows').innerText();
    expect(wrong).toContain('而不是“boss”');
    expect(wrong).toContain('角色“企业调度”必须填写');
    await looked(page, 'desk-accounts-bad');
    await page.getByText('换一个文件').click();
    await choose('username,name,role,companyIds\nzhang,张伟,dispatcher,c1\nli,李建国(北),site-manager,\n');
    await page.getByTestId('import-clean').waitFor();
    await page.getByTestId('import-send').click();
    const secrets = page.getByTestId('import-secrets');
    await secrets.getByText('zhang').waitFor();
    await looked(page, 'desk-accounts-done');
    const password = await secrets.locator('code').innerText();
    const file = decodeURIComponent((await secrets.locator('a').getAttribute('href'))!);
    expect(file).toContain(`username,password\r\nzhang,"${password}"`);
    await city.call('post', '/auth/login').send({ username: 'zhang', password }).expect(200);
    await page.getByTestId('import-dialog').getByRole('button', { name: '关闭' }).click();
    await page.locator('[data-testid=account-row][data-account=zhang]').getByText('宏运渣土').waitFor();
  });

  it('finds a manager by name among those whom a supervisor of the district may choose', async () => {
    const page = await open(DESK, 'zh', '#/places/site-1', ['planner', 'a long enough one']);
    const field = page.locator('#place-managers');
    await field.click();
    await field.fill('李');
    const options = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option');
    await options.filter({ hasText: '李建国' }).getByText('城北棚改').waitFor();
    await page.waitForTimeout(400);
    expect(await options.allInnerTexts()).toHaveLength(1);
    await looked(page, 'desk-managers');
    await options.first().click();
    await field.fill('王芳');
    await options.filter({ hasText: '还没有管理的场所' }).first().click();
    await page.keyboard.press('Escape');
    await page.getByTestId('save-place').click();
    await page.getByTestId('place-drawer').waitFor({ state: 'detached' });
    const { properties } = (await city.call('get', '/places/site-1').expect(200)).body as { properties: { managerIds: string[] } };
    expect(properties.managerIds).toHaveLength(2);
    await page.locator('[data-testid=place-row][data-id=site-1]').click();
    await page.locator('.place-drawer').getByText('王芳').waitFor();
    expect(complaints.filter((one) => !one.includes('/auth/me') && !one.includes('status of 40'))).toEqual([]);
  });
});

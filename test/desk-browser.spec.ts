import type { Alert, CommandResource, Notice } from '@muckwatch/contract';
import type { MqttClient } from 'mqtt';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { City, drive, eastOf, eventually, LAT, reportsOf, SECRET, square, times } from './support/city.js';
import { freePort } from './support/free-port.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, PHONE, signIn as signInAs, WIDER } from './support/screens.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from './support/server.js';

const LON = 113.38;
const PASSWORD = 'a long enough one';
// One white pixel: what a phone took is not what is tested here.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==', 'base64');

inABrowser('test/desk-browser.spec.ts')('the desks of operator, supervisor and administrator in a real browser', () => {
  let server: TestServer;
  let city: City;
  let browser: Browser;
  let device: MqttClient;
  let alert: Alert;
  let night: Page;
  let zhou: Page;
  let admin: Page;
  const people: Record<string, { id: string; token: string }> = {};
  const complaints: string[] = [];
  /** What the terminal answers to whatever it hears. */
  let answers: string[] = ['received', 'done'];

  const shot = (of: Page, name: string) => of.screenshot({ path: join(ARTIFACTS, `desk-${name}.png`) });
  const open = (context: BrowserContext) => openPage(context, complaints, 30_000);
  const told = (on: Page, name: string) => on.locator('[data-testid=told-person]', { hasText: name });
  const command = (on: Page, kind: string, status: string) => on.locator(`[data-testid=command][data-kind=${kind}][data-status=${status}]`);
  /** From a list that is typed into, or from a short one that is only opened. A dialogue on its way in takes the focus once more and closes the list: then again. */
  const chooseIn = async (on: Page, field: string, words: string, typed = true) => {
    const list = on.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').filter({ has: on.locator(`#${field}_list`) });
    const chosen = on.locator('.ant-select').filter({ has: on.locator(`#${field}`) });
    for (let tries = 0; tries < 3 && !(await chosen.innerText()).includes(words); tries++) {
      await on.locator(`#${field}`).click();
      if (typed) await on.locator(`#${field}`).fill(words);
      await list.locator('.ant-select-item-option', { hasText: words }).first().click();
      await on.locator(`#${field}`).blur(); // where several may be chosen the list stays
      await list.waitFor({ state: 'detached' }); // its listbox bears no name, and axe would see it on its way out
    }
    expect(await chosen.innerText()).toContain(words);
  };

  async function signIn(username: string, password: string, hash: string, device: object = {}, language = 'zh'): Promise<Page> {
    const context = await browser.newContext({ viewport: DESK, locale: 'zh-CN', ...device });
    await context.addInitScript(`localStorage.setItem('muckwatch.language', '${language}')`);
    const page = await open(context);
    await page.goto(`${server.url}/#/`);
    await page.getByTestId('username').fill(username);
    await page.getByTestId('password').fill(password);
    await page.getByTestId('submit').click();
    await page.getByTestId('account').waitFor();
    await page.goto(`${server.url}/${hash}`);
    return page;
  }

  const phone = (username: string, password: string, hash: string, language = 'zh') =>
    signIn(username, password, hash, { viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }, language);

  async function answer(name: 'wang', step: string, body: object): Promise<void> {
    const [notice] = (await city.call('get', `/notices?mine=true`, people[name]!.token).expect(200)).body.items as Notice[];
    await city.call('post', `/notices/${notice!.id}/${step}`, people[name]!.token).send(body).expect(200);
  }

  beforeAll(async () => {
    await buildAll();
    const port = String(await freePort());
    server = await startTestServer({ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` });
    city = new City(server);
    await city
      .call('post', '/companies/import')
      .send([{ id: 'c1', name: '顺达渣土运输' }])
      .expect(200);
    await city
      .call('post', '/trucks/import')
      .send(['鄂S8K217', '鄂S3M650', '鄂S5D482'].map((plate, i) => ({ id: `t${i + 1}`, plate, companyId: 'c1', ratedLoadKg: 18_000 })))
      .expect(200);
    await city
      .call('post', '/terminals/import')
      .send(['t1', 't3'].map((id) => ({ id, truckId: id, secret: SECRET })))
      .expect(200);
    const validFrom = '2026-01-01T00:00:00Z';
    await city
      .call('post', '/places/import')
      .send({
        type: 'FeatureCollection',
        features: [
          square('site-1', 'site', LON, 300, { name: '城南安置房', validFrom }),
          square('yard-1', 'yard', eastOf(LON, 4_000), 400, { name: '淅河消纳场', validFrom }),
        ],
      })
      .expect(200);
    await city
      .call('post', '/permits')
      .send({ companyId: 'c1', siteId: 'site-1', yardIds: ['yard-1'], validFrom })
      .expect(201);
    await city
      .call('post', '/districts/import')
      .send({ type: 'FeatureCollection', features: [square('zengdu', 'site', eastOf(LON, -1_000), 8_000, { name: '曾都区' })] })
      .expect(200);
    for (const [name, role, scope] of [
      ['zhou', 'supervisor', {}],
      ['night', 'operator', { districtIds: ['zengdu'] }],
      ['hong', 'supervisor', { districtIds: ['zengdu'] }],
      ['leader', 'viewer', {}],
      ['guest', 'viewer', { districtIds: ['zengdu'] }],
      ['wang', 'site-manager', { placeIds: ['site-1'] }],
      ['li', 'dispatcher', { companyIds: ['c1'] }],
    ] as const) {
      people[name] = await city.person(name, role, scope);
    }

    device = await city.device('t1');
    device.on('message', (_, payload) => {
      const { id } = JSON.parse(payload.toString()) as { id: string };
      for (const status of answers) void device.publishAsync('muck/v1/terminals/t1/replies', JSON.stringify({ id, status, time: Date.now() }), { qos: 1 });
    });
    await device.subscribeAsync('muck/v1/terminals/t1/commands', { qos: 1 });
    await device.publishAsync('muck/v1/terminals/t1/status', '{"online":true}', { qos: 1, retain: true });
    // Loaded at the site, out of it uncovered.
    const load = { loadKg: 16_500, cover: 'open', ignition: true };
    const steps = [...times(4, { ...load, speedKmh: 0 }), ...times(12, { ...load, speedKmh: 30 })];
    const reports = drive({ at: Date.now() - steps.length * 5_000, lon: eastOf(LON, 100), lat: LAT }, steps);
    await device.publishAsync(reportsOf('t1'), JSON.stringify(reports), { qos: 1 });
    alert = await eventually('the alert stands', async () => (await city.alerts('rule=uncovered-load'))[0]).then((found) => found!);
    browser = (await openBrowser())!;
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  it('shows the operator whom the alert was told, and how each reads and answers, while it happens', async () => {
    night = await signIn('night', PASSWORD, `#/alert/${encodeURIComponent(alert.id)}`);
    await told(night, 'wang').waitFor();
    expect(await night.getByTestId('own-district').innerText()).toBe('曾都区');
    await night.getByTestId('told-strip').click();
    const [notice] = (await city.call('get', '/notices?mine=true', people.wang!.token).expect(200)).body.items as Notice[];
    await city.call('get', `/notices/${notice!.id}`, people.wang!.token).expect(200);
    await told(night, 'wang').and(night.locator('[data-stand=read]')).waitFor();
    await answer('wang', 'acknowledge', {});
    await told(night, 'wang').and(night.locator('[data-stand=acknowledged]')).waitFor();
    const { body: photo } = await city.call('post', `/notices/${notice!.id}/photos`, people.wang!.token).set('content-type', 'image/png').send(PNG);
    await answer('wang', 'rectify', { text: '已停车关闭顶盖', photos: [photo.sha256] });
    await told(night, 'wang').and(night.locator('[data-stand=rectified]')).waitFor();
    expect(await told(night, 'wang').innerText()).toContain('已停车关闭顶盖');
    await told(night, 'wang').locator('img').first().waitFor();
    await shot(night, '1-told');
    expect(await faultsOf(night)).toEqual([]);
  });

  it('tells somebody else by hand, by the key', async () => {
    await night.keyboard.press('t');
    await chooseIn(night, 'tell-who', 'leader');
    await night.getByTestId('tell-text').fill('请知悉');
    expect(await faultsOf(night)).toEqual([]);
    await shot(night, '2-tell');
    await night.getByTestId('tell-text').press('Enter');
    await told(night, 'leader').waitFor();
    expect(await told(night, 'leader').innerText()).toContain('night');
  });

  it('says a sentence to the driver and sees it travel to its end', async () => {
    await night.keyboard.press('w');
    await night.locator('.word-sentence').first().click();
    await shot(night, '3-word');
    expect(await faultsOf(night)).toEqual([]);
    await night.getByTestId('word-text').press('Enter');
    const spoken = command(night, 'speak', 'done').filter({ hasText: 'night' });
    await spoken.waitFor();
    expect(await spoken.locator('.rail li.past').count()).toBe(4);
    answers = ['unsupported'];
    await night.getByTestId('capture').click();
    await command(night, 'capture', 'unsupported').waitFor();
    await shot(night, '4-commands');
  });

  it('asks for a control, which waits for another person', async () => {
    answers = [];
    await night.getByTestId('control').click();
    await night.getByTestId('control-limit-speed').click();
    await night.getByTestId('control-kmh').fill('30');
    await night.getByTestId('control-reason').fill('未覆盖仍在行驶');
    expect(await faultsOf(night)).toEqual([]);
    await night.getByTestId('control-reason').press('Enter');
    await command(night, 'limit-speed', 'asked').waitFor();
    expect(await command(night, 'limit-speed', 'asked').innerText()).toContain('等待另一人批准');
    await command(night, 'limit-speed', 'asked').scrollIntoViewIfNeeded();
    await shot(night, '5-control');
  });

  it('keeps the decisions where they are, whoever is told', async () => {
    const before = (await night.getByTestId('confirm').boundingBox())!;
    await night.getByTestId('tell').click();
    await chooseIn(night, 'tell-who', 'zhou');
    await night.getByTestId('tell-text').press('Enter');
    await told(night, 'zhou').waitFor();
    expect(await night.getByTestId('confirm').boundingBox()).toEqual(before);
  });

  it('has what was being written when the session ended there again for whoever wrote it, and for nobody else', async () => {
    const write = async (words: string) => {
      await night.getByTestId('tell-text').fill(words);
      await night.context().clearCookies();
      await night.keyboard.press('Enter'); // refused, unless what the page asks by itself was refused before it
    };
    await night.getByTestId('tell').click();
    await chooseIn(night, 'tell-who', 'zhou');
    await write('车斗没有盖好，请到现场看一下');
    await signInAs(night, 'night', PASSWORD);
    expect(await night.getByTestId('tell-text').inputValue()).toBe('车斗没有盖好，请到现场看一下');
    await night.getByTestId('tell-who').getByText('zhou').waitFor();
    await write('车斗没有盖好');
    await signInAs(night, 'hong', PASSWORD);
    await night.getByTestId('account').waitFor();
    expect(await night.getByTestId('tell-form').count()).toBe(0);
    await night.getByTestId('account').click();
    await night.getByRole('menuitem', { name: '退出登录' }).click();
    await signInAs(night, 'night', PASSWORD);
    await night.getByTestId('tell').waitFor();
    expect(await night.getByTestId('tell-form').count()).toBe(0);
  });

  it('lets the supervisor send an answer back and accept the next one, by keys', async () => {
    zhou = await signIn('zhou', PASSWORD, '#/review');
    const row = zhou.getByTestId('answer-row');
    await row.waitFor();
    expect(await zhou.getByTestId('review-link').innerText()).toMatch(/2/);
    expect(await row.innerText()).toContain('已停车关闭顶盖'); // the list says how it begins
    const words = zhou.locator('.review-words');
    await words.getByText('已停车关闭顶盖').waitFor();
    await zhou.getByTestId('review-map').getByRole('img', { name: '城南安置房' }).waitFor();
    await shot(zhou, '6-answers');
    expect(await faultsOf(zhou)).toEqual([]);
    await zhou.keyboard.press('s');
    expect(await zhou.getByTestId('send-back').isDisabled()).toBe(true); // not without words
    await zhou.getByTestId('send-back-words').fill('照片看不清，请重拍');
    await zhou.getByTestId('send-back-words').press('Enter');
    await row.waitFor({ state: 'detached' });
    await zhou.getByText('没有待复核的答复').waitFor();
    await zhou.getByTestId('review-done').getByText('已退回').waitFor();
    await told(night, 'wang').and(night.locator('[data-stand=sent-back]')).waitFor();

    await answer('wang', 'object', { text: '出场时顶盖已关，传感器有误' });
    await row.waitFor();
    await words.getByText('传感器有误').waitFor();
    await zhou.keyboard.press('a');
    await row.waitFor({ state: 'detached' });
    await told(night, 'wang').and(night.locator('[data-stand=accepted]')).waitFor();
  });

  it('lets the supervisor approve what an operator asked for', async () => {
    await zhou.getByTestId('part-controls').click();
    await zhou.getByTestId('control-waiting').waitFor();
    await shot(zhou, '7-controls');
    expect(await faultsOf(zhou)).toEqual([]);
    await zhou.getByTestId('approve').click();
    await zhou.getByTestId('control-waiting').waitFor({ state: 'detached' });
    await command(night, 'limit-speed', 'asked').waitFor({ state: 'detached' });
    const { items } = (await city.call('get', '/commands?truck=t1').expect(200)).body as { items: CommandResource[] };
    expect(items.find(({ kind }) => kind === 'limit-speed')).toMatchObject({ askedBy: 'night', decidedBy: 'zhou' });
  });

  it('does not offer the approval of one’s own', async () => {
    await city.call('post', '/commands', people.zhou!.token).send({ truckId: 't3', kind: 'limit-lift', reason: '待查', releasesInS: 600 }).expect(201);
    await zhou.getByText('这是您自己的申请').waitFor();
    expect(await zhou.getByTestId('approve').count()).toBe(0);
  });

  it('sets who is told of what, and reads it back as a sentence', async () => {
    await zhou.getByTestId('part-rules').click();
    await zhou.getByTestId('new-rule').click();
    await zhou.locator('#rule-name').fill('值班主管');
    await chooseIn(zhou, 'rule-role', '主管', false);
    await zhou.locator('#rule-hours').fill('4');
    expect(await faultsOf(zhou)).toEqual([]);
    await zhou.locator('.ant-modal-footer .ant-btn-primary').click();
    const rule = zhou.getByTestId('notice-rule').filter({ hasText: '值班主管' });
    await rule.waitFor();
    expect(await rule.innerText()).toMatch(/主管：全部规则，违规及以上[\s\S]*4 个工作小时内答复/);
    await shot(zhou, '8-rules');
    expect(await faultsOf(zhou)).toEqual([]);
  });

  it('publishes a year by clicking days, and says what a deadline would be', async () => {
    await zhou.getByTestId('part-calendar').click();
    await zhou.getByTestId('calendar').waitFor();
    const thisYear = new Date().getFullYear();
    if ((await zhou.getByTestId(`year-${thisYear}`).count()) === 0) {
      await zhou.getByTestId('new-year').click();
      await zhou.getByTestId(`day-${thisYear}-10-01`).click();
      await zhou.getByTestId('year-source').fill('国办发明电');
      await zhou.getByTestId('save-year').click();
      await zhou.getByTestId(`year-${thisYear}`).waitFor();
    }
    await zhou.getByTestId('deadline-hours').fill('2');
    await zhou.getByTestId('deadline-ask').click();
    await eventually(
      'the deadline is said',
      () => zhou.getByTestId('deadline-answer').innerText(),
      (said) => said.length > 0,
    );
    await shot(zhou, '9-calendar');
    expect(await faultsOf(zhou)).toEqual([]);
  });

  it('makes an account with its places, and a link by which its owner chooses a password', async () => {
    admin = await signIn('admin', ADMIN_PASSWORD, '#/people');
    await admin.getByTestId('new-account').click();
    await admin.locator('#account-username').fill('zhao');
    await admin.locator('#account-name').fill('赵强');
    await admin.locator('#account-password').fill(PASSWORD);
    await chooseIn(admin, 'account-role', '工地负责人', false);
    await admin.getByTestId('save-account').click();
    await admin.getByText('该角色必须选至少一个地点').waitFor();
    await chooseIn(admin, 'account-placeIds', '城南');
    expect(await faultsOf(admin)).toEqual([]);
    await admin.context().clearCookies();
    await admin.getByTestId('save-account').click();
    await signInAs(admin);
    const typed = ['username', 'name', 'password'].map((field) => admin.locator(`#account-${field}`).inputValue());
    expect(await Promise.all(typed)).toEqual(['zhao', '赵强', '']); // a password is not kept
    await admin.locator('#account-password').fill(PASSWORD);
    await admin.locator('#account-name').click();
    await shot(admin, '10-account');
    await admin.getByTestId('save-account').click();
    const row = admin.locator('[data-testid=account-row][data-account=zhao]');
    await row.waitFor();
    expect(await row.innerText()).toContain('城南安置房');
    await shot(admin, '11-accounts');
    expect(await faultsOf(admin)).toEqual([]);

    await row.getByTestId('edit-account').click();
    await admin.getByTestId('reset-link').click();
    const link = await admin.getByTestId('secret').innerText();
    expect(link).toMatch(/#\/reset\//);
    await shot(admin, '12-reset-link');
    await admin.getByTestId('close-secret').click();
    await admin.keyboard.press('Escape');

    const zhao = await open(await browser.newContext({ viewport: PHONE, locale: 'zh-CN' }));
    await zhao.goto(link);
    await zhao.getByTestId('next').fill('another long one');
    await zhao.getByTestId('again').fill('another long one');
    await shot(zhao, '13-reset');
    expect(await faultsOf(zhao)).toEqual([]);
    await zhao.getByTestId('submit-reset').click();
    await zhao.getByTestId('to-sign-in').click();
    await zhao.getByTestId('username').fill('zhao');
    await zhao.getByTestId('password').fill('another long one');
    await zhao.getByTestId('submit').click();
    await zhao.getByTestId('username').waitFor({ state: 'detached' });
    await zhao.context().close();
  });

  it('shows districts of a file on the map before they are sent', async () => {
    await admin.getByTestId('part-districts').click();
    await admin.locator('[data-testid=district][data-id=zengdu]').waitFor();
    const feature = square('gaoxin', 'site', eastOf(LON, 7_000), 3_000, { name: '高新区' });
    await admin.getByTestId('district-file').setInputFiles({
      name: 'districts.geojson',
      mimeType: 'application/geo+json',
      buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [feature] })),
    });
    await admin.locator('.district-name', { hasText: '高新区' }).waitFor();
    await shot(admin, '14-districts');
    expect(await faultsOf(admin)).toEqual([]);
    await admin.getByTestId('send-districts').click();
    await admin.locator('[data-testid=district][data-id=gaoxin]').waitFor();
  });

  it('makes a terminal whose secret is shown once, gives it another, and replaces it on its truck', async () => {
    await admin.getByTestId('part-terminals').click();
    await admin.getByTestId('new-device').click();
    await chooseIn(admin, 'device-on', '3M650');
    await admin.locator('#device-id').fill('T-0002');
    await admin.getByTestId('make-device').click();
    const first = await admin.getByTestId('secret').innerText();
    await shot(admin, '15-secret');
    expect(await faultsOf(admin)).toEqual([]);
    await admin.getByTestId('close-secret').click();
    const row = (id: string) => admin.locator(`[data-testid=device-row][data-device="${id}"]`);

    await row('T-0002').getByTestId('rotate').click();
    await admin.locator('.ant-popconfirm .ant-btn-primary').click();
    const second = await admin.getByTestId('secret').innerText();
    expect([first.length >= 16, second.length >= 16, first === second]).toEqual([true, true, false]);
    await admin.getByTestId('close-secret').click();

    await row('T-0002').getByTestId('replace').click();
    await admin.locator('#replace-id').fill('T-0003');
    await admin.getByTestId('replace-now').click();
    await admin.getByTestId('secret').waitFor();
    await admin.getByTestId('close-secret').click();
    await row('T-0003').waitFor();
    expect(await row('T-0002').count()).toBe(0);
    await admin.getByTestId('device-find').fill('3m 650');
    expect(await admin.getByTestId('device-row').count()).toBe(1);
  });

  it('makes a token for a program, shows it once and ends it', async () => {
    await admin.getByTestId('part-tokens').click();
    await admin.getByText('还没有 API 令牌').waitFor();
    await admin.getByTestId('new-token').click();
    await admin.locator('#token-name').fill('城管平台');
    await chooseIn(admin, 'token-account', 'leader');
    await admin.getByTestId('make-token').click();
    const token = await admin.getByTestId('secret').innerText();
    await admin.getByTestId('close-secret').click();
    await city.call('get', '/alerts', token).expect(200);
    await admin.getByTestId('end-token').click();
    await admin.locator('.ant-popconfirm .ant-btn-primary').click();
    await admin.locator('[data-testid=token-row].off').waitFor();
    await city.call('get', '/alerts', token).expect(401);
    await shot(admin, '16-tokens');
    expect(await faultsOf(admin)).toEqual([]);
  });

  it('shows who did what, finds one’s deeds, and says that nobody touched the record', async () => {
    await admin.goto(`${server.url}/#/audit`);
    await admin.getByTestId('audit-row').first().waitFor();
    await admin.getByTestId('audit-action').fill('send-back');
    await eventually(
      'only that is shown',
      () => admin.getByTestId('audit-row').allInnerTexts(),
      (rows) => rows.length === 1 && /zhou[\s\S]*退回答复/.test(rows[0]!),
    );
    await admin.getByTestId('audit-action').fill('');
    await admin.getByTestId('verify').click();
    await admin.locator('[data-testid=verdict][data-ok=true]').waitFor();
    await eventually(
      'all are shown again',
      () => admin.getByTestId('audit-row').count(),
      (count) => count > 5,
    );
    await shot(admin, '17-audit');
    expect(await faultsOf(admin)).toEqual([]);
  });

  it('offers a viewer nothing that a viewer may not do', async () => {
    const leader = await signIn('leader', PASSWORD, `#/alert/${encodeURIComponent(alert.id)}`);
    // A viewer is shown what a viewer was told.
    await told(leader, 'leader').waitFor();
    for (const deed of ['confirm', 'dismiss', 'tell', 'speak', 'capture', 'control', 'snooze', 'review-link']) {
      expect([deed, await leader.getByTestId(deed).count()]).toEqual([deed, 0]);
    }
    await leader.keyboard.press('c');
    await leader.goto(`${server.url}/#/people`);
    await leader.getByTestId('map').waitFor();
    expect(await leader.getByTestId('people-page').count()).toBe(0);
    expect((await city.alert(alert.id)).status).toBe('open');
    await leader.context().close();
  });

  it('offers the supervisor of a district nothing that holds for the whole city, and says why', async () => {
    const hong = await signIn('hong', PASSWORD, '#/review/rules');
    await hong.getByTestId('notice-rule').first().waitFor();
    await hong.getByText('通知规则适用于全市').waitFor();
    for (const deed of ['new-rule', 'edit-rule']) expect([deed, await hong.getByTestId(deed).count()]).toEqual([deed, 0]);
    expect(await hong.getByTestId('rule-enabled').first().isDisabled()).toBe(true);
    await shot(hong, '19-rules-of-the-city');
    expect(await faultsOf(hong)).toEqual([]);
    await hong.getByTestId('part-calendar').click();
    await hong.getByText('工作日历适用于全市').waitFor();
    for (const deed of ['new-year', 'save-year', 'save-hours', 'calendar-file']) expect([deed, await hong.getByTestId(deed).count()]).toEqual([deed, 0]);
    await shot(hong, '20-calendar-of-the-city');
    await hong.goto(`${server.url}/#/permits`);
    await hong.getByTestId('new-permit').waitFor(); // what is theirs they plan
    await hong.getByTestId('tab-routes').click();
    await hong.getByText('新线路须由').waitFor();
    expect(await hong.getByTestId('new-route').count()).toBe(0);
    await hong.goto(`${server.url}/#/lab`);
    await hong.getByText('只给可看全市的人员使用').waitFor();
    await hong.goto(`${server.url}/#/system`);
    await hong.getByText('无法使用的报文不属于任何一部分').waitFor();
    await shot(hong, '21-system-of-a-district');
    expect(await faultsOf(hong)).toEqual([]);
    await hong.context().close();
  });

  it('does not tell a viewer, who sees no notice of others, that nobody was told', async () => {
    const guest = await signIn('guest', PASSWORD, `#/alert/${encodeURIComponent(alert.id)}`);
    await guest.getByTestId('told').getByText('这里只显示发给您本人的通知').waitFor();
    expect(await guest.getByText(/还没有(告知|发出通知)/).count()).toBe(0);
    await guest.context().close();
  });

  it.each(['zh', 'en'])('fits a phone, in %s', async (language) => {
    await city.call('post', '/notices/tell', people.night!.token).send({ alertId: alert.id, accountId: people.wang!.id });
    const look = async (page: Page, name: string) => {
      await eventually(
        `nothing of ${name} is wider than the phone`,
        () => page.evaluate<unknown[]>(WIDER),
        (wider) => wider.length === 0,
        5_000,
      );
      await shot(page, `phone-${language}-${name}`);
      expect([name, await faultsOf(page)]).toEqual([name, []]);
    };
    const operator = await phone('night', PASSWORD, `#/alert/${encodeURIComponent(alert.id)}`, language);
    await told(operator, 'wang').waitFor();
    await operator.getByTestId('told-strip').tap();
    await look(operator, 'told');
    await operator.context().close();

    const boss = await phone('admin', ADMIN_PASSWORD, '#/review', language);
    await boss.getByTestId('review-page').waitFor();
    for (const hash of ['review/controls', 'review/rules', 'review/calendar', 'people', 'people/districts', 'people/terminals', 'people/tokens', 'audit']) {
      await boss.goto(`${server.url}/#/${hash}`);
      await boss.locator('.page-body').waitFor();
      await eventually(
        `${hash} has been read`,
        () => boss.locator('.page-body .creep').count(),
        (waiting) => waiting === 0,
      );
      await look(boss, hash.replace('/', '-'));
    }
    await boss.context().close();
  });

  it('ticks, takes in hand, and hands the shift over to the next', async () => {
    await night.goto(`${server.url}/#/alert/${encodeURIComponent(alert.id)}`);
    await night.getByTestId('alert-detail').waitFor();
    await night.keyboard.press('i');
    await night.getByTestId('assignee').getByText('在办：night').waitFor();
    await night.keyboard.press('x');
    await night.getByTestId('bulk').waitFor();
    await shot(night, '17-bulk');
    expect(await faultsOf(night)).toEqual([]);
    // What is refused stays ticked, and why is said where it was pressed.
    await night.getByTestId('bulk-dismiss').click();
    await night.route('**/dismiss', (route) =>
      route.fulfill({ status: 409, contentType: 'application/problem+json', body: '{"status":409,"detail":"somebody was faster"}' }),
    );
    await night.getByTestId('bulk-reason').fill('重复告警');
    await night.getByTestId('bulk-reason').press('Enter');
    await night.getByTestId('bulk').getByRole('alert').getByText('somebody was faster').waitFor();
    await night.unroute('**/dismiss');
    await night.getByTestId('bulk-reason').press('Escape');
    await night.getByTestId('bulk-reason').waitFor({ state: 'detached' });
    await night.getByTestId('bulk-clear').click();
    await night.getByTestId('bulk').waitFor({ state: 'detached' });
    await night.getByTestId('handover').click();
    await night.getByTestId('handover-words').fill('3 号工地门口积水');
    // Put away by a slip of the hand, the words are still there.
    await night.keyboard.press('Escape');
    await night.getByTestId('handover-words').waitFor({ state: 'detached' });
    await night.getByTestId('handover').click();
    expect(await night.getByTestId('handover-words').inputValue()).toBe('3 号工地门口积水');
    await shot(night, '17-handover');
    expect(await faultsOf(night)).toEqual([]);
    await night.getByTestId('handover-send').click();
    await night.getByTestId('handover-send').waitFor({ state: 'detached' });
    await night.getByTestId('handed-over').getByText('尚未接班').waitFor();

    await zhou.goto(`${server.url}/#/?tab=acknowledged&late=no`);
    await zhou.getByTestId('handover-offered').click();
    await zhou.getByText('3 号工地门口积水').waitFor();
    await zhou.getByTestId('handover-take').click();
    await zhou.getByTestId('handover-take').waitFor({ state: 'detached' });
    await night
      .getByTestId('handed-over')
      .getByText(/zhou 于 .* 接班/)
      .waitFor();
    await zhou.getByTestId('filter-mine').click();
    expect(zhou.url()).toMatch(new RegExp(`#/\\?tab=acknowledged&late=no&who=${people.zhou!.id}$`));
    await zhou.goto(`${server.url}/#/alert/${encodeURIComponent(alert.id)}`);
    await zhou.getByTestId('assignee').getByText('在办：zhou').waitFor();
    await zhou.goto(`${server.url}/#/handovers`);
    await zhou.getByTestId('handover').getByText('接班').waitFor();
    expect(await faultsOf(zhou)).toEqual([]);
    await zhou.goto(`${server.url}/#/review`);
  });

  it('speaks English at the desk too', async () => {
    await zhou.getByTestId('language').click();
    await zhou.getByTestId('part-controls').click();
    await zhou.getByText('You asked for this one').waitFor();
    await shot(zhou, '18-english');
    expect(await faultsOf(zhou)).toEqual([]);
  });

  it('said nothing wrong', () => {
    expect(complaints.filter((said) => !/status of (400|401|403|409)|WebSocket connection to|getImageData|AudioContext/.test(said))).toEqual([]);
  });
});

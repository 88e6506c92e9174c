import type { Alert, Notice } from '@muckwatch/contract';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Street } from './notices/street.js';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { drive, eastOf, eventually, LAT, square, times } from './support/city.js';
import { freePort } from './support/free-port.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage } from './support/screens.js';

/** A site of its own with a yard two kilometres east of it, away from the street. */
const YARD_SITE_LON = 113.2;
const YARD_LAT = LAT - 0.3;
const PASSWORD = 'a long enough one';
/** The smallest telephone that is still sold. */
const PHONE = { width: 360, height: 740 };
const WAIT_MS = 30_000;
/** What the page may cost on its first visit ever: sign-in, socket, answers and every head included, packed with gzip (over https it is brotli). */
const FIRST_VIEW_BYTES = 200_000;

inABrowser('test/own-pages-browser.spec.ts')('everyone’s own pages in a real browser', () => {
  let street: Street;
  let browser: Browser;
  let manager: { id: string; token: string };
  let supervisor: { id: string; token: string };
  let first: Notice;
  const complaints: string[] = [];
  const url = () => street.server.url;

  async function context(size: { width: number; height: number }, language: 'zh' | 'en', options: object = {}): Promise<BrowserContext> {
    const made = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'America/New_York', serviceWorkers: 'block', ...options });
    await made.addInitScript(`localStorage.getItem('muckwatch.language') ?? localStorage.setItem('muckwatch.language', '${language}')`);
    return made;
  }

  async function signIn(page: Page, username: string, hash = ''): Promise<void> {
    await page.goto(`${url()}/${hash}`);
    await page.getByTestId('username').fill(username);
    await page.getByTestId('password').fill(PASSWORD);
    await page.getByTestId('submit').click();
  }

  async function open(username: string, size: { width: number; height: number }, language: 'zh' | 'en', hash = ''): Promise<Page> {
    const page = await openPage(await context(size, language), complaints, WAIT_MS);
    await signIn(page, username, hash);
    return page;
  }

  /** A picture of the page, nothing that sticks out of it, and nothing that axe calls serious. */
  async function looked(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: join(ARTIFACTS, `own-${name}.png`) });
    const wider = await page.evaluate<string[]>(`(() => {
      const room = innerWidth;
      if (document.documentElement.scrollWidth <= room) return [];
      return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > room + 1).map((e) => e.outerHTML.slice(0, 120));
    })()`);
    expect({ name, wider }).toEqual({ name, wider: [] });
    const grave = await faultsOf(page);
    expect({ name, grave }).toEqual({ name, grave: [] });
  }

  /** A photo as a telephone takes it: large, and not all of one colour. */
  async function photo(page: Page): Promise<Buffer> {
    const base64 = await page.evaluate<string>(`(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 3000, height: 2000 });
      const pen = canvas.getContext('2d');
      for (let i = 0; i < 400; i++) {
        pen.fillStyle = 'hsl(' + ((i * 37) % 360) + ' 60% 50%)';
        pen.fillRect((i % 25) * 120, Math.floor(i / 25) * 125, 120, 125);
      }
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
      return btoa(text);
    })()`);
    return Buffer.from(base64, 'base64');
  }

  const told = (alert: Alert) => street.noticeOf(alert, manager.id);
  const status = (page: Page, wanted: string) => page.locator(`[data-testid=notice][data-status=${wanted}]`).waitFor();

  beforeAll(async () => {
    await buildAll();
    const port = String(await freePort());
    street = await Street.open({ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` });
    const year = new Date().getFullYear();
    for (const one of [year, year + 1]) await street.call('put', `/calendar/years/${one}`).send({ holidays: [], workdays: [], source: '测试' }).expect(200);
    const validFrom = '2026-01-01T00:00:00Z';
    for (const place of [
      square('yard-site', 'site', YARD_SITE_LON, 200, { name: '城北棚改', validFrom }, YARD_LAT),
      square('yard-1', 'yard', eastOf(YARD_SITE_LON, 2_000), 300, { name: '淅河消纳场', capacityM3: 250_000, validFrom }, YARD_LAT),
    ]) {
      await street.call('post', '/places').send(place).expect(201);
    }
    await street
      .call('post', '/permits')
      .send({ companyId: 'c1', siteId: 'yard-site', yardIds: ['yard-1'], validFrom })
      .expect(201);
    manager = await street.person('manager', 'site-manager', { placeIds: ['s1'] });
    await street.person('second-manager', 'site-manager', { placeIds: ['s1'] });
    await street.person('keeper', 'yard-keeper', { placeIds: ['yard-1'] });
    await street.person('dispatcher', 'dispatcher', { companyIds: ['c1'] });
    supervisor = await street.person('supervisor', 'supervisor');
    first = await told(await street.uncovered());
    browser = (await openBrowser())!;
  }, 400_000);

  afterAll(async () => {
    await browser?.close();
    await street?.close();
  });

  describe('the site manager, on a telephone', () => {
    let page: Page;

    it('opens the link, signs in, and sees what, when, where, the rule and the deadline, for few bytes', async () => {
      const phone = await context(PHONE, 'zh');
      page = await openPage(phone, complaints, WAIT_MS);
      const wire = await phone.newCDPSession(page);
      await wire.send('Network.enable');
      let bytes = 0;
      const urls = new Map<string, string>();
      const asked: string[] = [];
      wire.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));
      wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        bytes += encodedDataLength;
        asked.push(`${encodedDataLength} ${urls.get(requestId)?.replace(url(), '')}`);
      });
      await page.goto(`${url()}/#/notice/${first.id}`);
      await page.getByTestId('username').waitFor();
      await looked(page, 'phone-1-sign-in');
      await signIn(page, 'manager', `#/notice/${first.id}`);
      await status(page, 'open');
      const firstView = bytes;
      process.stderr.write(`First view of a notice, sign-in and all: ${firstView} bytes in ${asked.length} answers.\n`);
      await writeFile(join(ARTIFACTS, 'own-first-view.txt'), asked.join('\n'));
      expect(firstView).toBeLessThan(FIRST_VIEW_BYTES);
      expect(asked.filter((one) => /leaflet|table|antd/.test(one))).toEqual([]);

      expect(await page.getByTestId('due').textContent()).toMatch(/前答复剩 /);
      await page.getByTestId('sketch').waitFor();
      await page.getByText('按规定').click();
      await looked(page, 'phone-2-notice');
      expect(await street.notice(first.id)).toMatchObject({ readAt: expect.any(String) });
    });

    it('acknowledges with one tap', async () => {
      await page.getByTestId('acknowledge').click();
      await status(page, 'acknowledged');
    });

    it('answers with a photo and a tap; without a network the answer waits, outlives the page, and goes by itself', async () => {
      const picture = await photo(page);
      await page.context().setOffline(true);
      await page.getByTestId('camera').setInputFiles({ name: 'IMG_0001.png', mimeType: 'image/png', buffer: picture });
      await page.locator('[data-testid=shot][data-state=waiting]').waitFor();
      expect(await page.getByTestId('answer-words').inputValue()).toBe('已整改，见照片。');
      await page.getByTestId('answer-words').fill('已要求驾驶员停车关好顶盖，见照片。');
      await page.getByTestId('answer-send').click();
      await page.getByTestId('answer-waits').waitFor();
      await looked(page, 'phone-3-answer-offline');

      await page.context().setOffline(false);
      await page.reload();
      await status(page, 'rectified');
      const { steps } = await street.notice(first.id);
      const answer = steps.find(({ step }) => step === 'rectify')!;
      expect(answer).toMatchObject({ text: '已要求驾驶员停车关好顶盖，见照片。', photos: [{ type: 'image/jpeg' }] });
      const size = await page.evaluate<number[]>(`(async () => {
        const image = new Image();
        image.src = '${answer.photos[0]!.url}';
        await image.decode();
        return [image.naturalWidth, image.naturalHeight];
      })()`);
      expect(size).toEqual([1_600, 1_067]);
      await page.getByTestId('history').scrollIntoViewIfNeeded();
      await looked(page, 'phone-4-answered');
    });

    it('sees the reviewer’s words as soon as the answer is sent back, and objects', async () => {
      await street.answer(first.id, 'send-back', supervisor.token, { text: '照片里看不清顶盖，请补拍。' }).expect(200);
      await status(page, 'sent-back');
      expect(await page.getByTestId('sent-back').textContent()).toContain('请补拍');
      await page.evaluate('scrollTo(0, 0)');
      await looked(page, 'phone-5-sent-back');
      await page.getByTestId('object').click();
      await page.getByText('车牌识别有误。').click();
      await page.getByTestId('answer-later').click();
      await page.getByTestId('object').click();
      expect(await page.getByTestId('answer-words').inputValue()).toBe('车牌识别有误。');
      await looked(page, 'phone-6-objection');
      await page.getByTestId('answer-send').click();
      await status(page, 'objected');
      await page.getByTestId('notice-sent').waitFor();
    });

    it('has a list with what waits first; a new notice comes by itself', async () => {
      await page.evaluate(`location.hash = '#/notices'`);
      await page.getByTestId('notice-list').waitFor();
      const next = await told(await street.uncovered());
      await page.locator(`[data-testid=notice-row][data-id="${next.id}"]`).waitFor();
      expect(await page.getByTestId('notice-row').first().getAttribute('data-id')).toBe(next.id);
      await looked(page, 'phone-7-list');
    });

    it('catches up with what came while the line was broken', async () => {
      await page.context().setOffline(true);
      await page.getByTestId('own-link').waitFor();
      const missed = await told(await street.uncovered());
      await page.context().setOffline(false);
      await page.locator(`[data-testid=notice-row][data-id="${missed.id}"]`).waitFor();
      await page.context().close();
    });

    it('reads the same in English, and on a desk', async () => {
      for (const [size, name] of [
        [PHONE, 'phone'],
        [DESK, 'desk'],
      ] as const) {
        const english = await open('second-manager', size, 'en');
        await english.getByTestId('notice-row').first().click();
        await english.getByText('Answer with a photo').waitFor();
        await english.getByTestId('sketch').waitFor();
        await looked(english, `${name}-8-english`);
        await english.context().close();
      }
    });

    it('is added to the home screen, and opens without a network; no answer of the API is kept', async () => {
      const manifest = await fetch(`${url()}/manifest.webmanifest`);
      expect(manifest.headers.get('content-type')).toContain('application/manifest+json');
      const { icons, display } = (await manifest.json()) as { icons: { src: string }[]; display: string };
      expect(display).toBe('standalone');
      for (const { src } of icons) expect((await fetch(`${url()}${src}`)).status).toBe(200);

      const installed = await openPage(await context(PHONE, 'zh', { serviceWorkers: 'allow' }), complaints, WAIT_MS);
      await signIn(installed, 'manager');
      await installed.getByTestId('notice-list').waitFor();
      await installed.evaluate(`navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 300)))`);
      await installed.reload();
      await installed.getByTestId('notice-list').waitFor();
      const kept = await eventually(
        'the shell is kept',
        () =>
          installed.evaluate<string[]>(
            `caches.keys().then((n) => Promise.all(n.map((c) => caches.open(c).then((s) => s.keys())))).then((k) => k.flat().map((r) => new URL(r.url).pathname))`,
          ),
        (paths) => paths.includes('/') && paths.some((path) => /OwnRoom.*\.js$/.test(path)),
      );
      expect(kept.filter((path) => path.startsWith('/api'))).toEqual([]);
      await installed.context().setOffline(true);
      await installed.reload();
      await installed.getByTestId('username').waitFor();
      await installed.context().close();
    });
  });

  describe('the dispatcher', () => {
    let page: Page;

    it('comes in at the company: own trucks with state and sensors, on the map', async () => {
      page = await open('dispatcher', DESK, 'zh');
      await page.locator('[data-testid=company-truck][data-state=alert]').first().waitFor();
      await eventually(
        'the sensors are told',
        () => page.locator('.company-sensors').first().textContent(),
        (text) => /正常|上报|故障|存疑/.test(text ?? ''),
      );
      await page.locator('[data-testid=company-truck]').first().getByText('在地图上看').click();
      await looked(page, 'desk-9-company');
    });

    it('sees alerts, notices with their answers, and how objections were decided', async () => {
      await page.getByTestId('tab-alerts').click();
      await page.getByTestId('company-alert').first().waitFor();
      await looked(page, 'desk-10-company-alerts');
      await page.getByTestId('tab-notices').click();
      await page.locator(`[data-testid=company-notice][data-id="${first.id}"]`).waitFor();
      await page.getByTestId('tab-objections').click();
      await page.locator(`[data-testid=company-notice][data-id="${first.id}"]`).getByText('等待审核').waitFor();
      await street.answer(first.id, 'accept', supervisor.token, { text: '核对无误' }).expect(200);
      await page.locator(`[data-testid=company-notice][data-id="${first.id}"]`).getByText('异议成立').waitFor();
      await looked(page, 'desk-11-company-objections');
    });

    it('keeps its drivers', async () => {
      await page.getByTestId('tab-drivers').click();
      await page.getByTestId('driver-add').click();
      await page.getByTestId('driver-name').fill('刘师傅');
      await page.getByTestId('driver-phone').fill('13800001111');
      await page.getByTestId('driver-save').click();
      await page.getByTestId('driver').getByText('刘师傅').waitFor();
      await page.getByTestId('driver').getByText('修改').click();
      await page.getByTestId('driver-licence').fill('420601198001011234');
      await page.getByTestId('driver-save').click();
      await page.getByTestId('driver').getByText('420601198001011234').waitFor();
      await looked(page, 'desk-12-company-drivers');
      await page.getByTestId('driver').getByText('停用').click();
      await page.getByTestId('driver').getByText('再点一次停用').click();
      await page.getByText('还没有登记驾驶员').waitFor();
    });

    it('sees a permit that runs out', async () => {
      const validTo = new Date(Date.now() + 12.5 * 86_400_000).toISOString();
      await street
        .call('post', '/permits')
        .send({ id: 'P-0417', companyId: 'c1', siteId: 's1', yardIds: ['yard-1'], validTo, volumeM3: 20_000 })
        .expect(201);
      await page.getByTestId('tab-permits').click();
      const row = page.locator('[data-testid=company-permit][data-id="P-0417"]');
      await row.getByText('剩 12 天').waitFor();
      expect(await row.getByTestId('permit-hauled').innerText()).toBe('已运 0 / 20,000 m³ · 0 %');
      await looked(page, 'desk-12-company-permits');
      await page.context().close();
    });

    it('works on a telephone, in English', async () => {
      const phone = await open('dispatcher', PHONE, 'en');
      await phone.getByTestId('company-truck').first().waitFor();
      await looked(phone, 'phone-13-company');
      await phone.getByTestId('tab-notices').click();
      await phone.getByTestId('company-notice').first().waitFor();
      await looked(phone, 'phone-14-company-notices');
      await phone.context().close();
    });
  });

  describe('the yard keeper', () => {
    const LOADED = { loadKg: 16_000, cover: 'closed', bedAngleDeg: 0, ignition: true };
    let last: { at: number; lon: number };
    const say = async (truck: string, steps: Record<string, unknown>[]) => {
      const reports = drive({ at: last.at + 5_000, lon: last.lon, lat: YARD_LAT }, steps);
      await street.upload(truck, reports);
      last = { at: Number(reports.at(-1)!.time), lon: reports.at(-1)!.lon };
    };

    it('sees who comes, who waits and what is left; refuses a load with a reason', async () => {
      await street.trucks(['y1', 'y2']);
      for (const [truck, drives] of [
        ['y1', 10],
        ['y2', 27],
      ] as const) {
        last = { at: Date.now() - 9 * 60_000, lon: eastOf(YARD_SITE_LON, 100) };
        await say(truck, [
          ...times(6, { ...LOADED, loadKg: 200, speedKmh: 0 }),
          ...times(6, { ...LOADED, speedKmh: 0 }),
          ...times(drives, { ...LOADED, speedKmh: 54 }),
        ]);
        if (truck === 'y2') await say(truck, times(8, { ...LOADED, speedKmh: 0 }));
      }
      const page = await open('keeper', PHONE, 'zh');
      await page.locator('[data-testid=yard-here][data-state=waiting]').waitFor();
      await page.getByTestId('yard-coming').first().waitFor();
      expect(await page.getByTestId('remaining').textContent()).toContain('250,000 m³');
      await looked(page, 'phone-21-yard');
      await page.locator('[data-testid=yard-here]').getByTestId('refuse').click();
      await page.getByText('含生活垃圾').click();
      await looked(page, 'phone-22-refuse');
      await page.getByTestId('refuse-do').click();
      await page.getByTestId('refused-note').waitFor();
      await page.getByText(/拒收：含生活垃圾/).waitFor();
      await page.context().close();
    });

    it('on a desk, in English', async () => {
      const page = await open('keeper', DESK, 'en');
      await page.getByTestId('yard-here').first().waitFor();
      await looked(page, 'desk-23-yard');
      await page.context().close();
    });
  });

  describe('one’s own settings', () => {
    let page: Page;

    it('say how one is told: a way is added, tried, switched off', async () => {
      page = await open('manager', PHONE, 'zh', '#/me');
      await page.getByTestId('channel-add').click();
      await page.getByTestId('channel-kind').selectOption('wecom');
      await page.getByTestId('channel-address').fill(`http://127.0.0.1:${await freePort()}/robot`);
      await page.getByTestId('channel-save').click();
      await page.locator('[data-testid=channel][data-kind=wecom]').waitFor();
      await page.getByTestId('channel-test').click();
      await page.getByText(/上次失败/).waitFor();
      await page.getByTestId('channel-switch').click();
      await page.getByText('已停用', { exact: true }).waitFor();
      await page.getByTestId('quiet-on').check();
      await page.getByTestId('per-hour').fill('12');
      await page.getByTestId('settings-save').click();
      await page.getByText('已保存').waitFor();
      const { body } = await street.call('get', '/me/notice-settings', manager.token).expect(200);
      expect(body).toMatchObject({ quietHours: [{ from: '22:00', to: '07:00' }], messagesPerHour: 12, channels: [{ kind: 'wecom', enabled: false }] });
      await looked(page, 'phone-15-me');
    });

    it('set up a second factor, which the next sign-in asks for', async () => {
      await page.getByTestId('second-start').click();
      await page.getByTestId('qr').waitFor();
      const secret = (await page.locator('.me-secret').textContent())!.replace(/\s/g, '');
      await page.getByTestId('qr').scrollIntoViewIfNeeded();
      await looked(page, 'phone-16-second-factor');
      const totp = new TOTP({ secret: Secret.fromBase32(secret) });
      await page.getByTestId('second-code').fill(totp.generate());
      await page.getByTestId('second-confirm').click();
      await page.getByText('两步验证已启用').waitFor();

      const again = await openPage(await context(DESK, 'en'), complaints, WAIT_MS);
      await signIn(again, 'manager');
      await again.getByTestId('code').waitFor();
      await looked(again, 'desk-17-code');
      await again.getByTestId('code').fill('000000');
      await again.getByTestId('submit').click();
      await again.getByText(/wrong or too old/).waitFor();
      // A code opens once: the one that set it up is used.
      await again.getByTestId('code').fill(totp.generate({ timestamp: Date.now() + 30_000 }));
      await again.getByTestId('submit').click();
      await again.getByTestId('notice-list').waitFor();
      await looked(again, 'desk-18-list');

      await page.reload();
      await page.getByTestId('sessions').getByText('结束').first().waitFor();
      await page.getByTestId('sessions').scrollIntoViewIfNeeded();
      await looked(page, 'phone-19-sessions');
      await page.context().close();
      await again.context().close();
    });

    it('are there for the night room too, in its own dark', async () => {
      const dark = await open('supervisor', DESK, 'en', '#/me');
      await dark.getByTestId('me').waitFor();
      await looked(dark, 'desk-20-me-dark');
      await dark.context().close();
    });
  });

  it('says nothing on the console that it should not', () => {
    const expected =
      /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|WebSocket connection to|status of (401|404|409)|getImageData|Service Worker registration blocked by Playwright/;
    expect(complaints.filter((said) => !expected.test(said))).toEqual([]);
  });
});

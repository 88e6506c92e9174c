import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { BuiltServer } from './resilience/built-server.js';
import { faultsOf } from './support/axe.js';
import { openBrowser } from './support/browser.mjs';
import { eventually } from './support/city.js';
import { ARTIFACTS, buildAll, DESK, inABrowser, openPage, signIn } from './support/screens.js';

const WAIT_MS = 30_000;
const PARTS = [
  'map',
  'city',
  'city/quality',
  'city/figures',
  'city/wall',
  'cameras',
  'permits',
  'places',
  'handovers',
  'hauls',
  'hauls/places',
  'hauls/yards',
  'playback',
  'lab',
  'review',
  'review/calendar',
  'registry',
  'registry/trucks',
  'people',
  'audit',
  'system',
  'help',
  'help/words',
];

const SMALL = { width: 360, height: 780 };
const LARGE = { width: 3_840, height: 2_160 };
const LOOKS = [
  { size: DESK, language: 'zh', theme: 'dark' },
  { size: DESK, language: 'en', theme: 'light' },
  { size: SMALL, language: 'zh', theme: 'light' },
  { size: SMALL, language: 'en', theme: 'dark' },
  { size: LARGE, language: 'zh', theme: 'dark' },
  { size: LARGE, language: 'en', theme: 'light' },
] as const;

/** What sticks out to the right, and letters below 12 px. Written as text: the tests are compiled without the names of a browser. */
const MISFITS = `(() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) {
    const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1);
    found.push('wider: ' + document.documentElement.scrollWidth, ...out.slice(0, 4).map((element) => element.outerHTML.slice(0, 120)));
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (data.trim() && parentElement.getClientRects().length > 0 && parseFloat(getComputedStyle(parentElement).fontSize) < 12) found.push('small: ' + data.trim());
  }
  return found.slice(0, 8);
})()`;

/** Nothing waits any more, and the words are in their font. */
const AT_REST = `document.fonts.ready.then(() => document.querySelector('.creep') === null)`;

inABrowser('test/screens-browser.spec.ts')('every page of the demo city, at three sizes, in both languages, by day and by night', () => {
  let server: BuiltServer;
  let dataDir: string;
  let browser: Browser;

  beforeAll(async () => {
    await buildAll();
    dataDir = await mkdtemp(join(tmpdir(), 'muck-pages-'));
    server = await BuiltServer.on(dataDir);
    await server.start({ DEMO: 'on', LOG_LEVEL: 'error' });
    const headers = { authorization: `Bearer ${await server.signIn()}` };
    const count = async (path: string) => {
      const response = await fetch(`${server.url}/api/v1${path}`, { headers });
      return response.ok ? ((await response.json()) as { items: unknown[] }).items.length : 0;
    };
    await eventually(
      'the demo city has its first incidents',
      () => count('/alerts?limit=5'),
      (alerts) => alerts >= 2,
      240_000,
    );
    browser = (await openBrowser())!;
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function signedIn({ size, language, theme }: (typeof LOOKS)[number], complaints: string[]): Promise<Page> {
    const context = await browser.newContext({ viewport: size, locale: 'zh-CN', serviceWorkers: 'block' });
    const chosen = { tour: 'seen', language, 'room-theme': theme };
    for (const [key, value] of Object.entries(chosen)) await context.addInitScript(`localStorage.setItem('muckwatch.${key}', '${value}')`);
    const page = await openPage(context, complaints, WAIT_MS);
    await page.goto(server.url);
    await signIn(page);
    await page.getByTestId('account').waitFor();
    return page;
  }

  it('looks at every page of the menu', async () => {
    const page = await signedIn(LOOKS[0], []);
    await page.getByTestId('pages').click();
    await page.getByTestId('menu-map').waitFor();
    const offered = await page.evaluate<string[]>(`[...document.querySelectorAll('[data-testid^=menu-]')].map(({ dataset }) => dataset.testid.slice(5))`);
    const looked = new Set(PARTS.map((part) => part.split('/')[0]!));
    expect(offered.filter((name) => !looked.has(name))).toEqual([]);
    await page.context().close();
  });

  it.each(LOOKS)(
    'fits, can be read and used: $size.width px, $language, $theme',
    async (look) => {
      const complaints: string[] = [];
      const page = await signedIn(look, complaints);
      // The first question of a page is who one is.
      complaints.length = 0;
      const found: Record<string, string[]> = {};
      for (const part of PARTS) {
        await page.evaluate(`location.hash = '#/${part === 'map' ? '' : part}'`);
        await eventually(
          `${part} is at rest`,
          () => page.evaluate<boolean>(AT_REST),
          (rested) => rested,
          WAIT_MS,
        );
        const misfits = await page.evaluate<string[]>(MISFITS);
        // At 4K stands what stands at a desk, drawn larger.
        const faults = look.size === LARGE ? [] : await faultsOf(page);
        await page.screenshot({ path: join(ARTIFACTS, `page-${part.replace('/', '-')}-${look.size.width}-${look.language}.png`) });
        if (misfits.length + faults.length > 0) found[part] = [...misfits, ...faults];
      }
      await page.context().close();
      expect({ found, complaints }).toEqual({ found: {}, complaints: [] });
    },
    180_000,
  );

  it('takes itself anew where a part of it was replaced by an update', async () => {
    const page = await signedIn(LOOKS[0], []);
    await page.route('**/assets/HelpPage*', (route) => route.fulfill({ status: 404, body: '' }), { times: 1 });
    await page.evaluate(`location.hash = '#/help'`);
    await page.getByTestId('help-page').waitFor();
    await page.context().close();
  });
});

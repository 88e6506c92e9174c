import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { browserPath } from './browser.mjs';
import { ADMIN_PASSWORD } from './server.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const ARTIFACTS = join(ROOT, 'artifacts');
export const DESK = { width: 1_440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** What sticks out of a phone's page, after the page's own width. */
export const WIDER = `(() => {
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= ${PHONE.width}) return [];
  const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > ${PHONE.width});
  return [scrollWidth, ...out.map((element) => element.outerHTML.slice(0, 120))];
})()`;

/** `describe` where there is a browser, else one loud line that this spec did not run and how to get one. */
export function inABrowser(spec: string): typeof describe.skip {
  if (browserPath()) return describe;
  process.stderr.write(
    `\n######## NO CHROMIUM OR CHROME FOUND: ${spec} did NOT run. Install one (apt-get install chromium, or set CHROME_PATH) and run again. ########\n\n`,
  );
  return describe.skip;
}

/** A lock that is older is of a run that was killed. */
const BUILD_MS = 120_000;

/** What is tested is what was built; screenshots have a folder. */
export async function buildAll(): Promise<void> {
  await mkdir(ARTIFACTS, { recursive: true });
  // Two suites begin at once: the second finds what the first has built.
  const lock = join(ROOT, 'artifacts/.building');
  const giveUpAt = Date.now() + BUILD_MS;
  while (!(await made(lock)) && Date.now() < giveUpAt) await sleep(200);
  try {
    await build();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function made(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    () => false,
  );
}

async function build(): Promise<void> {
  const builder = spawn(process.execPath, ['apps/server/build.mjs'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(builder, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The build ended with ${code}.`);
}

/** A new page; what it says that it should not have goes to `complaints`. */
export async function openPage(context: BrowserContext, complaints: string[], timeoutMs: number): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(timeoutMs);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.stack ?? error.message}`));
  return page;
}

/** Signs in where the page asks for it. */
export async function signIn(page: Page, username = 'admin', password = ADMIN_PASSWORD): Promise<void> {
  await page.getByTestId('username').fill(username);
  await page.getByTestId('password').fill(password);
  await page.getByTestId('submit').click();
}

interface Visit {
  size: { width: number; height: number };
  language: 'zh' | 'en';
  /** A user name and its password; the administrator unless said. */
  who?: [string, string];
  complaints: string[];
  timeoutMs: number;
}

/** A page at an address, of somebody who has just signed in, far from the city's time zone. */
export async function openSignedIn(browser: Browser, address: string, { size, language, who, complaints, timeoutMs }: Visit): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'America/New_York', serviceWorkers: 'block' });
  await context.addInitScript(`localStorage.getItem('muckwatch.language') ?? localStorage.setItem('muckwatch.language', '${language}')`);
  const page = await openPage(context, complaints, timeoutMs);
  await page.goto(address);
  await signIn(page, ...(who ?? []));
  return page;
}

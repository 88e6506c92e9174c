// The Chromium or Chrome of this machine, driven by playwright-core; null where there is none.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

export function browserPath() {
  return [process.env.CHROME_PATH, ...PLACES].find((path) => path && existsSync(path)) ?? null;
}

export async function openBrowser() {
  const executablePath = browserPath();
  return executablePath && chromium.launch({ executablePath, headless: true, args: FLAGS });
}

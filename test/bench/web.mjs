// npm run bench:web [-- sizes paint frames night] — what the control room costs a browser: bytes, first paint, what jumps, frames at 10,000 trucks, and memory over a
// night of alerts. Prints tables, each figure beside what it should be.
import { spawnSync } from 'node:child_process';
import { openBrowser } from '../support/browser.mjs';
import { frames } from './web/frames.mjs';
import { night } from './web/night.mjs';
import { paint } from './web/paint.mjs';
import { sizes } from './web/sizes.mjs';

const PARTS = { sizes, paint, frames, night };
const words = process.argv.slice(2);
const unknown = words.filter((word) => !(word in PARTS));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
const built = spawnSync(process.execPath, ['apps/server/build.mjs'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const browser = await openBrowser();
if (!browser) console.error('No Chromium or Chrome was found: sizes alone are measured.');

const tables = [];
for (const name of words.length > 0 ? words : Object.keys(PARTS)) {
  if (!browser && name !== 'sizes') continue;
  console.error(`bench:web ${name} …`);
  tables.push(...(await PARTS[name](browser)));
}
await browser?.close();
for (const { title, head, rows } of tables) {
  console.log(`\n${title}\n\n| ${head.join(' | ')} |\n|${head.map(() => '---|').join('')}`);
  for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);
}
process.exit(0);

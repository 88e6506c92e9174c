import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let axe: Promise<string> | undefined;

/** A button half-way from disabled to enabled has the contrast of neither: what ends by itself is waited for. */
const SETTLED = `Promise.allSettled(
  document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished),
)`;

/** What axe finds on a page at rest that is serious or critical, as `id: element why`. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(`(${SETTLED}).then(() => true)`);
  await page.evaluate(await (axe ??= readFile(AXE, 'utf8')));
  return page.evaluate<string[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 4).map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary)))`);
}

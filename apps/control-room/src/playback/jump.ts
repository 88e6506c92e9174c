import { clock } from './clock.js';
import { jumpTo } from './jumps.js';
import { inOrder, usePlay } from './playStore.js';

/** An event is shown as it begins. */
const LEAD_MS = 10_000;

export type Target = 'alert' | 'stop';

/** To the next or the previous alert or stop of any truck that is shown; stays where there is none that way. */
export function jump(target: Target, direction: 1 | -1): void {
  const at = jumpTo(timesOf(target), clock.at, direction, LEAD_MS);
  if (at !== null) clock.seek(at);
}

function timesOf(target: Target): number[] {
  const all = inOrder(usePlay.getState());
  if (target === 'alert') return all.flatMap(({ alerts }) => alerts.map(({ began }) => Date.parse(began)));
  return all.flatMap(({ stays }) => (stays?.stops ?? []).map(({ from }) => Date.parse(from)));
}

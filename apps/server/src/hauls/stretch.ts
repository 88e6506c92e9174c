import { DAY_MS, type EpochMs, HOUR_MS } from '@muckwatch/domain';
import { iso } from '../clock.js';
import { asked } from '../history/cursor.js';
import { Refusal } from '../refusal.js';

const LONGEST_MS = 31 * DAY_MS;

/** `to` null: until now, and what is under way. */
export interface Stretch {
  from: EpochMs;
  to: EpochMs | null;
}

/**
 * The stretch that a page looks back on: the last 31 days where nothing is said, and no more, so that a sum stays within 200 ms.
 *
 * @throws Refusal 400 for one that ends before it begins or is longer
 */
export function stretchOf(said: { from?: string; to?: string }, now: EpochMs): Stretch {
  const to = said.to === undefined ? null : asked(said.to);
  const until = to ?? now;
  const from = said.from === undefined ? until - LONGEST_MS : asked(said.from);
  if (from > until) throw new Refusal(400, { en: `from ${iso(from)} is after to ${iso(until)}.`, zh: `开始 ${iso(from)} 在结束 ${iso(until)} 之后。` });
  // A month of the city's calendar may be an hour longer.
  if (until - from > LONGEST_MS + HOUR_MS)
    throw new Refusal(400, { en: `from ${iso(from)} to ${iso(until)} is longer than 31 days.`, zh: `从 ${iso(from)} 到 ${iso(until)} 超过 31 天。` });
  return { from, to };
}

import { jumps, SECOND_MS } from '@muckwatch/domain';
import type { Seen } from './fix.store.js';

/** What is never thinned away: between two of these something changed that a reader would look for. */
const CHANGES = ['cover', 'bed', 'loadState', 'ignition', 'late', 'doubt'] as const;

/**
 * Of each `everyS` seconds the first report, the fastest, the slowest, the heaviest and the one with the bed highest, and every one that says another state
 * than the one before. Peaks and changes stay, both ends of a jump too, and no silence arises that there was not. `fixes` are in order of time; 0 keeps all.
 */
export function thinned(fixes: Seen[], everyS: number): Seen[] {
  if (everyS === 0) return fixes;
  const kept = new Set<number>();
  for (let i = 0; i < fixes.length;) {
    const bucket = bucketOf(fixes[i]!, everyS);
    let end = i;
    while (end < fixes.length && bucketOf(fixes[end]!, everyS) === bucket) end++;
    kept.add(i).add(end - 1);
    for (const extreme of extremesOf(fixes, i, end)) kept.add(extreme);
    i = end;
  }
  let believed: number | null = null;
  fixes.forEach(({ doubt }, i) => {
    if (doubt !== null) return;
    if (believed !== null && jumps(fixes[believed]!, fixes[i]!)) kept.add(believed).add(i);
    believed = i;
  });
  return fixes.filter((fix, i) => kept.has(i) || (i > 0 && CHANGES.some((field) => fix[field] !== fixes[i - 1]![field])));
}

const bucketOf = (fix: Seen, everyS: number) => Math.floor(fix.at / (everyS * SECOND_MS));

function extremesOf(fixes: Seen[], from: number, to: number): number[] {
  let [fastest, slowest, heaviest, highest] = [from, from, from, from];
  for (let i = from + 1; i < to; i++) {
    const fix = fixes[i]!;
    if ((fix.speedKmh ?? -1) > (fixes[fastest]!.speedKmh ?? -1)) fastest = i;
    if ((fix.speedKmh ?? Infinity) < (fixes[slowest]!.speedKmh ?? Infinity)) slowest = i;
    if ((fix.loadKg ?? -1) > (fixes[heaviest]!.loadKg ?? -1)) heaviest = i;
    if ((fix.bedAngleDeg ?? -90) > (fixes[highest]!.bedAngleDeg ?? -90)) highest = i;
  }
  return [fastest, slowest, heaviest, highest];
}

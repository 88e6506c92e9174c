import type { Leg } from '../leg.js';
import type { Random } from '../random.js';
import type { EpochMs } from '../truth.js';
import { alongAt, did } from './deed.js';

/** The antenna is covered for a while: what the terminal would have said of some kilometres is lost for good. */
export function loseTrack(leg: Leg, random: Random): Leg | null {
  const { path, pace } = leg;
  const [low, high] = [pace.arrive[path.clearFrom]! + 150, pace.arrive[path.clearTo]! - 150];
  for (let tries = 0; tries < 12 && low < high; tries++) {
    const from = random.between(low, high);
    const to = from + random.between(220, 480);
    const lostM = alongAt(leg, to) - alongAt(leg, from);
    // As the crow flies it is less than as the truck drives.
    const apartM = apart(leg, from, to);
    if (to > high || apartM < 2900) continue;
    const hush = { from: Math.round(from * 1000), to: Math.round(to * 1000), how: 'lost' } as const;
    const deed = did('track-gap', from, to, `the terminal was off for ${(lostM / 1000).toFixed(1)} km`);
    return { ...leg, hushes: [...leg.hushes, hush], deeds: [...leg.deeds, deed] };
  }
  return null;
}

/** The terminal's modem hangs for a quarter of an hour and more, with the engine running; it tells later what it stored. */
export function fallSilent(leg: Leg, random: Random, at: EpochMs, outages: readonly { from: EpochMs; to: EpochMs }[]): Leg | null {
  const from = random.between(60, Math.max(61, leg.pace.seconds - 200));
  const to = from + random.between(14.5, 24) * 60;
  const NEAR_MS = 20 * 60_000;
  if (from > leg.pace.seconds - 60 || outages.some((outage) => at + from * 1000 < outage.to + NEAR_MS && at + to * 1000 > outage.from - NEAR_MS)) return null;
  const hush = { from: Math.round(from * 1000), to: Math.round(to * 1000), how: 'stored' } as const;
  const deed = did('silent-terminal', from, to, `silent for ${Math.round((to - from) / 60)} min with the engine running`);
  return { ...leg, hushes: [...leg.hushes, hush], deeds: [...leg.deeds, deed] };
}

function apart(leg: Leg, fromS: number, toS: number): number {
  const at = (seconds: number): number => {
    let i = 0;
    while (i < leg.path.x.length - 1 && leg.pace.arrive[i + 1]! <= seconds) i++;
    return i;
  };
  const [a, b] = [at(fromS), at(toS)];
  return Math.hypot(leg.path.x[a]! - leg.path.x[b]!, leg.path.y[a]! - leg.path.y[b]!);
}

import type { Leg } from '../leg.js';
import type { PhaseDeed } from '../phase.js';

/**
 * How an honest drive is spoiled on purpose: each deed takes a planned drive and answers the same drive with the deed in it, or null
 * where this drive gives no room for it. A deed goes beyond what rules.md allows by a margin and lasts long enough for a terminal
 * that reports every 10 s: half a violation would be no truth.
 */
export function did(
  rule: PhaseDeed['rule'],
  fromS: number,
  toS: number,
  note: string,
  more: Partial<Pick<PhaseDeed, 'placeId' | 'scope' | 'nameless'>> = {},
): PhaseDeed {
  return { rule, from: Math.round(fromS * 1000), to: Math.round(toS * 1000), placeId: null, scope: null, note, ...more };
}

export function withoutStops(leg: Leg, from: number, to: number): Leg['stops'] {
  return leg.stops.filter((stop) => stop.i < from || stop.i > to);
}

/** The longest time on end, in seconds, above a speed between two times. */
export function longestAbove(leg: Leg, speedMs: number, fromS: number, toS: number): number {
  const spans = spansAbove(leg, () => speedMs).map(([start, end]) => Math.min(end, toS) - Math.max(start, fromS));
  return Math.max(0, ...spans);
}

/** The spans of time in which the truck drives faster than the limit at each sample. */
export function spansAbove(leg: Leg, limitMs: (i: number) => number): [number, number][] {
  const { pace } = leg;
  const out: [number, number][] = [];
  let start: number | null = null;
  for (let i = 0; i < pace.speed.length; i++) {
    const fast = pace.speed[i]! > limitMs(i);
    if (fast && start === null) start = pace.arrive[i]!;
    if (!fast && start !== null) {
      out.push([start, pace.arrive[i]!]);
      start = null;
    }
  }
  return out;
}

/** Metres driven after so many seconds, to the sample. */
export function alongAt({ path, pace }: Leg, seconds: number): number {
  let i = 0;
  while (i < path.x.length - 1 && pace.arrive[i + 1]! <= seconds) i++;
  return path.along[i]!;
}

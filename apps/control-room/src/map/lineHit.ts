import type { Px } from './projection.js';

/** A point of a route under edit: which line, which point of it. */
export interface PointRef {
  line: number;
  point: number;
}

export type Hit = { at: 'point'; ref: PointRef } | { at: 'middle'; ref: PointRef; px: Px } | { at: 'line'; ref: PointRef; px: Px };

/** A stretch shorter than this shows no handle at its middle: it would lie under those of its ends. */
export const MIDDLE_FROM_PX = 40;

/** What of drawn lines lies under the pointer: a point before a middle before the line itself. */
export function hitOf(lines: readonly (readonly Px[])[], at: Px, reachPx: number): Hit | null {
  return pointAt(lines, at, reachPx) ?? middleAt(lines, at, reachPx) ?? lineAt(lines, at, reachPx * 0.7);
}

function pointAt(lines: readonly (readonly Px[])[], at: Px, reachPx: number): Hit | null {
  let best: Hit | null = null;
  let nearest = reachPx;
  lines.forEach((line, l) =>
    line.forEach((px, p) => {
      const distance = apart(px, at);
      if (distance >= nearest) return;
      nearest = distance;
      best = { at: 'point', ref: { line: l, point: p } };
    }),
  );
  return best;
}

function middleAt(lines: readonly (readonly Px[])[], at: Px, reachPx: number): Hit | null {
  for (const { a, b, ref } of stretches(lines)) {
    if (apart(a, b) < MIDDLE_FROM_PX) continue;
    const px = middleOf(a, b);
    if (apart(px, at) < reachPx) return { at: 'middle', ref, px };
  }
  return null;
}

function lineAt(lines: readonly (readonly Px[])[], at: Px, reachPx: number): Hit | null {
  let best: Hit | null = null;
  let nearest = reachPx;
  for (const { a, b, ref } of stretches(lines)) {
    const px = nearestOn(a, b, at);
    const distance = apart(px, at);
    if (distance >= nearest) continue;
    nearest = distance;
    best = { at: 'line', ref, px };
  }
  return best;
}

export const middleOf = (a: Px, b: Px): Px => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

export const apart = (a: Px, b: Px): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The point of a stretch that is nearest to `at`. */
export function nearestOn(a: Px, b: Px, at: Px): Px {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / (dx * dx + dy * dy)));
  return [a[0] + along * dx, a[1] + along * dy];
}

function* stretches(lines: readonly (readonly Px[])[]): Generator<{ a: Px; b: Px; ref: PointRef }> {
  for (const [line, points] of lines.entries())
    for (let point = 0; point + 1 < points.length; point++) yield { a: points[point]!, b: points[point + 1]!, ref: { line, point } };
}

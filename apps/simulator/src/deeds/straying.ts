import type { Leg } from '../leg.js';
import type { ApprovedRoute } from '../permits.js';
import type { PhaseDeed } from '../phase.js';
import { pointAt } from '../path.js';
import { did } from './deed.js';

/** Within this of a line nobody calls it off the route, beyond the other everybody does: half the width, what fixes err, and air. */
const SURELY_ON_M = 45;
const SURELY_OFF_M = 80;
/** Shorter than this is a moment; longer than the other is a deed. Between them a drive is no truth. */
const MOMENT = { seconds: 45, metres: 220 };
const DEED = { seconds: 100, metres: 600 };
/** Back on the line for less than this, it has not come back. */
const BACK_S = 60;

/**
 * Where a loaded drive leaves its approved routes, by plain geometry: none, one or several deeds; null where it can be argued about.
 * `standsS`: how long it stands at the end with its load, out in the open.
 */
export function straying(leg: Leg, routes: readonly ApprovedRoute[], standsS = 0): PhaseDeed[] | null {
  if (routes.length === 0) return [];
  const maybe = spans(leg, routes, SURELY_ON_M, standsS).filter(({ seconds, metres }) => seconds > MOMENT.seconds && metres > MOMENT.metres);
  if (maybe.length === 0) return [];
  const surely = spans(leg, routes, SURELY_OFF_M, standsS).filter(({ seconds, metres }) => seconds > DEED.seconds && metres > DEED.metres);
  if (!maybe.every(({ from, to }) => surely.some((span) => span.from >= from && span.to <= to))) return null;
  const merged: typeof maybe = [];
  for (const span of maybe) {
    const last = merged.at(-1);
    if (last && span.from - last.to < BACK_S) Object.assign(last, { to: span.to, metres: last.metres + span.metres });
    else merged.push({ ...span });
  }
  return merged.map(({ from, to, metres }) => did('off-route', from, to, `${(metres / 1000).toFixed(1)} km off the approved routes`));
}

interface Span {
  from: number;
  to: number;
  seconds: number;
  metres: number;
}

function spans({ path, pace }: Leg, routes: readonly ApprovedRoute[], beyondM: number, standsS: number): Span[] {
  const out: Span[] = [];
  let start = -1;
  for (let i = path.clearFrom; i <= path.clearTo + 1; i++) {
    const p = i <= path.clearTo ? pointAt(path, i) : null;
    const off = p !== null && !routes.some((route) => route.near(p, beyondM));
    if (off && start < 0) start = i;
    if (off || start < 0) continue;
    const [from, to] = [pace.arrive[start]!, pace.leave[i - 1]! + (i - 1 === path.x.length - 1 ? standsS : 0)];
    out.push({ from, to, seconds: to - from, metres: path.along[i - 1]! - path.along[start]! });
    start = -1;
  }
  return out;
}

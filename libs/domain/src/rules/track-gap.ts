import { NONE } from '../episode.js';
import { distanceM } from '../geo.js';
import type { Point } from '../report.js';
import type { Found, Rule, Stepped } from '../rule.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../time.js';
import { metres } from './say.js';

const limits = { gapKm: 2, gapS: 120, fillMin: 30 };

/** Two reports in a row with nothing between them. */
interface Hole {
  began: EpochMs;
  point: Point;
  until: EpochMs;
  distanceM: number;
}

interface State {
  /** Those that a late upload may still fill. */
  holes: Hole[];
}

/**
 * A loaded truck (as it was known before the hole) turns up far away with nothing said in between. Terminals send what they stored on the way, so it is told half
 * an hour after the hole closed; an upload that fills it has the truck judged again, and then there was no hole.
 */
export const trackGap: Rule<State, typeof limits> = {
  code: 'track-gap',
  name: { zh: '轨迹缺失', en: 'Hole in the track' },
  description: {
    zh: '重车相邻两次定位相距 2 km 以上、间隔 2 分钟以上，且 30 分钟内未补传。',
    en: 'Two reports in a row of a loaded truck are more than 2 km and 120 s apart, and half an hour later the hole is still there.',
  },
  severity: 'minor',
  limits,
  start: { holes: [] },
  step(before, moment, rule) {
    const { previous, at, point } = moment;
    const told = tellAfter(before, at, rule);
    if (previous === null || moment.loadStood !== 'loaded' || at - previous.at <= rule.gapS * SECOND_MS) return told;
    const gapM = distanceM(previous.point, point);
    if (gapM <= rule.gapKm * 1_000) return told;
    const hole: Hole = { began: previous.at, point: previous.point, until: at, distanceM: Math.round(gapM) };
    return { state: { holes: [...told.state.holes, hole] }, findings: told.findings };
  },
  tick: (before, { at }, rule) => tellAfter(before, at, rule),
  say: ({ gapS, distanceM: gapM }) => ({
    zh: `轨迹缺失 ${Math.round(Number(gapS) / 60)} 分钟、${metres(gapM)}`,
    en: `left a hole of ${Math.round(Number(gapS) / 60)} min and ${metres(gapM)} in its track`,
  }),
};

function tellAfter(before: State, at: EpochMs, rule: typeof limits): Stepped<State> {
  return before.holes.length === 0 ? { state: before, findings: NONE } : tellDue(before, at, rule);
}

function tellDue(before: State, at: EpochMs, { fillMin }: typeof limits): Stepped<State> {
  const isDue = (hole: Hole) => at - hole.until >= fillMin * MINUTE_MS;
  if (!before.holes.some(isDue)) return { state: before, findings: NONE };
  return { state: { holes: before.holes.filter((hole) => !isDue(hole)) }, findings: before.holes.filter(isDue).map(found) };
}

function found({ began, until, point, distanceM: gapM }: Hole): Found {
  const evidence = { gapS: Math.round((until - began) / 1_000), distanceM: gapM };
  return { scope: '-', began, point, ended: began, opened: true, severity: 'minor', placeId: null, evidence };
}

import { type EpisodeState, type Facts, isQuiet, noEpisode, NONE, stepEpisode } from '../episode.js';
import { loadInDoubt, type Moment } from '../moment.js';
import type { Rule } from '../rule.js';
import { SECOND_MS } from '../time.js';
import { kmh, metres, wholeKg } from './say.js';

const limits = { minSpeedKmh: 10, holdS: 20 };
const END_HOLD_MS = 10 * SECOND_MS;

interface Driven extends Facts {
  maxSpeedKmh: number;
  loadKg: number | null;
}

/** Driving with a load and the cover open, away from sites and yards. */
export const uncoveredLoad: Rule<EpisodeState<Driven>, typeof limits> = {
  code: 'uncovered-load',
  name: { zh: '重车未密闭', en: 'Uncovered load' },
  description: {
    zh: '重车行驶时顶盖未关闭，且不在工地或消纳场内。',
    en: 'A loaded truck drives with its cover open, outside construction sites and disposal yards.',
  },
  severity: 'serious',
  limits,
  start: noEpisode(),
  step(state, moment, { minSpeedKmh, holdS }) {
    const driving = (moment.report.speedKmh ?? 0) >= minSpeedKmh;
    const uncovered = moment.load === 'loaded' && moment.coverOpen === true && driving;
    const claim = moment.atWorkPlace === null || (uncovered && loadInDoubt(moment)) ? null : uncovered && !moment.atWorkPlace;
    if (isQuiet(state, claim)) return { state, findings: NONE };
    return stepEpisode(state, moment, {
      claim,
      holdMs: holdS * SECOND_MS,
      over: closedOrEmpty(moment),
      overMs: END_HOLD_MS,
      overNow: moment.atWorkPlace === true,
      gather,
      worst: (facts) => facts.maxSpeedKmh,
      severity: () => 'serious',
      evidence: ({ maxSpeedKmh, loadKg }) => ({ maxSpeedKmh, loadKg: wholeKg(loadKg) }),
    });
  },
  say: (evidence) => ({
    zh: `重车未密闭行驶 ${metres(evidence.distanceM)}，最高 ${kmh(evidence.maxSpeedKmh)}`,
    en: `drove ${metres(evidence.distanceM)} with the load uncovered, up to ${kmh(evidence.maxSpeedKmh)}`,
  }),
};

/** Null where neither sensor says so and one of them says nothing. */
function closedOrEmpty({ coverOpen, load }: Moment): boolean | null {
  if (coverOpen === false || load === 'empty') return true;
  return coverOpen === null || load === 'unknown' ? null : false;
}

function gather(facts: Driven | null, moment: Moment): Driven {
  return {
    distanceM: facts ? facts.distanceM + moment.drivenM : 0,
    lastAt: moment.at,
    maxSpeedKmh: Math.max(facts?.maxSpeedKmh ?? 0, moment.report.speedKmh ?? 0),
    loadKg: moment.loadKg ?? facts?.loadKg ?? null,
  };
}

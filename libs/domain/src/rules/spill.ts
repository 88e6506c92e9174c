import { type EpisodeState, type Facts, isQuiet, noEpisode, NONE, stepEpisode } from '../episode.js';
import type { Moment } from '../moment.js';
import type { Rule } from '../rule.js';
import { SECOND_MS } from '../time.js';
import { fell, kmh, metres, tonnes, wholeKg } from './say.js';

const limits = { raisedDeg: 10, raisedSpeedKmh: 15, holdS: 5 };
const END_HOLD_MS = 10 * SECOND_MS;

interface Raised extends Facts {
  maxBedDeg: number | null;
  maxSpeedKmh: number;
  startLoadKg: number | null;
  loadKg: number | null;
}

/** Driving a load with the bed raised: it falls on the road. */
export const spill: Rule<EpisodeState<Raised>, typeof limits> = {
  code: 'spill',
  name: { zh: '抛洒滴漏', en: 'Load spilling' },
  description: {
    zh: '重车举斗行驶,渣土洒落路面;不在工地或消纳场内。',
    en: 'A loaded truck drives with its bed raised, so that muck falls on the road, outside construction sites and disposal yards.',
  },
  severity: 'critical',
  limits,
  start: noEpisode(),
  step(state, moment, { raisedDeg, raisedSpeedKmh, holdS }) {
    const raised = moment.bedRaised(raisedDeg);
    const driving = (moment.report.speedKmh ?? 0) >= raisedSpeedKmh;
    const spilling = moment.load === 'loaded' && raised === true && driving;
    const claim = moment.atWorkPlace === null ? null : spilling && !moment.atWorkPlace;
    if (isQuiet(state, claim)) return { state, findings: NONE };
    return stepEpisode(state, moment, {
      claim,
      holdMs: holdS * SECOND_MS,
      over: raised === null ? null : !raised,
      overMs: END_HOLD_MS,
      gather,
      worst: (facts) => facts.maxBedDeg ?? 0,
      severity: () => 'critical',
      evidence: ({ maxBedDeg, maxSpeedKmh, startLoadKg, loadKg }) => ({
        kind: 'raised-bed',
        maxBedDeg,
        maxSpeedKmh,
        startLoadKg: wholeKg(startLoadKg),
        loadKg: wholeKg(loadKg),
      }),
    });
  },
  say: ({ maxBedDeg, maxSpeedKmh, distanceM, startLoadKg, loadKg }) => {
    const lost = fell(startLoadKg, loadKg);
    return {
      zh: `举斗${maxBedDeg === null ? '' : ` ${maxBedDeg}°`}行驶 ${metres(distanceM)},最高 ${kmh(maxSpeedKmh)}${lost ? `,载重由 ${tonnes(startLoadKg)} 降至 ${tonnes(loadKg)}` : ''}`,
      en: `drove ${metres(distanceM)} with the bed raised${maxBedDeg === null ? '' : ` ${maxBedDeg}°`}, up to ${kmh(maxSpeedKmh)}${lost ? `, load down from ${tonnes(startLoadKg)} to ${tonnes(loadKg)}` : ''}`,
    };
  },
};

function gather(facts: Raised | null, moment: Moment): Raised {
  return {
    distanceM: facts ? facts.distanceM + moment.drivenM : 0,
    lastAt: moment.at,
    maxBedDeg: moment.bedDeg === null ? (facts?.maxBedDeg ?? null) : Math.max(facts?.maxBedDeg ?? -Infinity, Math.round(moment.bedDeg)),
    maxSpeedKmh: Math.max(facts?.maxSpeedKmh ?? 0, moment.report.speedKmh ?? 0),
    startLoadKg: facts?.startLoadKg ?? moment.loadKg,
    loadKg: moment.loadKg ?? facts?.loadKg ?? null,
  };
}

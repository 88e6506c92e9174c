import { type EpisodeState, noEpisode, NONE } from '../episode.js';
import type { Rule } from '../rule.js';
import { fell, kmh, metres, tonnes } from './say.js';
import { foundBySight, percent, sure } from './seen.js';
import { type LossState, NO_LOSS, stepLoadLoss } from './spill/load-loss.js';
import { type Raised, stepRaisedBed } from './spill/raised-bed.js';

const limits = { raisedDeg: 10, raisedSpeedKmh: 15, holdS: 5, lossKg: 500, lossShare: 0.05, confidence: 0.8 };

interface State {
  raised: EpisodeState<Raised>;
  loss: LossState;
}

/** The load falls on the road: driven with the bed raised, grown lighter on the way, or seen falling by a camera. */
export const spill: Rule<State, typeof limits> = {
  code: 'spill',
  name: { zh: '抛洒滴漏', en: 'Load spilling' },
  description: {
    zh: '渣土洒落路面：重车举斗行驶、行驶中载重减少，或摄像机看到抛洒；不在工地或消纳场内。',
    en: 'Muck falls on the road: a loaded truck drives with its bed raised or grows lighter on the way, outside sites and yards, or a camera sees it spill.',
  },
  severity: 'critical',
  limits,
  start: { raised: noEpisode(), loss: NO_LOSS },
  step(before, moment, rule) {
    const raised = stepRaisedBed(before.raised, moment, rule);
    const loss = stepLoadLoss(before.loss, moment, rule);
    const state = raised.state === before.raised && loss.state === before.loss ? before : { raised: raised.state, loss: loss.state };
    const silent = raised.findings.length === 0 && loss.findings.length === 0;
    return { state, findings: silent ? NONE : [...raised.findings, ...loss.findings] };
  },
  see(state, moment, { confidence }) {
    const { sighting } = moment;
    if (!moment.first || sighting.kind !== 'spill' || !sure(sighting.confidence, confidence)) return { state, findings: NONE };
    return { state, findings: [foundBySight(moment, 'critical', { kind: 'seen', confidencePercent: percent(sighting.confidence) })] };
  },
  say: ({ kind, maxBedDeg, maxSpeedKmh, distanceM, startLoadKg, loadKg, lossKg, confidencePercent }) => {
    if (kind === 'seen')
      return { zh: `被摄像机看到抛洒（可信度 ${confidencePercent}%）`, en: `was seen spilling by a camera (confidence ${confidencePercent} %)` };
    if (kind === 'load-loss') {
      return {
        zh: `行驶中载重减少 ${tonnes(lossKg)}(由 ${tonnes(startLoadKg)} 降至 ${tonnes(loadKg)})`,
        en: `lost ${tonnes(lossKg)} of its load on the road (from ${tonnes(startLoadKg)} to ${tonnes(loadKg)})`,
      };
    }
    const lost = fell(startLoadKg, loadKg);
    const bed = maxBedDeg === null ? '' : ` ${maxBedDeg}°`;
    return {
      zh: `举斗${bed}行驶 ${metres(distanceM)}，最高 ${kmh(maxSpeedKmh)}${lost ? `，载重由 ${tonnes(startLoadKg)} 降至 ${tonnes(loadKg)}` : ''}`,
      en: `drove ${metres(distanceM)} with the bed raised${bed}, up to ${kmh(maxSpeedKmh)}${lost ? `, load down from ${tonnes(startLoadKg)} to ${tonnes(loadKg)}` : ''}`,
    };
  },
};

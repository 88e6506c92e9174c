import { NONE } from '../episode.js';
import type { Rule } from '../rule.js';
import { foundBySight, leavesSite, percent, sure } from './seen.js';

const limits = { confidence: 0.8 };

/** A site's camera sees dirty wheels leave. Told of trucks that the plate names: what no plate names is held against nobody. */
export const unwashedDeparture: Rule<null, typeof limits> = {
  code: 'unwashed-departure',
  name: { zh: '未冲洗出场', en: 'Left the site unwashed' },
  description: {
    zh: '工地出口摄像机看到车轮未冲洗干净的车辆驶出。',
    en: 'The gate camera of a construction site sees a truck leave with dirty wheels.',
  },
  severity: 'serious',
  limits,
  start: null,
  see(state, moment, { confidence }) {
    const { wheelsClean, wheelsCleanConfidence } = moment.sighting;
    if (!moment.first || moment.truck === null || wheelsClean !== false || !leavesSite(moment)) return { state, findings: NONE };
    if (!sure(wheelsCleanConfidence, confidence)) return { state, findings: NONE };
    return { state, findings: [foundBySight(moment, 'serious', { confidencePercent: percent(wheelsCleanConfidence) })] };
  },
  say: ({ confidencePercent }) => ({
    zh: `未冲洗干净驶出工地（可信度 ${confidencePercent}%）`,
    en: `left the site with dirty wheels (confidence ${confidencePercent} %)`,
  }),
};

import { NONE } from '../episode.js';
import type { SightingMoment } from '../moment.js';
import type { Rule } from '../rule.js';
import { MINUTE_MS } from '../time.js';
import { foundBySight, leavesSite, percent, sure } from './seen.js';

const limits = { confidence: 0.8 };
/** What was known of the load is known no longer. */
const LOAD_EXPIRES_MS = 10 * MINUTE_MS;

/**
 * A site's camera sees an open load leave. Told of trucks that the plate names and that are not known to be empty at that time: the load known before the sighting
 * counts, since what the truck says after it may be another load.
 */
export const uncoveredDeparture: Rule<null, typeof limits> = {
  code: 'uncovered-departure',
  name: { zh: '未覆盖出场', en: 'Left the site uncovered' },
  description: {
    zh: '工地出口摄像机看到未覆盖的车辆驶出,且不知其为空车。',
    en: 'The gate camera of a construction site sees a truck leave uncovered that is not known to be empty.',
  },
  severity: 'serious',
  limits,
  start: null,
  see(state, moment, { confidence }) {
    const { covered, coveredConfidence } = moment.sighting;
    if (!moment.first || moment.truck === null || covered !== false || !leavesSite(moment)) return { state, findings: NONE };
    if (!sure(coveredConfidence, confidence) || isEmpty(moment)) return { state, findings: NONE };
    const evidence = { confidencePercent: percent(coveredConfidence), load: moment.before?.load ?? 'unknown' };
    return { state, findings: [foundBySight(moment, 'serious', evidence)] };
  },
  say: ({ confidencePercent, load }) => ({
    zh: `${load === 'loaded' ? '重车' : ''}未覆盖驶出工地(可信度 ${confidencePercent}%)`,
    en: `left the site uncovered${load === 'loaded' ? ' with a load' : ''} (confidence ${confidencePercent} %)`,
  }),
};

function isEmpty({ before, at }: SightingMoment): boolean {
  return before !== null && before.load === 'empty' && at - before.at <= LOAD_EXPIRES_MS;
}

import { NONE } from '../episode.js';
import type { LoadAnswer } from '../load.js';
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
    zh: '工地出口摄像机看到未覆盖的车辆驶出，且不知其为空车。',
    en: 'The gate camera of a construction site sees a truck leave uncovered that is not known to be empty.',
  },
  severity: 'serious',
  limits,
  start: null,
  see(state, moment, { confidence }) {
    const { covered, coveredConfidence } = moment.sighting;
    if (moment.truck === null || covered !== false || !leavesSite(moment)) return { state, findings: NONE };
    if (!sure(coveredConfidence, confidence) || isEmpty(moment)) return { state, findings: NONE };
    const evidence = { confidencePercent: percent(coveredConfidence), load: loadThen(moment) };
    return { state, findings: [foundBySight(moment, 'serious', evidence)] };
  },
  say: ({ confidencePercent, load }) => ({
    zh: `${load === 'loaded' ? '重车' : ''}未覆盖驶出工地（可信度 ${confidencePercent}%）`,
    en: `left the site uncovered${load === 'loaded' ? ' with a load' : ''} (confidence ${confidencePercent} %)`,
  }),
};

/** Scales that were silent while it was loaded still stand at «empty» at the gate: where they say otherwise right after it, it was not. */
function isEmpty({ before, near, at }: SightingMoment): boolean {
  const saidEmpty = before !== null && before.load === 'empty' && at - before.at <= LOAD_EXPIRES_MS;
  return saidEmpty && !near.some((recent) => recent.at > at && recent.load === 'loaded');
}

/** Told alike whether or not it is known yet what came after. */
function loadThen({ before, at }: SightingMoment): LoadAnswer {
  if (before === null) return 'unknown';
  if (before.load !== 'empty') return before.load;
  return at - before.at <= LOAD_EXPIRES_MS ? 'loaded' : 'empty';
}

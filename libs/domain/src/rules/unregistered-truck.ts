import { NONE } from '../episode.js';
import type { Rule } from '../rule.js';
import { type EpochMs, MINUTE_MS } from '../time.js';
import { foundBySight, percent, sure } from './seen.js';

const limits = { confidence: 0.85, muteMin: 120 };

interface State {
  /** Where the plate was told of, and when; those still muted. */
  told: { placeId: string; began: EpochMs }[];
}

/**
 * A camera reads a plate that nobody registered and that no registered one could have been taken for. The camera's place counts even where it does not exist at
 * that hour: one alert there in two hours all the same.
 */
export const unregisteredTruck: Rule<State, typeof limits> = {
  code: 'unregistered-truck',
  name: { zh: '未备案车辆', en: 'Unknown truck at the gate' },
  description: {
    zh: '摄像机清楚读到的号牌未备案，且不可能是某一备案号牌的误读。',
    en: 'A camera reads a plate that is not registered and cannot be a registered one misread in a single confusable character.',
  },
  severity: 'serious',
  limits,
  start: { told: [] },
  see(state, moment, { confidence, muteMin }) {
    const { truck, plate, sighting, camera, at } = moment;
    if (truck !== null || plate === null || !sure(sighting.plateConfidence, confidence) || moment.isNearRegistered(plate)) return { state, findings: NONE };
    const { placeId } = camera;
    const muted = (began: EpochMs) => at >= began && at - began <= muteMin * MINUTE_MS;
    if (state.told.some((told) => told.placeId === placeId && muted(told.began))) return { state, findings: NONE };

    const others = state.told.filter((told) => told.placeId !== placeId && muted(told.began));
    const evidence = { plate, confidencePercent: percent(sighting.plateConfidence), direction: sighting.direction };
    return { state: { told: [...others, { placeId, began: at }] }, findings: [foundBySight(moment, 'serious', evidence, placeId)] };
  },
  say: ({ confidencePercent, direction }) => ({
    zh: `未备案车辆${direction === 'in' ? '驶入' : direction === 'out' ? '驶出' : '经过'}（号牌可信度 ${confidencePercent}%）`,
    en: `is not registered and was seen ${direction === 'in' ? 'driving in' : direction === 'out' ? 'driving out' : 'passing'} (plate read with ${confidencePercent} %)`,
  }),
};

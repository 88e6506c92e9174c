import { type EpisodeState, type Facts, isQuiet, noEpisode, NONE, stepEpisode } from '../episode.js';
import { insideOf, loadInDoubt, type Moment } from '../moment.js';
import type { Place } from '../place.js';
import type { Rule } from '../rule.js';
import { SECOND_MS } from '../time.js';
import { kmh, metres } from './say.js';

const limits = { loadedKmh: 60, emptyKmh: 80, toleranceKmh: 5, holdS: 15, seriousShare: 1.5 };
const END_HOLD_MS = 10 * SECOND_MS;

interface Fast extends Facts {
  maxSpeedKmh: number;
  /** The limit that was exceeded most, its share and where it came from. */
  limitKmh: number;
  share: number;
  zoneId: string | null;
}

/** Faster than the lowest limit that holds: of the speed zones the truck is in, else its own, loaded or empty. */
export const speeding: Rule<EpisodeState<Fast>, typeof limits> = {
  code: 'speeding',
  name: { zh: '超速', en: 'Speeding' },
  description: {
    zh: '车速超过所在限速区限速；不在限速区时，超过该车重车或空车限速。',
    en: 'Faster than the limit of the speed zone, or outside one than the limit for loaded or empty trucks, beyond the tolerance.',
  },
  severity: 'minor',
  limits,
  start: noEpisode(),
  step(state, moment, rule) {
    const { limitKmh, zone } = limitOf(moment, rule);
    const speedKmh = moment.report.speedKmh;
    const claim = moment.placeKnown && !isEither(moment, zone, rule) ? speedKmh !== null && speedKmh > limitKmh + rule.toleranceKmh : null;
    if (isQuiet(state, claim)) return { state, findings: NONE };
    return stepEpisode(state, moment, {
      claim,
      holdMs: rule.holdS * SECOND_MS,
      over: moment.placeKnown && speedKmh !== null && !isEither(moment, zone, rule) ? speedKmh <= limitKmh : null,
      overMs: END_HOLD_MS,
      placeId: (facts) => facts.zoneId,
      gather: (facts, now) => gather(facts, now, limitKmh, zone),
      worst: (facts) => facts.share,
      severity: (facts) => (facts.share >= rule.seriousShare ? 'serious' : 'minor'),
      evidence: (facts) => ({ maxSpeedKmh: facts.maxSpeedKmh, limitKmh: facts.limitKmh, zone: facts.zoneId }),
    });
  },
  say: ({ maxSpeedKmh, limitKmh, distanceM }) => ({
    zh: `超速行驶 ${metres(distanceM)}，最高 ${kmh(maxSpeedKmh)}，限速 ${limitKmh} km/h`,
    en: `drove ${metres(distanceM)} at up to ${kmh(maxSpeedKmh)} where the limit is ${limitKmh} km/h`,
  }),
};

/** Too fast with a load and not without, and for the moment nobody knows which: that neither goes on with a hold nor breaks it. */
function isEither(moment: Moment, zone: Place | null, { loadedKmh, emptyKmh, toleranceKmh }: typeof limits): boolean {
  const { load, loadBefore, report } = moment;
  const unsettled = load === 'unknown' ? loadBefore === 'loaded' : loadInDoubt(moment);
  if (zone !== null || !unsettled || report.speedKmh === null) return false;
  return report.speedKmh > loadedKmh + toleranceKmh && report.speedKmh <= emptyKmh + toleranceKmh;
}

function limitOf(moment: Moment, rule: typeof limits): { limitKmh: number; zone: Place | null } {
  let zone: Place | null = null;
  for (const place of insideOf(moment, 'speed-zone')) {
    if (place.limitKmh !== null && (zone === null || place.limitKmh < zone.limitKmh!)) zone = place;
  }
  if (zone !== null) return { limitKmh: zone.limitKmh!, zone };
  return { limitKmh: moment.load === 'loaded' ? rule.loadedKmh : rule.emptyKmh, zone: null };
}

function gather(facts: Fast | null, moment: Moment, limitKmh: number, zone: Place | null): Fast {
  const speedKmh = moment.report.speedKmh ?? 0;
  const share = speedKmh / limitKmh;
  const distanceM = facts ? facts.distanceM + moment.drivenM : 0;
  if (facts !== null && facts.share >= share) return { ...facts, distanceM, lastAt: moment.at, maxSpeedKmh: Math.max(facts.maxSpeedKmh, speedKmh) };
  return { distanceM, lastAt: moment.at, maxSpeedKmh: Math.max(facts?.maxSpeedKmh ?? 0, speedKmh), limitKmh, share, zoneId: zone?.id ?? null };
}

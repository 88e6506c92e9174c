import { type EpisodeState, type Facts, isQuiet, NONE, stepEpisode } from '../../episode.js';
import type { Moment } from '../../moment.js';
import type { Stepped } from '../../rule.js';
import { SECOND_MS } from '../../time.js';
import { wholeKg } from '../say.js';

const END_HOLD_MS = 10 * SECOND_MS;

export interface Raised extends Facts {
  maxBedDeg: number | null;
  maxSpeedKmh: number;
  startLoadKg: number | null;
  loadKg: number | null;
}

/** Driving a load with the bed raised: it falls on the road. */
export function stepRaisedBed(
  state: EpisodeState<Raised>,
  moment: Moment,
  { raisedDeg, raisedSpeedKmh, holdS }: { raisedDeg: number; raisedSpeedKmh: number; holdS: number },
): Stepped<EpisodeState<Raised>> {
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
}

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

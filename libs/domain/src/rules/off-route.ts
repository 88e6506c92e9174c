import { type EpisodeState, type Facts, isQuiet, noEpisode, NONE, stepEpisode } from '../episode.js';
import { loadInDoubt, type Moment } from '../moment.js';
import { permitsOfHaul } from '../permit.js';
import type { Rule } from '../rule.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../time.js';
import type { OffRoute } from '../route-index.js';
import { metres } from './say.js';

const limits = { holdS: 60, minDriveM: 300, seriousAfterMin: 10 };
const END_HOLD_MS = 30 * SECOND_MS;
/** How far a fix may err that does not say it. */
const UNSAID_ACCURACY_M = 15;

interface Strayed extends Facts {
  since: EpochMs;
  maxOffM: number;
  /** The approved route that was nearest when it was farthest off. */
  routeId: string;
}

/**
 * Driving a load beside every route that the permit of the haul approves. A permit none of whose routes exists at the time approves any way, as one without
 * routes does. The episode also ends where the load is gone or no route is prescribed any more: nobody is then off it.
 */
export const offRoute: Rule<EpisodeState<Strayed>, typeof limits> = {
  code: 'off-route',
  name: { zh: '偏离线路', en: 'Off the approved route' },
  description: {
    zh: '重车行驶在核准线路以外。',
    en: 'A loaded truck drives off every route that its permit approves.',
  },
  severity: 'minor',
  limits,
  start: noEpisode(),
  step(state, moment, rule) {
    const idle = state.open === null && state.hold === null;
    if (idle && (moment.load !== 'loaded' || moment.atWorkPlace !== false)) return { state, findings: NONE };
    const off = moment.placeKnown ? offEvery(moment) : null;
    const claim = claimOf(moment, off);
    if (isQuiet(state, claim)) return { state, findings: NONE };

    const before = claim === null && off !== null ? drivenOn(state, moment) : state;
    const drivenM = (before.facts?.distanceM ?? 0) + moment.drivenM;
    return stepEpisode(before, moment, {
      claim,
      holdMs: drivenM >= rule.minDriveM ? rule.holdS * SECOND_MS : Infinity,
      over: moment.placeKnown ? off === null || moment.load === 'empty' : null,
      overMs: END_HOLD_MS,
      overNow: moment.atWorkPlace === true,
      gather: (facts, now) => gather(facts, now, off!),
      worst: (facts) => facts.maxOffM,
      severity: ({ since, lastAt }) => (lastAt - since >= rule.seriousAfterMin * MINUTE_MS ? 'serious' : 'minor'),
      evidence: ({ maxOffM, routeId }) => ({ maxOffM, routeId }),
    });
  },
  say: ({ distanceM, maxOffM }) => ({
    zh: `偏离核准线路行驶 ${metres(distanceM)}，最远偏离 ${metres(maxOffM)}`,
    en: `drove ${metres(distanceM)} off the approved route, up to ${metres(maxOffM)} from it`,
  }),
};

/** The nearest edge of all approved routes where the truck is off every one; null where it is on one, or any way is approved. */
function offEvery(moment: Moment): OffRoute | null {
  const accuracyM = moment.report.accuracyM ?? UNSAID_ACCURACY_M;
  let nearest: OffRoute | null = null;
  for (const { routeIds } of permitsOfHaul(moment)) {
    const off = routeIds.length === 0 ? null : moment.world.offRouteM(routeIds, moment.point, moment.at, accuracyM);
    if (off === null || off.offM <= accuracyM) return null;
    if (nearest === null || off.offM < nearest.offM) nearest = off;
  }
  return nearest;
}

/** Neither where the fix is too poor for places, nor where the load is not known at this report. */
function claimOf(moment: Moment, off: OffRoute | null): boolean | null {
  if (moment.atWorkPlace === null || (off !== null && (moment.load === 'unknown' || loadInDoubt(moment)))) return null;
  return off !== null && moment.load === 'loaded' && !moment.atWorkPlace;
}

/** Off the route with a load that this report says nothing of: what was driven counts once the load is known again. */
function drivenOn(state: EpisodeState<Strayed>, { drivenM }: Moment): EpisodeState<Strayed> {
  return state.facts === null || drivenM === 0 ? state : { ...state, facts: { ...state.facts, distanceM: state.facts.distanceM + drivenM } };
}

function gather(facts: Strayed | null, moment: Moment, { offM, routeId }: OffRoute): Strayed {
  const nowM = Math.round(offM);
  const farther = facts === null || nowM > facts.maxOffM;
  return {
    distanceM: facts ? facts.distanceM + moment.drivenM : 0,
    lastAt: moment.at,
    since: facts?.since ?? moment.at,
    maxOffM: farther ? nowM : facts.maxOffM,
    routeId: farther ? routeId : facts.routeId,
  };
}

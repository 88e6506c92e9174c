import type { Moment } from '../../moment.js';
import type { Point } from '../../report.js';
import { type EpochMs, MINUTE_MS } from '../../time.js';
import { wholeKg } from '../say.js';
import { NOTHING, type Part } from './contradiction.js';

const VISIT_MS = 3 * MINUTE_MS;
const SPREAD_SHARE = 0.1;

/** From entering a site to having been in a yard: what the scales said in between. */
export interface Trip {
  siteId: string;
  enteredAt: EpochMs;
  point: Point;
  /** Known to be empty when it came: scales that said so need not say it again at once. */
  cameEmpty: boolean;
  /** The site visit lasted 3 min. */
  stayed: boolean;
  /** The least and the most of the medians of three; null: none yet. */
  kg: [least: number, most: number] | null;
  /** They spread, or were not known all the way: nothing is told until a yard has been visited. */
  cleared: boolean;
}

/**
 * The scales say one thing from entering a site until a yard has been visited: they are stuck. Only of trucks that were seen to enter the site, and whose
 * kilograms were known then and all the way from there: a truck that carries its load past another site is no contradiction. In the site they may be silent:
 * what was loaded meanwhile is on the truck when it leaves.
 */
export function stepStuckLoad(before: Trip | null, moment: Moment): Part<Trip | null> {
  const trip = before === null || isOver(before, moment) ? begun(moment) : follow(before, moment);
  if (trip === null) return NOTHING;
  if (!yardVisited(moment)) return { state: trip, found: null };
  if (!trip.stayed || trip.cleared || trip.kg === null) return NOTHING;
  const [least, most] = trip.kg;
  const evidence = { leastKg: wholeKg(least), mostKg: wholeKg(most), heldS: Math.round((moment.at - trip.enteredAt) / 1_000) };
  return { state: null, found: { kind: 'load', began: trip.enteredAt, point: trip.point, placeId: trip.siteId, evidence } };
}

/** Its load went somewhere else than in a yard, and it enters the next site empty. */
function isOver({ siteId, cleared }: Trip, { transitions, load, world }: Moment): boolean {
  if (!cleared || load !== 'empty') return false;
  return transitions.some(({ kind, placeId }) => kind === 'enter' && placeId !== siteId && world.place(placeId)?.kind === 'site');
}

function begun(moment: Moment): Trip | null {
  const enter = moment.transitions.find(({ kind, placeId }) => kind === 'enter' && moment.world.place(placeId)?.kind === 'site');
  if (enter === undefined || moment.truck.ratedLoadKg === null) return null;
  // First seen inside of it, it may have been loaded already.
  return weighed(
    {
      siteId: enter.placeId,
      enteredAt: enter.at,
      point: moment.point,
      cameEmpty: moment.load === 'empty',
      stayed: false,
      kg: null,
      cleared: enter.visit.first,
    },
    moment,
  );
}

function follow(before: Trip, moment: Moment): Trip | null {
  const trip = before.cleared ? before : weighed(before, moment);
  const exit = moment.transitions.find(({ kind, placeId }) => kind === 'exit' && placeId === trip.siteId);
  if (exit === undefined || trip.stayed) return trip;
  if (exit.at - exit.visit.enteredAt >= VISIT_MS) return { ...trip, stayed: true };
  return trip.cleared ? trip : null;
}

function weighed(trip: Trip, { load, loadKg, report, at, truck }: Moment): Trip {
  const unknown = load === 'unknown' && report.loadState !== 'fault' && (trip.stayed || (trip.kg === null && !trip.cameEmpty));
  const late = trip.kg === null && !trip.cameEmpty && at - trip.enteredAt > VISIT_MS;
  if (unknown || late) return { ...trip, cleared: true };
  if (loadKg === null) return trip;
  const loadedSince = trip.kg === null && trip.cameEmpty && loadKg > SPREAD_SHARE * truck.ratedLoadKg!;
  const [least, most] = trip.kg ?? [loadKg, loadKg];
  const kg: Trip['kg'] = [Math.min(least, loadKg), Math.max(most, loadKg)];
  if (loadedSince || kg[1] - kg[0] > SPREAD_SHARE * truck.ratedLoadKg!) return { ...trip, kg, cleared: true };
  return trip.kg !== null && kg[0] === least && kg[1] === most ? trip : { ...trip, kg };
}

function yardVisited({ visits, world, at }: Moment): boolean {
  return visits.some(({ placeId, enteredAt }) => world.place(placeId)?.kind === 'yard' && at - enteredAt >= VISIT_MS);
}

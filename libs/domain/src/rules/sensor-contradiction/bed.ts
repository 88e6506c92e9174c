import { readingOf } from '../../load.js';
import type { Moment } from '../../moment.js';
import type { Point } from '../../report.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../time.js';
import { wholeKg } from '../say.js';
import { NOTHING, type Part } from './contradiction.js';

/** So much counts as raised here: who raised it a little is not accused. */
const RAISED_DEG = 10;
/** A bed goes up and down within a minute: what was not known for longer, while the load went, may have happened unseen. */
const BLIND_MS = 55 * SECOND_MS;
/** So much of what it came with is the whole load still: scales err, and a load that has begun to go is not all there. */
const WHOLE_SHARE = 0.8;
/** What scales silent in the yard say only when it has been left is still told of the yard, unless the load is seen on the road. */
const LATE_MS = 5 * MINUTE_MS;

/** A loaded truck in a yard. */
export interface Unloading {
  placeId: string;
  /** When the bed was last known to be down; null: it was up, or not known for too long while the load went. */
  downAt: EpochMs | null;
  /** The bed was not known for too long; that matters unless the whole load is still there afterwards. */
  blind: boolean;
  loadKg: number | null;
  emptied: { at: EpochMs; point: Point; loadKg: number | null } | null;
  /** The bed was known to be down again after that. */
  confirmed: boolean;
  left: { at: EpochMs; point: Point } | null;
}

/** The load goes at a yard and the bed was never raised. Told when the yard is left: scales and bed do not speak at the same time. */
export function stepUnraisedBed(before: Unloading | null, moment: Moment): Part<Unloading | null> {
  const placeId = yardOf(moment);
  if (before !== null && placeId === before.placeId) return { state: seen(backIn(before), moment), found: null };
  if (before !== null && placeId === null) return goOn(before, moment);
  if (placeId === null || moment.load !== 'loaded') return { state: null, found: before && contradiction(before) };
  const fresh: Unloading = { placeId, downAt: moment.at, blind: false, loadKg: moment.loadKg, emptied: null, confirmed: false, left: null };
  return { state: seen(fresh, moment), found: before && contradiction(before) };
}

/** Out of the yard: told of at once where all is known, and where it is not, as soon as it is. */
function goOn(before: Unloading, moment: Moment): Part<Unloading | null> {
  const known = contradiction(before);
  if (known !== null) return { state: null, found: known };
  const left = before.left ?? { at: exitOf(before, moment) ?? moment.at, point: moment.point };
  const state = { ...seen(before, moment), left };
  const carries = before.emptied === null && readingOf(moment.report, moment.truck.ratedLoadKg) === 'loaded';
  if (state.downAt === null || carries || moment.at - left.at > LATE_MS) return NOTHING;
  const found = contradiction(state);
  return { state: found === null ? state : null, found };
}

function backIn(before: Unloading): Unloading {
  return before.left === null ? before : { ...before, left: null };
}

function seen(before: Unloading, moment: Moment): Unloading {
  if (before.downAt === null) return before;
  const { at, point, loadKg } = moment;
  const raised = moment.bedRaised(RAISED_DEG);
  if (raised === true) return { ...before, downAt: null };
  // Once that is known only a raised bed matters.
  if (before.confirmed) return before;
  const blind = (before.blind || at - before.downAt > BLIND_MS) && !isWhole(before, moment);
  const emptied = before.emptied ?? (moment.load === 'empty' && moment.loadBefore === 'loaded' ? { at, point, loadKg } : null);
  if (blind && emptied !== null) return { ...before, downAt: null };
  if (emptied === before.emptied && blind === before.blind && raised === null) return before;
  return { ...before, blind, downAt: raised === false ? at : before.downAt, emptied, confirmed: before.emptied !== null && raised === false };
}

/** All that it came with is still on it: whatever the bed did until now, nothing was unloaded. */
function isWhole({ loadKg, emptied }: Unloading, { report, truck }: Moment): boolean {
  if (emptied !== null) return false;
  if (loadKg === null) return report.loadState === 'full';
  return report.loadState !== 'fault' && report.loadKg !== null && truck.ratedLoadKg !== null && report.loadKg >= WHOLE_SHARE * loadKg;
}

/** Known to be empty only on the road, it was so when it left at the latest. */
function contradiction({ placeId, downAt, loadKg, emptied, confirmed, left }: Unloading): Part<null>['found'] {
  if (downAt === null || emptied === null || !confirmed) return null;
  const { at, point } = left !== null && left.at < emptied.at ? left : emptied;
  const evidence = { startLoadKg: wholeKg(loadKg), loadKg: wholeKg(emptied.loadKg) };
  return { kind: 'bed', began: at, point, placeId, evidence };
}

function exitOf({ placeId }: Unloading, { transitions }: Moment): EpochMs | undefined {
  return transitions.find((transition) => transition.kind === 'exit' && transition.placeId === placeId)?.at;
}

function yardOf({ visits, world }: Moment): string | null {
  return visits.find(({ placeId }) => world.place(placeId)?.kind === 'yard')?.placeId ?? null;
}

import type { Moment } from '../../moment.js';
import type { Point } from '../../report.js';
import { type EpochMs, SECOND_MS } from '../../time.js';
import { wholeKg } from '../say.js';
import { NOTHING, type Part } from './contradiction.js';

/** So much counts as raised here: who raised it a little is not accused. */
const RAISED_DEG = 10;
/** A bed goes up and down within a minute: what was not known for longer, until the load has gone, may have happened unseen. */
const BLIND_MS = 55 * SECOND_MS;

/** A loaded truck in a yard. */
export interface Unloading {
  placeId: string;
  /** When the bed was last known to be down; null: it was up, or not known for too long. */
  downAt: EpochMs | null;
  loadKg: number | null;
  emptied: { at: EpochMs; point: Point; loadKg: number | null } | null;
  /** The bed was known to be down again after that. */
  confirmed: boolean;
}

/** The load goes at a yard and the bed was never raised. Told when the yard is left: scales and bed do not speak at the same time. */
export function stepUnraisedBed(before: Unloading | null, moment: Moment): Part<Unloading | null> {
  const placeId = yardOf(moment);
  if (before !== null) {
    return placeId === before.placeId ? { state: seen(before, moment), found: null } : { state: null, found: contradiction(before) };
  }
  if (placeId === null || moment.load !== 'loaded') return NOTHING;
  return { state: seen({ placeId, downAt: moment.at, loadKg: moment.loadKg, emptied: null, confirmed: false }, moment), found: null };
}

function seen(before: Unloading, moment: Moment): Unloading {
  if (before.downAt === null) return before;
  const { at, point, loadKg } = moment;
  const raised = moment.bedRaised(RAISED_DEG);
  const blind = !before.confirmed && at - before.downAt > BLIND_MS;
  if (raised === true || blind) return { ...before, downAt: null };
  // Once that is known only a raised bed matters.
  if (before.confirmed) return before;
  const emptied = before.emptied ?? (moment.load === 'empty' && moment.loadBefore === 'loaded' ? { at, point, loadKg } : null);
  if (emptied === before.emptied && raised === null) return before;
  return { ...before, downAt: raised === false ? at : before.downAt, emptied, confirmed: before.emptied !== null && raised === false };
}

function contradiction({ placeId, downAt, loadKg, emptied, confirmed }: Unloading): Part<null>['found'] {
  if (downAt === null || emptied === null || !confirmed) return null;
  const evidence = { startLoadKg: wholeKg(loadKg), loadKg: wholeKg(emptied.loadKg) };
  return { kind: 'bed', began: emptied.at, point: emptied.point, placeId, evidence };
}

function yardOf({ visits, world }: Moment): string | null {
  return visits.find(({ placeId }) => world.place(placeId)?.kind === 'yard')?.placeId ?? null;
}

import { type EpochMs, SECOND_MS } from './time.js';

/** One contradicting report between two that agree, within 15 s of both, is sensor bounce. */
const BOUNCE_MS = 15 * SECOND_MS;

/** A condition that is being held: true at every report since `since`. */
export interface Hold {
  since: EpochMs;
  /** The last report at which it was true. */
  until: EpochMs;
  contradictedAt: EpochMs | null;
}

/**
 * Takes one report into a hold.
 * @param claim whether the condition is true at this report; null: the report says neither (a place under poor accuracy), it neither continues nor breaks.
 *   What was not seen to be true for longer than a pause has not been held, whether there were no reports or only such ones.
 */
export function stepHold(before: Hold | null, moment: { at: EpochMs; pauseMs: number }, claim: boolean | null): Hold | null {
  const hold = before !== null && moment.at - before.until > moment.pauseMs ? null : before;
  if (claim === null) return hold;
  if (hold === null) return claim ? begun(moment.at) : null;
  if (claim) {
    const bounced = hold.contradictedAt === null || moment.at - hold.contradictedAt <= BOUNCE_MS;
    return bounced ? { since: hold.since, until: moment.at, contradictedAt: null } : begun(moment.at);
  }
  const mayBounce = hold.contradictedAt === null && moment.at - hold.until <= BOUNCE_MS;
  return mayBounce ? { ...hold, contradictedAt: moment.at } : null;
}

/** True at every report from the first to one at least `forMs` later. */
export function heldFor(hold: Hold | null, forMs: number): boolean {
  return hold !== null && hold.until - hold.since >= forMs;
}

function begun(at: EpochMs): Hold {
  return { since: at, until: at, contradictedAt: null };
}

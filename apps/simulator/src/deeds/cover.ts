import type { Leg } from '../leg.js';
import type { Random } from '../random.js';
import { did, longestAbove } from './deed.js';

/** The cover was never closed, or comes open on the way; it stays so to the end, or the driver closes it after some minutes. */
export function leaveUncovered(leg: Leg, random: Random, siteId: string | null, opensAfterS: number | null = null): Leg | null {
  const out = leg.pace.arrive[leg.path.clearFrom]!;
  const end = leg.pace.arrive[leg.path.clearTo]!;
  const never = opensAfterS === null && random.chance(0.45);
  const opens = never ? out : (opensAfterS ?? out + random.between(30, Math.max(31, (end - out) / 2)));
  if (opens < out || end - opens < 110) return null;
  const closes = random.chance(0.45) && end - opens > 260 ? opens + random.between(120, Math.min(420, end - opens - 60)) : null;
  const to = closes ?? end;
  if (longestAbove(leg, 13 / 3.6, opens, to) < 60) return null;
  const changes = [...(never ? [] : [Math.round(opens)]), ...(closes === null ? [] : [Math.round(closes)])];
  const note = never ? 'left the site with the cover open' : 'the cover came open on the way';
  const deed = did('uncovered-load', opens, to, closes === null ? note : `${note}; closed before the end`);
  const open: Leg = { ...leg, coverOpen: { first: never, changes }, deeds: [...leg.deeds, deed] };
  return never ? seenUncovered(open, siteId) : open;
}

/** Out of the gate with an open cover, which the driver closes as soon as he is through. */
export function closeAfterTheGate(leg: Leg, random: Random, siteId: string | null): Leg | null {
  if (leg.path.doorFrom < 0) return null;
  const closes = Math.round(leg.pace.arrive[leg.path.doorFrom]!) + random.whole(3, 6);
  return seenUncovered({ ...leg, coverOpen: { first: true, changes: [closes] } }, siteId);
}

/** Whoever leaves uncovered is seen to do so by the camera at the gate. */
export function seenUncovered(leg: Leg, siteId: string | null): Leg {
  if (leg.path.doorFrom < 0 || siteId === null) return leg;
  const door = leg.pace.arrive[leg.path.doorFrom]!;
  const deed = did('uncovered-departure', door - 5, door + 5, 'passed the gate with the cover open', { placeId: siteId });
  return { ...leg, atDoor: { ...leg.atDoor, certain: true }, deeds: [...leg.deeds, deed] };
}

/** Passes the wash bay by: mud on the wheels. */
export function leaveUnwashed(leg: Leg, _: Random, siteId: string | null): Leg | null {
  if (leg.path.doorFrom < 0 || siteId === null) return null;
  const door = leg.pace.arrive[leg.path.doorFrom]!;
  const deed = did('unwashed-departure', door - 5, door + 5, 'passed the gate with muddy wheels', { placeId: siteId });
  return { ...leg, atDoor: { clean: false, certain: true }, deeds: [...leg.deeds, deed] };
}

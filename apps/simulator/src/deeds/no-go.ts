import { paced, runs } from '../leg.js';
import type { Leg } from '../leg.js';
import { pointAt } from '../path.js';
import { inside } from '../plane.js';
import type { Place } from '../places.js';
import type { Random } from '../random.js';
import { did, withoutStops } from './deed.js';

/** The drive leads through a forbidden place (the caller chose the way): slowly, and long enough inside to be seen there. */
export function crossForbidden(leg: Leg, place: Place, random: Random): Leg | null {
  const within = runs(leg.path, 0, leg.path.x.length - 1, 0, (i) => inside(pointAt(leg.path, i), place.area));
  if (within.length !== 1) return null;
  const [from, to] = within[0]!;
  const speed = random.between(17, 25) / 3.6;
  const caps = leg.caps.map((cap, i) => (i >= from - 2 && i <= to + 2 ? Math.min(cap, speed) : cap));
  const middle = Math.floor((from + to) / 2);
  const through = (seconds: number): Leg => paced(leg, caps, [...withoutStops(leg, from, to), ...(seconds > 0 ? [{ i: middle, seconds }] : [])]);
  const straight = through(0);
  const insideS = straight.pace.arrive[to]! - straight.pace.arrive[from]!;
  const wanted = random.between(52, 80);
  const driven = insideS >= wanted ? straight : through(Math.ceil(wanted - insideS));
  const deed = did('no-go', driven.pace.arrive[from]!, driven.pace.leave[to]!, `drove through ${place.name}`, { placeId: place.id, scope: place.id });
  return { ...driven, deeds: [deed] };
}

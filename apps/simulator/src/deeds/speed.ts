import { further, paced, runs } from '../leg.js';
import type { Leg } from '../leg.js';
import { GROUND_CODE, pointAt } from '../path.js';
import { inside } from '../plane.js';
import type { Place } from '../places.js';
import type { Random } from '../random.js';
import { did, longestAbove, spansAbove, withoutStops } from './deed.js';

/** 75–90 km/h with a load on a straight great road. */
export function speedLoaded(leg: Leg, random: Random): Leg | null {
  const { path } = leg;
  const straight = runs(path, path.outFrom + 10, path.outTo - 10, 1500, (i) => path.bend[i]! > 24 && path.cap[i]! > 14 && path.kind[i]! <= GROUND_CODE.primary);
  if (straight.length === 0) return null;
  const [runFrom, runTo] = random.pick(straight);
  const to = Math.min(runTo, further(path, runFrom, random.between(1500, 2600)));
  const speed = random.between(76, 88) / 3.6;
  const caps = leg.caps.map((cap, i) => (i >= runFrom && i <= to ? Math.min(speed, path.bend[i]!) : cap));
  const driven = paced(leg, caps, withoutStops(leg, runFrom - 4, to + 12));
  const fast = spansAbove(driven, () => 65 / 3.6);
  if (fast.length !== 1) return null;
  const [start, end] = fast[0]!;
  if (longestAbove(driven, 69 / 3.6, start, end) < 42) return null;
  return { ...driven, deeds: [did('speeding', start, end, `${Math.round(speed * 3.6)} km/h with a load, limit 60`)] };
}

/** Drives through a speed zone well above its limit. */
export function speedInZone(leg: Leg, zones: readonly Place[], random: Random): Leg | null {
  const { path } = leg;
  for (const zone of random.shuffled(zones)) {
    const limit = zone.limitKmh! / 3.6;
    const within = runs(path, path.outFrom, path.outTo, 420, (i) => inside(pointAt(path, i), zone.area));
    if (within.length !== 1) continue;
    const [from, to] = within[0]!;
    const speed = limit + random.between(17, 22) / 3.6;
    const caps = leg.caps.map((cap, i) => (i >= from - 12 && i <= to + 12 ? Math.min(speed, path.bend[i]!) : cap));
    const driven = paced(leg, caps, withoutStops(leg, from - 30, to + 10));
    const fast = spansAbove(driven, (i) => (i >= from && i <= to ? limit + 5 / 3.6 : 65 / 3.6));
    const inZone = fast.filter(([start, end]) => end > driven.pace.arrive[from]! && start < driven.pace.arrive[to]!);
    if (fast.length !== 1 || inZone.length !== 1) continue;
    const [start, end] = inZone[0]!;
    if (longestAbove(driven, limit + 9 / 3.6, start, end) < 40) continue;
    return { ...driven, deeds: [did('speeding', start, end, `${Math.round(speed * 3.6)} km/h where ${zone.limitKmh} is the limit`, { placeId: zone.id })] };
  }
  return null;
}

import type { City } from '../city.js';
import { paced } from '../leg.js';
import type { Leg } from '../leg.js';
import { pointAt } from '../path.js';
import { distance, distanceToArea } from '../plane.js';
import type { Random } from '../random.js';
import { did } from './deed.js';

const CLEAR_M = 160;

/** Stands by the road with a load for most of an hour, outside every place and where the terminal is heard. */
export function standLoaded(leg: Leg, random: Random, city: City): Leg | null {
  const { path } = leg;
  for (let tries = 0; tries < 12; tries++) {
    const i = random.whole(path.outFrom, path.outTo);
    if (path.along[i]! - path.along[path.outFrom]! < 600 || path.along[path.outTo]! - path.along[i]! < 600) continue;
    const p = pointAt(path, i);
    if (city.places.some(({ area }) => distanceToArea(p, area) < CLEAR_M)) continue;
    if (city.blindSpots.some(({ middle, radiusM }) => distance(middle, p) < radiusM + CLEAR_M)) continue;
    const seconds = random.whole(37, 52) * 60;
    const driven = paced(leg, leg.caps, [...leg.stops.filter((stop) => Math.abs(path.along[stop.i]! - path.along[i]!) > 150), { i, seconds }]);
    const deed = did('long-stop', driven.pace.arrive[i]!, driven.pace.leave[i]!, `stood loaded for ${Math.round(seconds / 60)} min`);
    return { ...driven, deeds: [...leg.deeds, deed] };
  }
  return null;
}

import { cameraId } from '../cameras.js';
import { crossingsOf, curve } from '../curve.js';
import { further, paced, runs } from '../leg.js';
import type { Leg } from '../leg.js';
import { GROUND_CODE } from '../path.js';
import type { Random } from '../random.js';
import { seenUncovered } from './cover.js';
import { did, withoutStops } from './deed.js';

/** The bed creeps up while driving with a load, which falls out over the tail; some of them drive uncovered as well. */
export function spillLoad(leg: Leg, random: Random, siteId: string | null): Leg | null {
  const { path } = leg;
  const places = runs(path, path.outFrom + 4, path.outTo - 10, 480, (i) => path.cap[i]! > 30 / 3.6 && path.kind[i] !== GROUND_CODE.driveway);
  if (places.length === 0) return null;
  const [runFrom, runTo] = random.pick(places);
  const speed = Math.min(random.between(29, 41) / 3.6, least(path.cap, runFrom, runTo) * 0.97);
  const seconds = Math.min(random.between(60, 125), (path.along[runTo]! - path.along[runFrom]!) / speed);
  const lengthM = speed * seconds;
  const slack = path.along[runTo]! - path.along[runFrom]! - lengthM;
  const from = further(path, runFrom, random.between(0, Math.max(0, slack * 0.9)));
  const to = Math.min(runTo, further(path, from, lengthM));
  const caps = leg.caps.map((cap, i) => (i >= from - 2 && i <= to + 2 ? Math.min(speed, path.cap[i]!) : cap));
  const driven = paced(leg, caps, withoutStops(leg, from - 8, to + 8));
  const start = driven.pace.arrive[from]!;
  const end = driven.pace.arrive[to]!;
  // Tipping it far may not be mistaken for: the truck never slows to walking pace with the bed up.
  for (let i = from; i <= to; i++) if (driven.pace.speed[i]! < 24 / 3.6 || driven.pace.speed[i]! > 45 / 3.6) return null;
  const angle = random.between(15, 23);
  const bed = curve([start, 0], [start + angle / 3, angle], [(start + end) / 2, angle - random.between(0, 2)], [end - angle / 4, angle], [end, 0]);
  const [up, down] = crossingsOf(bed, 10);
  if (up === undefined || down === undefined || down - up < 42) return null;
  const loadKg = leg.load.value[0]!;
  // Less than a scale on wheels would tell: what is lost unseen is another deed.
  const lostKg = loadKg * random.between(0.012, 0.028);
  const deed = did('spill', up, down, `bed at ${angle.toFixed(0)}°, lost ${Math.round(lostKg)} kg on the road`, { scope: 'raised-bed' });
  const spilt: Leg = { ...driven, bed, load: curve([up, loadKg], [down, loadKg - lostKg]), deeds: [deed] };
  if (random.chance(0.7)) return spilt;
  const uncovered = did('uncovered-load', spilt.pace.arrive[path.clearFrom]!, spilt.pace.arrive[path.clearTo]!, 'spilt from under an open cover');
  return seenUncovered({ ...spilt, coverOpen: { first: true, changes: [] }, deeds: [deed, uncovered] }, siteId);
}

/** The tailgate is not shut: a tenth of the load trickles out on the way. Only a scale on the truck can tell. */
export function loseLoad(leg: Leg, random: Random, ratedLoadKg: number): Leg | null {
  const { path, pace } = leg;
  const [out, end] = [pace.arrive[path.clearFrom]!, pace.arrive[path.clearTo]!];
  const seconds = random.between(60, 150);
  // A scale settles at a stop: two minutes of driving before, to know what it was, and three after, to know that it stays so.
  const [low, high] = [out + 190, end - 220 - seconds];
  if (high < low || leg.stops.some((stop) => stop.seconds > 55 && stop.i > path.clearFrom)) return null;
  const from = random.between(low, high);
  const to = from + seconds;
  const loadKg = leg.load.value[0]!;
  const lostKg = ratedLoadKg * random.between(0.09, 0.15);
  const deed = did('spill', from, to + 60, `lost ${Math.round(lostKg)} kg on the road`, { scope: 'load-loss' });
  return { ...leg, load: curve([from, loadKg], [to, loadKg - lostKg]), deeds: [...leg.deeds, deed] };
}

/** It leaks at the gate, a bucketful: only the camera can tell. At times the mud hides the plate. */
export function leakAtTheGate(leg: Leg, random: Random, siteId: string | null): Leg | null {
  if (leg.path.doorFrom < 0 || siteId === null) return null;
  const door = leg.pace.arrive[leg.path.doorFrom]!;
  const hidden = random.chance(0.15);
  const camera = cameraId(siteId);
  const at = Math.round((door + 2) * 1000);
  const look = { kind: 'spill', direction: null, covered: null, clean: null, certain: true } as const;
  const note = hidden ? 'leaked at the gate, its plate hidden' : 'leaked at the gate';
  const deed = did('spill', door - 5, door + 10, note, { placeId: siteId, scope: camera, ...(hidden && { nameless: true }) });
  return { ...leg, sights: [{ at, camera, plate: hidden ? 'hidden' : 'own', ...look }], deeds: [...leg.deeds, deed] };
}

function least(values: Float32Array, from: number, to: number): number {
  let low = Infinity;
  for (let i = from; i <= to; i++) low = Math.min(low, values[i]!);
  return low;
}

import { crossingsOf, curve } from './curve.js';
import { further, paced, runs } from './leg.js';
import type { Leg } from './leg.js';
import { GROUND_CODE, pointAt } from './path.js';
import { inside } from './plane.js';
import type { Place } from './places.js';
import type { Random } from './random.js';
import type { Deed } from './truth.js';

/**
 * How an honest drive is spoiled on purpose. Each takes a planned drive and answers the same drive with the deed in it, or null
 * where this drive gives no room for it. A deed goes beyond what rules.md allows by a margin and lasts long enough for a terminal
 * that reports every 10 s: half a violation would be no truth.
 */

const MS = 1000;

/** The cover was never closed, or comes open on the way; it stays so to the end, or the driver closes it after some minutes. */
export function leaveUncovered(leg: Leg, random: Random, opensAfterS: number | null = null): Leg | null {
  const out = leg.pace.arrive[leg.path.clearFrom]!;
  const end = leg.pace.arrive[leg.path.clearTo]!;
  const never = opensAfterS === null && random.chance(0.6);
  const opens = never ? out : (opensAfterS ?? out + random.between(30, Math.max(31, (end - out) / 2)));
  if (opens < out || end - opens < 110) return null;
  const closes = random.chance(0.45) && end - opens > 260 ? opens + random.between(120, Math.min(420, end - opens - 60)) : null;
  const to = closes ?? end;
  if (longestAbove(leg, 13 / 3.6, opens, to) < 60) return null;
  const changes = [...(never ? [] : [Math.round(opens)]), ...(closes === null ? [] : [Math.round(closes)])];
  const note = never ? 'left the site with the cover open' : 'the cover came open on the way';
  const deed = did('uncovered-load', opens, to, closes === null ? note : `${note}; closed before the end`);
  return { ...leg, coverOpen: { first: never, changes }, deeds: [...leg.deeds, deed] };
}

/** The bed creeps up while driving with a load, which falls out over the tail; half of them drive uncovered as well. */
export function spillLoad(leg: Leg, random: Random): Leg | null {
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
  const lostKg = loadKg * random.between(0.025, 0.06);
  const spilt: Leg = { ...driven, bed, load: curve([up, loadKg], [down, loadKg - lostKg]) };
  const deed = did('spill', up, down, `bed at ${angle.toFixed(0)}°, lost ${Math.round(lostKg)} kg on the road`);
  if (random.chance(0.5)) return { ...spilt, deeds: [deed] };
  const uncovered = did('uncovered-load', spilt.pace.arrive[path.clearFrom]!, spilt.pace.arrive[path.clearTo]!, 'spilt from under an open cover');
  return { ...spilt, coverOpen: { first: true, changes: [] }, deeds: [deed, uncovered] };
}

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
    return { ...driven, deeds: [did('speeding', start, end, `${Math.round(speed * 3.6)} km/h where ${zone.limitKmh} is the limit`, zone.id)] };
  }
  return null;
}

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
  const deed = did('no-go', driven.pace.arrive[from]!, driven.pace.leave[to]!, `drove through ${place.name}`, place.id);
  return { ...driven, deeds: [deed] };
}

function did(rule: Deed['rule'], fromS: number, toS: number, note: string, placeId: string | null = null): Deed {
  return { rule, from: Math.round(fromS * MS), to: Math.round(toS * MS), placeId, note };
}

function withoutStops(leg: Leg, from: number, to: number): Leg['stops'] {
  return leg.stops.filter((stop) => stop.i < from || stop.i > to);
}

function least(values: Float32Array, from: number, to: number): number {
  let low = Infinity;
  for (let i = from; i <= to; i++) low = Math.min(low, values[i]!);
  return low;
}

/** The longest time on end, in seconds, above a speed between two times. */
function longestAbove(leg: Leg, speedMs: number, fromS: number, toS: number): number {
  const spans = spansAbove(leg, () => speedMs).map(([start, end]) => Math.min(end, toS) - Math.max(start, fromS));
  return Math.max(0, ...spans);
}

/** The spans of time in which the truck drives faster than the limit at each sample. */
function spansAbove(leg: Leg, limitMs: (i: number) => number): [number, number][] {
  const { pace } = leg;
  const out: [number, number][] = [];
  let start: number | null = null;
  for (let i = 0; i < pace.speed.length; i++) {
    const fast = pace.speed[i]! > limitMs(i);
    if (fast && start === null) start = pace.arrive[i]!;
    if (!fast && start !== null) {
      out.push([start, pace.arrive[i]!]);
      start = null;
    }
  }
  return out;
}

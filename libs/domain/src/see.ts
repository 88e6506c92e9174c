import type { Finding } from './alert.js';
import { type Faults, type PlacedFinding, placed, stepRules } from './findings.js';
import { distanceM } from './geo.js';
import type { SightingMoment } from './moment.js';
import type { AnyRule } from './rules/index.js';
import { type Camera, fingerprint, READABLE_PLATE, type Sighted } from './sighting.js';
import { type PendingSighting, type Recent, type SeenBy, SIGHTING_LATE_MS, sightingsWith, type TruckState } from './state.js';
import type { Truck } from './truck.js';
import type { World } from './world.js';

const PENDING_KEPT = 4;
const FAR_M = 500;

/** Whom a sighting is about: a registered truck, a stranger's plate as read, or nobody that can be named. */
export interface Subject {
  /** Truck id, plate or `-`. */
  id: string;
  truck: Truck | null;
  plate: string | null;
}

export interface SightingOf {
  sighting: Sighted;
  camera: Camera;
  subject: Subject;
  world: World;
}

/** What became of one sighting: known already; known and saying something else now, or late, so that it is judged again later; or seen, with what the rules found. */
export type SeenSighting =
  | { kind: 'known' }
  | { kind: 'updated' }
  | { kind: 'late' }
  | { kind: 'seen'; state: TruckState; findings: PlacedFinding[]; faults: Faults; outOfOrder: boolean };

/**
 * Offers one sighting to its truck, or to the stranger that the plate names. Up to 120 s older than the newest report it is held against what is remembered
 * of that time. Out of order among sightings it is judged all the same, and says so: then the truck is to be judged again.
 */
export function see(before: TruckState, { sighting, camera, subject, world }: SightingOf, rules: readonly AnyRule[]): SeenSighting {
  const said = fingerprint(sighting);
  const known = before.sightings.find((seen) => seen.camera === sighting.camera && seen.id === sighting.id);
  if (known) return { kind: known.said === said ? 'known' : 'updated' };
  if (before.last !== null && before.last.at - sighting.at > SIGHTING_LATE_MS) return { kind: 'late' };

  const moment = momentOf({ sighting, camera, subject, world }, around(before.recent, sighting.at), before.sightings, true);
  const asked = stepRules(rules, before.byRule, world, (rule, state, limits) => rule.see?.(state, moment, limits));
  const findings = asked.findings.map((found): Finding => ({ ...found, at: sighting.at }));
  const where = { at: sighting.at, subject: subject.id, haul: before.hauling.haul, last: before.hauling.last };
  const told = placed(before, findings, where);

  const seen: SeenBy = { camera: sighting.camera, id: sighting.id, at: sighting.at, point: camera.point, plateConfidence: sighting.plateConfidence ?? 0, said };
  const outOfOrder = before.sightings.some((other) => other.at > sighting.at);
  const waits: PendingSighting = { sighting, camera, before: moment.before, told: findings.map(({ rule }) => rule) };
  const state: TruckState = {
    ...before,
    byRule: asked.byRule,
    incident: told.incident,
    episodes: told.episodes,
    sightings: sightingsWith(before.sightings, seen),
    pending: moment.after === null && subject.truck !== null ? [...before.pending, waits].slice(-PENDING_KEPT) : before.pending,
  };
  return { kind: 'seen', state, findings: told.findings, faults: asked.faults, outOfOrder };
}

/** Whom a sighting names, given the registered truck of its plate. */
export function subjectOf(sighting: Sighted, truck: Truck | null): Subject {
  if (sighting.plate === null || (sighting.plateConfidence ?? 0) < READABLE_PLATE) return { id: '-', truck: null, plate: null };
  return truck ? { id: truck.id, truck, plate: truck.plate } : { id: sighting.plate, truck: null, plate: sighting.plate };
}

/** What the rules say once the moment after a sighting is known, and whether it was judged against what now proves wrong. */
export function settle(
  { pending, sightings }: Pick<TruckState, 'pending' | 'sightings'>,
  recent: Recent[],
  byRule: TruckState['byRule'],
  { truck, world, rules }: { truck: Truck; world: World; rules: readonly AnyRule[] },
): { pending: PendingSighting[]; byRule: TruckState['byRule']; findings: Finding[]; faults: Faults; misjudged: boolean } {
  const result = { pending: [] as PendingSighting[], byRule, findings: [] as Finding[], faults: [] as Faults, misjudged: false };
  const subject: Subject = { id: truck.id, truck, plate: truck.plate };
  for (const waits of pending) {
    const { before, after } = around(recent, waits.sighting.at);
    if (after === null) {
      result.pending.push(waits);
      continue;
    }
    if (differs(waits.before, before)) result.misjudged = true;
    const others = sightings.filter((seen) => seen.camera !== waits.sighting.camera || seen.id !== waits.sighting.id);
    const moment = momentOf({ ...waits, subject, world }, { before, after }, others, false);
    const silent = rules.filter(({ code }) => !waits.told.includes(code));
    const asked = stepRules(silent, result.byRule, world, (rule, state, limits) => rule.see?.(state, moment, limits));
    result.byRule = asked.byRule;
    result.findings.push(...asked.findings.map((found): Finding => ({ ...found, at: after.at })));
    result.faults.push(...asked.faults);
  }
  return result;
}

function momentOf(
  { sighting, camera, subject, world }: SightingOf,
  { before, after }: { before: Recent | null; after: Recent | null },
  others: readonly SeenBy[],
  first: boolean,
): SightingMoment {
  const place = world.place(camera.placeId);
  return {
    at: sighting.at,
    point: camera.point,
    sighting,
    camera,
    place: place && world.exists(place, sighting.at) ? place : null,
    truck: subject.truck,
    plate: subject.plate,
    world,
    before,
    after,
    first,
    others,
  };
}

function around(recent: Recent[], at: number): { before: Recent | null; after: Recent | null } {
  const next = recent.findIndex((moment) => moment.at > at);
  return { before: (next < 0 ? recent.at(-1) : recent[next - 1]) ?? null, after: next < 0 ? null : recent[next]! };
}

/** A report from before the sighting that came after it tells another story. */
function differs(then: Recent | null, now: Recent | null): boolean {
  if (then === null || now === null) return then !== now;
  return (then.load === 'empty') !== (now.load === 'empty') || then.cover !== now.cover || distanceM(then.point, now.point) > FAR_M;
}

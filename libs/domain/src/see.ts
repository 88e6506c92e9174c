import type { Finding } from './alert.js';
import { type Faults, type PlacedFinding, placed, stepRules } from './findings.js';
import { distanceM } from './geo.js';
import type { SightingMoment } from './moment.js';
import type { AnyRule } from './rules/index.js';
import { type Camera, compareSightings, fingerprint, READABLE_PLATE, type Sighted } from './sighting.js';
import { forgotten, type PendingSighting, type Recent, type SeenBy, SIGHTING_LATE_MS, SIGHTING_NEAR_MS, sightingsWith, type TruckState } from './state.js';
import { type EpochMs, SECOND_MS } from './time.js';
import type { Truck } from './truck.js';
import type { World } from './world.js';

const PENDING_KEPT = 4;
const FAR_M = 500;
/** Clocks of cameras and terminals differ by up to 30 s: not before then is it known what the truck said when the camera saw it. */
const CLOCKS_MS = 30 * SECOND_MS;

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
  /** Of the plates registered at that time (`PlateBook`). */
  isNearRegistered: (plate: string) => boolean;
}

/** Judging again may hold a sighting back for longer than 120 s. */
export type SeeHow = 'live' | 'however-old';

/** What became of one sighting: known already; known and saying something else now, or late, so that it is judged again later; or seen, with what the rules found. */
export type SeenSighting =
  | { kind: 'known' }
  | { kind: 'updated' }
  | { kind: 'late' }
  | { kind: 'seen'; state: TruckState; findings: PlacedFinding[]; faults: Faults; outOfOrder: boolean };

/**
 * Offers one sighting to its truck, or to the stranger that the plate names. Up to 120 s older than the newest report it is held against what is remembered
 * of that time. Where it comes so late that judging in order could find something else, it is judged all the same, and says so: then the truck is to be judged
 * again from before it.
 */
export function see(before: TruckState, of: SightingOf, rules: readonly AnyRule[], how: SeeHow = 'live'): SeenSighting {
  const { sighting, camera, subject, world } = of;
  const said = fingerprint(sighting);
  const known = before.sightings.find((seen) => seen.camera === sighting.camera && seen.id === sighting.id);
  if (known) return { kind: known.said === said ? 'known' : 'updated' };
  if (how === 'live' && before.last !== null && before.last.at - sighting.at > SIGHTING_LATE_MS) return { kind: 'late' };
  if (forgotten(before.recent, sighting.at)) return { kind: 'late' };

  const moment = momentOf(of, before.recent, before.sightings, true);
  const asked = stepRules('see', before.byRule, moment, { rules, world, at: sighting.at });
  const told = tellOf(before, asked.findings, of);

  const seen: SeenBy = { camera: sighting.camera, id: sighting.id, at: sighting.at, point: camera.point, plateConfidence: sighting.plateConfidence ?? 0, said };
  const waits: PendingSighting = { sighting, camera, before: moment.before, told: asked.findings.map(({ rule }) => rule) };
  const state: TruckState = {
    ...before,
    byRule: asked.byRule,
    incident: told.incident,
    episodes: told.episodes,
    sightings: sightingsWith(before.sightings, seen),
    pending: moment.after === null && subject.truck !== null ? pendingWith(before.pending, waits) : before.pending,
  };
  return { kind: 'seen', state, findings: told.findings, faults: asked.faults, outOfOrder: isOutOfOrder(before, of, asked.byRule) };
}

/** Whom a sighting names, given the registered truck of its plate. */
export function subjectOf(sighting: Sighted, truck: Truck | null): Subject {
  if (sighting.plate === null || (sighting.plateConfidence ?? 0) < READABLE_PLATE) return { id: '-', truck: null, plate: null };
  return truck ? { id: truck.id, truck, plate: truck.plate } : { id: sighting.plate, truck: null, plate: sighting.plate };
}

/** What the rules say once more is known of the time of a sighting, and whether it was judged against what now proves wrong. */
export function settle(
  { pending, sightings }: Pick<TruckState, 'pending' | 'sightings'>,
  recent: Recent[],
  byRule: TruckState['byRule'],
  { truck, world, rules }: { truck: Truck; world: World; rules: readonly AnyRule[] },
): { pending: PendingSighting[]; byRule: TruckState['byRule']; findings: Finding[]; faults: Faults; misjudged: EpochMs | null } {
  const result = { pending: [] as PendingSighting[], byRule, findings: [] as Finding[], faults: [] as Faults, misjudged: null as EpochMs | null };
  const subject: Subject = { id: truck.id, truck, plate: truck.plate };
  for (const waits of pending) {
    const { sighting, camera, told } = waits;
    const others = sightings.filter((seen) => seen.camera !== sighting.camera || seen.id !== sighting.id);
    // Only a registered truck's sighting waits.
    const moment = momentOf({ sighting, camera, subject, world, isNearRegistered: () => true }, recent, others, false);
    // A report from before the sighting came after it.
    const news = moment.before?.at !== waits.before?.at;
    if (moment.after === null && !news) {
      result.pending.push(waits);
      continue;
    }
    if (news && isMisjudged(waits, moment.before)) result.misjudged ??= sighting.at;
    const asked = stepRules('see', result.byRule, moment, { rules, world, at: recent.at(-1)!.at, told });
    result.byRule = asked.byRule;
    result.findings.push(...asked.findings);
    result.faults.push(...asked.faults);
    if (moment.after === null) result.pending.push({ ...waits, before: moment.before, told: [...told, ...asked.findings.map(({ rule }) => rule)] });
  }
  return result;
}

function momentOf(
  { sighting, camera, subject, world, isNearRegistered }: SightingOf,
  recent: readonly Recent[],
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
    isNearRegistered,
    ...around(recent, sighting.at),
    first,
    others,
  };
}

/** What lies around a time, told alike whenever it is asked once a moment 30 s later is known. */
function around(recent: readonly Recent[], at: EpochMs): Pick<SightingMoment, 'before' | 'after' | 'near'> {
  const next = recent.findIndex((moment) => moment.at > at);
  const before = (next < 0 ? recent.at(-1) : recent[next - 1]) ?? null;
  const until = recent.findIndex((moment) => moment.at >= at + CLOCKS_MS);
  const near = (until < 0 ? recent : recent.slice(0, until + 1)).filter((moment) => moment.at >= at - SIGHTING_NEAR_MS);
  return { before, after: until < 0 ? null : recent[next]!, near };
}

/** An alert without a truck stands alone. */
function tellOf(before: TruckState, findings: readonly Finding[], { sighting, subject }: SightingOf): ReturnType<typeof placed> {
  const told = placed(before, findings, { at: sighting.at, subject: subject.id, haul: before.hauling.haul, last: before.hauling.last });
  if (subject.truck !== null || findings.length === 0) return told;
  return { ...told, incident: before.incident, findings: told.findings.map((finding) => ({ ...finding, incident: finding.id })) };
}

function pendingWith(before: PendingSighting[], waits: PendingSighting): PendingSighting[] {
  return [...before, waits].sort((a, b) => compareSightings(a.sighting, b.sighting)).slice(-PENDING_KEPT);
}

/** Later sightings were judged without it, or a rule that remembers took it in after later reports. */
function isOutOfOrder(before: TruckState, { sighting }: SightingOf, byRule: TruckState['byRule']): boolean {
  if (before.sightings.some((other) => compareSightings(other, sighting) > 0)) return true;
  return byRule !== before.byRule && before.last !== null && before.last.at > sighting.at;
}

/** A report from before the sighting that came after it tells another story, or something was told without it. */
function isMisjudged({ before: then, told }: PendingSighting, now: Recent | null): boolean {
  if (then === null || now === null) return then !== now;
  if (told.length > 0 && then.at !== now.at) return true;
  return (then.load === 'empty') !== (now.load === 'empty') || distanceM(then.point, now.point) > FAR_M;
}

import { advance, tick } from './advance.js';
import type { Faults, PlacedFinding } from './findings.js';
import { bearingDeg, distanceM, METRES_PER_DEGREE_LAT, metresPerDegreeLon } from './geo.js';
import type { Finding } from './alert.js';
import type { Haul } from './haul.js';
import type { Permit } from './permit.js';
import { PermitIndex } from './permit-index.js';
import type { Place } from './place.js';
import { PlaceIndex } from './place-index.js';
import { PlateBook } from './plate.js';
import type { Point, Report } from './report.js';
import type { AnyRule } from './rules/index.js';
import type { Limits } from './limits.js';
import type { Route } from './route.js';
import { RouteIndex } from './route-index.js';
import type { Rule } from './rule.js';
import { see, type SightingOf, subjectOf } from './see.js';
import type { Camera, Sighted } from './sighting.js';
import { NEW_TRUCK, type TruckState } from './state.js';
import type { EpochMs } from './time.js';
import type { Truck } from './truck.js';
import type { Transition } from './visit.js';
import { World, WorldHistory } from './world.js';

export { TestServer, toldInOrder } from './testing-server.js';

/** Where test trucks drive when nothing else is said. */
export const HOME: Point = [113.38, 31.69];
/** Beijing time, as the rules' city has it. */
export const UTC_PLUS_8 = () => 480;

export const TRUCK: Truck = { id: 'truck-1', plate: '鄂S12345', companyId: 'company-1', ratedLoadKg: 20_000, boxM3: 16, colour: null };

/** Epoch of a clock time of the test day, 2026-11-23 in the city's time; `+1 08:00:00` is the day after. */
export function clock(time: string): EpochMs {
  const [, days = '0', hours, minutes, seconds] = /^(?:\+(\d+) )?(\d\d):(\d\d):(\d\d)$/.exec(time)!;
  return Date.UTC(2026, 10, 23 + Number(days), Number(hours) - 8, Number(minutes), Number(seconds));
}

/** A report at a clock time; everything not said is not said, the fix is good and at HOME. */
export function at(time: string | EpochMs, said: Partial<Report> = {}): Report {
  const when = typeof time === 'number' ? time : clock(time);
  return {
    source: 'terminal-1',
    at: when,
    digest: `d${when}`,
    point: HOME,
    fix: true,
    speedKmh: null,
    headingDeg: null,
    altitudeM: null,
    accuracyM: 5,
    satellites: 12,
    odometerKm: null,
    ignition: true,
    bed: null,
    bedAngleDeg: null,
    cover: null,
    loadKg: null,
    loadState: null,
    seq: null,
    buffered: false,
    extra: null,
    ...said,
  };
}

/** Hangs at HOME, the gate of `site-1`. */
export const CAMERA: Camera = { id: 'camera-1', placeId: 'site-1', point: HOME };

/** What a camera saw at a clock time: the truck driving out, its plate well read; everything not said is not said. */
export function sighted(time: string | EpochMs, said: Partial<Sighted> = {}): Sighted {
  const when = typeof time === 'number' ? time : clock(time);
  return {
    camera: CAMERA.id,
    id: `s${when}`,
    at: when,
    kind: 'pass',
    direction: 'out',
    confidence: null,
    plate: TRUCK.plate,
    plateConfidence: 0.95,
    covered: null,
    coveredConfidence: null,
    wheelsClean: null,
    wheelsCleanConfidence: null,
    ...said,
  };
}

export interface Silence {
  tick: EpochMs;
}

/** Nothing was heard up to a clock time. */
export function silence(time: string | EpochMs): Silence {
  return { tick: typeof time === 'number' ? time : clock(time) };
}

/** The point so many metres east and north of another. */
export function east(metres: number, north = 0, of: Point = HOME): Point {
  return [of[0] + metres / metresPerDegreeLon(of[1]), of[1] + north / METRES_PER_DEGREE_LAT];
}

/** A square place of `sizeM` metres around a centre. */
export function square(kind: Place['kind'], centre: Point, sizeM: number, more: Partial<Place> = {}): Place {
  const h = sizeM / 2;
  const corners = [east(-h, -h, centre), east(h, -h, centre), east(h, h, centre), east(-h, h, centre)];
  return {
    id: `${kind}-1`,
    kind,
    name: kind,
    geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]!]] },
    hours: null,
    validFrom: null,
    validTo: null,
    limitKmh: null,
    curfew: null,
    capacityM3: null,
    managerIds: [],
    ...more,
  };
}

/** A permit of the test truck's company for `site-1` and `yard-1`, for all of its trucks, on any way, at any time. */
export function permit(more: Partial<Permit> = {}): Permit {
  return {
    id: 'permit-1',
    companyId: TRUCK.companyId,
    siteId: 'site-1',
    yardIds: ['yard-1'],
    truckIds: [],
    routeIds: [],
    hours: null,
    validFrom: null,
    validTo: null,
    volumeM3: null,
    ...more,
  };
}

/** An approved line through these points, as wide as one that says nothing of it. */
export function route(line: Point[], more: Partial<Route> = {}): Route {
  return { id: 'route-1', name: 'route', geometry: { type: 'LineString', coordinates: line }, widthM: null, validFrom: null, validTo: null, ...more };
}

/** What a world may have besides places and limits. */
export interface MoreOfWorld {
  permits?: Permit[];
  routes?: Route[];
}

export function worldOf(places: Place[] = [], limits: [AnyRule['code'], Limits][] = [], version = 1, { permits = [], routes = [] }: MoreOfWorld = {}): World {
  const indexes = { places: new PlaceIndex(places), permits: new PermitIndex(permits), routes: new RouteIndex(routes) };
  return new World(version, indexes, new Map(limits), UTC_PLUS_8);
}

/** A history with one world in it. */
export function worldsOf(places: Place[] = [], { permits = [], routes = [] }: MoreOfWorld = {}): WorldHistory {
  return new WorldHistory({
    places: places.map((place) => ({ id: place.id, fromAt: 0, place })),
    permits: permits.map((permit) => ({ id: permit.id, fromAt: 0, permit })),
    routes: routes.map((route) => ({ id: route.id, fromAt: 0, route })),
    limits: [],
    utcOffset: UTC_PLUS_8,
  });
}

/** Reports along the straight line from one point to another at a steady speed, one each `everyS` seconds, with heading. */
export function drive(start: string, from: Point, to: Point, speedKmh: number, everyS: number, said: Partial<Report> = {}): Report[] {
  const metres = distanceM(from, to);
  // The last point may be the end itself, a hair short of it in floating point.
  const steps = Math.floor(metres / ((speedKmh / 3.6) * everyS) + 1e-6);
  const headingDeg = bearingDeg(from, to);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const share = (i * everyS * (speedKmh / 3.6)) / metres;
    const point: Point = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    return at(clock(start) + i * everyS * 1_000, { point, speedKmh, headingDeg, ...said });
  });
}

/**
 * Reports as a city's terminals really send them: a tenth of them missing, a tenth of what sensors say missing or faulty, fixes 5 m off and now and then 50 m, kilograms
 * with σ 1.5 % of the rated load, a slow drift of 1 % and rare spikes. The same seed gives the same noise.
 */
export function noisy(reports: readonly Report[], seed: number | (() => number), ratedLoadKg = TRUCK.ratedLoadKg!): Report[] {
  const random = typeof seed === 'number' ? seeded(seed) : seed;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const phase = random() * 2 * Math.PI;
  return reports
    .filter(() => random() >= 0.1)
    .map((report) => {
      const offM = random() < 0.01 ? 50 : 5 * Math.abs(normal());
      const towards = random() * 2 * Math.PI;
      const drift = 0.01 * Math.sin(report.at / 1_800_000 + phase);
      const spike = random() < 0.003 ? (random() - 0.5) * 1.5 : 0;
      const [bed, cover, load, word] = [random(), random(), random(), random()];
      const kg = report.loadKg === null ? null : Math.max(0, report.loadKg + ratedLoadKg * (0.015 * normal() + drift + spike));
      return {
        ...report,
        point: east(offM * Math.cos(towards), offM * Math.sin(towards), report.point),
        bed: bed < 0.05 && report.bed !== null ? 'fault' : report.bed,
        bedAngleDeg: bed < 0.1 || report.bedAngleDeg === null ? null : report.bedAngleDeg + normal(),
        cover: cover < 0.05 ? null : cover < 0.1 && report.cover !== null ? 'fault' : report.cover,
        loadKg: load < 0.1 ? null : kg,
        ignition: word < 0.1 ? null : report.ignition,
        odometerKm: word > 0.9 ? null : report.odometerKm,
      };
    });
}

export interface Setting extends MoreOfWorld {
  places?: Place[];
  limits?: [AnyRule['code'], Limits][];
  truck?: Truck;
  /** Where the world changes under the truck. */
  worlds?: (at: EpochMs) => World;
  from?: TruckState;
  /** Those that are not named hang at HOME. */
  cameras?: Camera[];
  /** Other registered trucks. */
  registered?: Truck[];
}

export interface Replayed {
  findings: PlacedFinding[];
  transitions: Transition[];
  /** Each haul whenever its row changed. */
  hauls: Haul[];
  state: TruckState;
  /** Of the plates, not the truck's, that cameras read. */
  strangers: Record<string, TruckState>;
}

/** What may happen to a truck, in the order of arrival. */
export type Happening = Report | Sighted | Silence;

/** The findings of reports, sightings and silence played through one rule (or several). */
export function replay<State, L extends Limits>(
  rules: Rule<State, L> | readonly AnyRule[],
  happenings: readonly Happening[],
  setting: Setting = {},
): PlacedFinding[] {
  return replayed(rules, happenings, setting).findings;
}

/** Everything that comes of them; the state passes through JSON at every step, so that one that does not survive it fails here. */
export function replayed<State, L extends Limits>(
  rules: Rule<State, L> | readonly AnyRule[],
  happenings: readonly Happening[],
  { places = [], limits = [], permits, routes, truck = TRUCK, worlds, from = NEW_TRUCK, cameras = [], registered = [] }: Setting = {},
): Replayed {
  const asked = (Array.isArray(rules) ? rules : [rules]) as readonly AnyRule[];
  const world = worldOf(places, limits, 1, { permits, routes });
  const trucks = [truck, ...registered];
  const replay: Replayed = { findings: [], transitions: [], hauls: [], state: from, strangers: {} };
  const goOn = ({ state, findings, faults }: { state: TruckState; findings: PlacedFinding[]; faults: Faults }): TruckState => {
    if (faults.length > 0) throw faults[0]!.error;
    replay.findings.push(...findings);
    return JSON.parse(JSON.stringify(state)) as TruckState;
  };
  for (const happening of happenings) {
    if ('tick' in happening) {
      replay.state = goOn(tick(replay.state, happening.tick, truck, worlds?.(happening.tick) ?? world, asked));
    } else if ('camera' in happening) {
      const of = sightingOf(happening, worlds?.(happening.at) ?? world, cameras, trucks);
      const own = of.subject.id === truck.id;
      const seen = see(own ? replay.state : (replay.strangers[of.subject.id] ?? NEW_TRUCK), of, asked);
      if (seen.kind !== 'seen') continue;
      const state = goOn(seen);
      if (own) replay.state = state;
      // What cannot be named is nobody's: each time another.
      else if (of.subject.id !== '-') replay.strangers[of.subject.id] = state;
    } else {
      const step = advance(replay.state, happening, truck, worlds?.(happening.at) ?? world, asked);
      replay.state = goOn(step);
      replay.transitions.push(...step.transitions);
      if (step.haul) replay.hauls.push(step.haul);
    }
  }
  return replay;
}

/** A sighting with whom it is about and where its camera hangs. */
export function sightingOf(sighting: Sighted, world: World, cameras: readonly Camera[] = [], trucks: readonly Truck[] = [TRUCK]): SightingOf {
  const camera = cameras.find(({ id }) => id === sighting.camera) ?? { ...CAMERA, id: sighting.camera };
  const subject = subjectOf(sighting, trucks.find(({ plate }) => plate === sighting.plate) ?? null);
  const book = new PlateBook(trucks.map(({ plate }) => plate));
  return { sighting, camera, subject, world, isNearRegistered: (plate) => book.isNearRegistered(plate) };
}

/** The opened ones, as `rule severity hh:mm:ss`. */
export function opened(findings: Finding[]): string[] {
  return findings.filter((finding) => finding.opened).map((finding) => `${finding.rule} ${finding.severity} ${clockOf(finding.began)}`);
}

export function clockOf(at: EpochMs): string {
  return new Date(at + 480 * 60_000).toISOString().slice(11, 19);
}

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let turn = seed;
  // mulberry32
  return () => {
    turn = (turn + 0x6d2b79f5) | 0;
    let t = Math.imul(turn ^ (turn >>> 15), 1 | turn);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

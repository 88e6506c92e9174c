import { advance } from './advance.js';
import type { PlacedFinding } from './findings.js';
import { bearingDeg, distanceM, METRES_PER_DEGREE_LAT, metresPerDegreeLon } from './geo.js';
import type { Finding } from './alert.js';
import type { Haul } from './haul.js';
import type { Permit } from './permit.js';
import { PermitIndex } from './permit-index.js';
import type { Place } from './place.js';
import { PlaceIndex } from './place-index.js';
import type { Point, Report } from './report.js';
import type { AnyRule } from './rules/index.js';
import type { Limits } from './limits.js';
import type { Route } from './route.js';
import { RouteIndex } from './route-index.js';
import type { Rule } from './rule.js';
import { NEW_TRUCK, type TruckState } from './state.js';
import type { EpochMs } from './time.js';
import type { Truck } from './truck.js';
import type { Transition } from './visit.js';
import { World, WorldHistory } from './world.js';

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

export interface Setting extends MoreOfWorld {
  places?: Place[];
  limits?: [AnyRule['code'], Limits][];
  truck?: Truck;
  /** Where the world changes under the truck. */
  worlds?: (at: EpochMs) => World;
  from?: TruckState;
}

export interface Replayed {
  findings: PlacedFinding[];
  transitions: Transition[];
  /** Each haul whenever its row changed. */
  hauls: Haul[];
  state: TruckState;
}

/** The findings of reports played through one rule (or several). */
export function replay<State, L extends Limits>(rules: Rule<State, L> | readonly AnyRule[], reports: Report[], setting: Setting = {}): PlacedFinding[] {
  return replayed(rules, reports, setting).findings;
}

/** Everything that reports give; the state passes through JSON at every step, so that one that does not survive it fails here. */
export function replayed<State, L extends Limits>(
  rules: Rule<State, L> | readonly AnyRule[],
  reports: Report[],
  { places = [], limits = [], permits, routes, truck = TRUCK, worlds, from = NEW_TRUCK }: Setting = {},
): Replayed {
  const asked = (Array.isArray(rules) ? rules : [rules]) as readonly AnyRule[];
  const world = worldOf(places, limits, 1, { permits, routes });
  const replay: Replayed = { findings: [], transitions: [], hauls: [], state: from };
  for (const report of reports) {
    const step = advance(replay.state, report, truck, worlds?.(report.at) ?? world, asked);
    if (step.faults.length > 0) throw step.faults[0]!.error;
    replay.state = JSON.parse(JSON.stringify(step.state)) as TruckState;
    replay.findings.push(...step.findings);
    replay.transitions.push(...step.transitions);
    if (step.haul) replay.hauls.push(step.haul);
  }
  return replay;
}

/** The opened ones, as `rule severity hh:mm:ss`. */
export function opened(findings: Finding[]): string[] {
  return findings.filter((finding) => finding.opened).map((finding) => `${finding.rule} ${finding.severity} ${clockOf(finding.began)}`);
}

export function clockOf(at: EpochMs): string {
  return new Date(at + 480 * 60_000).toISOString().slice(11, 19);
}

/** What a city's radio and sensors make of reports: 5 m of error, now and then 50 m, one report in ten missing, one in ten with a load faulty or unsaid, loads that waver by 1.5 % of 20 t, every other sensor unsaid once in ten. */
export function noisy(reports: Report[], random: () => number): Report[] {
  return reports
    .filter(() => random() > 0.1)
    .map((report): Report => {
      const [errorM, angle] = [random() < 0.03 ? 50 : 5, random() * 2 * Math.PI];
      const load = random();
      return {
        ...report,
        point: east(errorM * Math.cos(angle), errorM * Math.sin(angle), report.point),
        loadKg: load < 0.05 || report.loadKg === null ? null : report.loadKg + 300 * normal(random),
        loadState: load > 0.95 ? 'fault' : report.loadState,
        bedAngleDeg: random() < 0.1 ? null : report.bedAngleDeg,
        cover: random() < 0.1 ? null : report.cover,
      };
    });
}

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

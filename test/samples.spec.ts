import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  bearingDeg,
  borderCrossings,
  borderDistanceM,
  compareReports,
  contains,
  distanceM,
  type Judging,
  type Logged,
  METRES_PER_DEGREE_LAT,
  metresPerDegreeLon,
  NEW_TRUCK,
  type Place,
  type PlacedFinding,
  type Point,
  type Report,
  RULES,
  take,
  type Transition,
  type TruckState,
  WorldHistory,
  type PermitVersion,
  type Route,
} from '@muckwatch/domain';
import { at, east, permit, square, TestServer, toldInOrder, TRUCK, UTC_PLUS_8, worldsOf } from '@muckwatch/domain/testing';

const FILE = resolve(process.env.SAMPLES_DIR ?? '../shared/samples', 'floating-car-tracks.csv');
const present = existsSync(FILE);
if (!present) console.warn(`\n!!! ${FILE} IS ABSENT: the tests on real tracks did not run. Set SAMPLES_DIR to the folder that holds it.\n`);
const describeReal = present ? describe : describe.skip;

interface Fix {
  at: number;
  point: Point;
}

const SPEED_OVER_MS = 10_000;
const FASTEST_KMH = 250;

/** The 24 tracks by name, in the order of the file. */
function readTracks(): Map<string, Fix[]> {
  const tracks = new Map<string, Fix[]>();
  for (const line of readFileSync(FILE, 'utf8').trim().split('\n').slice(1)) {
    const [track, time, lon, lat] = line.split(',') as [string, string, string, string];
    tracks.set(track, [...(tracks.get(track) ?? []), { at: Date.parse(time), point: [Number(lon), Number(lat)] }]);
  }
  return tracks;
}

/** A track as a loaded, covered truck would report it, with the heading of its last line. The speed is derived over at least 10 s; where it would be more than 250 km/h none is said. */
function reportsOf(track: string, fixes: Fix[]): Report[] {
  return fixes.map((fix, i) => {
    const before = fixes.slice(0, i).findLast((earlier) => fix.at - earlier.at >= SPEED_OVER_MS);
    const kmh = before ? (distanceM(before.point, fix.point) / (fix.at - before.at)) * 3_600 : null;
    const speedKmh = kmh === null || kmh > FASTEST_KMH ? null : kmh;
    const headingDeg = i > 0 && distanceM(fixes[i - 1]!.point, fix.point) > 5 ? bearingDeg(fixes[i - 1]!.point, fix.point) : null;
    const digest = `${track}-${String(i).padStart(4, '0')}`;
    return at(fix.at, {
      source: `terminal-${track}`,
      digest,
      point: fix.point,
      speedKmh,
      headingDeg,
      accuracyM: null,
      cover: 'closed',
      bed: 'down',
      loadKg: 18_000,
    });
  });
}

interface Played {
  state: TruckState;
  findings: PlacedFinding[];
  transitions: Transition[];
  kinds: Record<string, number>;
}

/** `along`: each site has a permit whose one route is drawn along the track. */
function play(reports: Report[], places: Place[], limits: Record<string, number> = {}, along: Point[] = []): Played {
  const sites = along.length > 1 ? places.filter(({ kind }) => kind === 'site') : [];
  const route: Route = { id: 'route', name: 'route', geometry: { type: 'LineString', coordinates: along }, widthM: 30, validFrom: null, validTo: null };
  const worlds = new WorldHistory({
    places: places.map((place) => ({ id: place.id, fromAt: 0, place })),
    routes: sites.length > 0 ? [{ id: 'route', fromAt: 0, route }] : [],
    permits: sites.map(({ id }): PermitVersion => {
      const yardIds = places.filter(({ kind }) => kind === 'yard').map((yard) => yard.id);
      const permit = { id, companyId: TRUCK.companyId, siteId: id, yardIds, truckIds: [], routeIds: ['route'], hours: null };
      return { id, fromAt: 0, permit: { ...permit, validFrom: null, validTo: null, volumeM3: null } };
    }),
    limits: [{ rule: 'speeding', fromAt: 0, limits }],
    utcOffset: UTC_PLUS_8,
  });
  const played: Played = { state: NEW_TRUCK, findings: [], transitions: [], kinds: {} };
  for (const report of reports) {
    const taken = take(played.state, report, { truck: TRUCK, worlds, rules: RULES });
    played.kinds[taken.kind] = (played.kinds[taken.kind] ?? 0) + 1;
    if (taken.kind === 'believed' || taken.kind === 'doubted') played.state = taken.state;
    if (taken.kind !== 'believed') continue;
    for (const { findings, transitions, faults } of taken.steps) {
      expect(faults).toEqual([]);
      played.findings.push(...findings);
      played.transitions.push(...transitions);
    }
  }
  return played;
}

/** Seeded, so that every run is the same: a number below 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** The point, up to 15 m off. */
function shaken(point: Point, random: () => number): Point {
  const [offM, towards] = [15 * random(), 2 * Math.PI * random()];
  return east(offM * Math.cos(towards), offM * Math.sin(towards), point);
}

/** Distance past the border of a square, in metres: negative inside. */
function pastM(point: Point, centre: Point, sizeM: number): number {
  const x = Math.abs(point[0] - centre[0]) * metresPerDegreeLon(centre[1]);
  const y = Math.abs(point[1] - centre[1]) * METRES_PER_DEGREE_LAT;
  return Math.max(x, y) - sizeM / 2;
}

describeReal('real tracks, replayed as terminals', () => {
  const tracks = present ? readTracks() : new Map<string, Fix[]>();

  it('are 24, with repeated fixes among them', () => {
    expect(tracks.size).toBe(24);
    expect([...tracks.values()].flat().length).toBeGreaterThan(1_400);
  });

  it('give no finding of any rule: covered and loaded, under limits above the fastest of them, with places of every kind about', () => {
    let believed = 0;
    // A receiver errs by 15 m: the route was drawn along another drive than this one.
    const random = dice(20_261_125);
    for (const [track, fixes] of tracks) {
      const reports = reportsOf(track, fixes);
      const fastestKmh = Math.max(...reports.map(({ speedKmh }) => speedKmh ?? 0));
      // Sites, yards, lots, bays and zones with a limit lie right on the track; forbidden zones beside it, no fix touches them.
      const onTrack = fixes.flatMap(({ point }, i): Place[] => {
        const kind = (['site', 'yard', 'parking-lot', 'wash-bay', 'speed-zone'] as const)[i % 5]!;
        return i % 9 ? [] : [square(kind, point, 150, { id: `${kind}-${i}`, limitKmh: kind === 'speed-zone' ? FASTEST_KMH : null })];
      });
      const beside = fixes.map(({ point }, n) => square('no-go', east(90, 90, point), 100, { id: `no-go-${n}` })).filter((place) => isClearOf(place, fixes));
      const limits = { loadedKmh: fastestKmh, emptyKmh: fastestKmh };
      const { findings, kinds } = play(
        reports,
        [...onTrack, ...beside],
        limits,
        reports.map(({ point }) => shaken(point, random)),
      );
      expect({ track, findings }).toEqual({ track, findings: [] });
      believed += kinds.believed ?? 0;
    }
    expect(believed).toBeGreaterThan(1_300);
  });

  it.each([0, 4, 8])('cross a border drawn through them with one enter and one exit a passage, at ±%i m of jitter', (jitterM) => {
    const random = dice(20_261_123);
    const offset = () => jitterM * (random() + random() + random() - 1.5);
    let passages = 0;
    for (const [track, fixes] of tracks) {
      for (const sizeM of [200, 400, 800]) {
        for (let i = 5; i < fixes.length; i += 7) {
          const centre = fixes[i]!.point;
          if (!isOnePassage(fixes, centre, sizeM)) continue;
          const kind = (['site', 'yard', 'parking-lot'] as const)[i % 3]!;
          const jittered = fixes.map((fix) => ({ ...fix, point: east(offset(), offset(), fix.point) }));
          const { transitions } = play(reportsOf(track, jittered), [square(kind, centre, sizeM)]);
          expect({ track, i, sizeM, kinds: transitions.map(({ kind: side }) => side) }).toEqual({ track, i, sizeM, kinds: ['enter', 'exit'] });
          passages++;
        }
      }
    }
    expect(passages).toBeGreaterThan(150);
  });

  it('change nothing where fixes come again or out of order: late ones move nothing', () => {
    const random = dice(7);
    for (const [track, fixes] of tracks) {
      const places = fixes.flatMap(({ point }, i) => (i % 20 === 10 ? [square('site', point, 300, { id: `site-${i}` })] : []));
      const clean = reportsOf(track, fixes).sort(compareReports);
      const noisy = [...clean];
      for (const report of clean) {
        if (random() < 0.3) noisy.splice(noisy.indexOf(report) + 1 + Math.floor(random() * 10), 0, { ...report, buffered: true });
      }
      const [once, again] = [play(clean, places), play(noisy, places)];
      expect(again.transitions).toEqual(once.transitions);
      expect(again.state).toEqual(once.state);

      // Every ninth fix is heard five reports late: as if it had not been sent at all.
      const [kept, held] = [clean.filter((_, i) => i % 9 !== 4), clean.filter((_, i) => i % 9 === 4)];
      const shuffled = kept.flatMap((report, i) => (i % 8 === 7 && held[(i - 7) / 8] ? [report, held[(i - 7) / 8]!] : [report]));
      const [without, outOfOrder] = [play(kept, places), play(shuffled, places)];
      expect(outOfOrder.transitions).toEqual(without.transitions);
      expect(outOfOrder.state).toEqual(without.state);
    }
  });
});

/** Of real tracks, as of made ones, what stands in the end does not depend on the order in which it was heard. */
describeReal('real tracks on which rules are broken', () => {
  /** Everything that a track of some length may be accused of; the rest needs cameras, hours or kilometres. */
  const ACCUSED = ['uncovered-load', 'spill', 'illegal-dumping', 'wrong-yard', 'off-route', 'out-of-hours', 'no-go', 'speeding', 'no-permit', 'overload'];
  const tracks = present ? [...readTracks()].filter(([, fixes]) => fixes.length >= 30) : [];
  const logs = tracks.map(([track, fixes], n) => {
    const reports = misdriven(reportsOf(track, fixes)).sort(compareReports);
    return { track, log: reports.map((report): Logged => ({ kind: 'report', report, doubt: null })), judging: accusing(fixes, n) };
  });
  const heard = (judging: Judging, batches: Logged[][]): string[] => {
    const server = new TestServer(judging);
    for (const batch of batches) {
      for (const logged of batch) server.hear(logged);
      server.settle();
    }
    return server.told();
  };
  const shuffled = (log: Logged[], random: () => number) =>
    log
      .map((logged) => ({ logged, by: random() }))
      .sort((a, b) => a.by - b.by)
      .map(({ logged }) => logged);

  it('give alerts of many rules', () => {
    const rules = logs.flatMap(({ log, judging }) => toldInOrder(log, judging).map((line) => line.slice(2, line.indexOf(':'))));
    expect(rules.length).toBeGreaterThan(100);
    expect(ACCUSED.filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it.each<[string, (log: Logged[], random: () => number) => Logged[][]]>([
    ['in order', (log) => [log]],
    ['shuffled', (log, random) => [shuffled(log, random)]],
    ['twice', (log, random) => [[...log, ...log], shuffled(log, random)]],
    ['in batches', (log, random) => inBatches(shuffled(log, random))],
    ['in uploads of six, some of them late', (log, random) => uploads(log, random)],
    ['with the middle third a day late', (log) => middleLate(log)],
  ])('give the same alerts %s', (_, order) => {
    const random = dice(20_261_128);
    for (const { track, log, judging } of logs) {
      expect({ track, told: heard(judging, order(log, random)) }).toEqual({ track, told: toldInOrder(log, judging) });
    }
  });
});

/** Driven empty at first, then loaded and too heavy; the cover opens, the bed goes up on the way, and at the end the load is gone. */
function misdriven(reports: Report[]): Report[] {
  return reports.map((report, i) => {
    const share = i / reports.length;
    const loadKg = share < 0.2 || share > 0.95 ? 300 : 24_000;
    const raised = (share > 0.7 && share < 0.76) || share > 0.92;
    return { ...report, loadKg, cover: share > 0.4 && share < 0.6 ? 'open' : 'closed', bed: null, bedAngleDeg: raised ? 45 : 1 };
  });
}

/** A site where the load comes on, a slow zone and a forbidden one on the way, a yard at the end of every other track; a permit for somewhere else, or for other routes, hours and yards. */
function accusing(fixes: Fix[], n: number): Judging {
  const pointAt = (share: number) => fixes[Math.floor(fixes.length * share)]!.point;
  const site = square('site', pointAt(0.2), 200);
  const places = [site, square('speed-zone', pointAt(0.5), 1_500, { limitKmh: 10 }), square('no-go', pointAt(0.65), 300)];
  if (n % 2) places.push(square('yard', fixes.at(-1)!.point, 300));
  const route: Route = {
    id: 'route-1',
    name: 'route',
    geometry: { type: 'LineString', coordinates: [east(3_000, 0, pointAt(0.2)), east(3_000, 3_000, pointAt(0.9))] },
    widthM: 30,
    validFrom: null,
    validTo: null,
  };
  const { at: began } = fixes[0]!;
  const hour = (plus: number) => new Date(began + (8 + plus) * 3_600_000).toISOString().slice(11, 16);
  const siteId = n % 3 ? site.id : 'elsewhere';
  return {
    truck: TRUCK,
    worlds: worldsOf(places, {
      permits: [permit({ siteId, yardIds: ['another'], routeIds: ['route-1'], hours: [{ from: hour(5), to: hour(8) }] })],
      routes: [route],
    }),
    rules: RULES,
  };
}

/** Six fixes an upload, as terminals send them; every fifth is heard after all the others. */
function uploads(log: Logged[], random: () => number): Logged[][] {
  const batches = Array.from({ length: Math.ceil(log.length / 6) }, (_, i) => log.slice(6 * i, 6 * i + 6));
  const late = batches.map(() => random() < 0.2);
  return [batches.filter((_, i) => !late[i]).flat(), ...batches.filter((_, i) => late[i])];
}

function inBatches(log: Logged[]): Logged[][] {
  return [0, 1, 2, 3, 4].map((n) => log.filter((_, i) => i % 5 === n));
}

function middleLate(log: Logged[]): Logged[][] {
  const third = Math.floor(log.length / 3);
  return [[...log.slice(0, third), ...log.slice(2 * third)], log.slice(third, 2 * third)];
}

/** No fix lies in the place or within 30 m of it, and no line between two. */
function isClearOf({ geometry }: Place, fixes: Fix[]): boolean {
  return fixes.every(
    ({ point }, i) =>
      !contains(geometry, point) && borderDistanceM(geometry, point) > 30 && (i === 0 || borderCrossings(geometry, fixes[i - 1]!.point, point).length === 0),
  );
}

/** The truck comes from outside, is well inside for 12 s and three fixes, and goes out for good; it does not stand near the border on the way. */
function isOnePassage(fixes: Fix[], centre: Point, sizeM: number): boolean {
  const past = fixes.map(({ point }) => pastM(point, centre, sizeM));
  const [from, to] = [past.findIndex((metres) => metres < 30), past.findLastIndex((metres) => metres < 30)];
  if (from < 2 || to > fixes.length - 3 || fixes.at(-1)!.at - fixes[to + 1]!.at < 12_000) return false;
  if (past.slice(from, to + 1).some((metres) => metres >= 30)) return false;
  const [deepFrom, deepTo] = [past.findIndex((metres) => metres < -30), past.findLastIndex((metres) => metres < -30)];
  if (deepFrom < 0 || deepTo - deepFrom < 2 || fixes[deepTo]!.at - fixes[deepFrom]!.at < 12_000) return false;
  if (past.slice(deepFrom, deepTo + 1).some((metres) => metres >= -30)) return false;
  return fixes[deepFrom]!.at - fixes[from]!.at < 60_000 && fixes[to]!.at - fixes[deepTo]!.at < 60_000;
}

import { at, clock, clockOf, drive, east, HOME, noisy, opened, permit, replay, replayed, route, seeded, square } from '../testing.js';
import type { Report } from '../report.js';
import { offRoute } from './off-route.js';

const LOADED = { loadKg: 18_000 };
const ROUTES = [route([HOME, east(20_000)])];
const PERMITS = [permit({ routeIds: ['route-1'] })];
const APPROVED = { routes: ROUTES, permits: PERMITS };
/** Beside the line, so many metres north of it. */
const beside = (north: number, minutes = 5, said: Partial<Report> = {}, start = '08:00:00', from = 2_000) =>
  drive(start, east(from, north), east(20_000, north), 36, 10, { ...LOADED, ...said }).slice(0, minutes * 6);
const ends = (found: ReturnType<typeof replay>) => found.filter(({ ended }) => ended !== null).map(({ ended }) => clockOf(ended!));

describe('off-route', () => {
  it('finds a loaded truck that is off the route for 60 s and 300 m', () => {
    const found = replay(offRoute, beside(200), APPROVED);
    // The load is known with its third reading, at 08:00:20.
    expect(opened(found)).toEqual(['off-route minor 08:00:20']);
    expect(found[0]).toMatchObject({ scope: '-', ended: null, evidence: { durationS: 60, distanceM: 600, maxOffM: 150, routeId: 'route-1' } });
  });

  it('allows half of the width and what the fix may err, 15 m where it does not say', () => {
    expect(replay(offRoute, beside(54), APPROVED)).toEqual([]);
    expect(opened(replay(offRoute, beside(56), APPROVED))).toHaveLength(1);
    expect(replay(offRoute, beside(64, 5, { accuracyM: null }), APPROVED)).toEqual([]);
    expect(opened(replay(offRoute, beside(66, 5, { accuracyM: null }), APPROVED))).toHaveLength(1);
    expect(replay(offRoute, beside(95, 5, { accuracyM: 48 }), APPROVED)).toEqual([]);
    expect(replay(offRoute, beside(95), { ...APPROVED, routes: [route([HOME, east(20_000)], { widthM: 200 })] })).toEqual([]);
  });

  it('forgives less than 60 s, and a truck that stands or crawls beside the route', () => {
    const back = drive('08:01:20', east(2_800), east(9_000), 36, 10, LOADED).slice(0, 12);
    expect(replay(offRoute, [...beside(200, 5).slice(0, 8), ...back], APPROVED)).toEqual([]);
    const crawls = drive('08:00:00', east(2_000, 200), east(2_280, 200), 3.6, 10, LOADED);
    expect(replay(offRoute, crawls, APPROVED)).toEqual([]);
    const stands = Array.from({ length: 60 }, (_, i) => at(clock('08:00:00') + i * 10_000, { ...LOADED, point: east(2_000 + (i % 3) * 40, 200), speedKmh: 0 }));
    expect(replay(offRoute, stands, APPROVED)).toEqual([]);
  });

  it('says nothing of an empty truck, of one whose load nobody knows, and where the fix is too poor', () => {
    expect(replay(offRoute, beside(200, 5, { loadKg: 300 }), APPROVED)).toEqual([]);
    expect(replay(offRoute, beside(200, 5, { loadKg: null }), APPROVED)).toEqual([]);
    expect(replay(offRoute, beside(200, 5, { accuracyM: 60 }), APPROVED)).toEqual([]);
  });

  it('says nothing where any way is approved: no permit, none for the site, one without routes, or only with routes that do not exist', () => {
    for (const setting of [
      {},
      { ...APPROVED, permits: [] },
      { ...APPROVED, permits: [permit()] },
      { ...APPROVED, routes: [] },
      { ...APPROVED, routes: [{ ...ROUTES[0]!, validTo: clock('08:00:00') }] },
      { ...APPROVED, permits: [...PERMITS, permit({ id: 'any-way', siteId: 'site-2' })] },
    ]) {
      expect(replay(offRoute, beside(200), setting)).toEqual([]);
    }
  });

  it('goes by the permit of the site that the haul left, and by all of the truck where the site is not known', () => {
    const site = square('site', HOME, 300);
    const other = permit({ id: 'other', siteId: 'site-2', routeIds: ['other'] });
    const routes = [...ROUTES, route([east(0, 400), east(20_000, 400)], { id: 'other' })];
    const loading = Array.from({ length: 30 }, (_, i) => at(clock('07:55:00') + i * 10_000, { point: HOME, speedKmh: 0, loadKg: i < 15 ? 300 : 18_000 }));
    const away = drive('08:00:00', HOME, east(500, 400), 36, 10, LOADED);
    const along = drive('08:01:10', east(510, 400), east(5_000, 400), 36, 10, LOADED);
    const setting = { places: [site], routes, permits: [...PERMITS, other] };
    expect(opened(replay(offRoute, [...loading, ...away, ...along], setting))).toHaveLength(1);
    expect(replay(offRoute, along, setting)).toEqual([]);
    expect(replay(offRoute, [...loading, ...away, ...along], { ...setting, permits: [other] })).toEqual([]);
  });

  it('counts what was driven while the scales were faulty, between two reports of the load', () => {
    const faulty = (reports: Report[]) => reports.map((report, i): Report => (i % 6 ? { ...report, loadState: 'fault' } : report));
    expect(opened(replay(offRoute, [...beside(200, 1), ...faulty(beside(200, 4).slice(6))], APPROVED))).toEqual(['off-route minor 08:00:20']);
    const broken = beside(200, 4).map((report, i): Report => (i > 4 ? { ...report, loadState: 'fault' } : report));
    expect(replay(offRoute, broken, APPROVED)).toEqual([]);
  });

  it('says nothing of a truck whose newest reading says that the load has gone, though «loaded» still stands', () => {
    const tipped = beside(200, 5).map((report, i): Report => ({ ...report, loadKg: i < 3 ? 18_000 : i === 3 ? 3_000 : i < 15 ? null : 300 }));
    expect(replay(offRoute, tipped, APPROVED)).toEqual([]);
    const word = (i: number) => (i < 3 ? 'full' : i === 3 ? 'empty' : i === 4 ? 'fault' : null);
    const inWords = beside(200, 5).map((report, i): Report => ({ ...report, loadKg: null, loadState: word(i) }));
    expect(replay(offRoute, inWords, APPROVED)).toEqual([]);
  });

  it('lets a truck go its own way within 30 m of a site or yard', () => {
    const yard = square('yard', east(11_000, 300), 18_000, { id: 'yard-9' });
    expect(replay(offRoute, beside(9_320, 5), { ...APPROVED, places: [yard] })).toEqual([]);
    expect(opened(replay(offRoute, beside(9_340, 5), { ...APPROVED, places: [yard] }))).toHaveLength(1);
  });

  it('grows serious after 10 min, and ends when the truck has been back on a route for 30 s', () => {
    const off = beside(200, 12);
    const back = drive('08:12:00', east(9_200), east(12_000), 36, 10, LOADED).slice(0, 6);
    const found = replay(offRoute, [...off, ...back], APPROVED);
    expect(opened(found)).toEqual(['off-route minor 08:00:20']);
    expect(found.find(({ severity }) => severity === 'serious')!.evidence.durationS).toBe(600);
    expect(ends(found)).toEqual(['08:12:00']);
    expect(found.at(-1)!).toMatchObject({ severity: 'serious', evidence: { maxOffM: 150 } });
    expect(found.at(-1)!.evidence.distanceM).toBeGreaterThan(6_800);
  });

  it('stays one episode over a stray report on the route and a crossing of it', () => {
    const reports = beside(200, 6).map((report, i) => (i >= 18 && i <= 19 ? { ...report, point: east(2_000 + i * 100, 20) } : report));
    expect(opened(replay(offRoute, reports, APPROVED))).toHaveLength(1);
  });

  it('ends at a work place at once, and where the load is gone or any way is approved', () => {
    const yard = square('yard', east(4_000, 200), 400);
    expect(ends(replay(offRoute, beside(200, 5), { ...APPROVED, places: [yard] }))).toEqual(['08:03:00']);
    const gone = drive('08:03:00', east(3_800, 200), east(9_000, 200), 36, 10, { loadKg: 300 }).slice(0, 12);
    // The third empty reading is at 08:03:20; two of three are at 08:03:10.
    expect(ends(replay(offRoute, [...beside(200, 3), ...gone], APPROVED))).toEqual(['08:03:10']);
    const ranOut = [permit({ routeIds: ['route-1'], validTo: clock('08:03:00') })];
    expect(ends(replay(offRoute, beside(200, 5), { ...APPROVED, permits: ranOut }))).toEqual(['08:03:00']);
  });

  it('keeps nothing of a truck on its route', () => {
    expect(replayed(offRoute, beside(0), APPROVED).state.byRule).toEqual({});
  });

  it('tells noisy fixes on the route from a truck that is off it', () => {
    const random = seeded(7);
    for (let run = 0; run < 12; run++) {
      const width = { ...APPROVED, routes: [route([HOME, east(20_000)], { widthM: 30 })] };
      expect(replay(offRoute, noisy(beside(0, 30), random), width)).toEqual([]);
      const found = replay(offRoute, noisy(beside(200, 10), random), width);
      expect(opened(found)).toHaveLength(1);
      expect(found[0]!.began).toBeLessThan(clock('08:02:30'));
    }
  });
});

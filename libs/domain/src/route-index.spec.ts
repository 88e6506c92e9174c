import fc from 'fast-check';
import { lineDistanceM } from './geo.js';
import type { Point } from './report.js';
import type { Route } from './route.js';
import { RouteIndex } from './route-index.js';
import { clock, east, HOME } from './testing.js';

const RUNS = { seed: 20_261_123, numRuns: 300 };
const NOON = clock('12:00:00');
const route = (id: string, coordinates: Point[], more: Partial<Route> = {}): Route => ({
  id,
  name: id,
  geometry: { type: 'LineString', coordinates },
  widthM: 40,
  validFrom: null,
  validTo: null,
  ...more,
});
/** Due east from HOME, 5 km long. */
const road = route('road', [HOME, east(5_000)]);
const off = (routes: Route[], point: Point, ids = routes.map(({ id }) => id), at = NOON) => new RouteIndex(routes).offM(ids, point, at);

describe('how far off a route a point is', () => {
  it('is metres past the edge, 0 or less on the route', () => {
    expect(off([road], east(2_000))!.offM).toBeCloseTo(-20, 1);
    expect(off([road], east(2_000, 20))!.offM).toBeCloseTo(0, 1);
    expect(off([road], east(2_000, -50))!.offM).toBeCloseTo(30, 1);
    expect(off([road], east(5_300))!.offM).toBeCloseTo(280, 0);
    expect(off([road], east(2_000, 3_000))!.offM).toBeCloseTo(2_980, -1);
  });

  it('counts a route without a width of its own as 100 m wide', () => {
    expect(off([route('road', [HOME, east(5_000)], { widthM: null })], east(2_000, 70))!.offM).toBeCloseTo(20, 1);
  });

  it('is that to the nearest edge, not to the nearest line', () => {
    const wide = route('wide', [east(0, 300), east(5_000, 300)], { widthM: 400 });
    expect(off([road, wide], east(2_000, 130))).toEqual({ offM: expect.closeTo(-30, 0), routeId: 'wide' });
    expect(off([road, wide], east(2_000, -25))).toEqual({ offM: expect.closeTo(5, 0), routeId: 'road' });
  });

  it('looks no further than the first route that is near enough', () => {
    const beside = route('beside', [east(0, 30), east(5_000, 30)]);
    const index = new RouteIndex([road, beside]);
    expect(index.offM(['road', 'beside'], east(2_000, 25), NOON, 15)!.routeId).toBe('road');
    expect(index.offM(['road', 'beside'], east(2_000, 25), NOON)!.routeId).toBe('beside');
  });

  it('asks of the routes named, and of those that exist at the time', () => {
    const beside = route('beside', [east(0, 200), east(5_000, 200)], { validFrom: clock('08:00:00'), validTo: NOON });
    const routes = [road, beside];
    expect(off(routes, east(2_000), ['beside'], NOON - 1)).toEqual({ offM: expect.closeTo(180, 0), routeId: 'beside' });
    expect(off(routes, east(2_000, 200), undefined, NOON - 1)!.routeId).toBe('beside');
    expect(off(routes, east(2_000, 200))!.routeId).toBe('road');
    expect(off(routes, east(2_000), ['beside'])).toBeNull();
    expect(off(routes, east(2_000), ['beside'], clock('07:59:59'))).toBeNull();
    expect(off(routes, east(2_000), ['unknown'])).toBeNull();
    expect(off(routes, east(2_000), [])).toBeNull();
  });

  it('is not misled by a long slanting piece whose box comes near', () => {
    const slanting = route('slanting', [east(-3_000, -2_900), east(3_000, 3_100)]);
    const beyond = {
      ...slanting,
      geometry: { type: 'MultiLineString' as const, coordinates: [slanting.geometry.coordinates as Point[], [east(85), east(90)]] },
    };
    // The slanting piece passes 71 m off, its box holds the point; the short one lies 85 m away, out of the first box searched.
    expect(off([beyond], HOME)!.offM).toBeCloseTo(71 - 20, 0);
    const farther = {
      ...beyond,
      geometry: {
        ...beyond.geometry,
        coordinates: [
          [east(-3_000, -2_800), east(3_000, 3_200)],
          [east(85), east(90)],
        ],
      },
    };
    expect(off([farther], HOME)!.offM).toBeCloseTo(85 - 20, 0);
  });

  it('agrees with the plain distance to the line, wherever the point', () => {
    const near = fc.tuple(fc.integer({ min: -4_000, max: 4_000 }), fc.integer({ min: -4_000, max: 4_000 })).map(([x, y]) => east(x, y));
    const line = fc.array(near, { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(line, line, fc.option(fc.integer({ min: 1, max: 1_000 })), near, (one, other, widthM, point) => {
        const routes = [route('a', one, { widthM }), route('b', other)];
        const plain = routes.map(({ geometry, widthM }) => lineDistanceM(geometry, point) - (widthM ?? 100) / 2);
        expect(off(routes, point)!.offM).toBeCloseTo(Math.min(...plain), 6);
      }),
      RUNS,
    );
  });
});

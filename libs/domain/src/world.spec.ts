import * as turf from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import { clock, east, HOME, square, TRUCK, UTC_PLUS_8, worldOf } from './testing.js';
import type { Place } from './place.js';
import type { Permit } from './permit.js';
import type { Route } from './route.js';
import { type PlaceVersion, WorldHistory, type WorldVersions } from './world.js';

const ids = (places: readonly Place[]) => places.map(({ id }) => id).sort();

describe('what a point lies in', () => {
  it('is every place that contains it, overlapping ones too', () => {
    const world = worldOf([square('site', HOME, 200), square('no-go', east(50), 200), square('yard', east(500), 200)]);
    expect(ids(world.hits(HOME).within)).toEqual(['no-go-1', 'site-1']);
    expect(ids(world.hits(east(5_000)).within)).toEqual([]);
  });

  it('is not the hole of a place, and each part of one in several', () => {
    const [outer, hole, part] = [square('no-go', HOME, 400), square('no-go', HOME, 100), square('no-go', east(1_000), 100)].map(
      (place) => (place.geometry as Polygon).coordinates[0]!,
    );
    const holed = { ...square('no-go', HOME, 1), geometry: { type: 'MultiPolygon', coordinates: [[outer!, hole!], [part!]] } as MultiPolygon };
    const world = worldOf([holed]);
    expect([HOME, east(100), east(1_000), east(600)].map((point) => world.hits(point).within.length)).toEqual([0, 1, 1, 0]);
  });

  it('is at work up to 30 m past a site or a yard, in a hole of one as well, and past nothing else', () => {
    const world = worldOf([square('site', HOME, 200), square('parking-lot', HOME, 200)]);
    expect(ids(world.hits(east(129.5)).workPlaces)).toEqual(['site-1']);
    expect(ids(world.hits(east(129.5)).within)).toEqual([]);
    expect(ids(world.hits(east(130.5)).workPlaces)).toEqual([]);
    expect(ids(world.hits(HOME).workPlaces)).toEqual(['site-1']);
  });

  it('agrees with Turf over a whole city', () => {
    const places = Array.from({ length: 200 }, (_, i) =>
      square('site', east((i * 7_919) % 9_000, (i * 104_729) % 9_000), 100 + ((i * 31) % 900), { id: `p${i}` }),
    );
    const world = worldOf(places);
    for (let i = 0; i < 300; i++) {
      const point = east((i * 6_151) % 9_000, (i * 3_079) % 9_000);
      expect(ids(world.hits(point).within)).toEqual(ids(places.filter((place) => turf.booleanPointInPolygon(point, place.geometry))));
    }
  });

  it('names the nearest place that exists, the place itself before the zone around it', () => {
    const world = worldOf([
      square('no-go', HOME, 2_000),
      square('yard', HOME, 200),
      square('site', east(300), 100, { validTo: clock('07:00:00') }),
      square('parking-lot', east(20_000), 100),
    ]);
    expect(world.nearest(HOME, clock('08:00:00'))).toMatchObject({ place: { id: 'yard-1' }, distanceM: 0 });
    expect(world.nearest(east(1_050), clock('08:00:00'))!.place.id).toBe('no-go-1');
    expect(world.nearest(east(1_050), clock('08:00:00'))!.distanceM).toBeCloseTo(50, 0);
    expect(worldOf([]).nearest(HOME, 0)).toBeNull();
    expect(world.nearest(east(100_000), clock('08:00:00'))).toBeNull();
  });
});

describe('places that exist', () => {
  const exists = (more: Partial<Place>, time: string, kind: Place['kind'] = 'site') => worldOf().exists(square(kind, HOME, 100, more), clock(time));

  it('exist from validFrom up to validTo, and during their hours', () => {
    const valid = { validFrom: clock('08:00:00'), validTo: clock('09:00:00') };
    expect(['07:59:59', '08:00:00', '08:59:59', '09:00:00'].map((time) => exists(valid, time))).toEqual([false, true, true, false]);
    const hours = [{ from: '21:00', to: '05:00' }];
    expect(['20:00:00', '22:00:00'].map((time) => exists({ hours }, time))).toEqual([false, true]);
    expect(exists({ hours: [] }, '08:00:00')).toBe(false);
    expect(exists({ hours }, '20:00:00', 'parking-lot')).toBe(true);
  });
});

describe('worlds of the past', () => {
  const version = (fromAt: string, place: Place | null, id = 'site-1'): PlaceVersion => ({ id, fromAt: clock(fromAt), place });
  const history = (places: PlaceVersion[], limits: WorldVersions['limits'] = [], more: Partial<WorldVersions> = {}, before: WorldHistory | null = null) =>
    new WorldHistory({ places, limits, utcOffset: UTC_PLUS_8, ...more }, before);
  const [small, large] = [square('site', HOME, 100), square('site', HOME, 1_000)];

  it('judge a moment by the version in force at its own time', () => {
    const worlds = history([version('10:00:00', large), version('08:00:00', small), version('12:00:00', null)]);
    const inside = (time: string) => worlds.at(clock(time)).hits(east(300)).within.length;
    expect(['07:00:00', '08:00:00', '09:59:59', '10:00:00', '11:59:59', '12:00:00'].map(inside)).toEqual([0, 0, 0, 1, 1, 0]);
    expect(worlds.at(clock('07:00:00')).places).toEqual([]);
    expect(worlds.at(clock('09:00:00'))).toBe(worlds.at(clock('08:00:00')));
  });

  it('have the city’s own limits while they are in force, over the defaults', () => {
    const worlds = history(
      [],
      [
        { rule: 'speeding', fromAt: clock('08:00:00'), limits: { loadedKmh: 50 } },
        { rule: 'speeding', fromAt: clock('09:00:00'), limits: null },
      ],
    );
    const limits = (time: string) => worlds.at(clock(time)).limits('speeding', { loadedKmh: 60, emptyKmh: 80 });
    expect(limits('07:00:00')).toEqual({ loadedKmh: 60, emptyKmh: 80 });
    expect(limits('08:30:00')).toEqual({ loadedKmh: 50, emptyKmh: 80 });
    expect(limits('09:00:00')).toEqual({ loadedKmh: 60, emptyKmh: 80 });
  });

  it('are told apart by what is in force, also where a place is entered with a validFrom that another has', () => {
    const before = history([version('08:00:00', small)]);
    const after = history([version('08:00:00', small), version('08:00:00', large, 'site-2')]);
    expect(before.at(clock('09:00:00')).version).not.toBe(after.at(clock('09:00:00')).version);
    expect(before.at(clock('09:00:00')).version).toBe(history([version('08:00:00', small)]).at(clock('10:00:00')).version);
    expect(history([version('08:00:00', small), version('10:00:00', large, 'site-2')]).at(clock('09:00:00')).version).toBe(
      before.at(clock('09:00:00')).version,
    );
  });

  it('keep the newest built, however many old ones are asked for', () => {
    const hours = Array.from({ length: 20 }, (_, i) => `${String(i).padStart(2, '0')}:00:00`);
    const worlds = history(hours.map((hour) => version(hour, small)));
    const newest = worlds.at(clock('23:00:00'));
    for (const hour of hours) worlds.at(clock(hour));
    expect(worlds.at(clock('23:00:00'))).toBe(newest);
  });

  it('have the permits and routes in force', () => {
    const more = {
      permits: [
        { id: 'p1', fromAt: clock('08:00:00'), permit: permit('p1') },
        { id: 'p1', fromAt: clock('09:00:00'), permit: permit('p1', { companyId: 'company-2' }) },
        { id: 'p1', fromAt: clock('10:00:00'), permit: null },
      ],
      routes: [
        { id: 'r1', fromAt: clock('08:00:00'), route: route('r1') },
        { id: 'r1', fromAt: clock('09:30:00'), route: route('r1', { name: 'renamed' }) },
      ],
    };
    const worlds = history([], [], more);
    const seen = (time: string) => {
      const world = worlds.at(clock(time));
      return [world.permit('p1')?.companyId, world.permitsOf(TRUCK, clock(time)).length, world.route('r1')?.name];
    };
    expect(seen('07:59:59')).toEqual([undefined, 0, undefined]);
    expect(seen('08:00:00')).toEqual(['company-1', 1, 'r1']);
    expect(seen('09:00:00')).toEqual(['company-2', 0, 'r1']);
    expect(seen('10:00:00')).toEqual([undefined, 0, 'renamed']);
    const hours = ['07:00:00', '08:00:00', '09:00:00', '09:30:00', '10:00:00'];
    expect(new Set(hours.map((time) => worlds.at(clock(time)).version)).size).toBe(hours.length);
  });

  it('share what has not changed, whoever made them', () => {
    const places = [version('08:00:00', small), version('10:00:00', large)];
    const before = history(places);
    const after = history(places, [], { permits: [{ id: 'p1', fromAt: clock('11:00:00'), permit: permit('p1') }] }, before);
    const placesAt = (worlds: WorldHistory, time: string) => worlds.at(clock(time)).places;
    expect(after.at(clock('11:00:00')).version).not.toBe(before.at(clock('11:00:00')).version);
    expect(placesAt(after, '11:00:00')).toBe(placesAt(before, '11:00:00'));
    expect(placesAt(after, '09:00:00')).toBe(placesAt(before, '09:00:00'));
    expect(placesAt(after, '09:00:00')).not.toBe(placesAt(after, '11:00:00'));
    expect(placesAt(after, '11:00:00')).not.toBe(placesAt(history(places), '11:00:00'));
  });
});

describe('the permits of a truck', () => {
  const ids = (permits: Permit[], time = '08:00:00') =>
    worldOf([], [], 1, { permits })
      .permitsOf(TRUCK, clock(time))
      .map(({ id }) => id);

  it('are those that name it, and those of its company that name no truck', () => {
    const own = permit('own', { truckIds: ['truck-0', TRUCK.id] });
    const others = permit('others', { truckIds: ['truck-0'] });
    expect(ids([own, permit('company'), others, permit('elsewhere', { companyId: 'company-2' })])).toEqual(['own', 'company']);
    expect(ids([permit('b'), permit('a')])).toEqual(['a', 'b']);
    expect(ids([own])).toEqual(['own']);
  });

  it('are those in force, within their hours or not', () => {
    const valid = permit('p', { validFrom: clock('08:00:00'), validTo: clock('09:00:00'), hours: [{ from: '21:00', to: '22:00' }] });
    expect(['07:59:59', '08:00:00', '08:59:59', '09:00:00'].map((time) => ids([valid], time).length)).toEqual([0, 1, 1, 0]);
  });

  it('cost nothing where there are none', () => {
    const world = worldOf([], [], 1, { permits: [permit('elsewhere', { companyId: 'company-2' })] });
    expect(world.permitsOf(TRUCK, 0)).toBe(world.permitsOf({ id: 'truck-9', companyId: 'company-9' }, 1));
  });
});

function permit(id: string, more: Partial<Permit> = {}): Permit {
  const nothing = { truckIds: [], routeIds: [], hours: null, validFrom: null, validTo: null, volumeM3: null };
  return { id, companyId: TRUCK.companyId, siteId: 'site-1', yardIds: ['yard-1'], ...nothing, ...more };
}

function route(id: string, more: Partial<Route> = {}): Route {
  return { id, name: id, geometry: { type: 'LineString', coordinates: [HOME, east(1_000)] }, widthM: null, validFrom: null, validTo: null, ...more };
}

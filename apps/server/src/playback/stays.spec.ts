import type { Report } from '@muckwatch/domain';
import { at, clock, clockOf, drive, east, HOME, square, TRUCK, worldOf } from '@muckwatch/domain/testing';
import { StaysReader } from './stays.js';

const site = square('site', HOME, 400);
const zone = square('speed-zone', east(1_500), 1_000, { limitKmh: 30 });
const world = worldOf([site, zone], [['speeding', { loadedKmh: 50, emptyKmh: 70 }]]);

function read(reports: Report[], truck: typeof TRUCK | null = TRUCK): StaysReader {
  const reader = new StaysReader();
  for (const report of reports) reader.add(report, truck, world);
  reader.end();
  return reader;
}

const loading = [0, 30, 60, 90, 120, 150, 180, 210, 240].map((s) => at(clock('08:00:00') + s * 1_000, { speedKmh: 0, loadKg: s < 120 ? 100 : 17_000 }));
const out = drive('08:04:10', HOME, east(2_600), 40, 10, { loadKg: 17_000 });

describe('what a truck’s reports come to', () => {
  const { stops, visits, loads, limits } = read([...loading, ...out]);

  it('says where it stood, and in which places it was', () => {
    expect(stops.map(({ from, to }) => [clockOf(from), clockOf(to)])).toEqual([['08:00:00', '08:04:00']]);
    expect(visits.map(({ place }) => place.id)).toEqual(['site-1', 'speed-zone-1']);
    const [inSite, inZone] = visits;
    expect(clockOf(inSite!.from)).toBe('08:00:00');
    // Out of the site after 200 m, through the zone's 1,000 m at 40 km/h.
    expect(inSite!.to - clock('08:04:10')).toBeLessThanOrEqual(30_000);
    expect(inZone!.to - inZone!.from).toBeGreaterThanOrEqual(80_000);
    expect(inZone!.to - inZone!.from).toBeLessThanOrEqual(100_000);
  });

  it('says which load it had, and which limit held: the zone’s before its own', () => {
    expect(loads.map(({ held }) => held)).toEqual(['empty', 'loaded']);
    expect(loads[1]!.from - clock('08:02:00')).toBeLessThanOrEqual(60_000);
    expect(limits.map(({ held }) => held)).toEqual([
      { limitKmh: 70, of: 'empty' },
      { limitKmh: 50, of: 'loaded' },
      { limitKmh: 30, of: 'zone' },
      { limitKmh: 50, of: 'loaded' },
    ]);
    for (let i = 1; i < limits.length; i++) expect(limits[i]!.from).toBe(limits[i - 1]!.to);
  });

  it('says nothing of a load and a limit that nobody knew', () => {
    const silent = read(loading.map((report) => ({ ...report, loadKg: null })));
    expect([silent.loads, silent.limits]).toEqual([[], []]);
    expect(read(loading, null).loads).toEqual([]);
  });

  it('lets nothing last over a silence', () => {
    const later = [0, 30, 60].map((s) => at(clock('09:00:00') + s * 1_000, { speedKmh: 0, loadKg: 17_000 }));
    const seen = read([...loading, ...later]);
    expect(seen.limits.map(({ from, to }) => [clockOf(from), clockOf(to)])).toEqual([
      [expect.any(String), expect.any(String)],
      [expect.any(String), '08:04:00'],
      ['09:01:00', '09:01:00'], // the load is known again after three readings
    ]);
  });
});

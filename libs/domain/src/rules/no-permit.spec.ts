import { at, clock, clockOf, drive, east, HOME, noisy, opened, permit, replay, replayed, seeded, square, worldOf } from '../testing.js';
import type { Permit } from '../permit.js';
import type { Point, Report } from '../report.js';
import { noPermit } from './no-permit.js';

const FULL = 18_000;
const SITE = square('site', HOME, 300);
const YARD = square('yard', east(5_000), 300);
const PLACES = [SITE, YARD];
const stay = (from: string, minutes: number, point: Point, load: (minute: number) => number | null, said: Partial<Report> = {}) =>
  Array.from({ length: minutes * 6 }, (_, i) => at(clock(from) + i * 10_000, { point, speedKmh: 0, loadKg: load(i / 6), ...said }));

/** Comes to the site at 07:58 with so much, loads for 6 min, leaves with so much, and unloads at the yard. */
const round = (came: number | null, went: number | null): Report[] => [
  ...drive('07:58:00', east(-1_000), east(-20), 36, 10, { loadKg: came }),
  ...stay('08:00:00', 6, HOME, (minute) => (minute < 2 ? came : went)),
  ...drive('08:06:00', east(20), east(4_980), 36, 10, { loadKg: went }),
  ...stay('08:15:00', 5, east(5_000), (minute) => (minute < 2 ? went : went && 300)),
];
const ends = (found: ReturnType<typeof replay>) => found.filter(({ ended }) => ended !== null).map(({ ended }) => clockOf(ended!));

describe('no-permit', () => {
  it('finds a truck that leaves the site loaded without a permit that names it, until its haul ends', () => {
    const found = replay(noPermit, round(300, FULL), { places: PLACES, permits: [permit({ siteId: 'site-2' })] });
    expect(opened(found)).toEqual(['no-permit serious 08:06:20']);
    expect(found[0]).toMatchObject({ scope: '-', placeId: 'site-1', ended: null, evidence: { loadKg: FULL, activePermits: 1 } });
    expect(found).toHaveLength(2);
    expect(ends(found)).toEqual(['08:17:10']);
    expect(found[1]!.evidence.distanceM).toBeGreaterThan(4_500);
    expect(found[0]!.haulId).toBe(`truck-1:${clock('08:06:20')}`);
  });

  it('says nothing where a permit of the truck names the site, outside of its hours too, and though several do', () => {
    const night = permit({ hours: [{ from: '21:00', to: '05:00' }] });
    for (const permits of [[permit()], [night], [permit(), permit({ id: 'second' })], [permit({ truckIds: ['truck-1'] })]]) {
      expect(replay(noPermit, round(300, FULL), { places: PLACES, permits })).toEqual([]);
    }
  });

  it('goes by the permits in force for the truck when it left', () => {
    const openedWith = (permits: Permit[]) => opened(replay(noPermit, round(300, FULL), { places: PLACES, permits })).length;
    expect(openedWith([permit({ validTo: clock('08:06:20') })])).toBe(1);
    expect(openedWith([permit({ validTo: clock('08:06:21') })])).toBe(0);
    expect(openedWith([permit({ validFrom: clock('08:06:20') })])).toBe(0);
    expect(openedWith([permit({ validFrom: clock('08:06:21') })])).toBe(1);
    expect(openedWith([permit({ truckIds: ['truck-2'] })])).toBe(1);
    expect(openedWith([permit({ companyId: 'company-2' })])).toBe(1);
  });

  it('says nothing of a truck that leaves empty, or whose load nobody knows', () => {
    expect(replay(noPermit, round(300, 300), { places: PLACES })).toEqual([]);
    expect(replay(noPermit, round(null, null), { places: PLACES })).toEqual([]);
  });

  it('says nothing of a truck that came loaded: it passes through, turns there, or unloads there and loads again', () => {
    expect(replay(noPermit, round(FULL, FULL), { places: PLACES })).toEqual([]);
    const fills = [
      ...drive('07:58:00', east(-1_000), east(-20), 36, 10, { loadKg: FULL }),
      ...stay('08:00:00', 12, HOME, (minute) => (minute < 3 || minute > 8 ? FULL : 300)),
      ...drive('08:12:00', east(20), east(4_980), 36, 10, { loadKg: FULL }),
    ];
    expect(replay(noPermit, fills, { places: PLACES })).toEqual([]);
  });

  it('counts a truck first seen in the site as loaded there', () => {
    const from = (minute: number) => round(300, FULL).filter(({ at: time }) => time >= clock('08:00:00') + minute * 60_000);
    expect(opened(replay(noPermit, from(4), { places: PLACES }))).toHaveLength(1);
    expect(opened(replay(noPermit, from(0), { places: PLACES }))).toHaveLength(1);
  });

  it('says nothing of a load found on the road, and of a place that is no site', () => {
    expect(replay(noPermit, drive('08:06:00', east(1_000), east(4_000), 36, 10, { loadKg: FULL }), { places: PLACES })).toEqual([]);
    expect(replay(noPermit, round(300, FULL), { places: [square('parking-lot', HOME, 300), YARD] })).toEqual([]);
  });

  it('is one alert a haul', () => {
    const again = round(300, FULL).map((report) => ({ ...report, at: report.at + 3_600_000, digest: `again ${report.at}` }));
    const back = drive('08:20:00', east(5_020), east(9_000), 36, 10, { loadKg: 300 });
    expect(opened(replay(noPermit, [...round(300, FULL), ...back, ...again], { places: PLACES }))).toEqual([
      'no-permit serious 08:06:20',
      'no-permit serious 09:06:20',
    ]);
  });

  it('does not accuse a truck around which a site was entered while it stood there loaded', () => {
    const worlds = (time: number) => worldOf(time < clock('08:05:00') ? [YARD] : PLACES, [], time < clock('08:05:00') ? 1 : 2);
    expect(replay(noPermit, round(300, FULL), { worlds })).toEqual([]);
  });

  it('holds under noise, and keeps nothing of a truck on the road', () => {
    const random = seeded(3);
    for (let run = 0; run < 12; run++) {
      expect(opened(replay(noPermit, noisy(round(300, FULL), random), { places: PLACES }))).toHaveLength(1);
      expect(replay(noPermit, noisy(round(300, FULL), random), { places: PLACES, permits: [permit()] })).toEqual([]);
      expect(replay(noPermit, noisy(round(FULL, FULL), random), { places: PLACES })).toEqual([]);
    }
    expect(replayed(noPermit, drive('08:06:00', east(1_000), east(4_000), 36, 10, { loadKg: FULL })).state.byRule).toEqual({});
  });
});

import { at, clock, clockOf, drive, east, HOME, permit, replayed, square, TRUCK } from './testing.js';
import type { Permit } from './permit.js';
import type { Place } from './place.js';
import type { Report } from './report.js';

const SITE = square('site', HOME, 300);
const YARD = square('yard', east(5_000), 300);
const FULL = 18_000;
const stay = (from: string, minutes: number, point: [number, number], said: Partial<Report> = {}) =>
  Array.from({ length: minutes * 6 }, (_, i) => at(clock(from) + i * 10_000, { point, speedKmh: 0, ...said }));
const haulsOf = (reports: Report[], places: Place[] = [SITE, YARD], truck = TRUCK) => replayed([], reports, { places, truck }).hauls;

/** Loads for 5 min from 08:00, drives for 7.5 min, tips for 5 min, drives away. */
function delivery(loads: { site: (number | null)[]; road: number | null; yard: (number | null)[]; back: number | null }, said: Partial<Report> = {}): Report[] {
  const loading = stay('08:00:00', 5, HOME, said).map((report, i) => ({ ...report, loadKg: loads.site[Math.min(loads.site.length - 1, Math.floor(i / 10))]! }));
  const road = drive('08:05:00', east(20), east(4_980), 40, 10, { loadKg: loads.road, ...said });
  const tipping = stay('08:12:40', 5, east(5_000), said).map((report, i) => ({
    ...report,
    loadKg: loads.yard[Math.min(loads.yard.length - 1, Math.floor(i / 10))]!,
  }));
  const back = drive('08:17:40', east(5_020), east(7_000), 40, 10, { loadKg: loads.back, ...said });
  return [...loading, ...road, ...tipping, ...back];
}

describe('a haul', () => {
  it('opens when the truck leaves a site loaded and ends where the load goes', () => {
    const hauls = haulsOf(delivery({ site: [300, FULL], road: FULL, yard: [FULL, 300], back: 300 }));
    expect(new Set(hauls.map(({ id }) => id)).size).toBe(1);
    const haul = hauls.at(-1)!;
    expect(haul).toMatchObject({ siteId: 'site-1', yardId: 'yard-1', ended: 'delivered', inferred: false, peakLoadKg: FULL, companyId: 'company-1' });
    expect(clockOf(haul.departedAt)).toBe('08:05:20');
    expect(clockOf(haul.arrivedAt!)).toBe('08:12:20');
    expect(clockOf(haul.unloadedAt!)).toBe('08:14:30');
    expect(haul.distanceM).toBeGreaterThan(4_500);
    expect(haul.distanceM).toBeLessThan(5_100);
  });

  it('names its permit where exactly one in force names the site', () => {
    const reports = delivery({ site: [300, FULL], road: FULL, yard: [FULL, 300], back: 300 });
    const permitOf = (permits: Permit[]) => replayed([], reports, { places: [SITE, YARD], permits }).hauls.at(-1)!.permitId;
    const elsewhere = permit({ id: 'elsewhere', siteId: 'site-2' });
    expect(permitOf([permit(), elsewhere])).toBe('permit-1');
    expect(permitOf([])).toBeNull();
    expect(permitOf([elsewhere])).toBeNull();
    expect(permitOf([permit(), permit({ id: 'second' })])).toBeNull();
    expect(permitOf([permit({ validTo: clock('08:05:00') })])).toBeNull();
  });

  it('is none where the truck leaves the site empty', () => {
    expect(haulsOf(delivery({ site: [300], road: 300, yard: [300], back: 300 }))).toEqual([]);
  });

  it('has its site though the scales were silent while it was loaded, and said «empty» before', () => {
    const silent = delivery({ site: [300, null, null, null, null], road: FULL, yard: [FULL, 300], back: 300 });
    const reports = silent.map((report) => (report.at < clock('08:06:00') && report.at >= clock('08:01:00') ? { ...report, loadKg: null } : report));
    expect(haulsOf(reports).at(-1)).toMatchObject({ siteId: 'site-1', ended: 'delivered' });
    expect(clockOf(haulsOf(reports).at(-1)!.departedAt)).toBe('08:05:20');
    const words = reports.map((report): Report => ({
      ...report,
      loadKg: null,
      loadState: report.loadKg === null ? null : report.loadKg > 300 ? 'full' : 'empty',
    }));
    expect(haulsOf(words).at(-1)).toMatchObject({ siteId: 'site-1', ended: 'delivered' });
  });

  it('is not from the site that was left empty, wherever it is loaded minutes later', () => {
    const empty = delivery({ site: [300], road: 300, yard: [300], back: 300 }).filter((report) => report.at < clock('08:08:00'));
    const loaded = stay('08:08:00', 3, east(2_000), { loadKg: FULL });
    expect(haulsOf([...empty, ...loaded]).at(-1)).toMatchObject({ siteId: null });
  });

  it('opens of a truck found loaded on the road, with no site', () => {
    const [haul] = haulsOf(drive('08:00:00', east(1_000), east(3_000), 40, 10, { loadKg: FULL }));
    expect(haul).toMatchObject({ siteId: null, ended: null });
    expect(clockOf(haul!.departedAt)).toBe('08:00:20');
  });

  it('does not open where the fix is too poor to say that the site is left, nor on its verge', () => {
    expect(haulsOf(stay('08:00:00', 3, HOME, { loadKg: FULL, accuracyM: 80 }))).toEqual([]);
    expect(haulsOf(stay('08:00:00', 3, east(170), { loadKg: FULL }))).toEqual([]);
  });

  it('is inferred from a site visit and a yard visit of 3 min each where the load is not known', () => {
    const unknown = { site: [null], road: null, yard: [null], back: null };
    const [haul, ...more] = haulsOf(delivery(unknown));
    expect(more).toEqual([]);
    expect(haul).toMatchObject({ siteId: 'site-1', yardId: 'yard-1', ended: 'delivered', inferred: true, peakLoadKg: null });
    const hurried = delivery(unknown).filter(({ at: time }) => time < clock('08:13:40') || time >= clock('08:17:40'));
    expect(haulsOf(hurried.map((report) => (report.at >= clock('08:17:40') ? { ...report, at: report.at - 240_000 } : report)))).toEqual([]);
  });

  it('goes on when the sensor fails on the way, and says then that its end is inferred', () => {
    const haul = haulsOf(
      delivery({ site: [300, FULL], road: FULL, yard: [null], back: null }).map((r) => (r.at > clock('08:10:00') ? { ...r, loadState: 'fault' as const } : r)),
    ).at(-1)!;
    expect(haul).toMatchObject({ ended: 'delivered', inferred: true, yardId: 'yard-1' });
  });

  it('is dumped where the load goes before our eyes outside every work place', () => {
    const road = drive('08:00:00', east(1_000), east(2_000), 40, 10, { loadKg: FULL });
    const dumped = haulsOf([...road, ...stay('08:01:40', 1, east(2_000), { loadKg: 300 })]).at(-1)!;
    expect(dumped).toMatchObject({ ended: 'dumped', yardId: null });
    const lot = square('parking-lot', east(2_000), 200);
    expect(haulsOf([...road, ...stay('08:01:40', 1, east(2_000), { loadKg: 300 })], [lot]).at(-1)!.ended).toBe('unknown');
    const unseen = haulsOf([...road, ...stay('09:30:00', 1, east(2_000), { loadKg: 300 })]).at(-1)!;
    expect(unseen.ended).toBe('unknown');
  });

  it('is delivered on the yard’s verge, and by a sensor that says «empty» only when the yard is left', () => {
    const road = drive('08:00:00', east(1_000), east(4_800), 40, 10, { loadKg: FULL });
    expect(haulsOf([...road, ...stay('08:06:00', 1, east(4_830), { loadKg: 300 })]).at(-1)!).toMatchObject({ ended: 'delivered', yardId: 'yard-1' });
    const slow = delivery({ site: [300, FULL], road: FULL, yard: [FULL], back: FULL }).map((r) => (r.at > clock('08:18:10') ? { ...r, loadKg: 300 } : r));
    expect(haulsOf(slow).at(-1)!).toMatchObject({ ended: 'delivered', yardId: 'yard-1' });
  });

  it('goes on over a yard that turned it away', () => {
    const other = square('yard', east(7_200), 300, { id: 'yard-2' });
    const turned = delivery({ site: [300, FULL], road: FULL, yard: [FULL], back: FULL });
    const hauls = haulsOf([...turned, ...stay('08:21:00', 3, east(7_200), { loadKg: 300 })], [SITE, YARD, other]);
    expect(new Set(hauls.map(({ id }) => id)).size).toBe(1);
    expect(hauls.at(-1)!).toMatchObject({ ended: 'delivered', yardId: 'yard-2' });
  });

  describe('knows when its bed went up', () => {
    const loads = { site: [300, FULL], road: FULL, yard: [FULL, FULL, 300], back: 300 };
    const raised = (from: string, to: string, reports: Report[]) =>
      reports.map((report) => ({ ...report, bedAngleDeg: report.at >= clock(from) && report.at < clock(to) ? 45 : 0 }));

    it('in the yard, and says so before the load has gone', () => {
      const hauls = haulsOf(raised('08:13:40', '08:16:00', delivery(loads)));
      const told = hauls.find(({ bedUpAt }) => bedUpAt !== null)!;
      expect(told.endedAt).toBeNull();
      expect(clockOf(hauls.at(-1)!.bedUpAt!)).toBe('08:13:40');
      expect(hauls.at(-1)!).toMatchObject({ ended: 'delivered' });
    });

    it('also where the load is not known', () => {
      const unknown = { site: [null], road: null, yard: [null], back: null };
      const haul = haulsOf(raised('08:13:40', '08:16:00', delivery(unknown))).at(-1)!;
      expect(haul).toMatchObject({ inferred: true, arrivedAt: clock('08:12:20') });
      expect(clockOf(haul.bedUpAt!)).toBe('08:13:40');
    });

    it('not by a bed that was up on the way, nor by one left up while it drives', () => {
      const before = raised('08:05:00', '08:06:00', delivery(loads)).map((report) =>
        report.at >= clock('08:09:00') && report.at < clock('08:09:30') ? { ...report, speedKmh: 0, bedAngleDeg: 45 } : report,
      );
      const hauls = haulsOf(before);
      expect(hauls.map(({ bedUpAt }) => bedUpAt && clockOf(bedUpAt))).toContain('08:09:00');
      expect(hauls.at(-1)!).toMatchObject({ ended: 'delivered', yardId: 'yard-1', bedUpAt: null });
      expect(haulsOf(delivery(loads)).at(-1)!.bedUpAt).toBeNull();
    });
  });

  it('keeps a bounded memory of its load', () => {
    const { state } = replayed([], drive('08:00:00', HOME, east(200_000), 40, 20, { loadKg: FULL }));
    expect(state.hauling.haul!.samples).toHaveLength(60);
    expect(state.hauling.haul!.medianKg).toBe(FULL);
  });
});

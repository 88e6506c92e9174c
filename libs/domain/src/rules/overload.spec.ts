import { at, clock, clockOf, drive, east, HOME, noisy, opened, replay, replayed, square, TRUCK } from '../testing.js';
import type { Report } from '../report.js';
import { overload } from './overload.js';

const RATED = TRUCK.ratedLoadKg!;
const SITE = square('site', HOME, 300);
const FAR = east(40_000);
/** Loads at the site for 4 min from 07:56 and drives away with the load. */
function hauled(loadKg: number, { everyS = 10, minutes = 10, said = {} }: { everyS?: number; minutes?: number; said?: Partial<Report> } = {}): Report[] {
  const loading = Array.from({ length: 24 }, (_, i) => at(clock('07:56:00') + i * 10_000, { speedKmh: 0, loadKg: i < 12 ? 300 : loadKg, ...said }));
  const road = drive('08:00:00', HOME, FAR, 40, everyS, { loadKg, ...said });
  return [...loading, ...road.slice(0, (minutes * 60) / everyS)];
}
const found = (reports: Report[]) => replay(overload, reports, { places: [SITE] });

describe('overload', () => {
  it('finds a truck whose load lies above 110 % for two minutes on the road, from the first reading on', () => {
    const findings = found(hauled(1.15 * RATED));
    // The site and its verge are left at 08:00:20, which is believed at 08:00:30.
    expect(opened(findings)).toEqual(['overload minor 08:00:30']);
    expect(findings[0]).toMatchObject({ scope: '-', evidence: { loadKg: 23_000, ratedKg: 20_000, percentOfRated: 115, durationS: 120 } });
    expect(clockOf(findings[0]!.at)).toBe('08:02:30');
  });

  it('is serious from 130 %, at once or when it grows', () => {
    expect(opened(found(hauled(1.3 * RATED)))).toEqual(['overload serious 08:00:30']);
    expect(opened(found(hauled(1.29 * RATED)))).toEqual(['overload minor 08:00:30']);
    const grown = hauled(1.2 * RATED).map((report) => (report.at > clock('08:04:00') ? { ...report, loadKg: 1.35 * RATED } : report));
    expect(found(grown).map(({ severity, opened: first }) => [severity, first])).toEqual([
      ['minor', true],
      ['serious', false],
    ]);
  });

  it('forgives 110 % and less, less than half of two minutes, and what is weighed at the site', () => {
    expect(found(hauled(1.1 * RATED))).toEqual([]);
    const brief = hauled(RATED).map((report) => (report.at > clock('08:03:00') && report.at < clock('08:04:00') ? { ...report, loadKg: 1.4 * RATED } : report));
    expect(found(brief)).toEqual([]);
    const standing = Array.from({ length: 100 }, (_, i) => at(clock('07:00:00') + i * 10_000, { speedKmh: 0, loadKg: 1.4 * RATED }));
    expect(found(standing)).toEqual([]);
    expect(found(hauled(1.4 * RATED, { said: { loadState: 'fault' } }))).toEqual([]);
    expect(replay(overload, hauled(1.4 * RATED), { places: [SITE], truck: { ...TRUCK, ratedLoadKg: null } })).toEqual([]);
  });

  it('forgives spikes, and never holds readings together over a hole', () => {
    const spiky = hauled(RATED, { minutes: 20 }).map((report, i) => (i % 5 === 0 ? { ...report, loadKg: 2 * RATED } : report));
    expect(found(spiky)).toEqual([]);
    const sparse = hauled(1.2 * RATED, { everyS: 130, minutes: 40 });
    expect(found(sparse)).toEqual([]);
  });

  it('is one episode until the end of the haul', () => {
    const lighter = hauled(1.2 * RATED, { minutes: 20 }).map((report) => (report.at > clock('08:08:00') ? { ...report, loadKg: RATED } : report));
    const again = lighter.map((report) => (report.at > clock('08:14:00') ? { ...report, loadKg: 1.2 * RATED } : report));
    const tipped = Array.from({ length: 4 }, (_, i) => at(clock('08:21:00') + i * 10_000, { point: east(13_500), speedKmh: 0, loadKg: 200 }));
    const findings = found([...again, ...tipped]);
    expect(opened(findings)).toHaveLength(1);
    expect(findings.at(-1)).toMatchObject({ ended: clock('08:21:10'), opened: false, evidence: { durationS: 1_240 } });
  });

  it('finds it at one report a second or each 30 s', () => {
    expect(opened(found(hauled(1.15 * RATED, { everyS: 1 })))).toHaveLength(1);
    expect(opened(found(hauled(1.15 * RATED, { everyS: 30 })))).toHaveLength(1);
  });

  it('is right under noise, of a fifth too much and of an honest load', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const tell = (share: number) => opened(found(noisy(hauled(share * RATED, { minutes: 40 }), seed))).length;
      expect([seed, tell(1.15), tell(1.03)]).toEqual([seed, 1, 0]);
    }
  });

  it('leaves the state of an honest truck alone', () => {
    const { state } = replayed(overload, hauled(RATED), { places: [SITE] });
    expect(state.byRule).toEqual({});
  });

  it('says how much too much', () => {
    const [first] = found(hauled(1.15 * RATED));
    expect(overload.say(first!.evidence)).toEqual({ zh: '载重 23.0 t，为核定 20.0 t 的 115%', en: 'carried 23.0 t, 115 % of the rated 20.0 t' });
  });
});

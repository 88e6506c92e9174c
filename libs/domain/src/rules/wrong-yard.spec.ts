import { at, clock, clockOf, drive, east, HOME, noisy, opened, permit, replay, replayed, seeded, square, TRUCK } from '../testing.js';
import type { Point, Report } from '../report.js';
import { wrongYard } from './wrong-yard.js';

const FULL = 18_000;
const AWAY: Point = east(4_000);
const WRONG = square('yard', AWAY, 300, { id: 'wrong' });
const OWN = square('yard', east(8_000), 300);
const PLACES = [WRONG, OWN];
const SETTING = { places: PLACES, permits: [permit()] };

interface Unloading {
  point?: Point;
  everyS?: number;
  said?: Partial<Report>;
  /** The load on coming and on leaving. */
  came?: number | null;
  went?: number | null;
}

/** Driven to the yard loaded, then one report each `everyS` seconds with the bed and the load, then away again. */
function unloading(
  steps: [bedAngleDeg: number | null, loadKg: number | null][],
  { point = AWAY, everyS = 5, said = {}, came = FULL, went = 300 }: Unloading = {},
): Report[] {
  const arriving = drive('07:57:50', east(-2_000, 0, point), east(-20, 0, point), 36, 10, { loadKg: came, bedAngleDeg: 0, ...said }).slice(0, 13);
  const waits = Array.from({ length: 3 }, (_, i) => at(clock('08:02:00') + i * 10_000, { point, speedKmh: 0, loadKg: came, bedAngleDeg: 0, ...said }));
  const comes = [...arriving, ...drive('08:00:00', east(-700, 0, point), east(-20, 0, point), 36, 10, { loadKg: came, bedAngleDeg: 0, ...said }), ...waits];
  const tips = steps.map(([bedAngleDeg, loadKg], i) => at(clock('08:02:30') + i * everyS * 1_000, { point, speedKmh: 0, bedAngleDeg, loadKg, ...said }));
  const leaving = drive('08:10:00', east(20, 0, point), east(1_000, 0, point), 36, 10, { loadKg: went, bedAngleDeg: 0, ...said });
  return [...comes, ...tips, ...leaving];
}
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const TIPPED: [number, number][] = [
  [12, FULL],
  [45, FULL],
  [50, 9_000],
  [50, 900],
  [50, 300],
  [50, 300],
  [0, 300],
];
const ends = (found: ReturnType<typeof replay>) => found.filter(({ ended }) => ended !== null).map(({ ended }) => clockOf(ended!));

describe('wrong-yard', () => {
  it('finds a truck that tips its load inside a yard that its permit does not name, until it leaves', () => {
    const found = replay(wrongYard, unloading(TIPPED), SETTING);
    expect(opened(found)).toEqual(['wrong-yard serious 08:02:35']);
    expect(found[0]).toMatchObject({ scope: '-', placeId: 'wrong', evidence: { kind: 'tipped', durationS: 10, startLoadKg: FULL } });
    expect(ends(found)).toEqual(['08:10:20']);
    expect(found.at(-1)!.evidence).toMatchObject({ maxBedDeg: 50, startLoadKg: FULL, loadKg: 300 });
  });

  it('finds it where the fix was too poor to say where while the load went, though its haul ended then', () => {
    const site = square('site', east(-3_000), 300);
    const from = [
      ...drive('07:50:00', east(-4_000), east(-3_020), 36, 10, { loadKg: 300, bedAngleDeg: 0 }),
      ...Array.from({ length: 20 }, (_, i) => at(clock('07:52:00') + i * 10_000, { point: east(-3_000), speedKmh: 0, loadKg: FULL, bedAngleDeg: 0 })),
      ...drive('07:55:30', east(-2_980), east(-2_000), 36, 10, { loadKg: FULL, bedAngleDeg: 0 }),
    ];
    const poor = unloading(TIPPED).map((report) => (report.at >= clock('08:02:30') && report.at <= clock('08:02:55') ? { ...report, accuracyM: 70 } : report));
    // Another permit of the truck, for another site, names the yard.
    const permits = [permit(), permit({ id: 'permit-2', siteId: 'site-2', yardIds: ['wrong'] })];
    const reports = [...from, ...poor.filter((report) => report.at > clock('07:58:00'))];
    const judged = (own: typeof permits) => replay(wrongYard, reports, { places: [...PLACES, site], permits: own });
    expect(opened(judged(permits))).toEqual(['wrong-yard serious 08:02:20']);
    expect(judged([permit({ yardIds: ['wrong'] }), permits[1]!])).toEqual([]);
  });

  it('forgives a bed that is up for less than 10 s or 20°, with the load still on', () => {
    expect(
      replay(
        wrongYard,
        unloading(
          [
            [45, FULL],
            [45, FULL],
            [0, FULL],
            [0, FULL],
          ],
          { went: FULL },
        ),
        SETTING,
      ),
    ).toEqual([]);
    expect(replay(wrongYard, unloading(times(20, [19, FULL]), { went: FULL }), SETTING)).toEqual([]);
  });

  it('finds a load that goes from loaded to empty inside, whatever the bed says', () => {
    const found = replay(wrongYard, unloading([...times(4, [null, FULL] as [null, number]), ...times(6, [null, 300] as [null, number])]), SETTING);
    expect(opened(found)).toEqual(['wrong-yard serious 08:02:50']);
    expect(found[0]!.evidence).toMatchObject({ kind: 'load-gone', maxBedDeg: null, startLoadKg: FULL });
  });

  it('counts a load that nobody knows as one, not one that was last known to be gone, nor one that is said to be none', () => {
    const tipped = (came: number | null, load: number | null) => unloading(times(4, [45, load]), { came, went: load });
    expect(opened(replay(wrongYard, tipped(null, null), SETTING))).toHaveLength(1);
    expect(replay(wrongYard, tipped(300, 300), SETTING)).toEqual([]);
    expect(replay(wrongYard, tipped(300, null), SETTING)).toEqual([]);
    expect(
      replay(
        wrongYard,
        tipped(null, 300).filter(({ bedAngleDeg }) => bedAngleDeg === 45),
        SETTING,
      ),
    ).toEqual([]);
    const words = unloading(times(4, [45, null]), { said: { loadState: 'empty', loadKg: null } }).filter(({ bedAngleDeg }) => bedAngleDeg === 45);
    expect(replay(wrongYard, words, SETTING)).toEqual([]);
  });

  it('lets a truck unload at a yard of its permit, also where another overlaps it or a fix lies in the other', () => {
    const there = { point: east(8_000) };
    expect(replay(wrongYard, unloading(TIPPED, there), SETTING)).toEqual([]);
    expect(replay(wrongYard, unloading(TIPPED, there), { ...SETTING, places: [...PLACES, square('yard', east(8_000), 500, { id: 'around' })] })).toEqual([]);
    const next = square('yard', east(8_000, 300), 300, { id: 'next' });
    const astray = unloading(TIPPED, there).map((report) =>
      report.at > clock('08:02:30') && report.at < clock('08:09:00') ? { ...report, point: east(8_000, 160) } : report,
    );
    expect(replay(wrongYard, astray, { ...SETTING, places: [OWN, next] })).toEqual([]);
  });

  it('does not accuse a truck that drives through another yard before and after it unloads at its own', () => {
    const through = drive('08:00:00', east(7_000), east(7_900), 36, 10, { loadKg: FULL });
    const tips = [FULL, FULL, 300, 300, 300].map((loadKg, i) => at(clock('08:02:00') + i * 10_000, { point: east(8_000), speedKmh: 0, loadKg }));
    const back = drive('08:03:00', east(7_900), east(7_000), 36, 10, { loadKg: 300 });
    const before = square('yard', east(7_500), 300, { id: 'wrong' });
    expect(replay(wrongYard, [...through, ...tips, ...back], { ...SETTING, places: [before, OWN] })).toEqual([]);
  });

  it('says nothing outside of yards, on their verge, and without a permit to break', () => {
    expect(replay(wrongYard, unloading(TIPPED, { point: east(4_000, 165) }), SETTING)).toEqual([]);
    expect(replay(wrongYard, unloading(TIPPED), { places: PLACES })).toEqual([]);
    expect(replay(wrongYard, unloading(TIPPED), { ...SETTING, places: [square('site', AWAY, 300)] })).toEqual([]);
    expect(replay(wrongYard, unloading(TIPPED, { said: { accuracyM: 60 } }), SETTING)).toEqual([]);
    expect(replay(wrongYard, unloading(TIPPED), { ...SETTING, places: [{ ...WRONG, validTo: clock('08:00:00') }] })).toEqual([]);
  });

  it('asks all permits of a truck whose site nobody knows, and that of the site where it is known', () => {
    const other = permit({ id: 'other', siteId: 'site-2', yardIds: ['wrong'] });
    expect(replay(wrongYard, unloading(TIPPED), { ...SETTING, permits: [permit(), other] })).toEqual([]);
    const site = square('site', HOME, 300);
    const loading = Array.from({ length: 40 }, (_, i) => at(clock('07:44:00') + i * 10_000, { point: HOME, speedKmh: 0, loadKg: i < 15 ? 300 : FULL }));
    const road = drive('07:51:00', east(20), east(3_500), 36, 10, { loadKg: FULL, bedAngleDeg: 0 }).slice(0, 35);
    const reports = [...loading, ...road, ...unloading(TIPPED)];
    expect(opened(replay(wrongYard, reports, { places: [site, ...PLACES], permits: [permit(), other] }))).toHaveLength(1);
    expect(replay(wrongYard, reports, { places: [site, ...PLACES], permits: [other] })).toEqual([]);
  });

  it('is one alert a visit, and another the next time', () => {
    const twice = unloading([...TIPPED, ...times(3, [0, 300] as [number, number]), ...times(4, [45, 300] as [number, number])]);
    expect(opened(replay(wrongYard, twice, SETTING))).toHaveLength(1);
    const again = unloading(TIPPED).map((report) => ({ ...report, at: report.at + 3_600_000, digest: `again ${report.at}` }));
    expect(opened(replay(wrongYard, [...unloading(TIPPED), ...again], SETTING))).toHaveLength(2);
  });

  it('finds it under noise, with each sensor absent in turn, and nothing at the own yard', () => {
    const random = seeded(5);
    const tipped: [number, number][] = [
      ...times(5, [48, FULL] as [number, number]),
      ...times(4, [48, 300] as [number, number]),
      ...times(20, [0, 300] as [number, number]),
    ];
    for (let run = 0; run < 25; run++) {
      const reports = (point: Point) => noisy(unloading(tipped, { point, everyS: 10 }), random);
      expect(opened(replay(wrongYard, reports(AWAY), SETTING))).toHaveLength(1);
      expect(replay(wrongYard, reports(east(8_000)), SETTING)).toEqual([]);
      expect(replay(wrongYard, noisy(unloading(times(30, [0, FULL]), { everyS: 10, went: FULL }), random), SETTING)).toEqual([]);
    }
    expect(replay(wrongYard, unloading(TIPPED), { ...SETTING, truck: { ...TRUCK, ratedLoadKg: null } }).filter((found) => found.opened)).toHaveLength(1);
  });

  it('keeps nothing of a truck elsewhere, and says what it found', () => {
    expect(replayed(wrongYard, unloading(TIPPED, { point: east(8_000) }), SETTING).state.byRule).toEqual({});
    expect(wrongYard.say({ kind: 'tipped', maxBedDeg: 48, startLoadKg: FULL, loadKg: 300 })).toEqual({
      zh: '举斗 48° 卸载，载重由 18.0 t 降至 0.3 t，核准未列明该消纳场',
      en: 'unloaded at a yard that its permit does not name, bed at 48°, load from 18.0 t to 0.3 t',
    });
  });
});

import { at, clock, clockOf, drive, east, HOME, opened, replay, replayed, square } from '../testing.js';
import type { Report } from '../report.js';
import { illegalDumping } from './illegal-dumping.js';

const FULL = 18_000;
const FAR = east(20_000);

/** Driven to HOME with a load (so that it is known), then standing there: one report each 5 s, each saying the bed angle and the load. */
function tipping(steps: [bedAngleDeg: number | null, loadKg: number | null][], { said = {}, before = {}, point = HOME } = {}): Report[] {
  const arriving = drive('07:59:00', east(-300, 0, point), point, 20, 5, { loadKg: FULL, bedAngleDeg: 0, ...before });
  const tips = steps.map(([bedAngleDeg, loadKg], i) => at(clock('08:00:00') + i * 5_000, { point, speedKmh: 0, bedAngleDeg, loadKg, ...said }));
  return [...arriving, ...tips];
}
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const away = (said: Partial<Report> = {}) => drive('08:03:00', HOME, east(400), 20, 5, { bedAngleDeg: 0, loadKg: 300, ...said });

describe('illegal dumping, tipped', () => {
  it('finds a loaded truck that stands with its bed at 20° for 10 s', () => {
    const found = replay(illegalDumping, tipping(times(3, [45, FULL])));
    expect(opened(found)).toEqual(['illegal-dumping critical 08:00:00']);
    expect(found[0]!.evidence).toMatchObject({ kind: 'tipped', certain: false, durationS: 10, maxBedDeg: 45, startLoadKg: FULL });
  });

  it('forgives a bed that is up for less than 10 s or less than 20°, or a truck that is faster than a walk', () => {
    expect(
      replay(
        illegalDumping,
        tipping([
          [45, FULL],
          [45, FULL],
          [0, FULL],
          [0, FULL],
        ]),
      ),
    ).toEqual([]);
    expect(replay(illegalDumping, tipping(times(10, [19, FULL])))).toEqual([]);
    expect(replay(illegalDumping, tipping(times(10, [45, FULL]), { said: { speedKmh: 9 } }))).toEqual([]);
    expect(replay(illegalDumping, tipping(times(10, [45, FULL]), { said: { speedKmh: null } }))).toEqual([]);
  });

  it('never accuses an empty truck, nor one first seen with its bed up that then says it is empty', () => {
    expect(replay(illegalDumping, tipping(times(10, [45, 300]), { before: { loadKg: 300 } }))).toEqual([]);
    expect(replay(illegalDumping, tipping(times(10, [45, 300])).slice(-10))).toEqual([]);
    const words = tipping(times(10, [45, null]), { said: { loadState: 'empty' } }).slice(-10);
    expect(replay(illegalDumping, words)).toEqual([]);
  });

  it('counts an unknown load as one, and a load that was once known to be gone as gone', () => {
    expect(opened(replay(illegalDumping, tipping(times(3, [45, null]), { before: { loadKg: null } })))).toHaveLength(1);
    const hourLater = tipping(times(5, [45, null])).slice(-5);
    const emptied = drive('06:30:00', HOME, FAR, 30, 10, { loadKg: 300 }).slice(0, 5);
    expect(replay(illegalDumping, [...emptied, ...hourLater])).toEqual([]);
  });

  it('finds a truck first seen with its bed up while the load falls out', () => {
    const falling = tipping([
      [45, 15_000],
      [45, 9_000],
      [45, 4_000],
      [45, 900],
      [45, 300],
      [45, 300],
    ]).slice(-6);
    expect(opened(replay(illegalDumping, falling))).toEqual(['illegal-dumping critical 08:00:00']);
  });

  it('finds a load that falls while the hold is still running, and is certain when half the rated load is gone', () => {
    const found = replay(
      illegalDumping,
      tipping([
        [45, FULL],
        [50, 300],
        [50, 300],
        [50, 300],
        [0, 300],
      ]),
    );
    expect(opened(found)).toEqual(['illegal-dumping critical 08:00:00']);
    expect(found.at(-1)!.evidence).toMatchObject({ certain: true, startLoadKg: FULL, loadKg: 300 });
  });

  it('stays suspected where the load falls less, or later than 5 min', () => {
    const less = replay(illegalDumping, tipping([...times(3, [45, FULL]), ...times(10, [45, 9_000])] as [number, number][]));
    expect(less.every(({ evidence }) => evidence.certain === false)).toBe(true);
    const late = replay(illegalDumping, tipping([...times(62, [45, FULL]), ...times(10, [45, 300])] as [number, number][]));
    expect(late.every(({ evidence }) => evidence.certain === false)).toBe(true);
  });

  it('is certain from full to empty for a truck that weighs nothing', () => {
    const words = (word: 'full' | 'empty') => at(0, { loadState: word }).loadState;
    const reports = tipping(times(8, [45, null]), { before: { loadKg: null, loadState: words('full') } }).map((report, i, all) =>
      i < all.length - 8 ? report : { ...report, loadState: words(i < all.length - 4 ? 'full' : 'empty') },
    );
    expect(replay(illegalDumping, reports).at(-1)!.evidence.certain).toBe(true);
  });

  it('lets trucks tip in a site or yard, on their verge and in a parking lot, not 31 m from a yard', () => {
    const tipped = tipping(times(5, [45, FULL]));
    for (const kind of ['site', 'yard', 'parking-lot'] as const) {
      expect(replay(illegalDumping, tipped, { places: [square(kind, HOME, 200)] })).toEqual([]);
    }
    expect(replay(illegalDumping, tipped, { places: [square('yard', east(129), 200)] })).toEqual([]);
    expect(opened(replay(illegalDumping, tipped, { places: [square('yard', east(132), 200)] }))).toHaveLength(1);
    expect(opened(replay(illegalDumping, tipped, { places: [square('parking-lot', east(120), 200)] }))).toHaveLength(1);
    expect(opened(replay(illegalDumping, tipped, { places: [square('wash-bay', HOME, 200), square('no-go', HOME, 200)] }))).toHaveLength(1);
  });

  it('does not count a yard that has closed or expired', () => {
    const tipped = tipping(times(5, [45, FULL]));
    expect(opened(replay(illegalDumping, tipped, { places: [square('yard', HOME, 200, { hours: [{ from: '20:00', to: '05:00' }] })] }))).toHaveLength(1);
    expect(opened(replay(illegalDumping, tipped, { places: [square('yard', HOME, 200, { validTo: clock('07:00:00') })] }))).toHaveLength(1);
  });

  it('does not accuse a truck that leaves its yard with the bed still up, whether its load is known or not', () => {
    const yard = square('yard', HOME, 100);
    for (const loadKg of [300, null]) {
      const tipped = tipping([...times(3, [45, loadKg === null ? null : FULL]), ...times(4, [45, loadKg])] as [number, number][], {
        before: { loadKg: loadKg && FULL },
      });
      const leaving = drive('08:00:40', HOME, east(200), 7, 5, { bedAngleDeg: 45, loadKg });
      expect(replay(illegalDumping, [...tipped, ...leaving], { places: [yard] })).toEqual([]);
    }
  });

  it('is one alert though the bed goes down and up again at the same heap', () => {
    const reports = tipping([...times(4, [45, FULL]), ...times(4, [0, 9_000]), ...times(4, [45, 9_000]), ...times(4, [0, 300])] as [number, number][]);
    expect(opened(replay(illegalDumping, reports))).toHaveLength(1);
  });

  it('ends when the bed is down and the truck 200 m away, and the next load is another alert', () => {
    const found = replay(illegalDumping, [...tipping([...times(4, [45, FULL]), [0, 300]] as [number, number][]), ...away()]);
    expect(found.filter(({ ended }) => ended !== null).map(({ ended }) => clockOf(ended!))).toEqual(['08:00:15']);
    const second = tipping(times(3, [45, FULL])).map((report) => ({ ...report, at: report.at + 3_600_000, digest: `again ${report.at}` }));
    expect(opened(replay(illegalDumping, [...tipping(times(4, [45, FULL])), ...away(), ...second]))).toEqual([
      'illegal-dumping critical 08:00:00',
      'illegal-dumping critical 09:00:00',
    ]);
  });

  it('does not take the next load for the same dumping where the bed sensor says nothing more', () => {
    const silent = drive('08:03:00', HOME, east(1_200), 30, 5, { loadKg: 300 });
    const second = tipping(times(3, [45, FULL])).map((report) => ({ ...report, at: report.at + 3_600_000, digest: `again ${report.at}` }));
    expect(opened(replay(illegalDumping, [...tipping(times(4, [45, FULL])), ...silent, ...second]))).toHaveLength(2);
  });

  it('belongs to the haul that it ended, and so to one incident with what happened on the way', () => {
    const { findings } = replayed(
      illegalDumping,
      tipping([
        [45, FULL],
        [50, 300],
        [50, 300],
        [50, 300],
        [0, 300],
      ]),
    );
    expect(new Set(findings.map(({ incident }) => incident))).toEqual(new Set([`truck-1:${clock('07:59:10')}`]));
    expect(findings[0]!.haulId).toBe(`truck-1:${clock('07:59:10')}`);
  });

  it('says how much fell, and where it is not certain that it is suspected', () => {
    const found = replay(
      illegalDumping,
      tipping([
        [45, FULL],
        [50, 300],
        [50, 300],
        [50, 300],
      ]),
    );
    expect(illegalDumping.say(found.at(-1)!.evidence)).toEqual({
      zh: '举斗 50°倾倒，载重由 18.0 t 降至 0.3 t',
      en: 'tipped its bed 50°, load from 18.0 t to 0.3 t',
    });
    expect(illegalDumping.say({ ...found[0]!.evidence, certain: false, loadKg: 18_000 })).toEqual({
      zh: '举斗 50°倾倒（疑似）',
      en: 'tipped its bed 50° (suspected)',
    });
  });
});

describe('illegal dumping, load vanished', () => {
  const standing = (loads: (number | null)[], said: Partial<Report> = {}) =>
    tipping(
      loads.map((loadKg): [null, number | null] => [null, loadKg]),
      { before: { bedAngleDeg: null }, said: { bed: null, ...said } },
    );

  it('finds a load that goes while the truck stands and no bed sensor says anything', () => {
    const found = replay(illegalDumping, standing([FULL, FULL, 9_000, 300, 300]));
    expect(opened(found)).toEqual(['illegal-dumping critical 08:00:05']);
    expect(found[0]!.evidence).toMatchObject({ kind: 'load-vanished', certain: true, startLoadKg: FULL });
    expect(opened(replay(illegalDumping, standing([FULL, FULL, 9_000, 300, 300], { bed: 'fault' })))).toHaveLength(1);
  });

  it('finds one weighed for the last time as the truck came to a stop, and not one weighed long before', () => {
    const loads = [null, 9_000, 300, 300];
    expect(opened(replay(illegalDumping, standing(loads)))).toEqual(['illegal-dumping critical 08:00:00']);
    const before = standing(loads).map((report) => (report.at < clock('08:00:00') && report.at >= clock('07:59:40') ? { ...report, loadKg: null } : report));
    expect(replay(illegalDumping, before)).toEqual([]);
  });

  it('is silent at a work place, above a walk, after a raised bed, over a pause and for words', () => {
    const loads = [FULL, FULL, 9_000, 300, 300];
    expect(replay(illegalDumping, standing(loads), { places: [square('yard', HOME, 200)] })).toEqual([]);
    expect(replay(illegalDumping, standing(loads, { speedKmh: 9 }))).toEqual([]);
    const raised = standing(loads).map((report, i, all) => (i === all.length - 3 ? { ...report, bed: 'raised' as const } : report));
    expect(replay(illegalDumping, raised)).toEqual([]);
    const slept = standing([FULL, FULL, 300, 300, 300, 300]).map((report, i, all) =>
      i < all.length - 4 ? report : { ...report, at: report.at + 8 * 3_600_000 },
    );
    expect(replay(illegalDumping, slept)).toEqual([]);
    const drove = standing([FULL, FULL, 300, 300, 300, 300]).map((report, i, all) =>
      i < all.length - 4 ? report : { ...report, at: report.at + 150_000, point: [report.point[0] + 0.002, report.point[1]] as Report['point'] },
    );
    expect(replay(illegalDumping, drove)).toEqual([]);
    const words = standing(times(8, null)).map((report, i, all) => ({
      ...report,
      loadKg: null,
      loadState: i < all.length - 4 ? ('full' as const) : ('empty' as const),
    }));
    expect(replay(illegalDumping, words)).toEqual([]);
  });

  it('finds one that went while nothing was heard for minutes of a truck that stands where it stood', () => {
    const dumb = standing([FULL, FULL, 300, 300, 300, 300]).map((report, i, all) => (i < all.length - 4 ? report : { ...report, at: report.at + 150_000 }));
    expect(opened(replay(illegalDumping, dumb))).toHaveLength(1);
  });

  it('is told once and ends 200 m further on', () => {
    const found = replay(illegalDumping, [...standing([FULL, FULL, 300, 300, 300, 300]), ...away({ bedAngleDeg: null })]);
    expect(opened(found)).toHaveLength(1);
    expect(found.at(-1)!.ended).not.toBeNull();
  });
});

import type { TrackPoint } from '@muckwatch/contract';
import { gapMsOf, nearestIndex, pathOf, seriesOf, silencesOf } from './series.js';
import { pointAt } from './testing.js';

const fix = (s: number, said: Partial<TrackPoint>) => pointAt(new Date(s * 1000).toISOString(), said);

const identity = (n: number) => n;

describe('the four series', () => {
  it('give load in tonnes where a weight was said, else in steps of the load state', () => {
    expect(seriesOf([fix(0, { loadKg: 17_900 })]).rows[1]).toMatchObject({ steps: false, values: [17.9], min: 15, max: 19 });
    expect(seriesOf([fix(0, { loadState: 'half' })]).rows[1]).toMatchObject({ steps: true, values: [0.5], max: 1 });
  });

  it('say nothing where the truck said nothing, rather than 0', () => {
    expect(seriesOf([fix(0, {})]).rows.map((row) => row.values)).toEqual([[null], [null], [null], [null]]);
  });

  it('leave out reports that were not believed', () => {
    expect(seriesOf([fix(0, { speedKmh: 30 }), fix(10, { speedKmh: 240, doubt: 'jump' })]).rows[0]?.values).toEqual([30]);
  });
});

describe('a line', () => {
  const line = (points: TrackPoint[], row: number) => {
    const set = seriesOf(points);
    return pathOf(set.at, set.rows[row]!, (at) => at / 1000, identity, gapMsOf(points));
  };

  it('is broken over a hole in time and where nothing was said', () => {
    expect(line([fix(0, { speedKmh: 30 }), fix(10, { speedKmh: 31 }), fix(200, { speedKmh: 20 }), fix(210, {}), fix(220, { speedKmh: 22 })], 0)).toBe(
      'M0.0 30.0L10.0 31.0M200.0 20.0M220.0 22.0',
    );
  });

  it('of the cover goes up in one step at the report that says it', () => {
    expect(line([fix(0, { cover: 'closed' }), fix(10, { cover: 'open' })], 3)).toBe('M0.0 0.0H10.0V1.0');
  });
});

it('takes no hole in a thinned series for a silence', () => {
  expect(gapMsOf(Array.from({ length: 1_999 }, (_, i) => fix(i * 100, {})))).toBe(120_000);
  expect(gapMsOf(Array.from({ length: 2_000 }, (_, i) => fix(i * 100, {})))).toBe(Infinity);
});

it('finds the report nearest to the cursor', () => {
  expect(nearestIndex([0, 10, 20], -5)).toBe(0);
  expect(nearestIndex([0, 10, 20], 14)).toBe(1);
  expect(nearestIndex([0, 10, 20], 16)).toBe(2);
  expect(nearestIndex([0, 10, 20], 99)).toBe(2);
  expect(nearestIndex([], 1)).toBeNull();
});

it('knows where nothing was heard, at the ends of the axis too', () => {
  expect(silencesOf([70_000, 80_000, 200_000], 0, 400_000, 60_000)).toEqual([
    { from: 0, to: 70_000 },
    { from: 80_000, to: 200_000 },
    { from: 200_000, to: 400_000 },
  ]);
  expect(silencesOf([10_000, 70_000], 0, 100_000, 60_000)).toEqual([]);
});

import { decimated, runsOf } from './decimate.js';
import { SILENCE_MS } from '@muckwatch/contract';

const heard = (at: number[], ...jumpsAfter: number[]) => ({ at, lost: at.map((time, i) => +(at[i + 1]! - time > SILENCE_MS || jumpsAfter.includes(i))) });
const seconds = (n: number) => Array.from({ length: n }, (_, i) => i * 1_000);

describe('a long series', () => {
  it('keeps a peak of one report among twenty thousand, and draws no more than four points a pixel', () => {
    const at = seconds(20_000);
    const values = at.map((_, i) => (i === 12_345 ? 99 : i % 7));
    const line = decimated(heard(at), values, 0, 20_000_000, 400);
    expect(line.x.length).toBeLessThanOrEqual(4 * 401);
    expect(Math.max(...line.value)).toBe(99);
    expect(line.x[line.value.indexOf(99)]).toBeCloseTo((12_345 / 20_000) * 400, 6);
    expect(line.x).toEqual([...line.x].sort((a, b) => a - b));
  });

  it('is as it is where there is a pixel for each', () => {
    expect(decimated(heard([0, 1_000, 2_000]), [1, 5, 3], 0, 2_000, 200)).toEqual({ x: [0, 100, 200], value: [1, 5, 3] });
  });

  it('lifts the pen over a jump, within one pixel too', () => {
    expect(decimated(heard([0, 1_000, 60_000, 61_000], 1), [1, 2, 3, 4], 0, 100_000, 200).value).toEqual([1, 2, NaN, 3, 4]);
    expect(decimated(heard([0, 1_000, 2_000], 0), [1, 2, 3], 0, 100_000, 2).value).toEqual([1, NaN, 2, 3]);
  });

  it('lifts the pen over a silence and over what nobody said', () => {
    expect(decimated(heard([0, 1_000, 200_000]), [1, 2, 3], 0, 200_000, 2_000).value).toEqual([1, 2, NaN, 3]);
    expect(decimated(heard([0, 1_000, 2_000]), [1, NaN, 3], 0, 2_000, 20).value).toEqual([1, NaN, 3]);
    // Within one pixel too.
    expect(decimated(heard([0, 1_000, 2_000]), [1, NaN, 3], 0, 100_000, 2).value).toEqual([1, NaN, 3]);
  });

  it('comes in from the edge of what is looked at', () => {
    expect(decimated(heard(seconds(10)), seconds(10), 4_500, 5_500, 100).value).toEqual([4_000, 5_000, 6_000]);
  });
});

describe('states', () => {
  it('hold until the next report, and not over a silence', () => {
    expect(runsOf(heard([0, 10_000, 20_000, 400_000]), [1, 1, 0, 0], 0, 500_000, 500)).toEqual([
      { from: 0, to: 20_000, state: 1 },
      { from: 20_000, to: 21_000, state: 0 },
      { from: 400_000, to: 401_000, state: 0 },
    ]);
  });
});

import fc from 'fast-check';
import { median, medianBy } from './median.js';

describe('the median', () => {
  it('is the value in the middle, of an even count the lower of two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNull();
  });

  it('is of as many values as there are, though more were asked about before', () => {
    expect(median(Array.from({ length: 200 }, (_, i) => i))).toBe(99);
    expect(medianBy([{ kg: 5 }, { kg: 9 }, { kg: 7 }], ({ kg }) => kg)).toBe(7);
  });

  it('is what sorting finds, and leaves the values as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 70 }), (values) => {
        const before = [...values];
        expect(median(values)).toBe([...values].sort((a, b) => a - b)[(values.length - 1) >> 1]);
        expect(values).toEqual(before);
      }),
      { seed: 20_261_123, numRuns: 300 },
    );
  });
});

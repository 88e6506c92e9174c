import { spotAt, spotRadius, spotsOf } from './heat.js';

const SCALE_12 = 256 * 2 ** 12;
const cell = (lon: number, count: number) => ({ lon, lat: 31.69, count, confirmed: 0 });

describe('heat', () => {
  it('puts the hottest first and leaves the others to be seen', () => {
    const spots = spotsOf([cell(113.1, 2), cell(113.2, 50)]);
    expect(spots.map(({ cell: { count }, heat }) => [count, heat])).toEqual([
      [50, 1],
      [2, 0.2],
    ]);
    expect(spotsOf([])).toEqual([]);
  });

  it('finds the nearest spot under the pointer, and none beside them', () => {
    const spots = spotsOf([cell(113.37, 3), cell(113.375, 1)]);
    const [a, b] = spots.map(({ x }) => x * SCALE_12);
    const y = spots[0]!.y * SCALE_12;
    expect(spotAt(spots, a! + 2, y, SCALE_12, 0, 0)?.cell.count).toBe(3);
    expect(spotAt(spots, b! + 2, y, SCALE_12, 0, 0)?.cell.count).toBe(1);
    expect(spotAt(spots, b! + 60, y, SCALE_12, 0, 0)).toBeNull();
  });

  it('grows with the ground and never out of the picture', () => {
    expect(spotRadius(SCALE_12, 1)).toBeLessThan(spotRadius(SCALE_12 * 16, 1));
    expect(spotRadius(SCALE_12 * 128, 1)).toBe(110);
  });
});

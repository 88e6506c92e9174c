import { simplified } from './simplify.js';

describe('a long track', () => {
  const straight = Array.from({ length: 101 }, (_, i) => ({ lat: 31, lon: 113 + i / 1_000 }));

  it('is left alone when it is short enough', () => {
    expect(simplified(straight, 101)).toBe(straight);
  });

  it('keeps its ends and its corner', () => {
    const corner = straight.map((point, i) => (i <= 50 ? point : { lat: 31 + (i - 50) / 1_000, lon: 113.05 }));
    expect(simplified(corner, 3)).toEqual([corner[0], corner[50], corner[100]]);
  });

  it('gives as many points as asked for, in their order, even where all lie in one place', () => {
    const still = Array.from({ length: 500 }, (_, n) => ({ lat: 31, lon: 113, n }));
    const kept = simplified(still, 7);
    expect(kept).toHaveLength(7);
    expect(kept.map(({ n }) => n)).toEqual(kept.map(({ n }) => n).sort((a, b) => a - b));
  });
});

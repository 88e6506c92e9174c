import type { Px } from './projection.js';
import { hitOf } from './lineHit.js';

const line: Px[] = [
  [0, 0],
  [100, 0],
  [100, 20],
];

describe('under the pointer lies', () => {
  it('a point, before the line that it is on', () => {
    expect(hitOf([line], [97, 3], 10)).toEqual({ at: 'point', ref: { line: 0, point: 1 } });
  });

  it('the middle of a long stretch; a short one has none', () => {
    expect(hitOf([line], [52, 4], 10)).toEqual({ at: 'middle', ref: { line: 0, point: 0 }, px: [50, 0] });
    expect(hitOf([line], [103, 10], 9)).toMatchObject({ at: 'line', ref: { line: 0, point: 1 } });
  });

  it('the line, at its nearest place', () => {
    expect(hitOf([line], [25, 5], 10)).toEqual({ at: 'line', ref: { line: 0, point: 0 }, px: [25, 0] });
  });

  it('nothing, a little further off', () => {
    expect(hitOf([line], [25, 12], 10)).toBeNull();
    expect(hitOf([[]], [0, 0], 10)).toBeNull();
    expect(hitOf([[[5, 5]]], [6, 5], 10)).toMatchObject({ at: 'point' });
  });
});

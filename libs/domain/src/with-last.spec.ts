import { withLast } from './with-last.js';

describe('a list with one more', () => {
  it('holds what stood from an index on, and the new one', () => {
    expect(withLast([], 1)).toEqual([1]);
    expect(withLast([1, 2, 3], 4)).toEqual([1, 2, 3, 4]);
    expect(withLast([1, 2, 3], 4, 1)).toEqual([2, 3, 4]);
    expect(withLast([1, 2, 3], 4, 3)).toEqual([4]);
    expect(withLast([[1], [2]], [3], 1)).toEqual([[2], [3]]);
  });

  it('leaves the list as it was', () => {
    const list = Object.freeze([1, 2, 3]);
    expect(withLast(list, 4, 1)).toEqual([2, 3, 4]);
    expect(list).toEqual([1, 2, 3]);
  });
});

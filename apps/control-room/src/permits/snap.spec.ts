import { snap, snapPointsOf } from './snap.js';

const points = snapPointsOf([
  { name: '城南安置房', lines: [Float64Array.from([0.1, 0.1, 0.2, 0.1])] },
  { name: '3 号线', lines: [Float64Array.from([0.5, 0.5]), Float64Array.from([0.21, 0.1])] },
]);

describe('a point near a corner', () => {
  it('is laid onto the nearest one', () => {
    expect(snap(points, 0.199, 0.101, 0.02)).toEqual({ x: 0.2, y: 0.1, name: '城南安置房' });
    expect(snap(points, 0.207, 0.101, 0.02)).toEqual({ x: 0.21, y: 0.1, name: '3 号线' });
  });

  it('stays where it is when none is within reach', () => {
    expect(snap(points, 0.15, 0.1, 0.02)).toBeNull();
    expect(snap(snapPointsOf([]), 0.1, 0.1, 1)).toBeNull();
  });
});

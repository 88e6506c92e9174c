import { type Neighbour, snapTo } from './neighbourSnap.js';

const square = (name: string, x: number): Neighbour => ({
  name,
  lines: [Float64Array.from([x, 0, x + 10, 0, x + 10, 10, x, 10, x, 0])],
  west: x,
  north: 0,
  east: x + 10,
  south: 10,
});

it('takes a corner before an edge that is nearer', () => {
  expect(snapTo([square('a', 0)], 1.5, 0.2, 2)).toEqual({ x: 0, y: 0, name: 'a', at: 'corner' });
  expect(snapTo([square('a', 0)], 5, 0.5, 2)).toEqual({ x: 5, y: 0, name: 'a', at: 'edge' });
});

it('takes nothing out of reach, and the nearer of two places', () => {
  expect(snapTo([square('a', 0)], 5, 5, 2)).toBeNull();
  expect(snapTo([square('a', 0), square('b', 11)], 10.9, 5, 2)).toMatchObject({ name: 'b', x: 11 });
});

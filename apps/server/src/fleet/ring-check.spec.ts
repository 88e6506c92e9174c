import type { Polygon, Position } from 'geojson';
import { cleaned, geometryFault } from './ring-check.js';

const polygon = (...rings: Position[][]): Polygon => ({ type: 'Polygon', coordinates: rings });
const square = (x: number, y: number, size: number): Position[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];

describe('a geometry', () => {
  it('may have holes, touching corners between rings, many parts', () => {
    expect(geometryFault(polygon(square(121, 29, 0.1)))).toBeNull();
    expect(geometryFault(polygon(square(121, 29, 0.1), square(121.02, 29.02, 0.01)))).toBeNull();
    expect(geometryFault({ type: 'MultiPolygon', coordinates: [[square(121, 29, 0.1)], [square(122, 29, 0.1)]] })).toBeNull();
    const touching: Position[] = [
      [121, 29.05],
      [121.05, 29.04],
      [121.05, 29.06],
      [121, 29.05],
    ];
    expect(geometryFault(polygon(square(121, 29, 0.1), touching))).toBeNull();
  });

  it('is refused when a ring is open, naming where it begins and ends', () => {
    expect(geometryFault(polygon(square(121, 29, 0.1).slice(0, 4)))?.en).toBe('ring 1 is not closed: it begins at [121, 29] and ends at [121, 29.1]');
  });

  it('is refused when it crosses itself', () => {
    const bowTie: Position[] = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
      [0, 0],
    ];
    expect(geometryFault(polygon(bowTie))?.en).toMatch(/crosses itself/);
    expect(geometryFault(polygon(bowTie))?.zh).toMatch(/^边界在 \[0\.5, 0\.5\] 附近自相交$/);
    const spike: Position[] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 1],
      [0, 1],
      [0, 0],
    ];
    expect(geometryFault(polygon(spike))?.en).toMatch(/crosses itself/);
    const eight: Position[] = [
      [0, 0],
      [1, 0],
      [0.5, 0.5],
      [1, 1],
      [0, 1],
      [0.5, 0.5],
      [0, 0],
    ];
    expect(geometryFault(polygon(eight))?.en).toMatch(/crosses itself/);
    expect(geometryFault(polygon(square(0, 0, 1), square(0.5, 0.5, 1)))?.en).toMatch(/crosses itself/);
  });

  it('is refused when it is nothing or everything', () => {
    expect(
      geometryFault(
        polygon([
          [0, 0],
          [1, 0],
          [2, 0],
          [0, 0],
        ]),
      )?.en,
    ).toMatch(/crosses itself|area/);
    expect(geometryFault(polygon(square(121, 29, 1e-7)))?.en).toMatch(/area of .* m²/);
    expect(geometryFault(polygon(square(29, 21, 60)))?.en).toMatch(/km², more than any city/);
  });

  it('loses altitude and repeated corners', () => {
    const drawn: Position[] = [
      [0, 0, 5],
      [1, 0, 5],
      [1, 0, 6],
      [1, 1, 5],
      [0, 1, 5],
      [0, 0, 5],
    ];
    expect(cleaned(polygon(drawn)).coordinates).toEqual([square(0, 0, 1)]);
  });

  it('of 20,000 corners is looked through in seconds at the worst', () => {
    const ring = Array.from({ length: 19_999 }, (_, i): Position => [
      121 + 0.1 * Math.cos((i / 19_999) * 2 * Math.PI),
      29 + 0.1 * Math.sin((i / 19_999) * 2 * Math.PI),
    ]);
    const began = performance.now();
    expect(geometryFault(polygon([...ring, ring[0]!]))).toBeNull();
    expect(performance.now() - began).toBeLessThan(5_000); // 0.3 s on a quiet machine
  });
});

import { east, HOME, square } from '@muckwatch/domain/testing';
import type { Point } from '@muckwatch/domain';
import { comesNear } from './comes-near.js';

/** A block of 2 km around HOME. */
const block = square('site', HOME, 2_000).geometry;
const near = (...coordinates: Point[]) => comesNear({ type: 'LineString', coordinates }, block, 1_000);

describe('a line comes near a polygon', () => {
  it('where it begins in it, ends by it, or passes it', () => {
    expect(near(HOME, east(100))).toBe(true);
    expect(near(east(-9_000), east(-1_990))).toBe(true);
    expect(near(east(-9_000, 1_990), east(9_000, 1_990))).toBe(true);
  });

  it('where a long straight piece crosses it, far as its ends are', () => {
    expect(near(east(-50_000, 300), east(50_000, 300))).toBe(true);
  });

  it('where a corner of it lies by the line', () => {
    expect(near(east(-9_000, 12_300), east(12_300, -9_000))).toBe(true); // 920 m off the north-eastern corner
    expect(near(east(-9_000, 12_600), east(12_600, -9_000))).toBe(false); // 1,130 m
  });

  it('and nowhere else', () => {
    expect(near(east(-9_000), east(-2_010))).toBe(false);
    expect(near(east(-9_000, 2_010), east(9_000, 2_010))).toBe(false);
    expect(near(east(20_000), east(30_000))).toBe(false);
    expect(comesNear({ type: 'MultiLineString', coordinates: [[east(20_000), east(30_000)], [HOME, east(100)]] }, block, 1_000)).toBe(true); // prettier-ignore
  });
});

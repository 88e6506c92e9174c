import { areaWords, clicked, ended, figuresOf, lengthWords, type Measured, NOTHING, undone } from './measure.js';

type Point = [number, number];
/** Metres east and north of a corner in Suizhou. */
const at = (east: number, north: number): Point => [113.37 + east / (111_195.08 * Math.cos((31.69 * Math.PI) / 180)), 31.69 + north / 111_195.08];
const drawn = (...points: Point[]): Measured => points.reduce((measured, point) => clicked(measured, point, false, false), NOTHING);

describe('measuring', () => {
  it('adds up the line, to the pointer while it is under way', () => {
    const line = drawn(at(0, 0), at(300, 0), at(300, 400));
    expect(figuresOf(line, null).lengthM).toBeCloseTo(700, 0);
    expect(figuresOf(line, at(300, 500)).lengthM).toBeCloseTo(800, 0);
    expect(figuresOf(ended(line), at(300, 500))).toEqual({ lengthM: expect.closeTo(700, 0), areaM2: null });
  });

  it('closes on its first point, and then has an area', () => {
    const ring = clicked(drawn(at(0, 0), at(300, 0), at(300, 400)), at(2, 2), true, false);
    const { lengthM, areaM2 } = figuresOf(ring, at(900, 900));
    expect(lengthM).toBeCloseTo(1_200, 0);
    expect(areaM2! / 60_000).toBeCloseTo(1, 3);
    expect(clicked(drawn(at(0, 0), at(300, 0)), at(2, 2), true, false).closed).toBe(false);
  });

  it('takes a double click for one point, and one point for nothing', () => {
    const one = drawn(at(0, 0));
    expect(clicked(one, at(1, 0), false, true)).toBe(one);
    expect(ended(one)).toEqual(NOTHING);
  });

  it('begins anew after the end, and takes back point by point', () => {
    const line = ended(drawn(at(0, 0), at(300, 0)));
    expect(clicked(line, at(9, 9), false, false)).toEqual({ points: [at(9, 9)], closed: false, done: false });
    const ring = clicked(drawn(at(0, 0), at(300, 0), at(300, 400)), at(0, 0), true, false);
    expect(undone(ring)).toMatchObject({ closed: false, done: false });
    expect(undone(undone(ring)).points).toHaveLength(2);
  });

  it('says metres, kilometres, square metres and hectares', () => {
    expect([85.4, 999.6, 1_236, 12_360].map(lengthWords)).toEqual(['85 m', '1.00 km', '1.24 km', '12.4 km']);
    expect([849.6, 34_000, 12_500_000].map(areaWords)).toEqual(['850 m²', '3.40 ha', '1250 ha']);
  });
});

import * as turf from '@turf/turf';
import type { Polygon } from 'geojson';
import fc from 'fast-check';
import {
  bearingDeg,
  borderCrossings,
  borderDistanceM,
  contains,
  cutM,
  distanceM,
  headingGapDeg,
  insideLengthM,
  lengthM,
  lineDistanceM,
  ringAreaM2,
} from './geo.js';
import type { Point } from './report.js';
import { east, HOME, square } from './testing.js';

const RUNS = { seed: 20_261_123, numRuns: 300 };
const near = fc.tuple(fc.integer({ min: -3_000, max: 3_000 }), fc.integer({ min: -3_000, max: 3_000 })).map(([x, y]) => east(x, y));
/** A star around HOME: no edge crosses another. */
const star = fc.array(fc.integer({ min: 100, max: 2_000 }), { minLength: 3, maxLength: 60 }).map((radii): Polygon => {
  const ring = radii.map((r, i) => east(r * Math.cos((2 * Math.PI * i) / radii.length), r * Math.sin((2 * Math.PI * i) / radii.length)));
  return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
});

describe('geometry, against Turf', () => {
  it('measures distances as Turf does', () => {
    fc.assert(
      fc.property(near, near, (a, b) => {
        expect(distanceM(a, b)).toBeCloseTo(turf.distance(a, b, { units: 'meters' }), 6);
      }),
      RUNS,
    );
    expect(distanceM([0, 0], [180, 0])).toBeCloseTo(turf.distance([0, 0], [180, 0], { units: 'meters' }), 3);
  });

  it('adds up a line and knows what a ring holds, open or not', () => {
    expect(lengthM([HOME, east(300, 0), east(300, 400)])).toBeCloseTo(700, 0);
    expect(lengthM([HOME])).toBe(0);
    const ring = [east(0, 0), east(300, 0), east(300, 400), east(0, 400)];
    expect(ringAreaM2(ring) / 120_000).toBeCloseTo(1, 2);
    expect(ringAreaM2(ring.toReversed())).toBeCloseTo(ringAreaM2(ring), 3);
    expect(ringAreaM2(ring.slice(0, 2))).toBe(0);
  });

  it('measures the distance to a border within 0.5 % or half a metre', () => {
    fc.assert(
      fc.property(star, near, (polygon, point) => {
        const turfs = turf.pointToLineDistance(point, turf.lineString(polygon.coordinates[0]!), { units: 'meters' });
        expect(Math.abs(borderDistanceM(polygon, point) - turfs)).toBeLessThan(Math.max(0.5, 0.005 * turfs));
      }),
      RUNS,
    );
  });

  it('measures the distance to a line within 0.5 % or a metre, in several parts too', () => {
    const line = fc.array(near, { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(line, line, near, (one, other, point) => {
        const turfs = [one, other].map((part) => turf.pointToLineDistance(point, turf.lineString(part), { units: 'meters' }));
        const agrees = (ours: number, theirs: number) => expect(Math.abs(ours - theirs)).toBeLessThan(Math.max(1, 0.005 * theirs));
        agrees(lineDistanceM({ type: 'LineString', coordinates: one }, point), turfs[0]!);
        agrees(lineDistanceM({ type: 'MultiLineString', coordinates: [one, other] }, point), Math.min(...turfs));
      }),
      RUNS,
    );
  });

  it('takes the length inside as Turf cuts it', () => {
    fc.assert(
      fc.property(star, near, near, (polygon, from, to) => {
        fc.pre(distanceM(from, to) > 10);
        const inside = insideLengthM(polygon, from, to);
        // Sampled: the share of the line’s points that Turf has inside.
        const steps = 2_000;
        const count = Array.from({ length: steps }, (_, i): Point => [
          from[0] + ((to[0] - from[0]) * (i + 0.5)) / steps,
          from[1] + ((to[1] - from[1]) * (i + 0.5)) / steps,
        ]).filter((point) => turf.booleanPointInPolygon(point, polygon)).length;
        expect(Math.abs(inside - (count / steps) * distanceM(from, to))).toBeLessThan(distanceM(from, to) / 200 + 1);
      }),
      { ...RUNS, numRuns: 40 },
    );
  });

  it('points where Turf points', () => {
    fc.assert(
      fc.property(near, near, (a, b) => {
        fc.pre(distanceM(a, b) > 10);
        expect(headingGapDeg(bearingDeg(a, b), (turf.bearing(a, b) + 360) % 360)).toBeLessThan(0.1);
      }),
      RUNS,
    );
  });
});

describe('geometry', () => {
  const block = square('no-go', HOME, 200).geometry;

  it('has the border inside', () => {
    expect(contains(block, (block as Polygon).coordinates[0]![0] as Point)).toBe(true);
    expect(borderDistanceM(block, east(130))).toBeCloseTo(30, 1);
    expect(borderDistanceM(block, HOME)).toBeCloseTo(100, 1);
  });

  it('crosses a corner once, not twice', () => {
    expect(borderCrossings(block, east(-200, -200), HOME)).toHaveLength(1);
    expect(borderCrossings(block, east(-200), east(200)).map((share) => Math.round(share * 100))).toEqual([25, 75]);
  });

  it('knows how deep a line cuts', () => {
    const cut = cutM(block, east(-200, 90), east(200, 90));
    expect(cut.depthM).toBeCloseTo(10, 1);
    expect(cut.widthM).toBeCloseTo(200, 1);
    expect(cutM(block, east(-200, 110), east(200, 110))).toEqual({ depthM: 0, widthM: 0 });
  });

  it('turns the short way', () => {
    expect(headingGapDeg(350, 10)).toBe(20);
    expect(headingGapDeg(0, 360)).toBe(0);
    expect(headingGapDeg(0, 180)).toBe(180);
  });
});

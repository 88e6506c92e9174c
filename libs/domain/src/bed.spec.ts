import { type BedState, bedDeg, bedRaised, NO_BED, stepBed } from './bed.js';
import type { Report } from './report.js';
import { at, clock } from './testing.js';

const driven = (from: string, degrees: number[], everyS = 30, said: Partial<Report> = {}) =>
  degrees.map((bedAngleDeg, i) => at(clock(from) + i * everyS * 1_000, { speedKmh: 30, bedAngleDeg, ...said }));
const after = (reports: Report[], from: BedState = NO_BED) => reports.reduce(stepBed, from);
const times = (count: number, deg: number) => Array.from({ length: count }, () => deg);

describe('the resting angle of a bed', () => {
  it('is 0 until five minutes of driving are known, unless most of them say the same', () => {
    expect(after(driven('08:00:00', times(5, 6))).restDeg).toBe(0);
    expect(after(driven('08:00:00', times(10, 6))).restDeg).toBe(6);
  });

  it('is learnt at 20 km/h and more, one sample each 30 s, never from a faulty sensor', () => {
    expect(after(driven('08:00:00', times(30, 6), 30, { speedKmh: 19 })).samples).toEqual([]);
    expect(after(driven('08:00:00', times(30, 6), 30, { speedKmh: null })).samples).toEqual([]);
    expect(after(driven('08:00:00', times(30, 6), 30, { bed: 'fault' })).samples).toEqual([]);
    expect(after(driven('08:00:00', times(60, 6), 1)).samples).toHaveLength(2);
  });

  it('forgets after 30 min of driving, and not while the truck waits', () => {
    expect(after(driven('08:00:00', times(200, 6))).samples).toHaveLength(61);
    const known = after(driven('08:00:00', times(20, 6)));
    expect(after(driven('12:00:00', [6.4]), known).restDeg).toBe(6);
  });

  it('is not moved by a bed that is up now and then', () => {
    expect(after(driven('08:00:00', [...times(20, 1), ...times(8, 45)])).restDeg).toBe(1);
  });
});

describe('a raised bed', () => {
  it('stands so many degrees above its rest', () => {
    expect(bedRaised(at(0, { bedAngleDeg: 15.9 }), 6, 10)).toBe(false);
    expect(bedRaised(at(0, { bedAngleDeg: 16 }), 6, 10)).toBe(true);
    expect(bedDeg(at(0, { bedAngleDeg: 16 }), 6)).toBe(10);
  });

  it('is taken at its word without an angle, and unknown where nothing or «fault» is said', () => {
    expect(bedRaised(at(0, { bed: 'raised' }), 0, 10)).toBe(true);
    expect(bedRaised(at(0, { bed: 'down' }), 0, 10)).toBe(false);
    expect(bedRaised(at(0), 0, 10)).toBeNull();
    expect(bedRaised(at(0, { bed: 'fault', bedAngleDeg: 45 }), 0, 10)).toBeNull();
    expect(bedRaised(at(0, { bed: 'raised', bedAngleDeg: 2 }), 0, 10)).toBe(false);
    expect(bedDeg(at(0, { bed: 'fault', bedAngleDeg: 45 }), 0)).toBeNull();
  });
});

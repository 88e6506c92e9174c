import type { Position } from '@muckwatch/contract';
import { latOf, lonOf, worldX, worldY } from '../map/projection.js';
import { Fleet, pose, STATES, turned } from './fleet.js';

const START = Date.parse('2026-11-23T13:00:00Z');
const fix = (s: number, lon: number, said: Partial<Position> = {}): Position => ({
  id: 't1',
  plate: '鄂S12345',
  at: new Date(START + s * 1000).toISOString(),
  lat: 31.7,
  lon,
  speedKmh: 40,
  headingDeg: 90,
  state: 'loaded',
  ...said,
});
const lonAt = (fleet: Fleet, now: number) => {
  fleet.pose(0, now);
  return lonOf(pose.x);
};

describe('a truck between two reports', () => {
  it('rolls to the newer fix in about the time reports take', () => {
    const fleet = new Fleet();
    fleet.hear(fix(0, 113.37), 0);
    fleet.hear(fix(5, 113.371), 5_000);
    expect(lonAt(fleet, 5_000)).toBeCloseTo(113.37, 9);
    expect(lonAt(fleet, 7_750)).toBeCloseTo(113.3705, 6);
    expect(fleet.pose(0, 10_000)).toBe(true);
    expect(fleet.pose(0, 10_600)).toBe(false);
    expect(lonAt(fleet, 10_600)).toBeCloseTo(113.371, 9);
  });

  it('turns at the corner: out along the old heading, in along the new one', () => {
    const fleet = new Fleet();
    fleet.hear(fix(0, 113.37, { headingDeg: 90 }), 0);
    fleet.hear(fix(5, 113.371, { lat: 31.701, headingDeg: 0 }), 5_000);
    fleet.pose(0, 7_750);
    const straightX = worldX(113.3705);
    const straightY = worldY(31.7005);
    expect(pose.x).toBeGreaterThan(straightX); // further east
    expect(pose.y).toBeGreaterThan(straightY); // and further south than half way on the straight line
    expect(pose.heading).toBeCloseTo(45, 5);
  });

  it('does not fly across the city after a hole in coverage', () => {
    const fleet = new Fleet();
    fleet.hear(fix(0, 113.3), 0);
    fleet.hear(fix(400, 113.4), 400_000);
    expect(fleet.pose(0, 400_001)).toBe(false);
    expect(lonOf(pose.x)).toBeCloseTo(113.4, 9);
  });

  it('stands at its newest fix where motion is not wanted', () => {
    const fleet = new Fleet(() => true);
    fleet.hear(fix(0, 113.37), 0);
    fleet.hear(fix(5, 113.371), 5_000);
    expect(lonAt(fleet, 5_000)).toBeCloseTo(113.371, 9);
  });
});

describe('what is heard', () => {
  it('never moves a truck to an older fix', () => {
    const fleet = new Fleet();
    fleet.hear(fix(10, 113.38), 0);
    fleet.hear(fix(5, 113.37), 1_000);
    expect(fleet.lon[0]).toBe(113.38);
  });

  it('may change the state without a new fix', () => {
    const fleet = new Fleet();
    fleet.hear(fix(10, 113.38), 0);
    fleet.hear(fix(10, 113.38, { state: 'silent' }), 1_000);
    expect(STATES[fleet.state[0]!]).toBe('silent');
  });

  it('keeps the last heading where none is said, and says none where there never was one', () => {
    const fleet = new Fleet();
    fleet.hear(fix(0, 113.37, { headingDeg: null }), 0);
    expect(fleet.headingDeg[0]).toBeNaN();
    fleet.hear(fix(5, 113.371, { headingDeg: 92 }), 5_000);
    fleet.hear(fix(10, 113.371, { headingDeg: null, speedKmh: 0 }), 10_000);
    expect(fleet.headingDeg[0]).toBe(92);
  });

  it('of a snapshot is the whole truth', () => {
    const fleet = new Fleet();
    fleet.hear(fix(0, 113.37), 0);
    fleet.replace([fix(0, 113.5, { id: 't2' })], 1_000);
    expect(fleet.count).toBe(1);
    expect(fleet.indexOf('t1')).toBeNull();
    expect(fleet.indexOf('t2')).toBe(0);
  });

  it('is kept for more trucks than were expected', () => {
    const fleet = new Fleet();
    for (let i = 0; i < 1_000; i++) fleet.hear(fix(0, 113 + i / 1e4, { id: `t${i}` }), 0);
    expect(fleet.count).toBe(1_000);
    expect(fleet.lon[0]).toBe(113);
    expect(fleet.lon[999]).toBeCloseTo(113.0999, 9);
  });
});

it('turns the short way round', () => {
  expect(turned(350, 10, 0.5)).toBeCloseTo(0, 5);
  expect(turned(10, 350, 0.5)).toBeCloseTo(0, 5);
  expect(turned(90, 180, 0.5)).toBeCloseTo(135, 5);
});

it('projects there and back', () => {
  expect(latOf(worldY(31.69))).toBeCloseTo(31.69, 9);
  expect(lonOf(worldX(113.37))).toBeCloseTo(113.37, 9);
});

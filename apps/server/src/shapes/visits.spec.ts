import type { Point } from '@muckwatch/domain';
import { isCrossing, isVisit, StayReader } from './visits.js';

const AT = Date.parse('2026-11-20T13:00:00Z');
/** 190 m wide and 220 m high. */
const [WEST, EAST, SOUTH, NORTH] = [113, 113.002, 30.999, 31.001];
const ring = [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]; // prettier-ignore
const GAP_MS = 60_000;

function readerOf(fixes: [seconds: number, point: Point, headingDeg?: number | null][]): StayReader {
  const reader = new StayReader({ type: 'Polygon', coordinates: [ring] }, GAP_MS);
  for (const [seconds, point, headingDeg = null] of fixes) reader.add({ at: AT + seconds * 1_000, point, headingDeg });
  return reader;
}
const read = (...reports: [seconds: number, inside: boolean][]) =>
  readerOf(reports.map(([seconds, inside]) => [seconds, [WEST + 0.0005 + seconds / 1e6, inside ? 31 : 31.01]])).stays;

it('is a visit from two reports and 10 s on, and begins where the first lay', () => {
  const [stay] = read([0, false], [5, true], [10, true], [15, true], [20, false]);
  expect(stay).toEqual({ from: AT + 5_000, to: AT + 15_000, reports: 3, point: [WEST + 0.000505, 31] });
  expect(isVisit(stay!)).toBe(true);
});

it('is a pass where it was seen once, or for less than 10 s', () => {
  expect(read([0, false], [5, true], [10, false]).map(isVisit)).toEqual([false]);
  expect(read([5, true], [9, true], [14, false]).map(isVisit)).toEqual([false]);
});

it('ends at a report outside and at a silence of more than 10 min', () => {
  expect(read([0, true], [30, true], [60, false], [90, true], [120, true])).toHaveLength(2);
  expect(read([0, true], [600, true])).toHaveLength(1);
  expect(read([0, true], [601, true])).toHaveLength(2);
});

describe('a way through between two reports outside', () => {
  const [before, behind]: Point[] = [
    [WEST - 0.001, 31],
    [EAST + 0.001, 31],
  ];
  const through = (seconds: number, heading: number | null, from = before!, to = behind!) => {
    const { stays, unsure } = readerOf([
      [0, from, heading],
      [seconds, to, heading],
    ]);
    return [stays.length, unsure];
  };

  it('is a crossing, of both reports’ times, and lies in the middle', () => {
    const [crossing] = readerOf([
      [0, before!, 90],
      [20, behind!, 85],
    ]).stays;
    expect(crossing).toMatchObject({ from: AT, to: AT + 20_000, reports: 0 });
    expect(crossing!.point[0]).toBeCloseTo(113.001, 6);
    expect([isCrossing(crossing!), isVisit(crossing!)]).toEqual([true, false]);
  });

  it('is none where nobody knows the way: after more than 60 s', () => {
    expect(through(60, 90)).toEqual([1, 0]);
    expect(through(61, 90)).toEqual([0, 0]);
  });

  it('is not believed, and said, where a heading is unsaid or does not fit, or only a corner is clipped', () => {
    expect(through(20, null)).toEqual([0, 1]);
    expect(through(20, 0)).toEqual([0, 1]);
    expect(through(20, 45, [WEST - 0.001, NORTH - 0.0011], [WEST + 0.001, NORTH + 0.00095])).toEqual([0, 1]);
  });

  it('is nothing where the line misses', () => {
    expect(through(20, 90, [WEST - 0.001, 31.002], [EAST + 0.001, 31.002])).toEqual([0, 0]);
  });
});

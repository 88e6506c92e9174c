import { isVisit, type Stay, StayReader } from './visits.js';

const AT = Date.parse('2026-11-20T13:00:00Z');
const read = (...reports: [seconds: number, inside: boolean][]): Stay[] => {
  const reader = new StayReader();
  for (const [seconds, inside] of reports) reader.add(AT + seconds * 1_000, [113 + seconds / 1e5, 31], inside);
  return reader.stays;
};

it('is a visit from two reports and 10 s on, and begins where the first lay', () => {
  const [stay] = read([0, false], [5, true], [10, true], [15, true], [20, false]);
  expect(stay).toEqual({ from: AT + 5_000, to: AT + 15_000, reports: 3, point: [113.00005, 31] });
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

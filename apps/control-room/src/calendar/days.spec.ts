import { dayKind, hoursAreRight, toggled, weeksOf } from './days.js';

const WEEK = [1, 2, 3, 4, 5];
const YEAR = { holidays: ['2027-01-01'], workdays: ['2027-02-14'] };

it('tells what a day is', () => {
  expect(['2027-01-01', '2027-01-04', '2027-01-03', '2027-02-14'].map((day) => dayKind(day, YEAR, WEEK))).toEqual(['holiday', 'work', 'free', 'moved']);
});

it('turns a day over by a click, and back by another', () => {
  const once = toggled(YEAR, '2027-01-04', WEEK);
  expect(once.holidays).toEqual(['2027-01-01', '2027-01-04']);
  expect(toggled(once, '2027-01-04', WEEK)).toEqual(YEAR);
  expect(toggled(YEAR, '2027-01-03', WEEK).workdays).toEqual(['2027-01-03', '2027-02-14']);
  expect(toggled(YEAR, '2027-02-14', WEEK).workdays).toEqual([]);
});

it('lays a month out in weeks from Monday', () => {
  const weeks = weeksOf(2027, 2);
  expect(weeks[0]!.slice(0, 2)).toEqual(['2027-02-01', '2027-02-02']);
  expect(weeks).toHaveLength(4);
  expect(weeksOf(2027, 1)[0]!.slice(3, 6)).toEqual([null, '2027-01-01', '2027-01-02']);
});

it('wants each stretch of working hours to end after it began', () => {
  expect(hoursAreRight([{ from: '08:30', to: '12:00' }])).toBe(true);
  expect(hoursAreRight([{ from: '14:00', to: '12:00' }])).toBe(false);
  expect(hoursAreRight([{ from: '9', to: '12:00' }])).toBe(false);
  expect(hoursAreRight([])).toBe(false);
});

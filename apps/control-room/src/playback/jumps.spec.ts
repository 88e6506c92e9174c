import { everySOf, jumpTo } from './jumps.js';

it('jumps to the next and the previous, and from one to another', () => {
  const times = [50_000, 10_000, 90_000];
  expect(jumpTo(times, 0, 1)).toBe(10_000);
  expect(jumpTo(times, 10_000, 1)).toBe(50_000);
  expect(jumpTo(times, 50_900, -1)).toBe(10_000);
  expect(jumpTo(times, 90_000, 1)).toBeNull();
  expect(jumpTo([], 0, -1)).toBeNull();
  expect(jumpTo(times, 30_000, 1, 5_000)).toBe(45_000);
});

it('asks for all of a day of eight trucks, and for fewer of a week', () => {
  const day = 86_400_000;
  expect([everySOf(8, day), everySOf(1, 7 * day), everySOf(3, 7 * day), everySOf(8, 7 * day)]).toEqual([0, 0, 15, 30]);
});

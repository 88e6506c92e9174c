import { daysBetween, strip } from './hours.js';

it('has a cell for every hour, those without alerts too', () => {
  const days = daysBetween('2026-02-27', '2026-03-01');
  expect(days).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  const cells = strip([{ day: '2026-02-28', hour: 3, alerts: 7 }], days);
  expect(cells).toHaveLength(72);
  expect(cells[24 + 3]).toEqual({ day: '2026-02-28', hour: 3, alerts: 7 });
  expect(cells.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(7);
});

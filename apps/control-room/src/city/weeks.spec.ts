import { weekOf } from './weeks.js';

it('counts weeks as ISO 8601 does, by the city’s clock', () => {
  const at = (text: string, weeks = 0) => weekOf(Date.parse(`${text}+08:00`), 'Asia/Shanghai', weeks);
  expect([at('2026-01-01T00:00'), at('2026-11-29T23:59'), at('2027-01-03T12:00'), at('2026-11-23T00:00', -1)]).toEqual([
    '2026-W01',
    '2026-W48',
    '2026-W53',
    '2026-W47',
  ]);
});

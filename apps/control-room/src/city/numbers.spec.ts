import { percentWords } from '@muckwatch/contract';
import { hourOf, rowsLink } from './links.js';
import { numberWords } from './numbers.js';

it('says numbers with thousands apart, and shares that are nearly all or nothing as such', () => {
  expect([12_345, 1.25, 0, null].map(numberWords)).toEqual(['12,345', '1.3', '0', '—']);
  expect([null, 0, 0.0001, 0.985, 0.9999, 1].map(percentWords)).toEqual(['—', '0.0 %', '< 0.1 %', '98.5 %', '> 99.9 %', '100.0 %']);
});

it('leads to the rows of just what was counted', () => {
  const period = { from: '2026-11-28T16:00:00.000Z', to: '2026-11-29T01:30:00.000Z' };
  expect(rowsLink('alerts', period, { rule: 'spill' })).toBe(
    '#/city/rows?of=alerts&from=2026-11-28T16%3A00%3A00.000Z&to=2026-11-29T01%3A30%3A00.000Z&rule=spill',
  );
  expect(hourOf(period, Date.parse('2026-11-29T01:00:00Z'))).toEqual({ from: '2026-11-29T01:00:00.000Z', to: period.to });
});

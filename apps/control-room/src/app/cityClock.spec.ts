import { addDays, clockTyped, dateTyped, instantOf, momentTyped, wallOf, weekdayOf } from './cityClock.js';

const SUIZHOU = 'Asia/Shanghai';

describe('the city’s clock', () => {
  it('is told and read in the city’s zone, whatever the browser’s is', () => {
    expect(instantOf({ date: '2026-08-18', clock: '00:00' }, SUIZHOU)).toBe(Date.parse('2026-08-17T16:00:00Z'));
    expect(wallOf(Date.parse('2026-08-17T16:00:00Z'), SUIZHOU)).toEqual({ date: '2026-08-18', clock: '00:00' });
  });

  it('ends a day at 24:00, which is the next one’s beginning', () => {
    expect(instantOf({ date: '2026-12-31', clock: '24:00' }, SUIZHOU)).toBe(Date.parse('2027-01-01T00:00:00+08:00'));
  });

  it('keeps the hour over a change to summer time', () => {
    expect(instantOf({ date: '2026-03-29', clock: '06:00' }, 'Europe/Berlin')).toBe(Date.parse('2026-03-29T06:00:00+02:00'));
    expect(instantOf({ date: '2026-03-29', clock: '01:00' }, 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:00:00+01:00'));
  });

  it('does not guess at what is no time', () => {
    expect(instantOf({ date: '', clock: '21:00' }, SUIZHOU)).toBeNull();
    expect(instantOf({ date: '2026-13-40', clock: '21:00' }, SUIZHOU)).toBeNull();
    expect(instantOf({ date: '2026-08-18', clock: '25:00' }, SUIZHOU)).toBeNull();
  });

  it('knows the days of the week', () => {
    expect(['2026-11-23', '2026-11-29', '1969-12-31'].map(weekdayOf)).toEqual([1, 7, 3]);
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  });
});

it('takes a day as people type it', () => {
  expect(['2026-12-2', '2026/12/02', '20261202', '2026年12月2日', ' 2026.12.2 '].map(dateTyped)).toEqual(Array(5).fill('2026-12-02'));
  expect(['', '12-02', '2026-02-30', '2026-13-01', 'x'].map(dateTyped)).toEqual([null, null, null, null, null]);
});

it('takes a time as people type it', () => {
  expect(['9', '930', '21:5', '21：00', '2100', ' 05:30 ', '24', '21点'].map(clockTyped)).toEqual([
    '09:00',
    '09:30',
    '21:05',
    '21:00',
    '21:00',
    '05:30',
    '24:00',
    '21:00',
  ]);
  expect(['', 'x', '25', '2460', '24:01', '12:60'].map(clockTyped)).toEqual([null, null, null, null, null, null]);
});

it('takes a day with a time as people type it', () => {
  expect(['2026-12-02T09:30', '2026-12-2 930', ' 2026/12/02  9:30 ', '20261202 0930', '2026年12月2日 9点30'].map(momentTyped)).toEqual(
    Array(5).fill('2026-12-02T09:30'),
  );
  expect(momentTyped('2026-12-02')).toBe('2026-12-02T00:00');
  expect(['', '2026-12', '2026-12-02 25', '2026-02-30 10:00', '10:00', '2026-12-02 24:00'].map(momentTyped)).toEqual(Array(6).fill(null));
});

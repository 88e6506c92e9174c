import { utcOffsetOf } from '../fleet/city-time.js';
import { periodOf, weekAt, weekPeriod } from './period.js';

const shanghai = utcOffsetOf('Asia/Shanghai');
const local = (text: string) => Date.parse(`${text}+08:00`);
const said = (name: Parameters<typeof periodOf>[0], now: string) => {
  const { from, to, before } = periodOf(name, local(now), shanghai);
  return [from, to, before.from, before.to].map((time) => new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 16));
};

describe('a period by the city’s clock', () => {
  it('is today until now, against the same hours a week ago', () => {
    expect(said('today', '2026-11-25T09:30')).toEqual(['2026-11-25T00:00', '2026-11-25T09:30', '2026-11-18T00:00', '2026-11-18T09:30']);
  });
  it('is the night on duty, or by day the last one', () => {
    expect(said('night', '2026-11-25T02:00')).toEqual(['2026-11-24T20:00', '2026-11-25T02:00', '2026-11-17T20:00', '2026-11-18T02:00']);
    expect(said('night', '2026-11-25T21:00').slice(0, 2)).toEqual(['2026-11-25T20:00', '2026-11-25T21:00']);
    expect(said('night', '2026-11-25T12:00').slice(0, 2)).toEqual(['2026-11-24T20:00', '2026-11-25T08:00']);
  });
  it('is a month against as much of the month before, and never more than that month', () => {
    expect(said('month', '2026-11-05T12:00')).toEqual(['2026-11-01T00:00', '2026-11-05T12:00', '2026-10-01T00:00', '2026-10-05T12:00']);
    expect(said('month', '2026-03-31T12:00').slice(2)).toEqual(['2026-02-01T00:00', '2026-03-01T00:00']);
    expect(said('last-month', '2026-01-05T12:00')).toEqual(['2025-12-01T00:00', '2026-01-01T00:00', '2025-11-01T00:00', '2025-12-01T00:00']);
  });
  it('is a week from Monday on', () => {
    expect(said('week', '2026-11-29T12:00').slice(0, 2)).toEqual(['2026-11-23T00:00', '2026-11-29T12:00']);
    expect(said('last-week', '2026-11-23T00:10').slice(0, 2)).toEqual(['2026-11-16T00:00', '2026-11-23T00:00']);
  });
  it('keeps its hours over a change to summer time', () => {
    const { from, to, before } = periodOf('today', Date.parse('2026-03-30T10:00:00+02:00'), utcOffsetOf('Europe/Berlin'));
    expect([from, to, before.from, before.to]).toEqual([
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T08:00:00.000Z',
      '2026-03-22T23:00:00.000Z',
      '2026-03-23T09:00:00.000Z',
    ]);
  });
  it('knows the weeks of ISO 8601', () => {
    expect(weekAt(local('2026-01-01T00:00'), shanghai)).toBe('2026-W01');
    expect(weekAt(local('2027-01-03T23:59'), shanghai)).toBe('2026-W53');
    expect(weekAt(local('2026-11-23T00:00'), shanghai, -1)).toBe('2026-W47');
    expect(weekPeriod('2026-W48', shanghai)).toMatchObject({ from: '2026-11-22T16:00:00.000Z', to: '2026-11-29T16:00:00.000Z' });
    expect(weekPeriod('2025-W53', shanghai)).toBeNull();
  });

  it('holds a week that goes on against as much of the one before', () => {
    const { from, to, before } = weekPeriod('2026-W48', shanghai, local('2026-11-25T14:30'))!;
    expect([to, before.from, before.to]).toEqual(['2026-11-25T06:30:00.000Z', '2026-11-15T16:00:00.000Z', '2026-11-18T06:30:00.000Z']);
    expect(from).toBe('2026-11-22T16:00:00.000Z');
    expect(weekPeriod('2026-W47', shanghai, local('2026-11-25T14:30'))!.to).toBe(from);
  });
});

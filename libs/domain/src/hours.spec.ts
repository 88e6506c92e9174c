import { type HoursWindow, inHours, nextOpening, outsideMs } from './hours.js';
import { MINUTE_MS } from './time.js';
import { clock, UTC_PLUS_8 } from './testing.js';

// The test day is Monday, 2026-11-23.
const open = (window: { days?: number[]; from: string; to: string }, time: string) => inHours([window], clock(time), UTC_PLUS_8);

describe('hours', () => {
  it('opens at `from` and closes at `to` by the city’s clock', () => {
    const day = { from: '08:00', to: '18:00' };
    expect(open(day, '07:59:59')).toBe(false);
    expect(open(day, '08:00:00')).toBe(true);
    expect(open(day, '17:59:59')).toBe(true);
    expect(open(day, '18:00:00')).toBe(false);
  });

  it('crosses midnight where `to` is at or before `from`', () => {
    const night = { from: '21:00', to: '05:00' };
    expect(['20:59:59', '21:00:00', '23:59:59', '00:00:00', '04:59:59', '05:00:00'].map((time) => open(night, time))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(open({ from: '06:00', to: '06:00' }, '05:00:00')).toBe(true);
    expect(open({ from: '06:00', to: '06:00' }, '06:00:00')).toBe(true);
  });

  it('names the day on which a window opens: Friday night runs into Saturday', () => {
    const friday = { days: [5], from: '22:00', to: '05:00' };
    expect(open(friday, '+4 21:59:00')).toBe(false);
    expect(open(friday, '+4 22:00:00')).toBe(true);
    expect(open(friday, '+5 04:59:00')).toBe(true);
    expect(open(friday, '+5 22:00:00')).toBe(false);
    expect(open(friday, '+4 04:00:00')).toBe(false);
  });

  it('knows Monday from Sunday, also across the end of the week and before 1970', () => {
    expect(open({ days: [1], from: '00:00', to: '24:00' }, '12:00:00')).toBe(true);
    expect(open({ days: [7], from: '22:00', to: '05:00' }, '04:00:00')).toBe(true);
    expect(inHours([{ days: [3], from: '00:00', to: '24:00' }], Date.UTC(1969, 11, 31, 4), UTC_PLUS_8)).toBe(true);
  });

  it('takes any of several windows, and none of no windows', () => {
    expect(
      inHours(
        [
          { from: '08:00', to: '09:00' },
          { from: '10:00', to: '11:00' },
        ],
        clock('10:30:00'),
        UTC_PLUS_8,
      ),
    ).toBe(true);
    expect(inHours([], clock('10:30:00'), UTC_PLUS_8)).toBe(false);
  });
});

describe('how far a time lies outside of the hours', () => {
  const minutes = (hours: HoursWindow[], time: string) => outsideMs(hours, clock(time), UTC_PLUS_8) / MINUTE_MS;
  const night = [{ from: '21:00', to: '05:00' }];

  it('is counted from the nearest window, after it closed or before it opens, across midnight', () => {
    expect(['21:00:00', '04:59:59', '05:00:00', '05:15:30', '20:50:00', '13:00:00'].map((time) => minutes(night, time))).toEqual([0, 0, 0, 15.5, 10, 480]);
  });

  it('goes by the day on which a window opens', () => {
    // Only Friday night: on Saturday 06:00 it closed an hour ago, on Monday 12:00 it is days away.
    const friday = [{ days: [5], from: '22:00', to: '05:00' }];
    expect(minutes(friday, '+5 06:00:00')).toBe(60);
    expect(minutes(friday, '+4 21:00:00')).toBe(60);
    expect(minutes(friday, '+2 12:00:00')).toBe((2 * 24 + 10) * 60);
    expect(minutes([{ days: [7], from: '22:00', to: '05:00' }], '06:00:00')).toBe(60);
  });

  it('takes the nearest of several windows, and knows none where none ever opens', () => {
    expect(minutes([{ from: '06:00', to: '07:00' }, ...night], '07:30:00')).toBe(30);
    expect(minutes([], '07:30:00')).toBe(Infinity);
    expect(minutes([{ days: [], from: '06:00', to: '07:00' }], '07:30:00')).toBe(Infinity);
  });

  it('tells when the next window opens', () => {
    const next = (hours: HoursWindow[], time: string) => nextOpening(hours, clock(time), UTC_PLUS_8);
    expect(next(night, '05:30:00')).toBe(clock('21:00:00'));
    expect(next(night, '21:00:00')).toBe(clock('+1 21:00:00'));
    expect(next([{ days: [5], from: '22:00', to: '05:00' }], '+4 22:00:00')).toBe(clock('+11 22:00:00'));
    expect(next([{ from: '06:00', to: '07:00' }, ...night], '07:30:00')).toBe(clock('21:00:00'));
    expect(next([], '07:30:00')).toBeNull();
  });

  it('goes by the clock that holds at each end, where the city puts it back in between', () => {
    const back = (at: number) => (at < clock('03:00:00') ? 540 : 480);
    expect(nextOpening([{ from: '06:00', to: '07:00' }], clock('01:00:00'), back)).toBe(clock('06:00:00'));
    expect(outsideMs([{ from: '21:00', to: '01:00' }], clock('04:00:00'), back)).toBe(4 * 60 * MINUTE_MS);
  });
});

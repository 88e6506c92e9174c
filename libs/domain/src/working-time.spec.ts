import fc from 'fast-check';
import { clock, UTC_PLUS_8 } from './testing.js';
import { HOUR_MS, MINUTE_MS } from './time.js';
import { deadlineAfter, isWorkingDay, workingHoursBetween, type WorkingTime } from './working-time.js';

// The test day is Monday, 2026-11-23; the office works eight hours a day.
const CALENDAR: WorkingTime = {
  hours: [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '18:00' },
  ],
  weekdays: [1, 2, 3, 4, 5],
  years: [
    { year: 2026, holidays: ['2026-11-25'], workdays: ['2026-11-28'] },
    { year: 2027, holidays: ['2027-01-01'], workdays: [] },
  ],
};
const after = (from: string, hours: number, calendar = CALENDAR) => deadlineAfter(calendar, clock(from), hours, UTC_PLUS_8);
const between = (from: string, to: string, calendar = CALENDAR) => workingHoursBetween(calendar, clock(from), clock(to), UTC_PLUS_8);

describe('a deadline', () => {
  it('counts working hours only: not the noon break, not the night', () => {
    expect(after('09:00:00', 2)).toEqual({ deadline: clock('11:00:00') });
    expect(after('11:00:00', 2)).toEqual({ deadline: clock('14:00:00') });
    expect(after('12:30:00', 1)).toEqual({ deadline: clock('14:00:00') });
    expect(after('17:00:00', 2)).toEqual({ deadline: clock('+1 10:00:00') });
    expect(after('06:00:00', 1)).toEqual({ deadline: clock('10:00:00') });
    expect(after('22:00:00', 0.5)).toEqual({ deadline: clock('+1 09:30:00') });
  });

  it('is the end of a working day rather than the beginning of the next', () => {
    expect(after('09:00:00', 8)).toEqual({ deadline: clock('18:00:00') });
    expect(after('09:00:00', 3)).toEqual({ deadline: clock('12:00:00') });
    expect(after('18:00:00', 8)).toEqual({ deadline: clock('+1 18:00:00') });
  });

  it('skips a holiday, works a moved Saturday and rests on Sunday', () => {
    expect(after('+1 17:00:00', 2)).toEqual({ deadline: clock('+3 10:00:00') }); // over Wednesday 25th
    expect(after('+4 17:00:00', 2)).toEqual({ deadline: clock('+5 10:00:00') }); // Friday to Saturday 28th
    expect(after('+5 17:00:00', 2)).toEqual({ deadline: clock('+7 10:00:00') }); // and on to Monday
  });

  it('goes on into a year that is published, and names the one that is not', () => {
    expect(after('+38 17:00:00', 2)).toEqual({ deadline: Date.UTC(2027, 0, 4, 2) }); // from Thursday, the 31st, over New Year's Day and the weekend
    const alone = { ...CALENDAR, years: CALENDAR.years.slice(0, 1) };
    expect(after('+38 17:00:00', 1, alone)).toEqual({ deadline: clock('+38 18:00:00') });
    expect(after('+38 17:00:00', 1.01, alone)).toEqual({ missingYear: 2027 });
    expect(after('09:00:00', 1, { ...CALENDAR, years: [] })).toEqual({ missingYear: 2026 });
    expect(after('+39 00:00:00', 1, alone)).toEqual({ missingYear: 2027 });
  });

  it('takes the year of the city, not of Greenwich', () => {
    expect(deadlineAfter({ ...CALENDAR, years: CALENDAR.years.slice(0, 1) }, Date.UTC(2026, 11, 31, 16), 1, UTC_PLUS_8)).toEqual({ missingYear: 2027 });
    expect(deadlineAfter({ ...CALENDAR, years: CALENDAR.years.slice(1) }, Date.UTC(2026, 11, 31, 16), 1, UTC_PLUS_8)).toEqual({
      deadline: Date.UTC(2027, 0, 4, 2),
    });
  });

  it('is now where nothing is to be waited for', () => {
    expect(after('03:00:00', 0)).toEqual({ deadline: clock('03:00:00') });
  });

  it('holds where the clock is put forward: the hour that the night lost is no working hour', () => {
    // Berlin on 2026-03-29: 02:00 becomes 03:00.
    const berlin = (at: number) => (at >= Date.UTC(2026, 2, 29, 1) ? 120 : 60);
    const always = { ...CALENDAR, weekdays: [1, 2, 3, 4, 5, 6, 7], hours: [{ from: '09:00', to: '17:00' }] };
    expect(deadlineAfter(always, Date.UTC(2026, 2, 28, 15), 2, berlin)).toEqual({ deadline: Date.UTC(2026, 2, 29, 8) });
  });
});

describe('working hours between two times', () => {
  it('are those of the windows that lie between', () => {
    expect(between('09:00:00', '18:00:00')).toEqual({ hours: 8 });
    expect(between('11:30:00', '13:15:00')).toEqual({ hours: 0.75 });
    expect(between('17:00:00', '+3 10:00:00')).toEqual({ hours: 1 + 8 + 1 });
    expect(between('18:00:00', '09:00:00')).toEqual({ hours: 0 });
  });

  it('need every year that is touched', () => {
    const alone = { ...CALENDAR, years: CALENDAR.years.slice(0, 1) };
    expect(between('+38 09:00:00', '+38 23:59:59', alone)).toEqual({ hours: 8 });
    expect(between('+38 09:00:00', '+39 00:00:00', alone)).toEqual({ missingYear: 2027 });
  });

  it('and the deadline after so many hours say the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 * 20 }), fc.integer({ min: 1, max: 100 * 60 }), (minutes, worked) => {
        const from = clock('00:00:00') + minutes * MINUTE_MS;
        const made = deadlineAfter(CALENDAR, from, worked / 60, UTC_PLUS_8);
        if (!('deadline' in made)) throw new Error('published');
        const counted = workingHoursBetween(CALENDAR, from, made.deadline, UTC_PLUS_8);
        expect('hours' in counted && Math.round(counted.hours * 60)).toBe(worked);
        // Nothing earlier would do.
        const before = workingHoursBetween(CALENDAR, from, made.deadline - MINUTE_MS, UTC_PLUS_8);
        expect('hours' in before && before.hours * HOUR_MS).toBeLessThan(worked * MINUTE_MS);
      }),
    );
  });
});

describe('a day', () => {
  it('is as published, else as its weekday', () => {
    expect(['2026-11-23', '2026-11-25', '2026-11-28', '2026-11-29'].map((day) => isWorkingDay(CALENDAR, day))).toEqual([true, false, true, false]);
    expect(isWorkingDay(CALENDAR, '2028-01-03')).toEqual({ missingYear: 2028 });
  });
});

import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { daysWords, hoursWords, isOpen, nextChange } from './hours.js';

const SUIZHOU = 'Asia/Shanghai';
// Monday.
const at = (text: string) => Date.parse(`2026-11-${text}:00+08:00`);
const night = { from: '21:00', to: '05:00' };

describe('hours in words', () => {
  it('say that the night ends on the next day', () => {
    expect(hoursWords([night], zh)).toBe('每天 21:00 至次日 05:00');
    expect(hoursWords([night], en)).toBe('daily 21:00 to 05:00 the next day');
    expect(hoursWords([{ from: '09:00', to: '17:00' }], zh)).toBe('每天 09:00 至 17:00');
  });

  it('call midnight the end of the day', () => {
    expect(hoursWords([{ from: '21:00', to: '00:00' }], zh)).toBe('每天 21:00 至 24:00');
  });

  it('name the days as people do', () => {
    expect(daysWords([1, 2, 3, 4, 5], zh)).toBe('周一至周五');
    expect(daysWords([7, 6], zh)).toBe('周六、日');
    expect(daysWords([1, 3, 5], zh)).toBe('周一、三、五');
    expect(daysWords([1, 2, 3, 4, 5], en)).toBe('Mon–Fri');
    expect(daysWords(undefined, zh)).toBe('每天');
  });

  it('are all day where there are none', () => {
    expect(hoursWords(null, zh)).toBe('全天');
    expect(hoursWords([night, { days: [6, 7], from: '12:00', to: '14:00' }], zh)).toBe('每天 21:00 至次日 05:00；周六、日 12:00 至 14:00');
  });
});

describe('a window', () => {
  it('opens at 21:00 and closes at 05:00 of the next day', () => {
    expect(['23T20:59', '23T21:00', '24T04:59', '24T05:00'].map((time) => isOpen([night], at(time), SUIZHOU))).toEqual([false, true, true, false]);
    expect(nextChange([night], at('23T20:00'), SUIZHOU)).toBe(at('23T21:00'));
    expect(nextChange([night], at('23T23:00'), SUIZHOU)).toBe(at('24T05:00'));
    expect(nextChange([night], at('24T03:00'), SUIZHOU)).toBe(at('24T05:00'));
  });

  it('belongs to the day on which it opens: Friday night runs into Saturday', () => {
    const friday = [{ days: [5], ...night }];
    expect(isOpen(friday, at('28T04:00'), SUIZHOU)).toBe(true);
    expect(isOpen(friday, at('28T22:00'), SUIZHOU)).toBe(false);
    expect(nextChange(friday, at('23T04:00'), SUIZHOU)).toBe(at('27T21:00'));
  });

  it('goes on into one that follows without a gap', () => {
    const day = [
      { from: '06:00', to: '12:00' },
      { from: '12:00', to: '18:00' },
    ];
    expect(nextChange(day, at('23T07:00'), SUIZHOU)).toBe(at('23T18:00'));
  });

  it('never closes where there is none, or where they leave no gap', () => {
    expect(isOpen(null, at('23T07:00'), SUIZHOU)).toBe(true);
    expect(nextChange(null, at('23T07:00'), SUIZHOU)).toBeNull();
    const always = [
      { from: '00:00', to: '12:00' },
      { from: '12:00', to: '00:00' },
    ];
    expect(nextChange(always, at('23T07:00'), SUIZHOU)).toBeNull();
  });
});

import { escalationAt, isUnanswered } from './notice-duties.js';
import { HOUR_MS, MINUTE_MS } from './time.js';

const utcOffset = () => 480;
const NIGHTS = [{ from: '22:00', to: '07:00' }];
/** 23:30 and 07:00 in the city. */
const NIGHT = Date.parse('2026-11-28T15:30:00Z');
const MORNING = Date.parse('2026-11-28T23:00:00Z');

describe('a notice that nobody acknowledged', () => {
  it('is passed on after 15 min where it is critical, after 2 h else', () => {
    expect(escalationAt('critical', true, NIGHT, null, utcOffset)).toBe(NIGHT + 15 * MINUTE_MS);
    expect(escalationAt('serious', false, NIGHT, null, utcOffset)).toBe(NIGHT + 2 * HOUR_MS);
    expect(escalationAt('minor', false, NIGHT, null, utcOffset)).toBe(NIGHT + 2 * HOUR_MS);
  });

  it('that quiet hours held counts from their end; an urgent one was told at once', () => {
    expect(escalationAt('serious', false, NIGHT, NIGHTS, utcOffset)).toBe(MORNING + 2 * HOUR_MS);
    expect(escalationAt('critical', true, NIGHT, NIGHTS, utcOffset)).toBe(NIGHT + 15 * MINUTE_MS);
    expect(escalationAt('serious', false, MORNING, NIGHTS, utcOffset)).toBe(MORNING + 2 * HOUR_MS);
  });
});

it('waits for its recipient until it is answered, and again when the answer is sent back', () => {
  expect((['open', 'acknowledged', 'sent-back'] as const).map(isUnanswered)).toEqual([true, true, true]);
  expect((['rectified', 'objected', 'accepted', 'withdrawn'] as const).map(isUnanswered)).toEqual([false, false, false, false]);
});

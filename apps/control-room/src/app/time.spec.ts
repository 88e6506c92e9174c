import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { clockTime, shiftOf, spanWords, timeWords } from './time.js';

const SUIZHOU = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('times', () => {
  const now = at('2026-11-23T21:06:52');

  it('says the second today, the minute yesterday, the date before', () => {
    expect(timeWords(at('2026-11-23T21:04:40'), now, SUIZHOU, zh)).toBe('21:04:40');
    expect(timeWords(at('2026-11-22T21:04:40'), now, SUIZHOU, zh)).toBe('昨天 21:04');
    expect(timeWords(at('2026-11-21T21:04:40'), now, SUIZHOU, zh)).toBe('11-21 21:04');
    expect(timeWords(at('2025-11-21T21:04:40'), now, SUIZHOU, zh)).toBe('2025-11-21 21:04');
  });

  it("uses the city's calendar, not the browser's: 23:30 in Suizhou is 15:30 UTC of the same day", () => {
    expect(timeWords(at('2026-11-22T23:30:00'), at('2026-11-23T00:10:00'), SUIZHOU, en)).toBe('yesterday 23:30');
    expect(clockTime(at('2026-11-23T00:00:00'), SUIZHOU)).toBe('00:00:00');
  });

  it('gives seconds only while they matter', () => {
    const spans = [400, 38_000, 132_000, 180_000, 366_000, 3_900_000, 200_000_000].map((ms) => spanWords(ms, zh));
    expect(spans).toEqual(['0.4 秒', '38 秒', '2 分 12 秒', '3 分', '6 分', '1 小时 5 分', '2 天']);
  });
});

describe('shifts', () => {
  it('counts the small hours to the night that began at 20:00', () => {
    expect(shiftOf(at('2026-11-23T03:15:20'), SUIZHOU)).toEqual({ name: 'night', since: at('2026-11-22T20:00:00') });
    expect(shiftOf(at('2026-11-23T20:00:00'), SUIZHOU)).toEqual({ name: 'night', since: at('2026-11-23T20:00:00') });
  });

  it('has a day from 08:00 to 20:00', () => {
    expect(shiftOf(at('2026-11-23T19:59:59'), SUIZHOU)).toEqual({ name: 'day', since: at('2026-11-23T08:00:00') });
  });
});

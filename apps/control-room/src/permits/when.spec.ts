import { zh } from '../i18n/zh.js';
import { comingWords, validityWords } from './when.js';

const SUIZHOU = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const iso = (text: string) => new Date(at(text)).toISOString();

it('says from which day to which', () => {
  expect(validityWords(iso('2026-08-18T00:00'), iso('2027-01-01T00:00'), SUIZHOU, zh)).toBe('2026-08-18 至 2026-12-31');
  expect(validityWords(iso('2026-08-18T08:30'), null, SUIZHOU, zh)).toBe('2026-08-18 08:30 起');
  expect(validityWords(null, iso('2026-12-31T12:00'), SUIZHOU, zh)).toBe('至 2026-12-31 12:00');
  expect(validityWords(null, null, SUIZHOU, zh)).toBe('长期');
});

it('says when something is to come as short as it can', () => {
  const now = at('2026-11-23T12:00');
  expect(['2026-11-23T21:00', '2026-11-24T05:00', '2026-12-01T21:00', '2027-01-01T00:00'].map((time) => comingWords(at(time), now, SUIZHOU, zh))).toEqual([
    '21:00',
    '明天 05:00',
    '12-01 21:00',
    '2027-01-01 00:00',
  ]);
});

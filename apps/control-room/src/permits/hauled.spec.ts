import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { hauledWords, shareHauled } from './hauled.js';

const counted = { volumeM3: 20_000, hauledM3: 12_400, hauls: 640, estimatedHauls: 31 };

it('says how much of the volume is hauled, and how far that is estimated', () => {
  expect(hauledWords(counted, en)).toBe('12,400 of 20,000 m³ · 62 % · 31 hauls estimated');
  expect(hauledWords(counted, zh)).toBe('已运 12,400 / 20,000 m³ · 62 % · 其中 31 趟估算');
  expect(hauledWords({ ...counted, estimatedHauls: 0, hauledM3: 19_999 }, en)).toBe('19,999 of 20,000 m³ · 99 %');
  expect(shareHauled({ ...counted, hauledM3: 21_000 })).toBe(1.05);
});

it('says what is hauled of a permit without a volume, and nothing before the first haul', () => {
  expect(hauledWords({ ...counted, volumeM3: null }, en)).toBe('12,400 m³ hauled · 31 hauls estimated');
  expect(hauledWords({ volumeM3: null, hauledM3: 0, hauls: 0, estimatedHauls: 0 }, en)).toBeNull();
  expect(shareHauled({ ...counted, volumeM3: null })).toBeNull();
});

it('does not call it nothing where no box is known', () => {
  expect(hauledWords({ volumeM3: 20_000, hauledM3: null, hauls: 1, estimatedHauls: 1 }, en)).toBe('20,000 m³ · 1 haul, of trucks without a known box');
});

import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { serverWords } from './serverWords.js';

it('says in Chinese what the server says in English, as far as it is known', () => {
  expect(serverWords('"far" comes nowhere within 1 km of the site "s1"', zh)).toBe('线路 far 距工地 s1 超过 1 km');
  expect(serverWords('route r1 is still used by permit p1; change or retire that first.', zh)).toBe('r1 还在许可 p1 中使用，请先修改或停用该许可。');
  expect(serverWords('something new', zh)).toBe('something new');
  expect(serverWords('"far" comes nowhere within 1 km of the site "s1"', en)).toBe('"far" comes nowhere within 1 km of the site "s1"');
});

import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { limitWords } from './limitWords.js';

it('says a limit in the unit it is typed in', () => {
  expect([limitWords('holdS', 600, zh), limitWords('lossShare', 0.07, en), limitWords('lossKg', 500, en), limitWords('outageMin', 10, en)]).toEqual([
    '600 秒',
    '7 %',
    '500 kg',
    '10',
  ]);
});

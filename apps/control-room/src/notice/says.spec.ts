import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { kindWords, restOfSummary, whoWords } from './says.js';
import { noticeOf } from './testing.js';

describe('a notice in words', () => {
  it('says the plate once', () => {
    const notice = noticeOf({ summary: { zh: '鄂S5D482 于 21:05:10 从南门出场，顶盖未关。', en: '鄂S5D482 left by the south gate, cover open.' } });
    expect(whoWords(notice, zh)).toBe('鄂S·5D482（顺达渣土运输）');
    expect(restOfSummary(notice, zh)).toBe('于 21:05:10 从南门出场，顶盖未关。');
    expect(restOfSummary(notice, en)).toBe('left by the south gate, cover open.');
    expect(restOfSummary(noticeOf({ truck: { id: null, plate: null } }), zh)).toBe('21:05:10 从南门出场,顶盖未关。');
  });

  it('names the volume as it names a rule', () => {
    expect(kindWords('volume-90', zh)).toBe('土方量已达 90 %');
    expect(kindWords('uncovered-departure', zh)).toBe('未覆盖出场');
  });
});

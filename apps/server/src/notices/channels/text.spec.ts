import type { Message } from '../message.js';
import { cut, markdown } from './text.js';

const message = (fields: Partial<Message> = {}): Message => ({
  id: '1',
  event: 'opened',
  severity: 'serious',
  title: { zh: '抛洒滴漏', en: 'Load spilling' },
  lines: { zh: ['编号 20261128-0001'], en: ['No. 20261128-0001'] },
  url: 'https://muck.example.org/#/notice/1',
  notice: null,
  ...fields,
});

it('is cut to bytes between characters, and says that it was', () => {
  expect(cut('渣土通', 9)).toBe('渣土通');
  expect(cut('渣土通', 8)).toBe('渣…');
  expect(cut('🚚🚚🚚', 10)).toBe('🚚…');
  expect(cut('abc', 3)).toBe('abc');
});

it('keeps its link, however long its text is', () => {
  const long = markdown(message({ lines: { zh: ['满'.repeat(5_000)], en: [] } }), 4_096);
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(4_096);
  expect(long).toMatch(/…\n\n\[查看并答复 \/ Open\]\(https:\/\/muck\.example\.org\/#\/notice\/1\)$/);
});

it('calls nobody in the group and draws no marks of its own', () => {
  const text = markdown(message({ lines: { zh: ['说明：<@all> [x](http://evil) **粗**'], en: [] } }), 4_096);
  expect(text).not.toMatch(/@|<|\]\(http:/);
});

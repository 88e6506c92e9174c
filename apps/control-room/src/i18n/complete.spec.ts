import { SEVERITY_WORDS, ALERT_STATUS_WORDS, wordsIn } from '@muckwatch/contract';
import { en } from './en.js';
import { zh } from './zh.js';

const HAN = /\p{Script=Han}/u;

/** Every text of a language with where it stands; what a function says is asked of it with arguments that are no words. */
function texts(words: unknown, where = ''): [where: string, text: string][] {
  if (typeof words === 'string') return [[where, words]];
  if (typeof words === 'function') return [[`${where}()`, said(words as (...given: unknown[]) => unknown)]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([name, inner]) => texts(inner, where === '' ? name : `${where}.${name}`));
}

/** Numbers, names, lists and nothing: one of them suits every function that says something. */
function said(say: (...given: unknown[]) => unknown): string {
  for (const given of [7, 'x', ['x'], {}]) {
    try {
      const answer = say(...Array.from({ length: 6 }, () => given));
      if (typeof answer === 'string') return answer;
    } catch {
      // Another kind of argument.
    }
  }
  return '';
}

it('has something said everywhere, in both languages', () => {
  for (const words of [zh, en]) expect(texts(words).filter(([, text]) => text.trim() === '')).toEqual([]);
});

/** Only the switch says the other language’s name. */
it('leaves no Chinese in the English words', () => {
  expect(texts(en).filter(([where, text]) => where !== 'otherLanguage' && HAN.test(text))).toEqual([]);
});

it('leaves no English sentence in the Chinese words', () => {
  const sentence = /[A-Za-z]{3,} [A-Za-z]{2,}/;
  expect(texts(zh).filter(([, text]) => !HAN.test(text) && sentence.test(text))).toEqual([]);
});

it('calls severities and states in English what files and messages call them', () => {
  const small = (words: Record<string, string>) => Object.fromEntries(Object.entries(words).map(([name, word]) => [name, word.toLowerCase()]));
  expect([small(en.severity), small(en.status)]).toEqual([wordsIn(SEVERITY_WORDS, 'en'), wordsIn(ALERT_STATUS_WORDS, 'en')]);
});

/** GB/T 15834-2011: marks of a Chinese sentence are as wide as its letters. */
it('points Chinese with Chinese marks', () => {
  const narrow = /\p{Script=Han}[,;:?!]|[,;:?!]\p{Script=Han}|\p{Script=Han} ?\(|\) ?\p{Script=Han}|\(\p{Script=Han}|\p{Script=Han}\)/u;
  expect(texts(zh).filter(([, text]) => narrow.test(text))).toEqual([]);
});

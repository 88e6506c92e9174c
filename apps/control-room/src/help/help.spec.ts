import { matches } from './find.js';
import { GLOSSARY } from './glossary.js';

it('finds by every word typed, in either language', () => {
  expect(matches('', ['超速'])).toBe(true);
  expect(matches('超速', ['超速', 'Speeding'])).toBe(true);
  expect(matches('SPEED limit', ['Speeding', 'beyond the limit'])).toBe(true);
  expect(matches('speed cover', ['Speeding', 'beyond the limit'])).toBe(false);
});

it('explains each word once, in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    expect(new Set(GLOSSARY.map((term) => term[language])).size).toBe(GLOSSARY.length);
    expect(GLOSSARY.filter(({ means }) => !/[。.]$/.test(means[language]))).toEqual([]);
  }
  expect(GLOSSARY.filter(({ zh, means }) => !/\p{Script=Han}/u.test(zh) || !/\p{Script=Han}/u.test(means.zh))).toEqual([]);
});

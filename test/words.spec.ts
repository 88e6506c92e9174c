import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/screens.js';

const SRC = join(ROOT, 'apps/control-room/src');
/** Words themselves, names of apps and languages, how people type a time, and what only specs read. */
const WORDS = /^(?:i18n|help\/glossary|me\/(?:device|LanguageChoice)|app\/cityClock)|\.spec\.|testing\.ts$/;
/** Rows of a template, which are data in the city's language; the product's own name, the switch between the languages, a key, a pattern of digits. */
const NAMES = /^.*(?:sample:|SAMPLE = ).*$|渣土通|'中'|<kbd>Esc<\/kbd>|="(?:Esc|YYYY-MM-DD)"/gm;

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !WORDS.test(name))
  .map((name) => ({ name, code: withoutComments(readFileSync(join(SRC, name), 'utf8')) }));

const withoutNames = (code: string) => code.replace(NAMES, '');

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

function found(pattern: RegExp, of: (code: string) => string = (code) => code): string[] {
  return sources.flatMap(({ name, code }) => [...of(code).matchAll(pattern)].map(([text]) => `${name}: ${text.trim()}`));
}

it('says nothing in Chinese on a page that is not among the words', () => {
  expect(sources.length).toBeGreaterThan(150);
  expect(found(/[^\n]*\p{Script=Han}[^\n]*/gu, withoutNames)).toEqual([]);
});

it('says nothing in English either: text between tags, names for readers, hints', () => {
  expect(found(/>\s*[A-Za-z][a-z]+(?: [a-z]+)*[.…:]?\s*<\//g, withoutNames)).toEqual([]);
  expect(found(/(?:aria-label|title|placeholder|alt)="[^"]*[A-Za-z]{3,}[^"]*"/g, withoutNames)).toEqual([]);
});

it('points the server’s Chinese sentences with Chinese marks', () => {
  const narrow = /[^\n]*\p{Script=Han}(?:[,;:?!](?!\/)| ?\((?![^)]*=>))[^\n]*|(?=[^\n]*\p{Script=Han})[^\n]*\}(?:[,;:](?=[\p{Script=Han}$])|\()[^\n]*/gu;
  const lines = ['apps/server/src', 'libs/contract/src', 'libs/domain/src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.spec)\.ts$/.test(name))
      .flatMap((name) => [...withoutComments(readFileSync(join(ROOT, folder, name), 'utf8')).matchAll(narrow)].map(([line]) => `${name}: ${line.trim()}`)),
  );
  expect(lines).toEqual([]);
});

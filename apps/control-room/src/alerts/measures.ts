import type { Words } from '../i18n/zh.js';
import { spanWords } from '../app/time.js';

/** 17.9 t */
export function tonnes(kg: number, words: Words): string {
  return `${(kg / 1000).toFixed(1)} ${words.unit.t}`;
}

/** 380 m, 1.3 km */
export function metres(m: number, words: Words): string {
  return m < 1000 ? `${Math.round(m)} ${words.unit.m}` : `${(m / 1000).toFixed(1)} ${words.unit.km}`;
}

const UNITS: [suffix: RegExp, say: (value: number, words: Words) => string][] = [
  [/Kmh$/, (value, words) => `${round(value)} ${words.unit.kmh}`],
  [/Kg$/, (value, words) => tonnes(value, words)],
  [/Km$/, (value, words) => `${round(value)} ${words.unit.km}`],
  [/Deg$/, (value, words) => `${round(value)}${words.unit.deg}`],
  [/Share$/, (value) => `${round(value * 100)} %`],
  [/Ms$/, (value, words) => spanWords(value, words)],
  [/(^|[a-z])S$/, (value, words) => `${round(value)} ${words.unit.s}`],
  [/Min$/, (value, words) => words.span.minutes(round(value))],
  [/M$/, (value, words) => metres(value, words)],
];

const round = (value: number) => Math.round(value * 10) / 10;

/** Names in the project end in their unit (`holdS`, `minSpeedKmh`), so a limit or a measured value can be shown with it. */
export function measureWords(name: string, value: number | string | boolean | null, words: Words): string {
  if (value === null) return words.notSaid;
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (typeof value === 'string') return words.evidence[value] ?? value;
  const unit = UNITS.find(([suffix]) => suffix.test(name));
  return unit ? unit[1](value, words) : String(round(value));
}

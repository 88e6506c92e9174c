import { spanWords } from '../app/time.js';
import type { Words } from '../i18n/zh.js';

/** 17.9 t */
export function tonnes(kg: number, words: Words): string {
  return `${(kg / 1000).toFixed(1)} ${words.unit.t}`;
}

/** 380 m, 1.3 km */
export function metres(m: number, words: Words): string {
  return m < 1000 ? `${Math.round(m)} ${words.unit.m}` : `${(m / 1000).toFixed(1)} ${words.unit.km}`;
}

/** The unit that a name of the project ends in. */
export type Unit = 'kmh' | 'kg' | 'km' | 'deg' | 'share' | 'percent' | 'ms' | 's' | 'min' | 'm' | 'days' | 'at' | null;

const SUFFIXES: [suffix: RegExp, unit: NonNullable<Unit>][] = [
  [/Kmh$/, 'kmh'],
  [/Kg$/, 'kg'],
  [/(^k|K)m$/, 'km'],
  [/(Percent|Pct)$|^percentOf/, 'percent'],
  [/Days$/, 'days'],
  [/Deg$/, 'deg'],
  [/(^s|S)hare$/, 'share'],
  [/Ms$/, 'ms'],
  [/(^|[a-z])S$/, 's'],
  [/Min$/, 'min'],
  [/M$/, 'm'],
  [/(^a|A)t$/, 'at'],
];
/** Names whose end is no unit: «at least so many», not minutes. */
const COUNTS = new Set(['outageMin']);

export function unitOf(name: string): Unit {
  return COUNTS.has(name) ? null : (SUFFIXES.find(([suffix]) => suffix.test(name))?.[1] ?? null);
}

const round = (value: number) => Math.round(value * 10) / 10;
/** Counts and shares of one: confidences keep their second digit. */
const plain = (value: number) => String(Math.abs(value) < 10 ? Math.round(value * 100) / 100 : round(value));

const SAY: Record<NonNullable<Unit>, (value: number, words: Words) => string> = {
  kmh: (value, words) => `${round(value)} ${words.unit.kmh}`,
  kg: (value, words) => tonnes(value, words),
  km: (value, words) => `${round(value)} ${words.unit.km}`,
  deg: (value, words) => `${round(value)}${words.unit.deg}`,
  share: (value) => `${round(value * 100)} %`,
  percent: (value) => `${round(value)} %`,
  days: (value, words) => words.span.days(round(value)),
  ms: (value, words) => spanWords(value, words),
  s: (value, words) => (value > 120 ? spanWords(value * 1_000, words) : `${round(value)} ${words.unit.s}`),
  min: (value, words) => (value > 90 ? spanWords(value * 60_000, words) : words.span.minutes(round(value))),
  m: (value, words) => metres(value, words),
  at: (value) => new Date(value).toISOString(),
};

export type Measured = number | string | boolean | null;

/** How a value is said: the language, an instant as people read it, and the rule whose word it may be. */
export interface Saying {
  clock?: (at: number) => string;
  rule?: string;
}

/** Names in the project end in their unit (`holdS`, `minSpeedKmh`), so a limit or a measured value can be shown with it. */
export function measureWords(name: string, value: Measured, words: Words, { clock = SAY_ISO, rule }: Saying = {}): string {
  if (value === null) return words.notSaid;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  const unit = unitOf(name);
  if (typeof value === 'string') return unit === 'at' && !Number.isNaN(Date.parse(value)) ? clock(Date.parse(value)) : (valueWord(value, words, rule) ?? value);
  if (!Number.isFinite(value)) return words.none;
  if (unit === null) return plain(value);
  return unit === 'at' ? clock(value) : SAY[unit](value, words);
}

/** A word that rules use as a value: the rule's own meaning of it before the common one. */
export function valueWord(value: string, words: Words, rule?: string): string | undefined {
  return words.evidence[`${rule}.${value}`] ?? words.evidence[value];
}

const SAY_ISO = (at: number) => new Date(at).toISOString();

/** A name as people read it: from the dictionary, else its own words without the unit. */
export function measureName(name: string, words: Words, rule?: string): string {
  const known = words.measure[`${rule}.${name}`] ?? words.measure[name];
  if (known !== undefined) return known;
  const unit = unitOf(name);
  const bare = unit === null || unit === 'at' || unit === 'share' ? name : name.replace(/(Kmh|Kg|Km|Deg|Ms|Min|Percent|Pct|S|M)$/, '');
  const spaced = bare.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

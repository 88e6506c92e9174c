import { unitOf } from '../alerts/measures.js';
import type { Words } from '../i18n/zh.js';
import { tidy, typed } from './lab.js';

/** A limit as it is typed, so that what is in force and what is tried are compared in one unit: 600 s, not 10 min. */
export function limitWords(name: string, value: number, t: Words): string {
  return `${tidy(value * typed(name).factor)} ${unitWords(name, t)}`.trim();
}

export function unitWords(name: string, t: Words): string {
  const unit = unitOf(name);
  const words: Record<NonNullable<typeof unit>, string> = {
    kmh: t.unit.kmh,
    kg: 'kg',
    km: t.unit.km,
    deg: t.unit.deg,
    share: '%',
    ms: t.unit.ms,
    s: t.unit.s,
    min: t.unit.min,
    m: t.unit.m,
    days: t.unit.days,
    percent: '%',
    at: '',
  };
  return unit === null ? '' : words[unit];
}

import type { Words } from '../i18n/index.js';

/** 1,234.5 as the language writes it; a dash where it is not known. */
export function number(value: number | null, t: Words, digits = 0): string {
  if (value === null) return t.none;
  return value.toLocaleString(t.code, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Cubic metres: a load or two with their tenths, a thousand without. */
export const cubic = (m3: number | null, t: Words): string => number(m3, t, m3 !== null && Math.abs(m3) < 100 && !Number.isInteger(m3) ? 1 : 0);

/** Estimated ones are marked. */
export const volume = (m3: number | null, estimated: boolean, t: Words): string => `${estimated && m3 !== null ? '≈ ' : ''}${cubic(m3, t)}`;

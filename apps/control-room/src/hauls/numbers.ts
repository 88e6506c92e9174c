import type { Words } from '../i18n/index.js';

/** 1,234.5 as the language writes it; a dash where it is not known. */
export function number(value: number | null, t: Words, digits = 0): string {
  if (value === null) return t.none;
  return value.toLocaleString(t.code, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Estimated ones are marked. */
export const volume = (m3: number | null, estimated: boolean, t: Words, digits = 0): string =>
  `${estimated && m3 !== null ? '≈ ' : ''}${number(m3, t, digits)}`;

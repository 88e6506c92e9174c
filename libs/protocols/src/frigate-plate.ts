import { kindOf, shown, UnreadablePayload } from './unreadable.js';

/** A plate as it was read, with the confidence of reading. */
export interface ReadPlate {
  plate: string | null;
  plateConfidence: number | null;
}

const NONE: ReadPlate = { plate: null, plateConfidence: null };
/** As on every other camera. */
const MAX_PLATE = 32;

/**
 * Which plate Frigate says a vehicle bears: what its own reader recognised, else a sub-label that can be one.
 *
 *     "recognized_license_plate": "鄂S12345", "recognized_license_plate_score": 0.93      the documentation
 *     "recognized_license_plate": ["鄂S12345", 0.93]                                      what 0.16 and 0.17 send
 *     "sub_label": ["鄂S12345", 0.93]                                                     a plate reader beside Frigate
 *
 * @throws UnreadablePayload naming the field
 */
export function plateOf(object: Record<string, unknown>): ReadPlate {
  const field = 'recognized_license_plate';
  const recognized = scoredText(object[field], object[`${field}_score`], field);
  if (recognized.plate !== null) return within(recognized, field);
  const subLabel = scoredText(object.sub_label, null, 'sub_label');
  return subLabel.plate !== null && looksLikeAPlate(subLabel.plate) ? subLabel : NONE;
}

/** A text with its score, as a pair or side by side. */
function scoredText(value: unknown, score: unknown, field: string): ReadPlate {
  if (Array.isArray(value)) return { plate: textOf(value[0], `${field}.0`), plateConfidence: shareOf(value[1], `${field}.1`) };
  return { plate: textOf(value, field), plateConfidence: shareOf(score, `${field}_score`) };
}

function within(read: ReadPlate, field: string): ReadPlate {
  const plate = read.plate!;
  if (plate.length > MAX_PLATE) throw new UnreadablePayload('out-of-range', `${field} ${shown(plate)} is not 0–${MAX_PLATE} characters long`);
  if (/\p{Cc}/u.test(plate)) throw new UnreadablePayload('out-of-range', `${field} ${shown(plate)} holds a control character`);
  return read;
}

/** A sub-label is mostly something else: «amazon», «John's car», «truck 100». A plate has three figures at least and four letters at most, its province included. */
function looksLikeAPlate(text: string): boolean {
  const bare = text.replace(/[\s·•.-]/g, '');
  return /^[\p{L}\p{N}]{5,10}$/u.test(bare) && bare.replace(/\P{N}/gu, '').length >= 3 && bare.replace(/\P{L}/gu, '').length <= 4;
}

function textOf(value: unknown, field: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') throw wrongType(value, field, 'a text or [text, score]');
  return value.trim() || null;
}

function shareOf(value: unknown, field: string): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'number') throw wrongType(value, field, 'a number');
  if (!(value >= 0 && value <= 1)) throw new UnreadablePayload('out-of-range', `${field} ${shown(value)} is not within 0…1`);
  return value;
}

function wrongType(value: unknown, field: string, needed: string): UnreadablePayload {
  const named = typeof value === 'object' ? field : `${field} ${shown(value)}`;
  return new UnreadablePayload('wrong-type', `${named} is ${kindOf(value)}; ${needed} is needed`);
}

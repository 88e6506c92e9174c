/** Why a payload or an element of one cannot be used: the kinds under which quarantine counts. Short, stable, never translated. */
export const UNREADABLE_REASONS = [
  'unknown-topic',
  'too-large',
  'too-many',
  'too-deep',
  'not-utf-8',
  'not-json',
  'null-character',
  'forbidden-key',
  'missing-field',
  'wrong-type',
  'out-of-range',
  'bad-time',
  'bad-picture',
  'no-fix',
  'null-island',
] as const;
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

/** What a device said that nobody can use. `detail` names the field and the value and is safe to store: no control characters, no lone surrogates. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload';

  constructor(
    readonly reason: UnreadableReason,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}

const SHOWN_CHARACTERS = 40;

/** A value as a person reads it in `detail`: texts quoted and cut, `\u0000` and lone surrogates escaped, arrays and objects only by their kind. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    const cut = value.length > SHOWN_CHARACTERS;
    return JSON.stringify(cut ? value.slice(0, SHOWN_CHARACTERS) : value) + (cut ? `… (${value.length} characters)` : '');
  }
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** A field's name as a person reads it: as it came where it is a plain word, else quoted and cut. */
export function shownPath(path: readonly PropertyKey[]): string {
  return path.map((key) => (/^\w{1,40}$/.test(String(key)) ? String(key) : shown(String(key)))).join('.');
}

/** «a string», «an array»: what a JSON value is. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

import { shown, shownPath, UnreadablePayload } from './unreadable.js';

/** What the fields we do not know may hold together, in one element: enough for any real device, and a row stays a row. */
export const EXTRA_LIMITS = { depth: 16, values: 1_000, characters: 16_384 };

/** A text that PostgreSQL cannot store: U+0000 or half of a surrogate pair (jsonb refuses both). */
const UNSTORABLE = /[\u0000\ud800-\udfff]/u;

/**
 * The fields of an element that `known` does not name, kept as they came; null where there are none. `null` means «not said», so such a field is dropped.
 *
 * @throws UnreadablePayload `too-deep`, `too-many`, `too-large`, `null-character`, `forbidden-key`, `out-of-range`, naming the field
 */
export function extrasOf(element: object, known: ReadonlySet<string>): Record<string, unknown> | null {
  let extra: Record<string, unknown> | null = null;
  const spent = { values: 0, characters: 0 };
  for (const key in element) {
    if (known.has(key)) continue;
    const value = (element as Record<string, unknown>)[key];
    checkKey(key, [], spent);
    checkValue(value, [key], spent);
    if (value === null) continue;
    extra ??= {};
    extra[key] = value;
  }
  return extra;
}

/** Throws `null-character` where a text anywhere in the element, known field or not, cannot be stored: said before any other fault of its. */
export function checkTexts(value: unknown, path: string[] = []): void {
  if (typeof value === 'string' && UNSTORABLE.test(value)) throw unstorable(value, path);
  if (typeof value !== 'object' || value === null || path.length > EXTRA_LIMITS.depth) return;
  for (const [key, inner] of Object.entries(value)) {
    if (UNSTORABLE.test(key)) throw unstorableName(key);
    path.push(key);
    checkTexts(inner, path);
    path.pop();
  }
}

interface Spent {
  values: number;
  characters: number;
}

/** Recursion is bounded by `EXTRA_LIMITS.depth`, so that a message of 500,000 brackets is a sentence and not a stack overflow. */
function checkValue(value: unknown, path: string[], spent: Spent): void {
  if (++spent.values > EXTRA_LIMITS.values) throw new UnreadablePayload('too-many', `unknown fields hold more than ${EXTRA_LIMITS.values} values`);
  if (typeof value === 'string') return checkText(value, path, spent);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new UnreadablePayload('out-of-range', `${shownPath(path)} is a number too great to hold`);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= EXTRA_LIMITS.depth) throw new UnreadablePayload('too-deep', `${shownPath(path.slice(0, 1))} is nested deeper than ${EXTRA_LIMITS.depth}`);
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) checkKey(key, path, spent);
    path.push(key);
    checkValue(inner, path, spent);
    path.pop();
  }
}

function checkKey(key: string, path: string[], spent: Spent): void {
  // Copied by plain assignment it would change what an object is.
  if (key === '__proto__') throw new UnreadablePayload('forbidden-key', `${shownPath([...path, key])} is not a name for a field`);
  if (UNSTORABLE.test(key)) throw unstorableName(key);
  spend(key.length, path.length > 0 ? path : [key], spent);
}

function checkText(text: string, path: string[], spent: Spent): void {
  if (UNSTORABLE.test(text)) throw unstorable(text, path);
  spend(text.length, path, spent);
}

function spend(characters: number, path: string[], spent: Spent): void {
  spent.characters += characters;
  if (spent.characters > EXTRA_LIMITS.characters) {
    throw new UnreadablePayload('too-large', `${shownPath(path)}: unknown fields hold more than ${EXTRA_LIMITS.characters} characters`);
  }
}

function unstorable(text: string, path: string[]): UnreadablePayload {
  return new UnreadablePayload('null-character', `${shownPath(path)} ${shown(text)} holds a character that cannot be stored`);
}

function unstorableName(key: string): UnreadablePayload {
  return new UnreadablePayload('null-character', `the name of the field ${shown(key)} holds a character that cannot be stored`);
}

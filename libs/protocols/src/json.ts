import { UnreadablePayload } from './unreadable.js';

/** 1 MiB: what one message may be. */
export const MAX_PAYLOAD_BYTES = 1_048_576;

const REPLACEMENT = '\uFFFD';
const BOM = '\uFEFF';

/**
 * A payload as text. A byte order mark is forgiven, as RFC 8259 allows.
 *
 * @throws UnreadablePayload `too-large`, `not-utf-8`
 */
export function textOf(payload: Buffer): string {
  if (payload.length > MAX_PAYLOAD_BYTES) {
    throw new UnreadablePayload('too-large', `the payload of ${payload.length} bytes is larger than ${MAX_PAYLOAD_BYTES}`);
  }
  const text = payload.toString('utf8');
  // Bytes that are not UTF-8 become U+FFFD. One that was sent as U+FFFD encodes to the same bytes again, and only then is the text what was sent.
  if (text.includes(REPLACEMENT) && !Buffer.from(text, 'utf8').equals(payload)) {
    throw new UnreadablePayload('not-utf-8', `the payload of ${payload.length} bytes is not UTF-8`);
  }
  return text.startsWith(BOM) ? text.slice(1) : text;
}

/**
 * Parsed JSON. Of a key that stands twice the last one counts, as everywhere in JavaScript.
 *
 * @throws UnreadablePayload `not-json`
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (text.trim() === '') throw new UnreadablePayload('not-json', 'the payload is empty');
    // The engine quotes the payload in its message: escape what no text column stores.
    const message = JSON.stringify((error as Error).message.slice(0, 160)).slice(1, -1);
    throw new UnreadablePayload('not-json', `not JSON: ${message}`);
  }
}

/** The very text of each element of a JSON array that `JSON.parse` has accepted: `1e999` and doubled keys would not survive writing it again. */
export function elementTexts(text: string): string[] {
  const texts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') i = endOfString(text, i);
    else if (c === '[' || c === '{') {
      if (depth++ === 0) start = i + 1;
    } else if (c === ']' || c === '}') {
      const last = --depth === 0 ? text.slice(start, i).trim() : '';
      if (last !== '') texts.push(last);
    } else if (c === ',' && depth === 1) {
      texts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return texts;
}

function endOfString(text: string, from: number): number {
  let i = from + 1;
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}

/** What is never written down, by its name. */
const HIDDEN = /password|secret|token|credential|cookie|authorization|totp|picture|image|^(?:current|next|code|pin|otp)$/i;
const MOST = { text: 200, items: 20, fields: 50, depth: 6, bytes: 8_192 };

/**
 * What was said, as the audit keeps it: no passwords, secrets, tokens, one-time codes or pictures; of a URL only whose it is (robots' addresses bear their key);
 * long texts and lists cut. A value of null stays: that a new secret was asked for is no secret.
 */
export function detailOf(said: Record<string, unknown>): string | null {
  const kept = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  if (Object.keys(kept).length === 0) return null;
  const text = JSON.stringify(shown(kept, 0));
  return Buffer.byteLength(text) <= MOST.bytes ? text : JSON.stringify({ tooLong: `${Buffer.byteLength(text)} bytes` });
}

/** Of a body that is no JSON only its size, and of CSV the header: any column may hold a secret. */
export function bodyOf(body: unknown): unknown {
  if (typeof body === 'string') return { csv: body.slice(0, body.search(/[\r\n]|$/)), bytes: Buffer.byteLength(body) };
  if (Buffer.isBuffer(body)) return { bytes: body.length };
  return body;
}

function shown(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cut(withoutKey(value));
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MOST.depth) return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST.items).map((item) => shown(item, depth + 1));
    return value.length > MOST.items ? [...items, `… ${value.length - MOST.items} more`] : items;
  }
  const fields = Object.entries(value);
  const kept = fields.slice(0, MOST.fields).map(([name, one]): [string, unknown] => [cut(name), HIDDEN.test(name) ? hidden(one) : shown(one, depth + 1)]);
  return Object.fromEntries(fields.length > MOST.fields ? [...kept, ['…', `${fields.length - MOST.fields} more`]] : kept);
}

function hidden(value: unknown): unknown {
  return value === null || typeof value === 'boolean' ? value : '***';
}

function cut(text: string): string {
  return text.length > MOST.text ? `${text.slice(0, MOST.text)}…` : text;
}

function withoutKey(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return text;
  const { protocol, host, pathname, search, username } = new URL(text);
  return pathname.length > 1 || search !== '' || username !== '' ? `${protocol}//${host}/…` : text;
}

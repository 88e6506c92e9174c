/**
 * The PostgreSQL protocol, version 3, as bytes: https://www.postgresql.org/docs/17/protocol-message-formats.html
 *
 *   type, one letter | length in 4 bytes, itself included | body
 */

/** What ReadyForQuery says: idle, in a transaction, in a failed transaction. */
export type TransactionStatus = 'I' | 'T' | 'E';

/** One answer of the engine, taken apart: what goes to the client that asked, and what the front must know. */
export interface Replies {
  forClient: Buffer;
  notifications: { channel: string; bytes: Buffer }[];
  /** null when the answer ends without ReadyForQuery: after a Flush. */
  status: TransactionStatus | null;
  failed: boolean;
}

/** Takes an answer of the engine apart. */
export function readReplies(answer: Buffer): Replies {
  const kept: Buffer[] = [];
  const notifications: Replies['notifications'] = [];
  let status: TransactionStatus | null = null;
  let failed = false;

  for (const reply of messagesIn(answer)) {
    const type = typeOf(reply);
    if (type === 'A') {
      notifications.push({ channel: text(reply, 9), bytes: reply });
      continue;
    }
    if (type === 'Z') status = String.fromCharCode(reply[5] ?? 0x49) as TransactionStatus;
    if (type === 'E') failed = true;
    kept.push(reply);
  }
  return { forClient: Buffer.concat(kept), notifications, status, failed };
}

/** The whole messages in `bytes`; a rest that is no whole message is left out. */
export function* messagesIn(bytes: Buffer): Generator<Buffer> {
  let start = 0;
  while (start + 5 <= bytes.length) {
    const end = start + 1 + bytes.readInt32BE(start + 1);
    if (end > bytes.length) return;
    yield bytes.subarray(start, end);
    start = end;
  }
}

export function typeOf(bytes: Buffer): string {
  return String.fromCharCode(bytes[0] ?? 0);
}

/** The zero-terminated text that begins at `offset`. */
export function text(bytes: Buffer, offset: number): string {
  return bytes.toString('utf8', offset, bytes.indexOf(0, offset));
}

/** The name of the prepared statement that a Parse, Bind, Describe or Close names, and where it stands; null when it names none. */
export function statementNameIn(bytes: Buffer): { name: string; offset: number } | null {
  const offset = statementNameOffset(bytes);
  if (offset === null) return null;
  const name = text(bytes, offset);
  return name === '' ? null : { name, offset };
}

/** The same message with another statement name at `offset`. */
export function withStatementName(bytes: Buffer, offset: number, name: string): Buffer {
  const rest = bytes.subarray(bytes.indexOf(0, offset) + 1);
  return message(typeOf(bytes), bytes.subarray(5, offset), cstring(name), rest);
}

export function message(type: string, ...parts: Buffer[]): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(4 + parts.reduce((length, part) => length + part.length, 0), 1);
  return Buffer.concat([head, ...parts]);
}

export function simpleQuery(sql: string): Buffer {
  return message('Q', cstring(sql));
}

/** Sync: ends a unit of the extended protocol. */
export const SYNC = message('S');

/** Close of prepared statements, as one unit. */
export function closeStatements(names: Iterable<string>): Buffer {
  const closes = [...names].map((name) => message('C', Buffer.from('S'), cstring(name)));
  return Buffer.concat([...closes, SYNC]);
}

export function errorReply(severity: 'ERROR' | 'FATAL', code: string, sentence: string): Buffer {
  return message('E', Buffer.from(`S${severity}\0V${severity}\0C${code}\0M${sentence}\0\0`));
}

export function ready(status: TransactionStatus): Buffer {
  return message('Z', Buffer.from(status));
}

/** CopyInResponse: the client may send its rows. */
export function copyInReply(format: 'text' | 'binary'): Buffer {
  return message('G', Buffer.from([format === 'binary' ? 1 : 0, 0, 0]));
}

/** What a server says after a sign-in without password. */
export function greeting(clientId: number, parameters: Record<string, string>): Buffer {
  const told = Object.entries(parameters).map(([name, value]) => message('S', cstring(name), cstring(value)));
  return Buffer.concat([message('R', int32(0)), ...told, message('K', int32(clientId), int32(0)), ready('I')]);
}

export function cstring(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function statementNameOffset(bytes: Buffer): number | null {
  switch (typeOf(bytes)) {
    case 'P':
      return 5;
    case 'B': // portal name, then statement name
      return bytes.indexOf(0, 5) + 1;
    case 'D':
    case 'C':
      return bytes[5] === 0x53 ? 6 : null; // 'S': a statement, not a portal
    default:
      return null;
  }
}

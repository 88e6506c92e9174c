import { messagesIn } from './wire-messages.js';

/** The engine reads its input in pieces of this size. */
const PIECE_BYTES = 8_192;

/**
 * Cuts the messages of one unit of work where one of them would end exactly with a piece: the engine takes an emptied read buffer for the end of its input and
 * leaves the rest unanswered, so the client waits for ever. Each part is a call of its own and starts a new piece.
 */
export function withoutEvenEnds(bytes: Buffer): Buffer[] {
  if (bytes.length <= PIECE_BYTES) return [bytes];
  const parts: Buffer[] = [];
  let from = 0;
  let end = 0;
  for (const message of messagesIn(bytes)) {
    end += message.length;
    if ((end - from) % PIECE_BYTES !== 0 || end === bytes.length) continue;
    parts.push(bytes.subarray(from, end));
    from = end;
  }
  return [...parts, bytes.subarray(from)];
}

import type { Socket } from 'node:net';
import { copyFromStdin } from './copy-in.js';
import { errorReply, statementNameIn, text, typeOf, withStatementName, type TransactionStatus } from './wire-messages.js';

/** What a client asks in one go, and what the backend answers in one go. */
export type Unit =
  /** A simple query, or messages up to Sync. `ends` is false when they end with Flush: the backend stays reserved until Sync. */
  | { kind: 'messages'; bytes: Buffer; ends: boolean; sql: string | null }
  | { kind: 'copy-begins'; sql: string }
  | { kind: 'copy-rows'; sql: string; rows: Buffer[] }
  | { kind: 'fails'; code: string; sentence: string };

/** What the front does with what a client says. */
export interface ClientEvents {
  started(client: WireClient): void;
  asked(client: WireClient, unit: Unit): void;
  /** It has read what was sent: it may be served again. */
  drained(client: WireClient): void;
  gone(client: WireClient): void;
}

const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const PROTOCOL_3 = 196_608;

/** What one client may have waiting before we stop reading from it. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** One connection: cuts the stream of bytes into units, knows its prepared statements and its transaction. */
export class WireClient {
  status: TransactionStatus = 'I';
  /** Sent Flush and not yet Sync: in the middle of the extended protocol. */
  midway = false;
  /** Its socket takes no more for now: nothing is run for it until it has read. */
  choked = false;
  activeAt = performance.now();
  /** Names of its prepared statements, as the engine knows them. */
  readonly statements = new Set<string>();

  readonly #chunks: Buffer[] = [];
  #buffered = 0;
  #needed = 8;
  #started = false;
  #open = true;
  #waitingBytes = 0;
  #collected: Buffer[] = [];
  #copying: { sql: string; rows: Buffer[] } | null = null;
  #refusedCopy = false;

  constructor(
    readonly id: number,
    readonly socket: Socket,
    private readonly events: ClientEvents,
  ) {
    socket.on('data', (chunk) => this.#hear(chunk));
    socket.on('drain', () => this.#unchoke());
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => this.leave());
  }

  get open(): boolean {
    return this.#open;
  }

  send(bytes: Buffer): void {
    if (!this.#open || this.socket.destroyed || bytes.length === 0) return;
    if (!this.socket.write(bytes)) this.choked = true;
  }

  /** A unit is waiting (bytes > 0) or has been run (bytes < 0). Whoever asks faster than the engine answers is not read for a while. */
  countWaiting(bytes: number): void {
    this.#waitingBytes += bytes;
    if (this.#waitingBytes > MAX_WAITING_BYTES) this.socket.pause();
    else if (this.socket.isPaused()) this.socket.resume();
  }

  /** Ends the connection from our side, with the reason as PostgreSQL would put it. */
  end(code: string, sentence: string): void {
    this.socket.end(errorReply('FATAL', code, sentence));
    this.leave();
  }

  leave(): void {
    if (!this.#open) return;
    this.#open = false;
    this.choked = false;
    this.events.gone(this);
  }

  #unchoke(): void {
    this.choked = false;
    this.activeAt = performance.now();
    this.events.drained(this);
  }

  #hear(chunk: Buffer): void {
    this.activeAt = performance.now();
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered < this.#needed) return; // a batch of some MB arrives in 64 KB pieces: join them once, not at every piece

    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#chunks.length = 0;
    for (;;) {
      const length = this.#lengthOfFirst(bytes);
      if (length > bytes.length || !this.#open) {
        this.#needed = length;
        break;
      }
      this.#take(bytes.subarray(0, length));
      bytes = bytes.subarray(length);
    }
    this.#buffered = bytes.length;
    if (bytes.length > 0) this.#chunks.push(bytes);
  }

  #lengthOfFirst(bytes: Buffer): number {
    if (!this.#started) return bytes.length < 8 ? 8 : Math.max(8, bytes.readInt32BE(0));
    return bytes.length < 5 ? 5 : 1 + Math.max(4, bytes.readInt32BE(1));
  }

  #take(bytes: Buffer): void {
    if (!this.#started) this.#greet(bytes.readInt32BE(4));
    else if (this.#copying) this.#takeCopying(this.#copying, bytes);
    else this.#takeMessage(bytes);
  }

  #greet(code: number): void {
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      this.socket.write('N');
      return;
    }
    if (code !== PROTOCOL_3) {
      this.socket.end(); // a cancel request: one thread cannot be interrupted from here, the watchdog does that
      return;
    }
    this.#started = true;
    this.events.started(this);
  }

  #takeMessage(bytes: Buffer): void {
    const type = typeOf(bytes);
    if (type === 'X') {
      this.socket.end();
      this.leave();
      return;
    }
    if (type === 'Q') {
      this.#takeQuery(bytes);
      return;
    }
    if (type === 'P' && copyFromStdin(text(bytes, bytes.indexOf(0, 5) + 1))) this.#refusedCopy = true;

    if (this.#refusedCopy) {
      if (type === 'S') this.#refuse();
      return;
    }
    this.#collected.push(this.#withOwnName(bytes));
    if (type !== 'S' && type !== 'H') return;
    const unit = Buffer.concat(this.#collected);
    this.#collected = [];
    this.events.asked(this, { kind: 'messages', bytes: unit, ends: type === 'S', sql: null });
  }

  #takeQuery(bytes: Buffer): void {
    const sql = text(bytes, 5);
    const copy = copyFromStdin(sql);
    if (copy === 'refused') this.#refuse();
    else if (copy === 'copy') {
      this.#copying = { sql, rows: [] };
      this.events.asked(this, { kind: 'copy-begins', sql });
    } else this.events.asked(this, { kind: 'messages', bytes: Buffer.from(bytes), ends: true, sql });
  }

  #refuse(): void {
    this.#refusedCopy = false;
    this.#collected = [];
    const sentence = 'The embedded database takes COPY FROM STDIN only as one simple statement by itself.';
    this.events.asked(this, { kind: 'fails', code: '0A000', sentence });
  }

  #takeCopying(copying: { sql: string; rows: Buffer[] }, bytes: Buffer): void {
    const type = typeOf(bytes);
    if (type === 'd') {
      copying.rows.push(Buffer.from(bytes.subarray(5)));
      return;
    }
    if (type === 'H' || type === 'S') return; // the protocol says to ignore them here
    this.#copying = null;
    if (type === 'c') this.events.asked(this, { kind: 'copy-rows', ...copying });
    else if (type === 'f') this.events.asked(this, { kind: 'fails', code: '57014', sentence: `COPY from stdin failed: ${text(bytes, 5)}` });
    else this.end('08P01', `Message '${type}' while COPY rows were expected.`);
  }

  /** Every client may call its statement «p»: the engine has one session, so each name gets the client's number. */
  #withOwnName(bytes: Buffer): Buffer {
    const found = statementNameIn(bytes);
    if (!found) return Buffer.from(bytes);
    const own = `c${this.id}_${found.name}`;
    if (typeOf(bytes) === 'P') this.statements.add(own);
    if (typeOf(bytes) === 'C') this.statements.delete(own);
    return withStatementName(bytes, found.offset, own);
  }
}

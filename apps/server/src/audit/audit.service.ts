import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HOUR_MS, MINUTE_MS } from '@muckwatch/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { Chore } from '../chore.js';
import { iso, now } from '../clock.js';
import { type Act, chained, type ChainedRow, NOTHING_BEFORE, type Seal, sealHash } from './audit-chain.js';
import { detailOf } from './audit-detail.js';
import { AuditStore } from './audit.store.js';

/** Rows a statement; those that come while one runs go together with the next. */
const A_BATCH = 500;
const RETRY_MS = 1_000;
/** An answer waits no longer for its row. The row is not given up: it is written as soon as it can be. */
const WAIT_MS = 3_000;
const MOST_WAITING = 10_000;
const ROWS_A_SEAL = 20_000;
const SHUTDOWN_MS = 5_000;
/** Another process has given the number meanwhile. */
const TAKEN = '23505';
export const THE_SERVER = { accountId: null, username: '(server)', role: 'system', address: null };

interface Waiting {
  act: Act;
  written: () => void;
}

/**
 * Writes the audit. One writer in the process chains the rows and gives them their numbers; where another process has given a number first, it reads
 * on from there and tries again. While rows cannot be written, nothing is changed that would have to be recorded (see AuditInterceptor).
 */
@Injectable()
export class Audit implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('Audit');
  readonly #chore = new Chore('Audit', MINUTE_MS, () => this.seal());
  #tail: { seq: number; hash: string } | null = null;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  /** Sent, and perhaps committed although the answer was lost. */
  #doubtful: ChainedRow[] = [];
  #failing = false;
  #stopped = false;
  #told: { at: number; number: number } = { at: 0, number: 0 };

  constructor(private readonly store: AuditStore) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.system('start', null, { node: process.version });
    this.#chore.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#chore.stop();
    await this.system('stop');
    this.#stopped = true;
    await Promise.race([this.#writing, sleep(SHUTDOWN_MS, undefined, { ref: false })]);
    await this.seal().catch((error: unknown) => this.#logger.error(error));
    for (const { act } of this.#waiting) this.#logger.error(`Not written to the audit: ${JSON.stringify(act)}`);
  }

  /** False while rows cannot be written. */
  get writable(): boolean {
    return !this.#failing && this.#waiting.length < MOST_WAITING;
  }

  /** What the server did by itself. */
  system(action: string, target: string | null = null, detail: Record<string, unknown> = {}): Promise<void> {
    return this.add({ ...THE_SERVER, action, target, status: null, detail: detailOf(detail) });
  }

  /** Returns when the row is committed, or after 3 s while it goes on waiting to be. */
  async add(act: Act): Promise<void> {
    if (this.#waiting.length >= MOST_WAITING) return this.#logger.error(`Not written to the audit: ${JSON.stringify(act)}`);
    const written = new Promise<void>((resolve) => this.#waiting.push({ act: storable(act), written: resolve }));
    this.#writing ??= this.#write().finally(() => (this.#writing = null));
    const late = new AbortController();
    await Promise.race([written, sleep(WAIT_MS, undefined, { ref: false, signal: late.signal }).catch(() => undefined)]);
    late.abort();
  }

  /** The newest seal: whoever keeps it holds everything up to it. Null before the first. */
  newestSeal(): Promise<Seal | null> {
    return this.store.lastSeal();
  }

  /** Seals what was added since the last seal. */
  async seal(): Promise<void> {
    for (;;) {
      const last = await this.store.lastSeal();
      const rows = await this.store.hashesAfter(last?.lastSeq ?? 0, ROWS_A_SEAL);
      if (rows.length > 0) {
        const body = { number: (last?.number ?? 0) + 1, at: now(), firstSeq: rows[0]!.seq, lastSeq: rows.at(-1)!.seq };
        const hashes = rows.map(({ hash }) => hash);
        const seal = { ...body, sha256: sealHash(body, last?.sha256 ?? NOTHING_BEFORE, hashes) };
        if (await this.store.addSeal(seal)) this.#tell(seal);
      }
      if (rows.length < ROWS_A_SEAL) return;
    }
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      try {
        await this.#settleDoubt();
        const batch = this.#waiting.slice(0, A_BATCH);
        if (batch.length === 0) return;
        this.#tail ??= await this.store.tail();
        const rows = chained(
          batch.map(({ act }) => act),
          this.#tail,
          now(),
        );
        this.#doubtful = rows;
        await this.store.add(rows);
        this.#written(rows);
      } catch (error) {
        this.#tail = null;
        if ((error as { code?: string }).code === TAKEN) continue;
        if (!this.#failing) this.#logger.warn(`Rows wait to be written: ${(error as Error).message}`);
        this.#failing = true;
        if (this.#stopped) return;
        await sleep(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  async #settleDoubt(): Promise<void> {
    const last = this.#doubtful.at(-1);
    if (last && (await this.store.hashOf(last.seq)) === last.hash) this.#written(this.#doubtful);
    this.#doubtful = [];
  }

  #written(rows: ChainedRow[]): void {
    this.#tail = rows.at(-1)!;
    this.#doubtful = [];
    this.#failing = false;
    for (const { written } of this.#waiting.splice(0, rows.length)) written();
  }

  /** A seal that is kept elsewhere, as logs are, holds all that came before it. */
  #tell({ number, at, lastSeq, sha256 }: Seal): void {
    if (at - this.#told.at < HOUR_MS) return;
    this.#told = { at, number };
    this.#logger.log(`Seal ${number} of ${iso(at)} over the audit up to row ${lastSeq}: ${sha256}`);
  }
}

/** What the database stores unchanged, so that it hashes the same when it is read. */
function storable(act: Act): Act {
  const text = (value: string | null, most: number) =>
    value
      ?.replace(/[\u0000-\u001f\u007f]/g, '')
      .slice(0, most)
      .toWellFormed() ?? null;
  return {
    ...act,
    accountId: text(act.accountId, 64),
    username: text(act.username, 64),
    role: text(act.role, 32),
    address: text(act.address, 64),
    action: text(act.action, 200)!,
    target: text(act.target, 400),
  };
}

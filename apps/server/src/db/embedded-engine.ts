import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { startWorker } from '../worker.js';
import { DataLock } from './data-lock.js';
import type { WorkerNews, WorkerOrders } from './embedded-worker.js';
import { HOUSEKEEPING, type HousekeepingReport, type HousekeepingSettings } from './housekeeping.js';
import { StatementClock } from './statement-clock.js';
import type { WireFrontStats } from './wire-front.js';

export interface EmbeddedSettings {
  dataDir: string;
  /** A statement that runs longer is ended by ending the engine, which is then started again. */
  statementLimitMs: number;
  /** A transaction that asks nothing for so long is rolled back. */
  idleTransactionMs: number;
  housekeeping?: Partial<HousekeepingSettings>;
  warn(sentence: string): void;
}

export interface EmbeddedHealth {
  state: 'ready' | 'starting' | 'closed';
  /** Times the engine was started again since the process began. */
  restarts: number;
  front: WireFrontStats | null;
  housekeeping: HousekeepingReport | null;
}

const PORT = 5432;
/** sun_path: 108 bytes with the closing zero (104 on macOS). */
const MAX_SOCKET_PATH_BYTES = 103;
const WATCH_MS = 500;
const CLOSE_MS = 15_000;
const RETRY_MS = [0, 1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * The embedded TimescaleDB, seen from the main thread: starts the worker that runs it, starts it again when it dies or hangs.
 * What was acknowledged before is there afterwards; who was waiting sees a closed connection.
 */
export class EmbeddedEngine {
  readonly #clock = new StatementClock();
  #worker: Worker | null = null;
  #ready = false;
  #closed = false;
  #restarts = 0;
  #front: WireFrontStats | null = null;
  #housekeeping: HousekeepingReport | null = null;
  #watch: NodeJS.Timeout | undefined;

  private constructor(
    private readonly settings: EmbeddedSettings,
    /** Where pg finds it: `host` is this directory. */
    readonly socketDirectory: string,
    private readonly lock: DataLock,
  ) {
    this.#clock.limitMs = settings.statementLimitMs;
  }

  static async start(settings: EmbeddedSettings): Promise<EmbeddedEngine> {
    const socketDirectory = await makeSocketDirectory();
    try {
      const lock = await DataLock.take(settings.dataDir, socketDirectory);
      const engine = new EmbeddedEngine(settings, socketDirectory, lock);
      try {
        await engine.#launch();
      } catch (error) {
        lock.release();
        throw error;
      }
      engine.#watch = setInterval(() => engine.#endOverdue(), WATCH_MS).unref();
      return engine;
    } catch (error) {
      await rm(socketDirectory, { recursive: true, force: true });
      throw error;
    }
  }

  get port(): number {
    return PORT;
  }

  get health(): EmbeddedHealth {
    return {
      state: this.#closed ? 'closed' : this.#ready ? 'ready' : 'starting',
      restarts: this.#restarts,
      front: this.#front,
      housekeeping: this.#housekeeping,
    };
  }

  /** While the task runs, a statement may take so long: for migrations. */
  async withStatementLimit<T>(limitMs: number, task: () => Promise<T>): Promise<T> {
    this.#clock.limitMs = limitMs;
    try {
      return await task();
    } finally {
      this.#clock.limitMs = this.settings.statementLimitMs;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#watch);
    const worker = this.#worker;
    if (worker) {
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('close');
      await Promise.race([exited, sleep(CLOSE_MS, undefined, { ref: false })]);
      await worker.terminate();
    }
    this.lock.release();
    await rm(this.socketDirectory, { recursive: true, force: true });
  }

  /** Starts the worker; settles when it is ready or has died before. */
  async #launch(): Promise<void> {
    const socketPath = socketPathIn(this.socketDirectory);
    await rm(socketPath, { force: true }); // a killed worker leaves its socket
    const orders: WorkerOrders = {
      directory: absolute(this.settings.dataDir, 'timescaledb'),
      socketPath,
      clock: this.#clock.memory,
      idleTransactionMs: this.settings.idleTransactionMs,
      housekeeping: { ...HOUSEKEEPING, ...this.settings.housekeeping },
    };
    if (this.#closed) throw new Error('It was closed meanwhile.');
    const worker = startWorker(import.meta.url, 'embedded-worker', orders);
    this.#worker = worker;
    await new Promise<void>((resolve, reject) => {
      let reason: Error | null = null;
      worker.on('message', (news: WorkerNews) => {
        if (news.kind !== 'ready') this.#note(news);
        else {
          this.#ready = true;
          resolve();
        }
      });
      worker.on('error', (error) => (reason = error));
      worker.on('exit', (code) => {
        const wasReady = this.#ready;
        this.#ready = false;
        reject(reason ?? new Error(`The embedded database ended with code ${code} before it was ready.`));
        if (wasReady && !this.#closed) void this.#restart(reason?.message ?? `its thread ended with code ${code}`);
      });
    });
  }

  #note(news: Exclude<WorkerNews, { kind: 'ready' }>): void {
    if (news.kind === 'warning') this.settings.warn(news.sentence);
    else {
      this.#front = news.front;
      this.#housekeeping = news.housekeeping;
    }
  }

  #endOverdue(): void {
    if (!this.#ready || !this.#clock.overdue) return;
    this.settings.warn(`A statement ran longer than ${this.#clock.limitMs} ms: the embedded database is ended and started again.`);
    void this.#worker?.terminate(); // 'exit' follows
  }

  async #restart(reason: string): Promise<void> {
    this.#clock.clear();
    this.settings.warn(`The embedded database stopped (${reason}) and is started again.`);
    for (let attempt = 0; ; attempt++) {
      await sleep(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
      if (this.#closed) return;
      this.#restarts += 1;
      try {
        await this.#launch();
        return;
      } catch (error) {
        this.settings.warn(`The embedded database did not start: ${(error as Error).message}`);
      }
    }
  }
}

/**
 * The worker beside this file. Compiled, that is JavaScript. Run from source (Jest, a test's child process) it is TypeScript, which Node does
 * not load by itself: a hook of the tests does it.
 */
/** A short path of our own: the whole must fit into sun_path, and only we may enter, as the front asks for no password. */
async function makeSocketDirectory(): Promise<string> {
  const parent = Buffer.byteLength(socketPathIn(join(tmpdir(), 'muck-XXXXXX'))) <= MAX_SOCKET_PATH_BYTES ? tmpdir() : '/tmp';
  const directory = await mkdtemp(join(parent, 'muck-'));
  await chmod(directory, 0o700);
  return directory;
}

/** As pg builds it from host and port. */
function socketPathIn(directory: string): string {
  return join(directory, `.s.PGSQL.${PORT}`);
}

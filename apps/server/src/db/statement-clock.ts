/**
 * Two numbers that the worker and the main thread share, because a worker in the middle of a statement answers no message:
 * when the running statement must have ended, and how long a statement may run.
 */
const DEADLINE = 0;
const LIMIT = 1;

export class StatementClock {
  readonly #cells: BigInt64Array;

  /** Without `memory`: a new clock. With the memory of another: the same one, seen from another thread. */
  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(16)) {
    this.#cells = new BigInt64Array(memory);
  }

  set limitMs(ms: number) {
    Atomics.store(this.#cells, LIMIT, BigInt(ms));
  }

  get limitMs(): number {
    return Number(Atomics.load(this.#cells, LIMIT));
  }

  /** Runs a task that must end within the limit, or within its own. */
  async timed<T>(task: () => Promise<T>, limitMs = this.limitMs): Promise<T> {
    Atomics.store(this.#cells, DEADLINE, now() + BigInt(limitMs) * 1_000_000n);
    try {
      return await task();
    } finally {
      this.clear();
    }
  }

  /** The thread that was to do it is gone. */
  clear(): void {
    Atomics.store(this.#cells, DEADLINE, 0n);
  }

  get overdue(): boolean {
    const deadline = Atomics.load(this.#cells, DEADLINE);
    return deadline !== 0n && now() > deadline;
  }
}

/** The same in all threads, and not moved when somebody sets the wall clock. */
function now(): bigint {
  return process.hrtime.bigint();
}

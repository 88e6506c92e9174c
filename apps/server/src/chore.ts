import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from './db/outage.js';

/** Work that is done again and again beside everything else. What fails is logged and tried again at the next turn. */
export class Chore {
  readonly #stop = new AbortController();
  readonly #logger: Logger;
  #running: Promise<void> | null = null;
  #woken = false;
  #sleeper: AbortController | null = null;

  constructor(
    name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<void>,
  ) {
    this.#logger = new Logger(name);
  }

  /** True once it is to end: a long turn asks now and then. */
  get stopping(): boolean {
    return this.#stop.signal.aborted;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** The next turn begins now; one that is under way is followed by another. */
  wake(): void {
    this.#woken = true;
    this.#sleeper?.abort();
  }

  /** Returns when the turn under way has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #sleep(): Promise<void> {
    if (this.#woken) return;
    this.#sleeper = new AbortController();
    await sleep(this.everyMs, undefined, { signal: AbortSignal.any([this.#stop.signal, this.#sleeper.signal]), ref: false }).catch(() => undefined);
    this.#sleeper = null;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      await this.#sleep();
      if (signal.aborted) return;
      this.#woken = false;
      await this.work().catch((error: unknown) => {
        if (isOutage(error)) this.#logger.warn(`Waits for the database: ${(error as Error).message}`);
        else this.#logger.error(error);
      });
    }
  }
}

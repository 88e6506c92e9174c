import { HttpException, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { FleetService } from './fleet.service.js';

const RETRY_MS = 2_000;

/** Writers of the registry, one after the other: what a write was planned from still holds when it is committed. */
@Injectable()
export class InTurn implements OnApplicationShutdown {
  #last: Promise<unknown> = Promise.resolve();
  #doubtful = false;
  #retry: NodeJS.Timeout | null = null;

  constructor(private readonly fleet: FleetService) {}

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(async () => {
      if (this.#doubtful) await this.#readAgain();
      return work();
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Runs the statement. One that failed may have been committed all the same (the answer was lost): then memory is read anew before anybody plans on it. */
  async committing(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (error instanceof HttpException) throw error; // refused by ourselves, and rolled back
      this.#doubtful = true;
      this.#readSoon();
      throw error;
    }
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#retry ?? undefined);
  }

  async #readAgain(): Promise<void> {
    await this.fleet.load();
    this.#doubtful = false;
  }

  #readSoon(): void {
    this.#retry = setTimeout(() => {
      if (this.#doubtful) this.take(() => Promise.resolve()).catch(() => this.#readSoon());
    }, RETRY_MS).unref();
  }
}

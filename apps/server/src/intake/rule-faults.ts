import { Injectable, Logger } from '@nestjs/common';
import type { Faults } from '@muckwatch/domain';
import { Counters } from './counters.js';

/** Rules that threw, wherever they were asked: each kept its old state, the others went on, and people can see that it happened. */
@Injectable()
export class RuleFaults {
  readonly #logger = new Logger('Rules');

  constructor(private readonly counters: Counters) {}

  of(subject: string, faults: Faults): void {
    for (const { rule, error } of faults) {
      this.counters.ruleFaults++;
      this.#logger.error(`Rule ${rule} threw at ${subject}; it keeps its old state: ${(error as Error).stack ?? String(error)}`);
    }
  }
}

import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '@muckwatch/domain';
import { setImmediate as breath } from 'node:timers/promises';
import { Chore } from '../chore.js';
import { now } from '../clock.js';
import { Intake } from '../intake/intake.service.js';
import { PlatformStore } from './platform.store.js';
import { TruckHourStore } from './truck-hour.store.js';

const EVERY_MS = MINUTE_MS;
/** Reports of an hour that come in with the next one are still on their way. */
const SETTLED_MS = 5 * MINUTE_MS;
const A_ROUND = 100;
const BEAT_MS = 30 * SECOND_MS;
/** A beat later than this follows a time in which nobody was there. */
const BEAT_LOST_MS = 90 * SECOND_MS;

/** Keeps what statistics are made of: hours of trucks as they end, and the times at which the platform was there. */
@Injectable()
export class Counting implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #hours: Chore = new Chore('Statistics', EVERY_MS, () => this.round(now()));
  readonly #beats = new Chore('Statistics', BEAT_MS, () => this.beat(now()));
  #stretch: { began: EpochMs; until: EpochMs } | null = null;

  constructor(
    private readonly store: TruckHourStore,
    private readonly platform: PlatformStore,
    private readonly intake: Intake,
  ) {}

  onApplicationBootstrap(): void {
    this.#hours.start();
    this.#beats.start();
    this.#beats.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.#hours.stop(), this.#beats.stop()]);
  }

  /** Counts all that is due as of a time: small statements one after the other, so that reports pass in between. */
  async round(at: EpochMs): Promise<void> {
    do {
      let due = await this.store.due(A_ROUND);
      while (due.length > 0) {
        for (const one of due) {
          if (this.#hours.stopping) return;
          await this.store.count(one);
          await breath();
        }
        due = await this.store.due(A_ROUND);
      }
    } while ((await this.store.askNext(at - SETTLED_MS)) !== null);
  }

  /** Says that reports can be taken now. */
  async beat(at: EpochMs): Promise<void> {
    if (this.intake.link?.health().ok !== true) {
      this.#stretch = null;
      return;
    }
    const goesOn = this.#stretch !== null && at - this.#stretch.until <= BEAT_LOST_MS;
    const stretch = { began: goesOn ? this.#stretch!.began : at, until: at };
    await this.platform.write(stretch.began, stretch.until);
    this.#stretch = stretch;
  }
}

import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AlertStore } from '../alerts/alert.store.js';
import { FleetService } from '../fleet/fleet.service.js';
import { LiveService } from '../live/live.service.js';

/** When districts are drawn otherwise, the alerts of the past follow: else a new district's people would see none of theirs. */
@Injectable()
export class Redistricting implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger('Districts');
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly fleet: FleetService,
    private readonly alerts: AlertStore,
    private readonly live: LiveService,
  ) {}

  onModuleInit(): void {
    this.fleet.onChanged((what) => {
      if (what === 'districts') this.#running = this.#running.then(() => this.#redistrict()).catch((error: unknown) => this.#logger.error(error));
    });
  }

  onApplicationShutdown(): Promise<void> {
    return this.#running;
  }

  async #redistrict(): Promise<void> {
    const districtAt = (point: [lon: number, lat: number]) => this.fleet.districtAt(point);
    this.live.board.redistrict(districtAt);
    await this.alerts.redistrict(districtAt);
  }
}

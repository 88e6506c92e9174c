import { Injectable } from '@nestjs/common';
import { type EpochMs, mayLimitLift, type Standing, stepStanding } from '@muckwatch/domain';
import type { TruckSeen } from '../live/board.js';

/** Which trucks stand, from what they report; in memory only: after a start nobody is believed to stand until it has been heard to. */
@Injectable()
export class Stands {
  readonly #trucks = new Map<string, Standing>();

  seen(trucks: TruckSeen[]): void {
    for (const { id, at, speedKmh } of trucks) this.#trucks.set(id, stepStanding(this.#trucks.get(id) ?? null, { at, speedKmh }));
  }

  mayLimitLift(truckId: string, now: EpochMs): boolean {
    const standing = this.#trucks.get(truckId);
    return standing !== undefined && mayLimitLift(standing.stoodSince, standing.lastHeardAt, now);
  }
}

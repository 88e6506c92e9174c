import { Injectable } from '@nestjs/common';
import type { YardDesk } from '@muckwatch/contract';
import { iso } from '../clock.js';
import { FleetService } from '../fleet/fleet.service.js';
import { LiveService } from '../live/live.service.js';

/** Who is at a yard now, from memory. */
@Injectable()
export class YardPresence {
  constructor(
    private readonly fleet: FleetService,
    private readonly live: LiveService,
  ) {}

  /** Who is believed to be inside, the longest first. `companyIds` null: of every company. */
  here(yardId: string, companyIds: string[] | null = null): YardDesk['here'] {
    const inside = this.live.board
      .trucksIn(yardId)
      .filter(({ truck }) => companyIds === null || companyIds.includes(truck.companyId))
      .map(({ truck, since }) => ({
        truck: { id: truck.id, plate: truck.plate },
        company: this.fleet.company(truck.companyId)?.name ?? null,
        since: iso(since),
        state: truck.bedRaised === true ? ('tipping' as const) : truck.load === 'empty' ? ('empty' as const) : ('waiting' as const),
      }));
    return inside.sort((a, b) => (a.since < b.since ? -1 : 1));
  }
}

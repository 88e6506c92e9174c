import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { reasonBody, type YardDesk, yardDesk, type YardLoad, yardLoad } from '@muckwatch/contract';
import { DAY_MS, MINUTE_MS } from '@muckwatch/domain';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { FleetService } from '../fleet/fleet.service.js';
import { LiveService } from '../live/live.service.js';
import { YardStore } from './yard.store.js';

@ApiTags('yards')
@Controller()
export class YardsController {
  constructor(
    private readonly store: YardStore,
    private readonly fleet: FleetService,
    private readonly live: LiveService,
  ) {}

  @Get('yards/:id/desk')
  @Roles('admin', 'supervisor', 'operator', 'yard-keeper', 'viewer')
  @Answers(yardDesk, 'Who is there and who is coming, today’s loads and what the yard can still take')
  async desk(@CurrentViewer() { scope }: Viewer, @Param('id') id: string): Promise<YardDesk> {
    const yard = await this.store.yard(scope, id);
    const today = this.#startOfToday();
    const [coming, loads, volumes] = await Promise.all([this.store.coming(id), this.store.loads(id, today), this.store.volumes(id, today)]);
    const remainingM3 = yard.capacityM3 === null ? null : Math.max(0, yard.capacityM3 - volumes.everM3);
    return { yard, here: this.#here(id), coming, today: volumes.today, remainingM3, loads };
  }

  @Post('hauls/:id/refuse')
  @Roles('admin', 'supervisor', 'yard-keeper')
  @Answers(yardLoad, 'The load was not taken: it counts for nothing')
  refuse(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: reasonBody }) { reason }: { reason: string }): Promise<YardLoad> {
    return this.store.refuse(viewer, id, reason);
  }

  /** Who is believed to be inside, the longest first. */
  #here(yardId: string): YardDesk['here'] {
    const inside = this.live.board.trucksIn(yardId).map(({ truck, since }) => ({
      truck: { id: truck.id, plate: truck.plate },
      company: this.fleet.company(truck.companyId)?.name ?? null,
      since: iso(since),
      state: truck.bedRaised === true ? ('tipping' as const) : truck.load === 'empty' ? ('empty' as const) : ('waiting' as const),
    }));
    return inside.sort((a, b) => (a.since < b.since ? -1 : 1));
  }

  #startOfToday(): number {
    const at = now();
    const ahead = this.fleet.utcOffset(at) * MINUTE_MS;
    return Math.floor((at + ahead) / DAY_MS) * DAY_MS - ahead;
  }
}

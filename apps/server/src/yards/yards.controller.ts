import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { reasonBody, type YardDesk, yardDesk, type YardLoad, yardLoad } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { startOfToday } from '../fleet/city-time.js';
import { FleetService } from '../fleet/fleet.service.js';
import { YardPresence } from './yard-presence.js';
import { YardStore } from './yard.store.js';

@ApiTags('yards')
@Controller()
export class YardsController {
  constructor(
    private readonly store: YardStore,
    private readonly fleet: FleetService,
    private readonly presence: YardPresence,
  ) {}

  @Get('yards/:id/desk')
  @Roles('admin', 'supervisor', 'operator', 'yard-keeper', 'viewer')
  @Answers(yardDesk, 'Who is there and who is coming, today’s loads and what the yard can still take')
  async desk(@CurrentViewer() { scope }: Viewer, @Param('id') id: string): Promise<YardDesk> {
    const yard = await this.store.yard(scope, id);
    const today = startOfToday(now(), this.fleet.utcOffset);
    const [coming, loads, taken] = await Promise.all([this.store.coming([id]), this.store.loads(id, today), this.store.taken(id, today, null)]);
    const remainingM3 = yard.capacityM3 === null ? null : Math.max(0, yard.capacityM3 - (taken.ever.volumeM3 ?? 0));
    const { hauls, estimated, volumeM3 } = taken.today;
    const counts = { loads: hauls, volumeM3: volumeM3 ?? 0, estimatedLoads: estimated, refused: taken.refused };
    return { yard, here: this.presence.here(id), coming: coming.get(id)!, today: counts, remainingM3, loads };
  }

  @Post('hauls/:id/refuse')
  @Roles('admin', 'supervisor', 'yard-keeper')
  @Answers(yardLoad, 'The load was not taken: it counts for nothing')
  refuse(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: reasonBody }) { reason }: { reason: string }): Promise<YardLoad> {
    return this.store.refuse(viewer, id, reason);
  }
}

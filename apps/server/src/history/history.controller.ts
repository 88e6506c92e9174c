import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  clocks,
  haulPage,
  type HaulQuery,
  haulQuery,
  quarantinePage,
  type QuarantineQuery,
  quarantineQuery,
  quarantineSummary,
  track,
  type TrackQuery,
  trackQuery,
  truckSensors,
} from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE, CITY } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { HaulStore } from './haul.store.js';
import { QualityStore } from './quality.store.js';
import { QuarantineStore } from './quarantine.store.js';
import { TrackStore } from './track.store.js';

@ApiTags('history')
@Controller()
@Roles(...ANYONE)
export class HistoryController {
  constructor(
    private readonly tracks: TrackStore,
    private readonly hauls: HaulStore,
    private readonly quarantine: QuarantineStore,
    private readonly quality: QualityStore,
  ) {}

  @Get('trucks/:id/track')
  @Answers(track, 'Where the truck was; the last 24 h when `from` and `to` are absent, 31 days at most')
  track(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Query({ schema: trackQuery }) { from, to, maxPoints }: TrackQuery) {
    return this.tracks.track(viewer.scope, id, from, to, maxPoints);
  }

  @Get('trucks/:id/sensors')
  @Answers(truckSensors, 'How long each of its sensors was silent, faulty or contradicting')
  sensors(@CurrentViewer() viewer: Viewer, @Param('id') id: string) {
    return this.quality.sensors(viewer.scope, id);
  }

  @Get('quality/clocks')
  @Answers(clocks, 'By how much the clocks of terminals and cameras are off, over the last hour')
  clocks(@CurrentViewer() viewer: Viewer) {
    return this.quality.clocks(viewer.scope);
  }

  @Get('hauls')
  @Answers(haulPage, 'Newest departure first')
  haulList(@CurrentViewer() viewer: Viewer, @Query({ schema: haulQuery }) query: HaulQuery) {
    return this.hauls.list(viewer.scope, query);
  }

  @Roles(...CITY)
  @Get('quarantine')
  @Answers(quarantinePage, 'What could not be used, newest first')
  quarantineList(@CurrentViewer() viewer: Viewer, @Query({ schema: quarantineQuery }) query: QuarantineQuery) {
    return this.quarantine.list(viewer.scope, query);
  }

  @Roles(...CITY)
  @Get('quarantine/summary')
  @Answers(quarantineSummary, 'The last 24 h, by reason')
  quarantineSummary(@CurrentViewer() viewer: Viewer) {
    return this.quarantine.summary(viewer.scope);
  }
}

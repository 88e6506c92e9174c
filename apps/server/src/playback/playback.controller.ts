import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { fixPage, type FixPage, type FixQuery, fixQuery, stays, type StayQuery, stayQuery, type Stays } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { PlaybackService } from './playback.service.js';

@ApiTags('history')
@Controller('trucks')
@Roles(...ANYONE)
export class PlaybackController {
  constructor(private readonly playback: PlaybackService) {}

  @Get(':id/fixes')
  @Answers(fixPage, 'What the truck reported, raw, in pages: ask again from `nextFrom` on with the same `to`; 7 days at most')
  page(@CurrentViewer() viewer: Viewer, @Param('id') truckId: string, @Query({ schema: fixQuery }) query: FixQuery): Promise<FixPage> {
    return this.playback.page(viewer.scope, truckId, query);
  }

  @Get(':id/stays')
  @Answers(stays, 'Where it stood, which places it was in, whether it was loaded and which speed limit held; 7 days at most')
  stays(@CurrentViewer() viewer: Viewer, @Param('id') truckId: string, @Query({ schema: stayQuery }) query: StayQuery): Promise<Stays> {
    return this.playback.stays(viewer.scope, truckId, query);
  }
}

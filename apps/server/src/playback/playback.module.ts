import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { HistoryModule } from '../history/history.module.js';
import { FixStore } from './fix.store.js';
import { PlaybackController } from './playback.controller.js';
import { PlaybackService } from './playback.service.js';

@Module({
  imports: [FleetModule, HistoryModule],
  controllers: [PlaybackController],
  providers: [FixStore, PlaybackService],
  exports: [FixStore],
})
export class PlaybackModule {}

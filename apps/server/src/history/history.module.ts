import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { HaulStore } from './haul.store.js';
import { HistoryController } from './history.controller.js';
import { QualityStore } from './quality.store.js';
import { QuarantineStore } from './quarantine.store.js';
import { SightingStore } from './sighting.store.js';
import { SightingsController } from './sightings.controller.js';
import { TrackStore } from './track.store.js';

@Module({
  imports: [MediaModule],
  controllers: [HistoryController, SightingsController],
  providers: [TrackStore, HaulStore, QualityStore, QuarantineStore, SightingStore],
  exports: [TrackStore, HaulStore, QuarantineStore, SightingStore],
})
export class HistoryModule {}

import { Module } from '@nestjs/common';
import { HaulStore } from './haul.store.js';
import { HistoryController } from './history.controller.js';
import { QualityStore } from './quality.store.js';
import { QuarantineStore } from './quarantine.store.js';
import { TrackStore } from './track.store.js';

@Module({ controllers: [HistoryController], providers: [TrackStore, HaulStore, QualityStore, QuarantineStore], exports: [TrackStore, HaulStore, QuarantineStore] })
export class HistoryModule {}

import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { FleetModule } from '../fleet/fleet.module.js';
import { HaulsModule } from '../hauls/hauls.module.js';
import { HistoryModule } from '../history/history.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { PlaybackModule } from '../playback/playback.module.js';
import { ExportsController } from './exports.controller.js';
import { TrackController } from './track.controller.js';

@Module({ imports: [AlertsModule, FleetModule, HaulsModule, HistoryModule, NoticesModule, PlaybackModule], controllers: [ExportsController, TrackController] })
export class ExportsModule {}

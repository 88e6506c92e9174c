import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { LiveModule } from '../live/live.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { StatsModule } from '../stats/stats.module.js';
import { ReportDrawing } from './report-drawing.js';
import { ReportStore } from './report.store.js';
import { ReportsController } from './reports.controller.js';
import { Sending } from './sending.service.js';
import { SendingStore } from './sending.store.js';
import { Weekly } from './weekly.service.js';

@Module({
  imports: [FleetModule, LiveModule, NoticesModule, StatsModule],
  controllers: [ReportsController],
  providers: [ReportDrawing, ReportStore, Sending, SendingStore, Weekly],
})
export class ReportsModule {}

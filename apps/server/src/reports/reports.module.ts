import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { StatsModule } from '../stats/stats.module.js';
import { ReportStore } from './report.store.js';
import { ReportsController } from './reports.controller.js';
import { Weekly } from './weekly.service.js';

@Module({ imports: [FleetModule, StatsModule], controllers: [ReportsController], providers: [ReportStore, Weekly] })
export class ReportsModule {}

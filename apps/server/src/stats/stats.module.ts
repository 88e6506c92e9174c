import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { LiveModule } from '../live/live.module.js';
import { Counting } from './counting.service.js';
import { FigureStore } from './figure.store.js';
import { HeatStore } from './heat.store.js';
import { OverviewStore } from './overview.store.js';
import { PlatformStore } from './platform.store.js';
import { PrecisionStore } from './precision.store.js';
import { StatsController } from './stats.controller.js';
import { Stats } from './stats.service.js';
import { TruckHourStore } from './truck-hour.store.js';

@Module({
  imports: [FleetModule, IntakeModule, LiveModule],
  controllers: [StatsController],
  providers: [Counting, FigureStore, HeatStore, OverviewStore, PlatformStore, PrecisionStore, Stats, TruckHourStore],
  exports: [Stats],
})
export class StatsModule {}

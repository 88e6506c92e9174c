import { Module } from '@nestjs/common';
import { DownlinkModule } from '../downlink/downlink.module.js';
import { FleetModule } from '../fleet/fleet.module.js';
import { HistoryModule } from '../history/history.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { JudgingModule } from '../judging/judging.module.js';
import { LiveModule } from '../live/live.module.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { Metrics } from './metrics.js';
import { SystemController } from './system.controller.js';

@Module({
  imports: [DownlinkModule, FleetModule, HistoryModule, IntakeModule, JudgingModule, LiveModule],
  controllers: [HealthController, SystemController],
  providers: [HealthService, Metrics],
})
export class HealthModule {}

import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { FleetModule } from '../fleet/fleet.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { JudgingService } from './judging.service.js';
import { TruckJudge } from './truck-judge.js';
import { TruckLog } from './truck-log.js';

@Module({
  imports: [AlertsModule, FleetModule, IntakeModule],
  providers: [JudgingService, TruckJudge, TruckLog],
  exports: [JudgingService],
})
export class JudgingModule {}

import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { FleetModule } from '../fleet/fleet.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { LiveModule } from '../live/live.module.js';
import { CheckpointStore } from './checkpoint.store.js';
import { FleetTickService } from './fleet-tick.service.js';
import { JudgingService } from './judging.service.js';
import { LabController } from './lab.controller.js';
import { LabService } from './lab.service.js';
import { Redistricting } from './redistricting.service.js';
import { StoredAlerts } from './stored-alerts.js';
import { TruckJudge } from './truck-judge.js';
import { TruckLog } from './truck-log.js';

@Module({
  imports: [AlertsModule, FleetModule, IntakeModule, LiveModule],
  controllers: [LabController],
  providers: [CheckpointStore, FleetTickService, JudgingService, LabService, Redistricting, StoredAlerts, TruckJudge, TruckLog],
  exports: [JudgingService],
})
export class JudgingModule {}

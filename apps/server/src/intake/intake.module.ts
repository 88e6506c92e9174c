import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { FleetModule } from '../fleet/fleet.module.js';
import { LiveModule } from '../live/live.module.js';
import { BatchStore } from './batch.store.js';
import { Counters } from './counters.js';
import { Intake } from './intake.service.js';
import { LogStore } from './log.store.js';
import { Reception } from './reception.js';
import { Recorder } from './recorder.js';
import { RetentionService } from './retention.service.js';
import { TruckMemory } from './truck-memory.js';

@Module({
  imports: [AlertsModule, FleetModule, LiveModule],
  providers: [BatchStore, Counters, Intake, LogStore, Reception, Recorder, RetentionService, TruckMemory],
  exports: [Counters, Intake, LogStore, Recorder, TruckMemory],
})
export class IntakeModule {}

import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { DownlinkModule } from '../downlink/downlink.module.js';
import { FleetModule } from '../fleet/fleet.module.js';
import { LiveModule } from '../live/live.module.js';
import { MediaModule } from '../media/media.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { BatchStore } from './batch.store.js';
import { Counters } from './counters.js';
import { Intake } from './intake.service.js';
import { LogStore } from './log.store.js';
import { QuarantineOfferController } from './quarantine-offer.controller.js';
import { QuarantineOffer } from './quarantine-offer.service.js';
import { Reception } from './reception.js';
import { Recorder } from './recorder.js';
import { RetentionService } from './retention.service.js';
import { RuleFaults } from './rule-faults.js';
import { SightingLog } from './sighting-log.js';
import { TruckMemory } from './truck-memory.js';

@Module({
  imports: [AlertsModule, DownlinkModule, FleetModule, LiveModule, MediaModule, NoticesModule],
  controllers: [QuarantineOfferController],
  providers: [BatchStore, Counters, Intake, LogStore, QuarantineOffer, Reception, Recorder, RetentionService, RuleFaults, SightingLog, TruckMemory],
  exports: [Counters, Intake, LogStore, Recorder, RuleFaults, TruckMemory],
})
export class IntakeModule {}

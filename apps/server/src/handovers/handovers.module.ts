import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { LiveModule } from '../live/live.module.js';
import { HandoverFactsReader } from './handover-facts.js';
import { HandoverStore } from './handover.store.js';
import { HandoversController } from './handovers.controller.js';
import { Handovers } from './handovers.service.js';

/** What one shift hands on to the next. */
@Module({
  imports: [AlertsModule, LiveModule],
  controllers: [HandoversController],
  providers: [HandoverFactsReader, HandoverStore, Handovers],
})
export class HandoversModule {}

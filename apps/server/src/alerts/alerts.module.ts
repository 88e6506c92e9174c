import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module.js';
import { LiveModule } from '../live/live.module.js';
import { AlertStore } from './alert.store.js';
import { AlertsController } from './alerts.controller.js';
import { Alerts } from './alerts.service.js';
import { EvidenceService } from './evidence.service.js';

@Module({
  imports: [LiveModule, HistoryModule],
  controllers: [AlertsController],
  providers: [AlertStore, Alerts, EvidenceService],
  exports: [AlertStore, Alerts],
})
export class AlertsModule {}

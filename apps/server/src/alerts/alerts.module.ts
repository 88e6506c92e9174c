import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module.js';
import { LiveModule } from '../live/live.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { AlertReader } from './alert-reader.js';
import { AlertStore } from './alert.store.js';
import { AlertsController } from './alerts.controller.js';
import { Alerts } from './alerts.service.js';
import { EvidenceService } from './evidence.service.js';
import { Snoozes } from './snooze.service.js';
import { SnoozesController } from './snoozes.controller.js';

@Module({
  imports: [LiveModule, HistoryModule, NoticesModule],
  controllers: [AlertsController, SnoozesController],
  providers: [AlertReader, AlertStore, Alerts, EvidenceService, Snoozes],
  exports: [AlertReader, AlertStore, Alerts, EvidenceService, Snoozes],
})
export class AlertsModule {}

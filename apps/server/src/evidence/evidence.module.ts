import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { DownlinkModule } from '../downlink/downlink.module.js';
import { FleetModule } from '../fleet/fleet.module.js';
import { HistoryModule } from '../history/history.module.js';
import { MediaModule } from '../media/media.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { Around } from './around.js';
import { EvidenceController } from './evidence.controller.js';
import { EvidenceStore } from './evidence.store.js';
import { PackService } from './pack.service.js';

@Module({
  imports: [AlertsModule, DownlinkModule, FleetModule, HistoryModule, MediaModule, NoticesModule],
  controllers: [EvidenceController],
  providers: [Around, EvidenceStore, PackService],
})
export class EvidenceModule {}

import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { HistoryModule } from '../history/history.module.js';
import { MediaModule } from '../media/media.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { PaperController } from './paper.controller.js';
import { PaperService } from './paper.service.js';

@Module({ imports: [FleetModule, HistoryModule, MediaModule, NoticesModule], controllers: [PaperController], providers: [PaperService] })
export class PaperModule {}

import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { HistoryModule } from '../history/history.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { ExportsController } from './exports.controller.js';

@Module({ imports: [AlertsModule, HistoryModule, NoticesModule], controllers: [ExportsController] })
export class ExportsModule {}

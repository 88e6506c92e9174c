import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { HaulsModule } from '../hauls/hauls.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { ExportsController } from './exports.controller.js';

@Module({ imports: [AlertsModule, HaulsModule, NoticesModule], controllers: [ExportsController] })
export class ExportsModule {}

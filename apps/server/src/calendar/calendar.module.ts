import { Module } from '@nestjs/common';
import { CalendarController } from './calendar.controller.js';
import { Calendar } from './calendar.service.js';
import { CalendarStore } from './calendar.store.js';

@Module({ controllers: [CalendarController], providers: [CalendarStore, Calendar], exports: [Calendar] })
export class CalendarModule {}

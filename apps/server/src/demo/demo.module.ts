import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { DemoService } from './demo.service.js';
import { DemoStore } from './demo.store.js';

@Module({ imports: [CalendarModule], providers: [DemoService, DemoStore] })
export class DemoModule {}

import { Module } from '@nestjs/common';
import { DemoService } from './demo.service.js';
import { DemoStore } from './demo.store.js';

@Module({ providers: [DemoService, DemoStore] })
export class DemoModule {}

import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { LiveGateway } from './live.gateway.js';
import { LiveService } from './live.service.js';

@Module({ imports: [AuthModule], providers: [LiveService, LiveGateway], exports: [LiveService] })
export class LiveModule {}

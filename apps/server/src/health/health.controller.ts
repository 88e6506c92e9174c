import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../auth/auth.guard.js';
import { HealthService } from './health.service.js';
import { Metrics } from './metrics.js';
import { Refusal } from '../refusal.js';

/** For probes and Prometheus: outside /api/v1 and without sign-in; they say nothing of any truck. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    private readonly metrics: Metrics,
  ) {}

  @Public()
  @Get('health/live')
  live() {
    return { ok: true };
  }

  @Public()
  @Get('health/ready')
  ready() {
    if (this.health.ready) return { ok: true };
    const { database, broker } = this.health.current();
    const why = [database.ok ? null : `database: ${database.error ?? 'away'}`, broker.ok ? null : `broker: ${broker.error ?? 'away'}`].filter(Boolean);
    throw new Refusal(503, { en: `Not ready: ${why.join('; ')}`, zh: `尚未就绪：${why.join('；')}` });
  }

  @Public()
  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  prometheus(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}

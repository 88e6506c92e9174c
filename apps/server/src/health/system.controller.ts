import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Health, health } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { HealthService } from './health.service.js';

@ApiTags('system')
@Controller('system')
export class SystemController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @Answers(health, 'How the machine itself is: rates, lags, database, broker')
  system(): Health {
    return this.health.current();
  }
}

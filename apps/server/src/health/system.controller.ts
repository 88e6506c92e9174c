import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Health, health } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { CITY } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { HealthService } from './health.service.js';

@ApiTags('system')
@Controller('system')
@Roles(...CITY)
export class SystemController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @Answers(health, 'How the machine itself is: rates, lags, database, broker')
  system(@CurrentViewer() viewer: Viewer): Health {
    return this.health.for(viewer.scope);
  }
}

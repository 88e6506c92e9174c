import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { snooze, type SnoozeBody, snoozeBody, snoozeList } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE, DECIDERS } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { Snoozes } from './snooze.service.js';

@ApiTags('alerts')
@Controller('snoozes')
@Roles(...ANYONE)
export class SnoozesController {
  constructor(private readonly snoozes: Snoozes) {}

  @Get()
  @Answers(snoozeList, 'In force, or ended within the last week; newest first')
  async list(@CurrentViewer() viewer: Viewer) {
    return { items: await this.snoozes.list(viewer.scope) };
  }

  @Roles(...DECIDERS)
  @Post()
  @Answers(snooze, 'From now until a time, one truck’s alerts of one rule are recorded and ring nobody')
  add(@CurrentViewer() viewer: Viewer, @Body({ schema: snoozeBody }) body: SnoozeBody) {
    return this.snoozes.add(viewer, body);
  }

  @Roles(...DECIDERS)
  @Delete(':id')
  @Answers(snooze, 'Ends it now')
  end(@CurrentViewer() viewer: Viewer, @Param('id') id: string) {
    return this.snoozes.end(viewer, id);
  }
}

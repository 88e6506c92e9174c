import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { draftQuery, handover, type HandoverBody, handoverBody, handoverFacts, handoverPage, handoverQuery } from '@muckwatch/contract';
import type { z } from 'zod';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { DECIDERS } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { HandoverStore } from './handover.store.js';
import { Handovers } from './handovers.service.js';

@ApiTags('handovers')
@Controller('handovers')
@Roles(...DECIDERS)
export class HandoversController {
  constructor(
    private readonly handovers: Handovers,
    private readonly store: HandoverStore,
  ) {}

  @Get()
  @Answers(handoverPage, 'Newest first')
  list(@CurrentViewer() viewer: Viewer, @Query({ schema: handoverQuery }) query: z.infer<typeof handoverQuery>) {
    return this.store.list(viewer.scope, query);
  }

  @Get('draft')
  @Answers(handoverFacts, 'What would be handed on now')
  draft(@CurrentViewer() viewer: Viewer, @Query({ schema: draftQuery }) { since }: z.infer<typeof draftQuery>) {
    return this.handovers.draft(viewer, since);
  }

  @Post()
  @Answers(handover, 'Handed on: the facts as they stand now, with words', 201)
  write(@CurrentViewer() viewer: Viewer, @Body({ schema: handoverBody }) body: HandoverBody) {
    return this.handovers.write(viewer, body);
  }

  @Post(':id/take')
  @Answers(handover, 'Taken; the undecided incidents that its giver had in hand are the taker’s')
  take(@CurrentViewer() viewer: Viewer, @Param('id') id: string) {
    return this.handovers.take(viewer, id);
  }
}

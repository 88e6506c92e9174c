import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ManagerList, managerList, managersQuery, type ManagersQuery } from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { PLANNERS } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { ManagerStore } from './manager.store.js';

/** For whoever draws places: who can be named as managers of them. */
@ApiTags('places')
@Controller('managers')
@Roles(...PLANNERS)
export class ManagersController {
  constructor(private readonly store: ManagerStore) {}

  @Get()
  @Answers(managerList, 'Site managers and yard keepers in use, of what the one who asks sees and of nothing yet')
  async list(@CurrentViewer() { scope }: Viewer, @Query({ schema: managersQuery }) query: ManagersQuery): Promise<ManagerList> {
    return { items: await this.store.list(scope, query) };
  }
}

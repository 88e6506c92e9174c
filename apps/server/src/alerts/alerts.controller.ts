import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  alert,
  type AlertDetail,
  alertDetail,
  alertList,
  alertPage,
  type AlertQuery,
  alertQuery,
  type AssignBody,
  assignBody,
  assigneeList,
  reasonBody,
} from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE, DECIDERS } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { AlertReader } from './alert-reader.js';
import { AlertStore } from './alert.store.js';
import { Alerts } from './alerts.service.js';

@ApiTags('alerts')
@Controller('alerts')
@Roles(...ANYONE)
export class AlertsController {
  constructor(
    private readonly store: AlertStore,
    private readonly alerts: Alerts,
    private readonly reader: AlertReader,
  ) {}

  @Get()
  @Answers(alertPage, 'Newest first; `from` and `to` compare with `began`')
  list(@CurrentViewer() viewer: Viewer, @Query({ schema: alertQuery }) query: AlertQuery) {
    return this.store.list(viewer, query);
  }

  @Get(':id')
  @Answers(alertDetail, 'One alert with everything around it')
  one(@CurrentViewer() viewer: Viewer, @Param('id') id: string): Promise<AlertDetail> {
    return this.reader.detail(viewer.scope, id);
  }

  @Roles(...DECIDERS)
  @Get(':id/assignees')
  @Answers(assigneeList, 'To whom the incident may be given')
  async assignees(@CurrentViewer() viewer: Viewer, @Param('id') id: string) {
    const people = await this.alerts.assignees(viewer, id);
    return { items: people.map(({ accountId, name }) => ({ accountId, name })) };
  }

  @Roles(...DECIDERS)
  @Post(':id/assign')
  @Answers(alertList, 'The alerts of the incident that it changed')
  async assign(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: assignBody }) { accountId }: AssignBody) {
    return { items: await this.alerts.assign(viewer, id, accountId) };
  }

  @Roles(...DECIDERS)
  @Post(':id/acknowledge')
  @Answers(alert)
  acknowledge(@CurrentViewer() viewer: Viewer, @Param('id') id: string) {
    return this.alerts.step(viewer, id, 'acknowledge', null);
  }

  @Roles(...DECIDERS)
  @Post(':id/confirm')
  @Answers(alert)
  confirm(@CurrentViewer() viewer: Viewer, @Param('id') id: string) {
    return this.alerts.step(viewer, id, 'confirm', null);
  }

  @Roles(...DECIDERS)
  @Post(':id/dismiss')
  @Answers(alert)
  dismiss(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: reasonBody }) { reason }: { reason: string }) {
    return this.alerts.step(viewer, id, 'dismiss', reason);
  }

  @Roles(...DECIDERS)
  @Post(':id/reopen')
  @Answers(alert)
  reopen(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: reasonBody }) { reason }: { reason: string }) {
    return this.alerts.step(viewer, id, 'reopen', reason);
  }
}

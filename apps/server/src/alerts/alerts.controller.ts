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
import { MINUTE_MS } from '@muckwatch/domain';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE, DECIDERS } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { HaulStore } from '../history/haul.store.js';
import { TrackStore } from '../history/track.store.js';
import { AlertStore } from './alert.store.js';
import { Alerts } from './alerts.service.js';

@ApiTags('alerts')
@Controller('alerts')
@Roles(...ANYONE)
export class AlertsController {
  constructor(
    private readonly store: AlertStore,
    private readonly alerts: Alerts,
    private readonly tracks: TrackStore,
    private readonly hauls: HaulStore,
  ) {}

  @Get()
  @Answers(alertPage, 'Newest first; `from` and `to` compare with `began`')
  list(@CurrentViewer() viewer: Viewer, @Query({ schema: alertQuery }) query: AlertQuery) {
    return this.store.list(viewer, query);
  }

  @Get(':id')
  @Answers(alertDetail, 'One alert with everything around it')
  async one(@CurrentViewer() viewer: Viewer, @Param('id') id: string): Promise<AlertDetail> {
    const { row, alert } = await this.store.one(viewer.scope, id);
    const began = row.began.getTime();
    // An episode that goes on is shown to its last known moment and a little beyond, not to the end of time: its terminal may be silent for days.
    const ended = row.ended?.getTime() ?? Math.min(now(), began + Number(row.evidence.durationS ?? 0) * 1_000 + 2 * MINUTE_MS);
    const [series, steps, related, haul] = await Promise.all([
      row.truck_id === null ? [] : this.tracks.around(row.truck_id, began, ended),
      this.store.steps(id),
      this.store.related(viewer.scope, row.incident, id),
      row.haul_id === null ? null : this.hauls.one(viewer.scope, row.haul_id),
    ]);
    const sealed = row.sealed_at && { at: row.sealed_at.toISOString(), sha256: row.sealed_sha256! };
    return { ...alert, limits: row.limits, series, steps, related, haul, sealed };
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

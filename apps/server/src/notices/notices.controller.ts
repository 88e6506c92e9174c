import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  answerBody,
  type AnswerBody,
  notice,
  type NoticeDetail,
  noticeDetail,
  noticePage,
  type NoticeQuery,
  noticeQuery,
  noticeRecipients,
  noticeRecipientsQuery,
  reviewBody,
  tellBody,
  type TellBody,
} from '@muckwatch/contract';
import { MINUTE_MS, RULES } from '@muckwatch/domain';
import type { z } from 'zod';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE, DECIDERS, PLANNERS } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { TrackStore } from '../history/track.store.js';
import { VOLUME_RULES } from './kind-names.js';
import { NoticeStore } from './notice.store.js';
import { Notices } from './notices.service.js';
import type { NoticeRow } from './notice-row.js';

@ApiTags('notices')
@Controller('notices')
@Roles(...ANYONE)
export class NoticesController {
  constructor(
    private readonly store: NoticeStore,
    private readonly notices: Notices,
    private readonly tracks: TrackStore,
  ) {}

  @Get()
  @Answers(noticePage, 'Newest first: one’s own, and for the control room and dispatchers those of what they see')
  list(@CurrentViewer() viewer: Viewer, @Query({ schema: noticeQuery }) query: NoticeQuery) {
    return this.store.list(viewer, query);
  }

  @Get('recipients')
  @Roles(...DECIDERS)
  @Answers(noticeRecipients, 'Who can be told of an alert by hand')
  recipients(@CurrentViewer() viewer: Viewer, @Query({ schema: noticeRecipientsQuery }) { alert }: z.infer<typeof noticeRecipientsQuery>) {
    return this.notices.recipients(viewer, alert);
  }

  @Post('tell')
  @Roles(...DECIDERS)
  @Answers(notice, 'Told by hand; whoever was told of the incident already is told again')
  tell(@CurrentViewer() viewer: Viewer, @Body({ schema: tellBody }) body: TellBody) {
    return this.notices.tell(viewer, body);
  }

  @Get(':id')
  @Answers(noticeDetail, 'One notice with everything around it; its recipient’s first look is noted')
  async one(@CurrentViewer() viewer: Viewer, @Param('id') id: string): Promise<NoticeDetail> {
    let { row, notice } = await this.store.one(viewer, id);
    if (notice.readAt === null && notice.recipient.accountId === viewer.accountId) {
      const read = await this.store.read(id);
      if (read) this.notices.tellPages([read]);
      ({ row, notice } = await this.store.one(viewer, id));
    }
    const [facts, track, steps, deliveries] = await Promise.all([this.store.facts(row), this.#track(row), this.store.steps(id), this.store.deliveries(row)]);
    return { ...notice, rule: ruleOf(notice.kind), facts, track, steps, deliveries };
  }

  @Post(':id/acknowledge')
  @Answers(notice)
  acknowledge(@CurrentViewer() viewer: Viewer, @Param('id') id: string) {
    return this.notices.step(viewer, id, 'acknowledge', { text: null, photos: [] });
  }

  @Post(':id/rectify')
  @Answers(notice, 'Answered: what was done about it')
  rectify(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: answerBody }) body: AnswerBody) {
    return this.notices.step(viewer, id, 'rectify', body);
  }

  @Post(':id/object')
  @Answers(notice, 'Answered: why it is not so')
  object(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: answerBody }) body: AnswerBody) {
    return this.notices.step(viewer, id, 'object', body);
  }

  @Post(':id/accept')
  @Roles(...PLANNERS)
  @Answers(notice)
  accept(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: reviewBody }) { text }: z.infer<typeof reviewBody>) {
    return this.notices.step(viewer, id, 'accept', { text: text ?? null, photos: [] });
  }

  @Post(':id/send-back')
  @Roles(...PLANNERS)
  @Answers(notice, 'Needs a text: what is missing. The time for an answer begins anew')
  sendBack(@CurrentViewer() viewer: Viewer, @Param('id') id: string, @Body({ schema: reviewBody }) { text }: z.infer<typeof reviewBody>) {
    return this.notices.step(viewer, id, 'send-back', { text: text ?? null, photos: [] });
  }

  async #track(row: NoticeRow): Promise<NoticeDetail['track']> {
    if (row.truck_id === null || row.lead_alert === null) return [];
    const began = row.began.getTime();
    // An episode that goes on is shown for a while: its terminal may be silent for days.
    const ended = (await this.store.ended(row))?.getTime() ?? Math.min(now(), began + 10 * MINUTE_MS);
    return (await this.tracks.around(row.truck_id, began, ended)).map(({ at, lat, lon }) => ({ at, lat, lon }));
  }
}

function ruleOf(kind: NoticeDetail['kind']): NoticeDetail['rule'] {
  if (kind === 'volume-90' || kind === 'volume-100') return VOLUME_RULES[kind];
  const rule = RULES.find(({ code }) => code === kind);
  return rule ? { name: rule.name, description: rule.description } : null;
}

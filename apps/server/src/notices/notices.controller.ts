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
import type { z } from 'zod';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE, DECIDERS, PLANNERS } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { NoticeReader } from './notice-reader.js';
import { NoticeStore } from './notice.store.js';
import { Notices } from './notices.service.js';
import { Outbox } from './outbox.service.js';

@ApiTags('notices')
@Controller('notices')
@Roles(...ANYONE)
export class NoticesController {
  constructor(
    private readonly store: NoticeStore,
    private readonly notices: Notices,
    private readonly reader: NoticeReader,
    private readonly outbox: Outbox,
  ) {}

  @Get()
  @Answers(noticePage, 'Newest first: one’s own, and for the control room and dispatchers those of what they see')
  async list(@CurrentViewer() viewer: Viewer, @Query({ schema: noticeQuery }) query: NoticeQuery) {
    const page = await this.store.list(viewer, query);
    // A program that asks shows nobody anything.
    if (!viewer.apiToken) this.outbox.shown(page.items.filter(({ recipient }) => recipient.accountId === viewer.accountId).map(({ id }) => id));
    return page;
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
    const detail = await this.reader.detail(viewer, id);
    if (detail.readAt !== null || detail.recipient.accountId !== viewer.accountId) return detail;
    const read = await this.store.read(id);
    if (read) this.notices.tellPages([read]);
    return this.reader.detail(viewer, id);
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
}

import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Channel,
  channel,
  channelBody,
  type ChannelBody,
  type ChannelChange,
  channelChange,
  channelTest,
  type ChannelTest,
  id,
  type NoticeSettings,
  noticeSettings,
  noticeSettingsChange,
  type NoticeSettingsChange,
  ROLE_WORDS,
} from '@muckwatch/contract';
import { randomUUID } from 'node:crypto';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { Config } from '../config.js';
import { faulty, Refusal } from '../refusal.js';
import { faultOfAddress } from './address.js';
import { ChannelStore } from './channel.store.js';
import { Channels } from './channels/channels.js';
import { Directory } from './directory.js';
import { trialMessage } from './message.js';

const MOST_CHANNELS = 10;

/** How one is told: everybody's own choice, and nobody else's. */
@ApiTags('me')
@Controller('me')
@Roles(...ANYONE)
export class MeController {
  constructor(
    private readonly store: ChannelStore,
    private readonly directory: Directory,
    private readonly channels: Channels,
    private readonly config: Config,
  ) {}

  @Get('notice-settings')
  @Answers(noticeSettings)
  async settings(@CurrentViewer() { accountId, role }: Viewer): Promise<NoticeSettings> {
    const weeklyReport = this.directory.weeklyReport({ accountId, role });
    return { channels: await this.store.list(accountId), ...this.directory.choices(accountId), weeklyReport };
  }

  @Patch('notice-settings')
  @Answers(noticeSettings)
  async choose(@CurrentViewer() viewer: Viewer, @Body({ schema: noticeSettingsChange }) to: NoticeSettingsChange): Promise<NoticeSettings> {
    const wanted = this.directory.weeklyReport(viewer);
    if (to.weeklyReport && wanted === null)
      throw faulty('weeklyReport', { en: `is not for the role ${viewer.role}`, zh: `角色“${ROLE_WORDS[viewer.role].zh}”没有周报` });
    const { quietHours, messagesPerHour, weeklyReport } = { ...this.directory.choices(viewer.accountId), weeklyReport: wanted, ...to };
    await this.store.choose(viewer.accountId, { quietHours, messagesPerHour, weeklyReport });
    await this.directory.load();
    return this.settings(viewer);
  }

  @Post('channels')
  @Answers(channel, 'Made; a page needs none', 201)
  async add(@CurrentViewer() { accountId }: Viewer, @Body({ schema: channelBody }) body: ChannelBody): Promise<Channel> {
    this.#mustBeUsable(body.kind, body.address, body.secret ?? null);
    const made = await this.store.add(accountId, body, MOST_CHANNELS);
    if (!made)
      throw new Refusal(409, { en: `You have ${MOST_CHANNELS} channels already; remove one first.`, zh: `您已有 ${MOST_CHANNELS} 种通知方式，请先删除一种。` });
    await this.directory.load();
    return made;
  }

  @Patch('channels/:id')
  @Answers(channel)
  async change(
    @CurrentViewer() { accountId }: Viewer,
    @Param('id', { schema: id }) which: string,
    @Body({ schema: channelChange }) to: ChannelChange,
  ): Promise<Channel> {
    const known = await this.#mustHave(accountId, which);
    this.#mustBeUsable(known.kind, to.address ?? known.address, to.secret === undefined ? known.secret : to.secret);
    const changed = await this.store.change(accountId, which, to);
    if (!changed) throw new Refusal(404, { en: `You have no channel ${which}.`, zh: `您没有编号为 ${which} 的通知方式。` });
    await this.directory.load();
    return changed;
  }

  @Delete('channels/:id')
  @Answers(null, 'Removed; what was to be sent by it is not sent')
  async remove(@CurrentViewer() { accountId }: Viewer, @Param('id', { schema: id }) which: string): Promise<void> {
    if (!(await this.store.remove(accountId, which))) throw new Refusal(404, { en: `You have no channel ${which}.`, zh: `您没有编号为 ${which} 的通知方式。` });
    await this.directory.load();
  }

  @Post('channels/:id/test')
  @Answers(channelTest, 'One message was tried, once')
  async test(@CurrentViewer() { accountId }: Viewer, @Param('id', { schema: id }) which: string): Promise<ChannelTest> {
    const target = await this.#mustHave(accountId, which);
    const { publicUrl, cityTimeZone: timeZone } = this.config;
    const message = trialMessage(randomUUID(), now(), { publicUrl, timeZone });
    const outcome = await this.channels.send(target.kind, message, target, AbortSignal.timeout(15_000));
    await this.store.note(which, outcome.ok ? null : outcome.answer);
    return { sent: outcome.ok, answer: outcome.answer };
  }

  async #mustHave(accountId: string, which: string) {
    const target = await this.store.target(accountId, which);
    if (!target) throw new Refusal(404, { en: `You have no channel ${which}.`, zh: `您没有编号为 ${which} 的通知方式。` });
    return target;
  }

  #mustBeUsable(kind: ChannelBody['kind'], address: string, secret: string | null): void {
    const fault = faultOfAddress(kind, address, this.config.noticeHttp);
    if (fault) throw faulty('address', fault);
    if (kind === 'webhook' && secret === null) throw faulty('secret', { en: 'is needed: a webhook is signed with it', zh: '必须填写：Webhook 用它签名' });
  }
}

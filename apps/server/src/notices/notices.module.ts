import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { FleetModule } from '../fleet/fleet.module.js';
import { HistoryModule } from '../history/history.module.js';
import { LiveModule } from '../live/live.module.js';
import { MediaModule } from '../media/media.module.js';
import { ChannelStore } from './channel.store.js';
import { Channels } from './channels/channels.js';
import { Directory } from './directory.js';
import { NoticeDuties } from './duties.service.js';
import { NoticeMaking } from './making.js';
import { MeController } from './me.controller.js';
import { NoticePhotosController } from './notice-photos.controller.js';
import { NoticeReader } from './notice-reader.js';
import { NoticeRulesController } from './notice-rules.controller.js';
import { NoticeWriter } from './notice-writer.js';
import { NoticeStore } from './notice.store.js';
import { NoticesController } from './notices.controller.js';
import { Notices } from './notices.service.js';
import { Outbox } from './outbox.service.js';
import { OutboxStore } from './outbox.store.js';
import { NoticeRuleStore } from './rule.store.js';
import { Volumes } from './volume.service.js';

@Module({
  imports: [CalendarModule, FleetModule, HistoryModule, LiveModule, MediaModule],
  controllers: [NoticesController, NoticePhotosController, NoticeRulesController, MeController],
  providers: [
    Channels,
    ChannelStore,
    Directory,
    NoticeDuties,
    NoticeMaking,
    NoticeReader,
    NoticeRuleStore,
    NoticeStore,
    NoticeWriter,
    Notices,
    Outbox,
    OutboxStore,
    Volumes,
  ],
  exports: [Directory, Notices, NoticeReader, NoticeStore, Outbox, Volumes],
})
export class NoticesModule {}

import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { LiveModule } from '../live/live.module.js';
import { MediaModule } from '../media/media.module.js';
import { CommandStore } from './command.store.js';
import { CommandsController } from './commands.controller.js';
import { Commands } from './commands.service.js';
import { Downlink } from './downlink.service.js';
import { Presence } from './presence.js';
import { ReplyStore } from './reply.store.js';
import { Stands } from './stands.js';
import { WayStore } from './way.store.js';
import { WordStore } from './word.store.js';
import { WordsController } from './words.controller.js';

@Module({
  imports: [FleetModule, LiveModule, MediaModule],
  controllers: [CommandsController, WordsController],
  providers: [CommandStore, Commands, Downlink, Presence, ReplyStore, Stands, WayStore, WordStore],
  exports: [CommandStore, Downlink, Presence, ReplyStore, WordStore],
})
export class DownlinkModule {}

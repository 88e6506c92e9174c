import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { LiveModule } from '../live/live.module.js';
import { YardPresence } from './yard-presence.js';
import { YardStore } from './yard.store.js';
import { YardsController } from './yards.controller.js';

@Module({ imports: [FleetModule, LiveModule], controllers: [YardsController], providers: [YardStore, YardPresence], exports: [YardStore, YardPresence] })
export class YardsModule {}

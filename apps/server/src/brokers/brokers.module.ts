import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { Brokers } from './brokers.service.js';
import { BrokerHookGuard, EmqxController } from './emqx.controller.js';
import { MosquittoController } from './mosquitto.controller.js';

@Module({ imports: [FleetModule], controllers: [MosquittoController, EmqxController], providers: [Brokers, BrokerHookGuard] })
export class BrokersModule {}

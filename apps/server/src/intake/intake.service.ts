import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { Config } from '../config.js';
import { Downlink } from '../downlink/downlink.service.js';
import { FleetService } from '../fleet/fleet.service.js';
import { LiveService } from '../live/live.service.js';
import { EmbeddedBroker } from '../mqtt/embedded-broker.js';
import { JoinedBroker } from '../mqtt/joined-broker.js';
import type { MqttLink } from '../mqtt/mqtt-link.js';
import { now } from '../clock.js';
import { seenOf } from './reception.js';
import { Recorder } from './recorder.js';
import { TruckMemory } from './truck-memory.js';

/** Starts the way in: states from snapshot and log first, then the broker; ends it in the opposite order. */
@Injectable()
export class Intake implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('Intake');
  #link: MqttLink | null = null;

  constructor(
    private readonly fleet: FleetService,
    private readonly memory: TruckMemory,
    private readonly recorder: Recorder,
    private readonly live: LiveService,
    private readonly config: Config,
    private readonly host: HttpAdapterHost,
    private readonly downlink: Downlink,
  ) {}

  /** The way in, once started. */
  get link(): MqttLink | null {
    return this.#link;
  }

  async onApplicationBootstrap(): Promise<void> {
    const began = now();
    await this.memory.loadAll();
    this.live.positions(this.#whereabouts());
    this.#logger.log(`${[...this.memory.entries()].length} trucks restored from snapshots and log in ${now() - began} ms`);

    this.fleet.onChanged((what) => {
      // Whose people look after a truck may be others now, though it has not moved.
      if (what === 'districts' || what === 'registry') for (const seen of this.#whereabouts()) this.live.board.truck(seen);
      this.live.changed(what);
    });
    const link = linkOf(this.config, this.fleet, this.host.httpAdapter.getHttpServer() as Server);
    this.recorder.onWritable = (writable) => link.setWritable(writable);
    this.#link = link;
    this.downlink.attach(link);
    this.fleet.onDeviceEnded((id) => link.disconnect(id));
    await link.start((packet, done) => this.recorder.receive(packet, done));
  }

  async onApplicationShutdown(): Promise<void> {
    // What is committed by now is still acknowledged; what is not is sent again.
    await this.recorder.drain();
    await this.#link?.close();
    await this.recorder.leaveSnapshots();
  }

  #whereabouts() {
    return [...this.memory.entries()].flatMap(([truckId, { state, heardAt }]) => {
      const truck = state.last && this.fleet.truck(truckId, state.last.at);
      return truck ? [seenOf(truck, state, heardAt, this.fleet)] : [];
    });
  }
}

function linkOf(config: Config, fleet: FleetService, http: Server): MqttLink {
  if (config.mqttUrl !== null) return new JoinedBroker({ url: config.mqttUrl, username: config.mqttUsername, password: config.mqttPassword });
  return new EmbeddedBroker({ host: config.mqttHost, port: config.mqttPort, signIn: (username, password) => fleet.signIn(username, password), http });
}

import { Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Config } from '../config.js';
import { FleetService } from '../fleet/fleet.service.js';
import { mosquittoHash } from '../fleet/mosquitto-hash.js';
import { grantsOf } from '../mqtt/acl.js';
import { aclFile, type Device, type OwnAccount, passwordFile } from './mosquitto-files.js';

/** Our name at a broker that we join, where MQTT_USERNAME says none. */
const OWN_NAME = 'muckwatch';

/** Who may do what at a broker that is not ours: the embedded broker's rules, in the words of others. */
@Injectable()
export class Brokers {
  readonly #own: OwnAccount;

  constructor(
    private readonly fleet: FleetService,
    private readonly config: Config,
  ) {
    const { mqttUsername, mqttPassword } = config;
    // Made once: the file stays the same while nothing changes.
    this.#own = { username: mqttUsername ?? OWN_NAME, hash: mqttPassword === null ? null : mosquittoHash(mqttPassword) };
  }

  passwords(): string {
    return passwordFile(this.#own, this.#devices());
  }

  acl(): string {
    return aclFile(this.#own.username, this.#devices());
  }

  mayConnect(username: string, password: string): boolean {
    if (username === this.#own.username) return this.config.mqttPassword !== null && isSame(password, this.config.mqttPassword);
    return this.fleet.signIn(username, Buffer.from(password)) !== null;
  }

  /** The device must be in use still: a broker may ask long after it let somebody in. */
  may(username: string, action: 'publish' | 'subscribe', topic: string): boolean {
    if (username === this.#own.username) return topic.startsWith('muck/v1/') || (action === 'subscribe' && topic.startsWith('frigate/'));
    const account = this.fleet.device(username);
    if (!account) return false;
    const { up, down } = grantsOf(account);
    return (action === 'publish' ? up : down).has(topic);
  }

  #devices(): Device[] {
    return [...this.fleet.devices()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** Compared by their hashes, which are of one length. */
export function isSame(said: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(said), hash(wanted));
}

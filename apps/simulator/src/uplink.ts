import mqtt from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { WireSighting } from './cameras.js';
import { Commands, spread } from './commands.js';
import type { WireCommand, WireReply } from './commands.js';
import { STORED_MOST, UPLOAD_MOST } from './radio.js';
import type { WireReport } from './report.js';

/** What all uplinks of a kind count together, in reports or sightings. */
export interface Traffic {
  connected: number;
  sent: number;
  acked: number;
  inFlight: number;
  /** Stored in terminals until the link is back or quicker. */
  waiting: number;
  /** The oldest ones that a full terminal gave up. */
  lost: number;
}

export function noTraffic(): Traffic {
  return { connected: 0, sent: 0, acked: 0, inFlight: 0, waiting: 0, lost: 0 };
}

/** Packets that a terminal leaves unacknowledged before it stores the next report instead. */
const UNACKED_MOST = 20;
const BACK_OFF_MS = { first: 500, most: 8_000 };

/** What signs in: a terminal, whose reports go up many at a time when they are late, or a camera, whose sightings go one by one. */
const KINDS = {
  terminals: { stream: 'reports', uploadMost: UPLOAD_MOST, storedMost: STORED_MOST },
  cameras: { stream: 'sightings', uploadMost: 1, storedMost: 500 },
} as const;

type Said = WireReport | WireSighting;

/**
 * One terminal's or camera's link: MQTT 3.1.1, QoS 1, its own id and secret. While the link is down reports are stored, then uploaded in order
 * as arrays before newer ones; packets that were in flight are resent by MQTT.js.
 */
export class Uplink {
  private client: MqttClient | null = null;
  private waiting: Said[] = [];
  private unacked = 0;
  private online = false;
  private failures = 0;
  private readonly topic: string;
  private readonly commands: Commands;

  constructor(
    private readonly url: string,
    private readonly id: string,
    private readonly secret: string,
    private readonly traffic: Traffic,
    private readonly now: () => number,
    private readonly kind: keyof typeof KINDS = 'terminals',
    onCommand: (command: WireCommand) => void = () => undefined,
  ) {
    this.topic = `muck/v1/${kind}/${id}`;
    this.commands = new Commands(id, now, onCommand);
  }

  connect(): void {
    const client = mqtt.connect(this.url, {
      clientId: this.id,
      username: this.id,
      password: this.secret,
      protocolVersion: 4,
      keepalive: 60,
      connectTimeout: 15_000,
      reconnectPeriod: BACK_OFF_MS.first,
      reconnectOnConnackError: true,
      will: { topic: `${this.topic}/status`, payload: Buffer.from('{"online":false}'), qos: 1, retain: true },
    });
    this.client = client;
    client.on('connect', () => this.joined(client));
    client.on('close', () => this.parted());
    client.on('reconnect', () => {
      // Read by MQTT.js when this attempt fails: 0.5, 1, 2, 4, 8 s, a little different for each terminal.
      client.options.reconnectPeriod = Math.min(BACK_OFF_MS.most, BACK_OFF_MS.first * 2 ** ++this.failures) * (0.8 + 0.4 * spread(this.id));
    });
    // What is wrong is told by the count of connected trucks; MQTT.js tries again by itself.
    client.on('error', () => undefined);
    client.on('message', (_topic, payload) => this.obey(payload));
  }

  send(payload: Said | WireReport[]): void {
    if (this.online && this.waiting.length === 0 && this.unacked < UNACKED_MOST) this.publish(payload);
    else this.store(Array.isArray(payload) ? payload : [payload]);
  }

  /** Says goodbye as a terminal that is switched off does, and gives what is in flight a moment to be acknowledged. */
  async stop(): Promise<void> {
    const { client } = this;
    if (!client) return;
    if (this.online) {
      const said = client.publishAsync(`${this.topic}/status`, '{"online":false}', { qos: 1, retain: true }).catch(() => undefined);
      await Promise.race([said, new Promise((resolve) => setTimeout(resolve, 800).unref())]);
    }
    this.client = null;
    await Promise.race([client.endAsync(!this.online || this.unacked > 0), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
  }

  private joined(client: MqttClient): void {
    this.online = true;
    this.failures = 0;
    client.options.reconnectPeriod = BACK_OFF_MS.first;
    this.traffic.connected++;
    client.publish(`${this.topic}/status`, '{"online":true}', { qos: 1, retain: true }, () => undefined);
    if (this.kind === 'terminals') client.subscribe(`${this.topic}/commands`, { qos: 1 }, () => undefined);
    this.upload();
  }

  private parted(): void {
    if (this.online) this.traffic.connected--;
    this.online = false;
  }

  private publish(payload: Said | Said[]): void {
    const reports = Array.isArray(payload) ? payload.length : 1;
    this.unacked++;
    this.traffic.sent += reports;
    this.traffic.inFlight += reports;
    this.client!.publish(`${this.topic}/${KINDS[this.kind].stream}`, JSON.stringify(payload), { qos: 1 }, (error) => {
      this.unacked--;
      this.traffic.inFlight -= reports;
      if (!error) this.traffic.acked += reports;
      else if (this.client) this.takeBack(Array.isArray(payload) ? payload : [payload]);
      this.upload();
    });
  }

  /** Never acknowledged and no longer in MQTT.js's own store: it goes up again, before what came later. */
  private takeBack(reports: Said[]): void {
    this.waiting.unshift(...this.asStored(reports));
    this.traffic.waiting += reports.length;
    this.traffic.sent -= reports.length;
  }

  private store(reports: Said[]): void {
    this.waiting.push(...this.asStored(reports));
    this.traffic.waiting += reports.length;
    const over = this.waiting.length - KINDS[this.kind].storedMost;
    if (over <= 0) return;
    this.waiting.splice(0, over);
    this.traffic.waiting -= over;
    this.traffic.lost += over;
  }

  /** Reports say that they were stored; sightings have no word for it. */
  private asStored(said: Said[]): Said[] {
    return this.kind === 'cameras' ? said : said.map((report) => ({ ...report, buffered: true }));
  }

  private upload(): void {
    while (this.client && this.online && this.waiting.length > 0 && this.unacked < UNACKED_MOST) {
      const chunk = this.waiting.splice(0, KINDS[this.kind].uploadMost);
      this.traffic.waiting -= chunk.length;
      this.publish(this.kind === 'cameras' ? chunk[0]! : chunk);
    }
  }

  /** Answers what comes down. */
  private obey(payload: Buffer): void {
    const taken = this.commands.take(payload);
    if (!taken) return;
    const reply = (said: WireReply): void => {
      const time = new Date(this.now()).toISOString();
      this.client?.publish(`${this.topic}/replies`, JSON.stringify({ ...said, time }), { qos: 1 }, () => undefined);
    };
    reply(taken.first);
    const { last } = taken;
    if (last) setTimeout(() => reply(last()), taken.afterMs).unref();
  }
}

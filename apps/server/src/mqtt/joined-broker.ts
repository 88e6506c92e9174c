import { connect, type IConnackPacket, type IPublishPacket, type MqttClient } from 'mqtt';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { FRIGATE_TOPICS, ROOT, SUBSCRIPTIONS } from '@muckwatch/protocols';
import { InOrder } from './in-order.js';
import type { LinkHealth, MqttLink, OnPacket } from './mqtt-link.js';
import { Waiting } from './waiting.js';

export interface JoinedBrokerOptions {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`. */
  url: string;
  username?: string | null;
  password?: string | null;
  /** Names our session at the broker, which keeps what comes while we are away: the same at every start, another for every server. */
  clientId?: string;
  /** Packets taken and not acknowledged, beyond which nothing more is read from the connection. */
  maxWaiting?: number;
  maxWaitingBytes?: number;
  /** First pause before connecting again; doubled up to 30 s. */
  reconnectMs?: number;
  keepaliveS?: number;
  markerEveryMs?: number;
  markerGivenUpMs?: number;
}

const MAX_WAITING = 5_000;
const MAX_WAITING_BYTES = 256 * 1_048_576;
const RECONNECT_MS = 1_000;
const MAX_RECONNECT_MS = 30_000;
const KEEPALIVE_S = 30;
const MARKER_EVERY_MS = 10_000;
const MARKER_GIVEN_UP_MS = 120_000;
const CLOSE_TIMEOUT_MS = 2_000;
/** Told to MQTT.js instead of «done»: it goes on to the next packet and sends no PUBACK. */
const LATER = new Error('acknowledged after the commit');

/** One connection's life: ids of packets mean nothing on the next one. */
interface Connection {
  acks: InOrder;
  marker: string;
  subscribed: boolean;
  drained: boolean;
}

/**
 * Mosquitto or EMQX, joined with MQTT.js 5.16.0 and a persistent session.
 *
 *     terminal ──PUBLISH──► broker ──PUBLISH 17──► handleMessage ──onPacket──► intake … commit ──done──► PUBACK 17
 *
 * MQTT.js acknowledges when `handleMessage` calls back, takes one packet at a time, and reads no PINGRESP meanwhile: holding the callback until a commit would
 * cost both speed and the connection. So it is called back at once with an error, which sends nothing, and the PUBACK is sent by
 * the private `_sendPacket` after the commit. The version is pinned and a spec sees when that goes.
 */
export class JoinedBroker implements MqttLink {
  readonly kind = 'joined';
  onTerminal: MqttLink['onTerminal'] = () => undefined;
  readonly #options: JoinedBrokerOptions;
  readonly #maxWaiting: number;
  readonly #maxWaitingBytes: number;
  readonly #reconnectMs: number;
  readonly #markerTopic: string;
  readonly #waiting = new Waiting();
  /** Of commands on their way to the broker. */
  readonly #publishing = new Set<number>();
  #client: MqttClient | null = null;
  #connection: Connection | null = null;
  #onPacket: OnPacket = (_packet, done) => done();
  #held: (() => void) | null = null;
  #upkeep: NodeJS.Timeout | null = null;
  #marking: NodeJS.Timeout | null = null;
  #since = Date.now();
  #fault: string | null = 'Not connected yet.';
  #lostSessions = 0;
  #everConnected = false;

  constructor(options: JoinedBrokerOptions) {
    this.#options = options;
    this.#maxWaiting = options.maxWaiting ?? MAX_WAITING;
    this.#maxWaitingBytes = options.maxWaitingBytes ?? MAX_WAITING_BYTES;
    this.#reconnectMs = options.reconnectMs ?? RECONNECT_MS;
    this.#markerTopic = `${ROOT}/servers/${options.clientId ?? 'muckwatch'}/marker`;
  }

  /** Returns when the first attempt has succeeded or failed; it goes on trying. */
  async start(onPacket: OnPacket): Promise<void> {
    this.#onPacket = onPacket;
    const { url, username, password, clientId = 'muckwatch' } = this.#options;
    const client = connect(url, {
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
      clientId,
      clean: false,
      keepalive: this.#options.keepaliveS ?? KEEPALIVE_S,
      reconnectPeriod: this.#reconnectMs,
      reconnectOnConnackError: true,
      connectTimeout: 10_000,
      // We subscribe at every connect ourselves: to see what is refused, and because the broker may have forgotten us.
      resubscribe: false,
      queueQoSZero: false,
      // What the broker kept for us comes in the same tick as CONNACK: everything below must be in place before.
      manualConnect: true,
    });
    this.#client = client;
    client.handleMessage = (packet, callback) => this.#take(packet, callback);
    client.on('error', (error) => this.#report(reasonOf(error)));
    client.on('close', () => this.#left());
    const tried = new Promise<void>((resolve) => {
      client.once('close', () => resolve());
      client.on('connect', (connack) => void this.#joined(connack).then(resolve));
    });
    // MQTT.js emits it before it reads on; on 'connect' it would come after the first packets.
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'connack' && packet.returnCode === 0)
        this.#connection = { acks: new InOrder(), marker: randomUUID(), subscribed: false, drained: false };
    });
    client.connect();
    await tried;
  }

  /** Nothing to do: without commits no PUBACK goes, the broker's window closes, and it keeps the rest. */
  setWritable(): void {}

  async publish(topic: string, payload: Buffer, { retain = false } = {}): Promise<void> {
    const client = this.#client;
    if (!client?.connected) throw new Error(`The MQTT broker is not connected; nothing can be published on ${topic}.`);
    const sent = client.publishAsync(topic, payload, { qos: 1, retain });
    const id = client.getLastMessageId();
    this.#publishing.add(id);
    await sent.finally(() => this.#publishing.delete(id));
  }

  disconnect(): void {
    // It reads its password file again, or asks us at the next sign-in.
  }

  drained(): boolean {
    return this.#connection?.drained ?? false;
  }

  health(): LinkHealth {
    return {
      ok: this.#fault === null,
      since: this.#since,
      error: this.#fault,
      clients: null,
      refusedSignIns: 0,
      refusedTopics: 0,
      refusedBytes: 0,
      lostSessions: this.#lostSessions,
      waiting: this.#waiting.count,
    };
  }

  async close(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    this.#connection = null;
    this.#client = null;
    this.#stopMarking();
    this.#release();
    await Promise.race([client.endAsync(), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    client.end(true);
    this.#report('The connection is closed.');
  }

  async #joined(connack: IConnackPacket): Promise<void> {
    const connection = this.#connection;
    const client = this.#client;
    if (!connection || !client) return;
    client.options.reconnectPeriod = this.#reconnectMs;
    if (this.#everConnected && !connack.sessionPresent) this.#lostSessions++;
    this.#everConnected = true;
    try {
      await client.subscribeAsync([...SUBSCRIPTIONS, ...FRIGATE_TOPICS, this.#markerTopic], { qos: 1 });
    } catch (error) {
      if (connection === this.#connection) this.#report(`The broker refuses what we subscribe to: ${reasonOf(error as Error)}`);
      return;
    }
    if (connection !== this.#connection) return;
    connection.subscribed = true;
    this.#report(null);
    this.#mark(connection, Date.now());
  }

  #left(): void {
    const client = this.#client;
    const wasConnected = this.#connection !== null;
    this.#connection = null;
    this.#stopMarking();
    this.#release();
    if (!client) return;
    if (wasConnected) this.#report('The connection was lost.');
    else client.options.reconnectPeriod = Math.min(MAX_RECONNECT_MS, (client.options.reconnectPeriod ?? this.#reconnectMs) * 2);
    // MQTT.js would send them again on the next connection: a command that waited is one that nobody expects any more.
    for (const id of this.#publishing) client.removeOutgoingMessage(id);
  }

  #take(packet: IPublishPacket, callback: (error?: Error) => void): void {
    const connection = this.#connection;
    if (!connection) return callback(LATER);
    const payload = Buffer.from(packet.payload);
    const committed = this.#waiting.begin(payload.length, performance.now());
    const isMarker = packet.topic === this.#markerTopic;
    const acknowledge = connection.acks.add(() => {
      if (packet.qos > 0) this.#puback(connection, packet.messageId!);
      if (isMarker && payload.toString() === connection.marker) this.#drained(connection);
    });
    const done = () => {
      committed(performance.now());
      acknowledge();
      if (!this.#full) this.#release();
    };
    if (isMarker) done();
    else this.#onPacket({ topic: packet.topic, payload, retained: packet.retain }, done);

    if (this.#full) this.#hold(() => callback(LATER));
    else callback(LATER);
  }

  #puback(connection: Connection, messageId: number): void {
    const client = this.#client;
    // Not connected it would be stored, and sent on the next connection for another packet.
    if (!client?.connected || connection !== this.#connection) return;
    (client as unknown as { _sendPacket(packet: object, sent: () => void): void })._sendPacket({ cmd: 'puback', messageId }, () => undefined);
  }

  /** Before MQTT.js would ping by itself and miss the answer: it does at half the keepalive, and again. */
  get #pingEveryMs(): number {
    return (this.#options.keepaliveS ?? KEEPALIVE_S) * 400;
  }

  get #full(): boolean {
    return this.#waiting.count >= this.#maxWaiting || this.#waiting.bytes > this.#maxWaitingBytes;
  }

  /** Reads nothing more, not even PINGRESP: so pings are sent here and their answers not waited for. */
  #hold(goOn: () => void): void {
    this.#held = goOn;
    this.#upkeep = setInterval(() => {
      if (!this.#client?.connected) return;
      this.#client.sendPing();
      this.#client.reschedulePing(true);
    }, this.#pingEveryMs).unref();
  }

  #release(): void {
    const goOn = this.#held;
    if (!goOn) return;
    this.#held = null;
    if (this.#upkeep) clearInterval(this.#upkeep);
    goOn();
  }

  /**
   * A message to ourselves, behind everything that the broker kept for our session: when it is back and all before it is committed, the backlog is
   * taken. Sent again every 10 s, because a full queue drops it; after 2 min an account that may not publish it is believed to have drained.
   */
  #mark(connection: Connection, began: number): void {
    if (connection !== this.#connection || connection.drained) return;
    if (Date.now() - began > (this.#options.markerGivenUpMs ?? MARKER_GIVEN_UP_MS)) return this.#drained(connection);
    this.publish(this.#markerTopic, Buffer.from(connection.marker)).catch(() => undefined);
    this.#marking = setTimeout(() => this.#mark(connection, began), this.#options.markerEveryMs ?? MARKER_EVERY_MS).unref();
  }

  #drained(connection: Connection): void {
    connection.drained = true;
    this.#stopMarking();
  }

  #stopMarking(): void {
    if (this.#marking) clearTimeout(this.#marking);
    this.#marking = null;
  }

  #report(fault: string | null): void {
    if ((fault === null) !== (this.#fault === null)) this.#since = Date.now();
    this.#fault = fault;
  }
}

/** Node's connection errors to a name with several addresses have no message of their own. */
function reasonOf(error: Error): string {
  const inner = error instanceof AggregateError ? (error.errors[0] as Error | undefined) : undefined;
  return error.message || inner?.message || error.name;
}

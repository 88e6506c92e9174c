import { Aedes, type AuthenticateError, type Client, type PublishPacket } from 'aedes';
import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { commandsTopic } from '@muckwatch/protocols';
import { type Account, grantsOf, type Grants } from './acl.js';
import { boundPackets } from './bound-packets.js';
import { InOrder } from './in-order.js';
import { type LinkHealth, MAX_PACKET_BYTES, type MqttLink, type OnPacket } from './mqtt-link.js';
import { Waiting } from './waiting.js';
import { attachWebSocket } from './websocket.js';

export interface EmbeddedBrokerOptions {
  host: string;
  /** 0: any free one, see `port`. */
  port: number;
  /** Who this is, or null. The comparison of the secret takes the same time whatever it is. */
  signIn: (username: string, password: Buffer) => Account | null;
  /** MQTT over WebSocket on its path `/mqtt`; absent: over TCP only. */
  http?: HttpServer;
  /** Without a commit for so long while packets wait, connections are closed. */
  stallMs?: number;
  /** Bytes of all packets that wait or are half read; a connection that brings more is closed. */
  maxWaitingBytes?: number;
}

/** While packets of a client wait it gets no PINGRESP: close before its keepalive makes it guess. */
const STALL_MS = 5_000;
const MAX_WAITING_BYTES = 256 * 1_048_576;
const CONNECT_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2_000;
const NOTHING = Buffer.alloc(0);
/** CONNACK return codes of MQTT 3.1.1. */
const SERVER_UNAVAILABLE = 3;
const BAD_USERNAME_OR_PASSWORD = 4;

interface Session {
  account: Account;
  grants: Grants;
  acks: InOrder;
}

/**
 * The broker in our own process: aedes, MQTT 3.1.1 over TCP and WebSocket.
 *
 *     terminal ──PUBLISH──► authorizePublish ──onPacket──► intake … commit ──done──► PUBACK
 *
 * aedes sends the PUBACK when `authorizePublish` calls back, so calling back after the commit makes it mean «stored». It reads the next piece of a
 * connection only when all packets of the last are called back: what waits of one client is bounded by a read (64 KiB, or one packet). A device is one connection:
 * its MQTT client id is its account, so that a half-dead old connection ends, with its will, before the new one begins.
 */
export class EmbeddedBroker implements MqttLink {
  readonly kind = 'embedded';
  onTerminal: MqttLink['onTerminal'] = () => undefined;
  readonly #options: EmbeddedBrokerOptions;
  readonly #stallMs: number;
  readonly #maxWaitingBytes: number;
  readonly #sessions = new WeakMap<Client, Session>();
  readonly #streams = new Set<Duplex>();
  /** The connections of each device: one, and for a moment two while a new one takes over. */
  readonly #devices = new Map<string, Set<Duplex>>();
  readonly #waiting = new Waiting();
  #aedes: Aedes | null = null;
  #tcp: Server | null = null;
  #detachWebSocket: (() => void) | null = null;
  #watch: NodeJS.Timeout | null = null;
  #onPacket: OnPacket = (_packet, done) => done();
  #writable = true;
  #stalled = false;
  #closing = false;
  #since = Date.now();
  #halfReadBytes = 0;
  #refused = { signIns: 0, topics: 0, bytes: 0 };

  constructor(options: EmbeddedBrokerOptions) {
    this.#options = options;
    this.#stallMs = options.stallMs ?? STALL_MS;
    this.#maxWaitingBytes = options.maxWaitingBytes ?? MAX_WAITING_BYTES;
  }

  /** Where TCP is listened on, once started. */
  get port(): number {
    const address = this.#tcp?.address();
    return typeof address === 'object' && address ? address.port : this.#options.port;
  }

  async start(onPacket: OnPacket): Promise<void> {
    this.#onPacket = onPacket;
    this.#aedes = await Aedes.createBroker({
      concurrency: 5_000,
      connectTimeout: CONNECT_TIMEOUT_MS,
      // Of MQTT 3.1, which would forbid ids that we allow.
      maxClientsIdLength: 65_535,
      authenticate: (client, username, password, done) => this.#signIn(client, username, password, done),
      authorizePublish: (client, packet, done) => this.#publish(client, packet, done),
      authorizeSubscribe: (client, subscription, done) => done(null, this.#mayRead(client, subscription.topic) ? subscription : null),
    });
    // Nothing but a broken in-memory store would say anything here, and that is not worth a crash.
    this.#aedes.on('error' as never, () => undefined);
    // A session that is resumed has its subscription already.
    this.#aedes.on('clientReady', (client) => this.#hears(client));
    this.#aedes.on('subscribe', (_, client) => this.#hears(client));
    this.#aedes.on('unsubscribe', (_, client) => this.#hears(client));
    this.#aedes.on('clientDisconnect', (client) => this.#hears(client));

    this.#tcp = createServer((socket) => this.#connect(socket.setNoDelay(true).setKeepAlive(true, 60_000)));
    await listen(this.#tcp, this.#options.port, this.#options.host);
    if (this.#options.http) this.#detachWebSocket = attachWebSocket(this.#options.http, (stream) => this.#connect(stream));
    this.#watch = setInterval(() => this.#closeWhenStalled(), this.#stallMs / 10).unref();
    this.#since = Date.now();
  }

  setWritable(writable: boolean): void {
    this.#waiting.restart(performance.now());
    this.#change(() => {
      this.#writable = writable;
      if (writable) this.#stalled = false;
    });
  }

  async publish(topic: string, payload: Buffer, { retain = false } = {}): Promise<void> {
    const aedes = this.#aedes;
    if (!aedes || this.#closing) throw new Error(`The MQTT broker is closed; nothing can be published on ${topic}.`);
    await new Promise<void>((resolve, reject) => {
      aedes.publish({ cmd: 'publish', topic, payload, qos: 1, retain, dup: false }, (error) => (error ? reject(error) : resolve()));
    });
  }

  disconnect(deviceId: string): void {
    for (const stream of this.#devices.get(deviceId) ?? []) stream.destroy();
  }

  drained(): boolean {
    return this.#accepts;
  }

  health(): LinkHealth {
    return {
      ok: this.#accepts,
      since: this.#since,
      error: this.#fault(),
      clients: this.#aedes?.connectedClients ?? 0,
      refusedSignIns: this.#refused.signIns,
      refusedTopics: this.#refused.topics,
      refusedBytes: this.#refused.bytes,
      lostSessions: 0,
      waiting: this.#waiting.count,
    };
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#change(() => (this.#closing = true));
    if (this.#watch) clearInterval(this.#watch);
    this.#detachWebSocket?.();
    const tcpClosed = new Promise<void>((closed) => (this.#tcp?.listening ? this.#tcp.close(() => closed()) : closed()));
    this.#closeConnections();
    const aedesClosed = new Promise<void>((closed) => (this.#aedes ? this.#aedes.close(closed) : closed()));
    // Both wait for connections, and one that never answers must not keep the process alive.
    await Promise.race([Promise.all([tcpClosed, aedesClosed]), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  }

  #connect(stream: Duplex): void {
    const aedes = this.#aedes;
    if (!aedes || this.#closing) return void stream.destroy();
    this.#streams.add(stream);
    const client = aedes.handle(stream);
    const room = (change: number) => {
      this.#halfReadBytes += change;
      return change <= 0 || this.#hasRoom();
    };
    const forget = boundPackets(client, MAX_PACKET_BYTES, room, (why) => {
      this.#refused.bytes++;
      client.emit('error', new Error(why));
    });
    stream.once('close', () => {
      forget();
      this.#streams.delete(stream);
    });
  }

  #signIn(
    client: Client,
    username: string | undefined,
    password: Buffer | undefined,
    done: (error: AuthenticateError | null, ok: boolean | null) => void,
  ): void {
    if (!this.#accepts) return done(refusal(SERVER_UNAVAILABLE, this.#fault() ?? 'closed'), null);
    const account = username && password ? this.#options.signIn(username, password) : null;
    if (!account) {
      this.#refused.signIns++;
      return done(refusal(BAD_USERNAME_OR_PASSWORD, 'unknown user name or wrong password'), null);
    }
    this.#remember(account.id, client.conn);
    (client as { id: string }).id = `${account.kind}/${account.id}`;
    this.#sessions.set(client, { account, grants: grantsOf(account), acks: new InOrder() });
    done(null, true);
  }

  #remember(deviceId: string, stream: Duplex): void {
    const streams = this.#devices.get(deviceId) ?? new Set();
    this.#devices.set(deviceId, streams.add(stream));
    stream.once('close', () => {
      streams.delete(stream);
      if (streams.size === 0 && this.#devices.get(deviceId) === streams) this.#devices.delete(deviceId);
    });
  }

  /** Each PUBLISH and each will. Calling `done` without an error sends the PUBACK; MQTT 3.1.1 knows no other refusal than to close. */
  #publish(client: Client | null, packet: PublishPacket, done: (error?: Error | null) => void): void {
    const session = client && this.#sessions.get(client);
    if (client && session && isUnheard(session.grants, packet.topic))
      return forgotten(
        packet,
        session.acks.add(() => done(null)),
      );
    if (!client || !session?.grants.up.has(packet.topic)) {
      this.#refused.topics++;
      return done(new Error(`${client?.id ?? 'nobody'} may not publish on ${packet.topic}`));
    }
    if (this.#closing) return done(new Error('closing'));
    if (!this.#hasRoom()) {
      this.#refused.bytes++;
      return done(new Error('too many bytes of packets wait already'));
    }

    // A copy: what came is a window on the 64 KiB that were read, and would hold them all until the commit.
    const payload = Buffer.from(packet.payload);
    const committed = this.#waiting.begin(payload.length, performance.now());
    const isWill = client.closed;
    const acknowledge = session.acks.add(() => {
      // The connection is gone, and with it whom to tell; the client sends again.
      if (client.closed && !isWill) return;
      // It is stored and nobody subscribes to it: aedes need not keep it a second time, as a retained message or for QoS 2.
      forgotten(packet, () => done(null));
    });
    this.#onPacket({ topic: packet.topic, payload, retained: false }, () => {
      committed(performance.now());
      if (this.#stalled) this.#change(() => (this.#stalled = false));
      acknowledge();
    });
  }

  #mayRead(client: Client, filter: string): boolean {
    const granted = this.#sessions.get(client)?.grants.down.has(filter) ?? false;
    if (!granted) this.#refused.topics++;
    return granted;
  }

  #hears(client: Client): void {
    const account = this.#sessions.get(client)?.account;
    if (account?.kind !== 'terminal') return;
    const { connected, subscriptions } = client as Client & { subscriptions: Record<string, unknown> };
    this.onTerminal(account.id, connected && commandsTopic({ kind: 'terminal', id: account.id }) in subscriptions);
  }

  #closeWhenStalled(): void {
    if (this.#accepts && this.#waiting.stalledMs(performance.now()) > this.#stallMs) this.#change(() => (this.#stalled = true));
  }

  get #accepts(): boolean {
    return this.#tcp !== null && this.#writable && !this.#stalled && !this.#closing;
  }

  #fault(): string | null {
    if (this.#closing) return 'The broker is closed.';
    if (!this.#writable) return 'The database takes nothing; connections are closed until it does.';
    if (this.#stalled) return `Nothing was committed for ${this.#stallMs / 1_000} s while packets wait; connections are closed until something is.`;
    return this.#tcp ? null : 'The broker is not started.';
  }

  #change(apply: () => void): void {
    const before = this.#accepts;
    apply();
    if (this.#accepts === before) return;
    this.#since = Date.now();
    if (before) this.#closeConnections();
  }

  #closeConnections(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  #hasRoom(): boolean {
    return this.#waiting.bytes + this.#halfReadBytes <= this.#maxWaitingBytes;
  }
}

function isUnheard({ up, unheard }: Grants, topic: string): boolean {
  return unheard !== null && topic.startsWith(unheard) && !up.has(topic);
}

function forgotten(packet: PublishPacket, acknowledge: () => void): void {
  packet.payload = NOTHING;
  packet.retain = false;
  acknowledge();
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new Error(`Port ${port} on ${host} is taken by another program: set MQTT_PORT to a free one.`, { cause: error });
    if (code === 'EACCES') throw new Error(`Port ${port} on ${host} may not be used by this user: set MQTT_PORT to one above 1023.`, { cause: error });
    throw new Error(`MQTT cannot listen on ${host}:${port} (MQTT_HOST, MQTT_PORT): ${message}`, { cause: error });
  }
}

function refusal(returnCode: number, message: string): AuthenticateError {
  return Object.assign<Error, { returnCode: number }>(new Error(message), { returnCode });
}

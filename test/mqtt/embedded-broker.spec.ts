import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer } from 'node:net';
import { generate, type Packet as WirePacket, parser } from 'mqtt-packet';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { Server as SocketIo } from 'socket.io';
import { io } from 'socket.io-client';
import { EmbeddedBroker } from '../../apps/server/src/mqtt/embedded-broker.js';
import { Intake, until } from './wait.js';

/** `once` of node:events would fail on the reset that may come first. */
const closing = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()));

const REPORTS = 'muck/v1/terminals/t1/reports';

describe('the embedded broker', () => {
  let intake: Intake;
  let broker: EmbeddedBroker;
  let clients: MqttClient[] = [];

  const signIn = (username: string, password: Buffer) => {
    if (password.toString() !== `secret of ${username}`) return null;
    return { kind: username.startsWith('c') ? ('camera' as const) : username === 'frigate' ? ('frigate' as const) : ('terminal' as const), id: username };
  };
  const start = async (options: Partial<ConstructorParameters<typeof EmbeddedBroker>[0]> = {}) => {
    broker = new EmbeddedBroker({ host: '127.0.0.1', port: 0, signIn, ...options });
    await broker.start(intake.take);
  };
  const join = async (username = 't1', options: IClientOptions = {}, url = `mqtt://127.0.0.1:${broker.port}`) => {
    const client = await connectAsync(url, { username, password: `secret of ${username}`, reconnectPeriod: 0, connectTimeout: 3_000, ...options });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };

  beforeEach(() => {
    intake = new Intake();
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.end(true);
    await broker.close();
  });

  it('sends the PUBACK only when the commit has returned', async () => {
    await start();
    const terminal = await join();
    let acknowledged = false;
    const publishing = terminal.publishAsync(REPORTS, 'one', { qos: 1 }).then(() => (acknowledged = true));

    await until('the packet has come', () => intake.packets.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(acknowledged).toBe(false);
    expect(broker.health()).toMatchObject({ ok: true, clients: 1, waiting: 1 });

    intake.commit();
    await publishing;
    expect(intake.packets[0]).toEqual({ topic: REPORTS, payload: Buffer.from('one'), retained: false });
    expect(broker.health()).toMatchObject({ waiting: 0 });
  });

  it('acknowledges in the order of arrival, in whatever order the commits return', async () => {
    await start();
    const terminal = await join();
    const acks: number[] = [];
    terminal.on('packetreceive', (packet) => packet.cmd === 'puback' && acks.push(packet.messageId!));
    const sent: number[] = [];
    terminal.on('packetsend', (packet) => packet.cmd === 'publish' && sent.push(packet.messageId!));
    const publishing = Promise.all([...'abcde'].map((text) => terminal.publishAsync(REPORTS, text, { qos: 1 })));

    await until('all have come', () => intake.packets.length === 5);
    for (const done of intake.pending.splice(0).reverse()) done();
    await publishing;

    expect(intake.texts()).toEqual([...'abcde']);
    expect(acks).toEqual(sent);
  });

  it('loses none of 2,000 messages of 20 terminals, and says each once', async () => {
    await start();
    const timer = setInterval(() => intake.commit(), 20);
    const terminals = await Promise.all(Array.from({ length: 20 }, (_, i) => join(`t${i}`)));
    await Promise.all(
      terminals.flatMap((terminal, i) =>
        Array.from({ length: 100 }, (_, k) => terminal.publishAsync(`muck/v1/terminals/t${i}/reports`, `${i}-${k}`, { qos: 1 })),
      ),
    );
    clearInterval(timer);
    expect(intake.packets).toHaveLength(2_000);
    expect(new Set(intake.texts()).size).toBe(2_000);
  });

  it('is sent again what a lost connection had not had acknowledged', async () => {
    await start();
    const first = await join('t1', { clean: false, clientId: 'box', reconnectPeriod: 50 });
    const lost = first.publishAsync(REPORTS, 'one', { qos: 1 }).catch(() => undefined);
    await until('the packet has come', () => intake.packets.length === 1);
    first.stream.destroy();
    await until('the broker knows', () => broker.health().clients === 0);
    // Intake commits what it had; there is nobody to tell, and nothing breaks.
    intake.commit();

    await until('it comes again', () => intake.packets.length === 2);
    intake.commit();
    await lost;
    expect(intake.texts()).toEqual(['one', 'one']);
    expect(broker.health().waiting).toBe(0);
  });

  it('takes messages of QoS 0 and 2 as well', async () => {
    await start();
    intake.commitsAtOnce = true;
    const terminal = await join();
    await terminal.publishAsync(REPORTS, 'zero', { qos: 0 });
    await terminal.publishAsync(REPORTS, 'two', { qos: 2 });
    await until('both have come', () => intake.packets.length === 2);
    expect(intake.texts()).toEqual(['zero', 'two']);
  });

  it('hears the will of a terminal that is gone, and none of one that says goodbye', async () => {
    await start();
    intake.commitsAtOnce = true;
    const will = { topic: 'muck/v1/terminals/t1/status', payload: Buffer.from('{"online":false}'), qos: 1 as const, retain: true };
    const polite = await join('t1', { will });
    await polite.endAsync();
    const cut = await join('t1', { will });
    cut.stream.destroy();
    await until('the will has come', () => intake.packets.length === 1);
    expect(intake.packets).toEqual([{ topic: will.topic, payload: will.payload, retained: false }]);
  });

  it('refuses a will on a topic of another', async () => {
    await start();
    const client = await join('t1', { will: { topic: 'muck/v1/terminals/t2/status', payload: Buffer.from('{"online":false}'), qos: 1, retain: true } });
    client.stream.destroy();
    await until('it is refused', () => broker.health().refusedTopics === 1);
    expect(intake.packets).toEqual([]);
  });

  it.each([
    'muck/v1/terminals/t2/reports',
    'muck/v1/terminals/t1/commands',
    'muck/v1/terminals/t1/reports/',
    'muck/v1/terminals/t1',
    'MUCK/v1/terminals/t1/reports',
    '$SYS/broker/clients',
    'frigate/events',
    'muck/v1/cameras/t1/sightings',
  ])('closes the connection of a terminal that publishes on %s', async (topic) => {
    await start();
    const terminal = await join();
    const closed = closing(terminal);
    terminal.publishAsync(topic, 'x', { qos: 1 }).catch(() => undefined);
    await closed;
    expect(intake.packets).toEqual([]);
    expect(broker.health().refusedTopics).toBe(1);
  });

  it('takes of Frigate what Frigate says and what a camera may, and nothing of other cameras', async () => {
    await start();
    intake.commitsAtOnce = true;
    const frigate = await join('frigate');
    await frigate.publishAsync('frigate/events', '{}', { qos: 1 });
    await frigate.publishAsync('frigate/tracked_object_update', '{}', { qos: 1 });
    await frigate.publishAsync('muck/v1/cameras/frigate/sightings', '{}', { qos: 1 });
    expect(intake.packets.map(({ topic }) => topic)).toEqual(['frigate/events', 'frigate/tracked_object_update', 'muck/v1/cameras/frigate/sightings']);
    const closed = closing(frigate);
    frigate.publishAsync('muck/v1/cameras/c7/sightings', '{}', { qos: 1 }).catch(() => undefined);
    await closed;
    expect(intake.packets).toHaveLength(3);
  });

  it('bears with all else that Frigate says, its will too, and keeps none of it', async () => {
    await start();
    intake.commitsAtOnce = true;
    const available = { topic: 'frigate/available', payload: Buffer.from('offline'), qos: 1 as const, retain: true };
    const frigate = await join('frigate', { will: available });
    await expect(frigate.subscribeAsync('frigate/#', { qos: 0 })).rejects.toThrow();
    await frigate.publishAsync('frigate/available', 'online', { qos: 0, retain: true });
    await frigate.publishAsync('frigate/gate_3/car/snapshot', Buffer.alloc(100_000), { qos: 1, retain: true });
    await frigate.publishAsync('frigate/events', '{}', { qos: 1 });
    expect(intake.packets.map(({ topic }) => topic)).toEqual(['frigate/events']);
    frigate.stream.destroy();
    await until('it is gone', () => broker.health().clients === 0);
    expect(broker.health()).toMatchObject({ ok: true, waiting: 0, refusedTopics: 1 });
  });

  it('lets a terminal read its own commands and nothing else', async () => {
    await start();
    const terminal = await join();
    for (const filter of ['muck/v1/terminals/t2/commands', 'muck/v1/terminals/+/commands', '#', '$SYS/#', REPORTS]) {
      await expect(terminal.subscribeAsync(filter, { qos: 1 })).rejects.toThrow();
    }
    expect(broker.health().refusedTopics).toBe(5);

    await terminal.subscribeAsync('muck/v1/terminals/t1/commands', { qos: 1 });
    const heard = new Promise<string>((resolve) => terminal.once('message', (_topic, payload) => resolve(payload.toString())));
    await broker.publish('muck/v1/terminals/t1/commands', Buffer.from('{"kind":"speak"}'));
    expect(await heard).toBe('{"kind":"speak"}');
  });

  it('refuses a wrong secret, an unknown name and no name at all, and counts them', async () => {
    await start();
    await expect(join('t1', { password: 'guess' })).rejects.toThrow(/Bad username or password/i);
    await expect(join('nobody', { password: 'guess' })).rejects.toThrow(/Bad username or password/i);
    await expect(connectAsync(`mqtt://127.0.0.1:${broker.port}`, { reconnectPeriod: 0 })).rejects.toThrow(/Bad username or password/i);
    expect(broker.health()).toMatchObject({ clients: 0, refusedSignIns: 3 });
  });

  it('ends the old connection of a device when it connects anew, under whatever client id, and hears the old will first', async () => {
    await start();
    intake.commitsAtOnce = true;
    const status = 'muck/v1/terminals/t1/status';
    const old = await join('t1', { clientId: 'a', will: { topic: status, payload: Buffer.from('{"online":false}'), qos: 1, retain: true } });
    const closed = closing(old);
    const renewed = await join('t1', { clientId: 'b' });
    await renewed.publishAsync(status, '{"online":true}', { qos: 1, retain: true });
    await closed;
    expect(intake.texts()).toEqual(['{"online":false}', '{"online":true}']);
    expect(broker.health().clients).toBe(1);
  });

  it('lets nobody end the connection of another by its client id', async () => {
    await start();
    const mine = await join('t1', { clientId: 'x' });
    await join('t2', { clientId: 'x' });
    expect(broker.health().clients).toBe(2);
    expect(mine.connected).toBe(true);
  });

  it('hands on a message of 2 MiB, so that it can be kept with its reason', async () => {
    await start();
    intake.commitsAtOnce = true;
    const terminal = await join();
    await terminal.publishAsync(REPORTS, Buffer.alloc(2 * 1_048_576, 97), { qos: 1 });
    expect(intake.packets[0]!.payload).toHaveLength(2 * 1_048_576);
  });

  it('closes a connection whose packet is absurdly large before it has read it', async () => {
    await start();
    const terminal = await join();
    const closed = closing(terminal);
    terminal.publishAsync(REPORTS, Buffer.alloc(16 * 1_048_576), { qos: 1 }).catch(() => undefined);
    await closed;
    expect(broker.health()).toMatchObject({ refusedBytes: 1, waiting: 0 });
    expect(intake.packets).toEqual([]);
  });

  it('reads no more than a CONNECT of who has not signed in', async () => {
    await start();
    const socket = connectTcp(broker.port, '127.0.0.1').on('error', () => undefined);
    // The header of a PUBLISH of 2 MiB.
    socket.write(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x01]));
    await once(socket, 'close');
    expect(broker.health().refusedBytes).toBe(1);
  });

  it('takes what a client pipelines behind CONNECT without waiting for the answer', async () => {
    await start();
    intake.commitsAtOnce = true;
    const socket = connectTcp(broker.port, '127.0.0.1');
    const answers: WirePacket[] = [];
    const reader = parser().on('packet', (packet) => answers.push(packet));
    socket.on('data', (data) => reader.parse(data));
    const payload = Buffer.alloc(1_500_000, 97);
    socket.write(
      Buffer.concat([
        generate({
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: 4,
          clean: true,
          clientId: 'x',
          keepalive: 0,
          username: 't1',
          password: Buffer.from('secret of t1'),
        }),
        generate({ cmd: 'publish', topic: REPORTS, payload, qos: 1, messageId: 7, dup: false, retain: false }),
      ]),
    );
    await until('it is acknowledged', () => answers.length === 2);
    expect(answers.map(({ cmd }) => cmd)).toEqual(['connack', 'puback']);
    expect(intake.packets[0]!.payload).toHaveLength(payload.length);
    socket.destroy();
  });

  it('reads no further from a client while its packets wait', async () => {
    await start();
    const terminal = await join();
    for (let i = 0; i < 2_000; i++) terminal.publishAsync(REPORTS, Buffer.alloc(1_024), { qos: 1 }).catch(() => undefined);
    await until('some have come', () => intake.packets.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(intake.packets.length).toBeLessThan(300);
  });

  it('closes who brings more than there is room for', async () => {
    await start({ maxWaitingBytes: 30_000 });
    const terminal = await join();
    const closed = closing(terminal);
    for (let i = 0; i < 20; i++) terminal.publishAsync(REPORTS, Buffer.alloc(20_000), { qos: 1 }).catch(() => undefined);
    await closed;
    expect(broker.health().refusedBytes).toBeGreaterThan(0);
    expect(broker.health().waiting).toBeLessThan(4);
    intake.commit();
    expect(broker.health().waiting).toBe(0);
  });

  it('closes connections and takes none while the database is away; then terminals come back and send again', async () => {
    await start();
    const terminal = await join('t1', { clean: false, clientId: 'box', reconnectPeriod: 100, reconnectOnConnackError: true });
    const publishing = terminal.publishAsync(REPORTS, 'one', { qos: 1 });
    await until('the packet has come', () => intake.packets.length === 1);

    broker.setWritable(false);
    await until('it is closed', () => !terminal.connected);
    expect(broker.health()).toMatchObject({ ok: false, error: 'The database takes nothing; connections are closed until it does.' });
    expect(broker.drained()).toBe(false);
    await expect(join('t2')).rejects.toThrow(/unavailable/i);
    expect(broker.health().refusedSignIns).toBe(0);

    broker.setWritable(true);
    intake.commitsAtOnce = true;
    intake.commit();
    await publishing;
    expect(intake.texts()).toEqual(['one', 'one']);
    expect(broker.health()).toMatchObject({ ok: true, error: null, waiting: 0 });
  });

  it('closes by itself when nothing is committed for 5 s, and opens when something is', async () => {
    await start({ stallMs: 300 });
    const terminal = await join('t1', { clean: false, clientId: 'box', reconnectPeriod: 50, reconnectOnConnackError: true });
    const publishing = terminal.publishAsync(REPORTS, 'one', { qos: 1 });
    await until('it is closed', () => !broker.health().ok, 2_000);
    expect(broker.health().error).toMatch(/^Nothing was committed for 0.3 s/);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(terminal.connected).toBe(false);

    intake.commitsAtOnce = true;
    intake.commit();
    await publishing;
    expect(broker.health().ok).toBe(true);
  });

  it('stays open while commits are slow but come', async () => {
    await start({ stallMs: 300 });
    const terminal = await join();
    const publishing = [1, 2, 3, 4].map((n) => terminal.publishAsync(REPORTS, `${n}`, { qos: 1 }));
    await until('all have come', () => intake.packets.length === 4);
    for (let i = 0; i < 4; i++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      intake.pending.shift()!();
    }
    await Promise.all(publishing);
    expect(broker.health().ok).toBe(true);
  });

  it('says which port is taken and which setting names it', async () => {
    await start();
    const other = createTcpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const second = new EmbeddedBroker({ host: '127.0.0.1', port, signIn });
    await expect(second.start(intake.take)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken by another program: set MQTT_PORT to a free one.`);
    await second.close();
    other.close();
  });

  it('ends every connection when it is closed, and hears no wills from that', async () => {
    await start();
    const terminal = await join('t1', { will: { topic: 'muck/v1/terminals/t1/status', payload: Buffer.from('{"online":false}'), qos: 1, retain: true } });
    connectTcp(broker.port, '127.0.0.1').on('error', () => undefined);
    const closed = closing(terminal);
    const began = performance.now();
    await broker.close();
    await closed;
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(intake.packets).toEqual([]);
    expect(broker.health().ok).toBe(false);
    await expect(broker.publish('muck/v1/terminals/t1/commands', Buffer.from(''))).rejects.toThrow('closed');
  });

  describe('over WebSocket', () => {
    let http: HttpServer;
    let sockets: SocketIo;
    let port: number;

    beforeEach(async () => {
      http = createServer().listen(0, '127.0.0.1');
      sockets = new SocketIo(http);
      await once(http, 'listening');
      port = (http.address() as AddressInfo).port;
      await start({ http });
      intake.commitsAtOnce = true;
    });
    afterEach(async () => {
      // As the server does: an HTTP server waits for its WebSockets.
      await broker.close();
      await sockets.close();
    });

    it('speaks MQTT beside Socket.IO on the same server', async () => {
      const client = await join('t1', {}, `ws://127.0.0.1:${port}/mqtt`);
      const browser = io(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
      await new Promise<void>((resolve) => browser.once('connect', () => resolve()));
      // Socket.IO ends upgrades that nobody took after a second.
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      await client.publishAsync(REPORTS, 'over WebSocket', { qos: 1 });
      await client.publishAsync(REPORTS, Buffer.alloc(2 * 1_048_576), { qos: 1 });
      expect(intake.texts()[0]).toBe('over WebSocket');
      expect(intake.packets[1]!.payload).toHaveLength(2 * 1_048_576);
      expect(browser.connected).toBe(true);
      browser.close();
    });

    it('refuses a wrong secret there too', async () => {
      await expect(join('t1', { password: 'guess' }, `ws://127.0.0.1:${port}/mqtt`)).rejects.toThrow(/Bad username or password/i);
    });
  });
});

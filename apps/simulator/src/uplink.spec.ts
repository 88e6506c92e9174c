import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Aedes } from 'aedes';
import type { WireReport } from './report.js';
import { noTraffic, Uplink } from './uplink.js';

/** A real broker that can be taken away and brought back on the same port. */
class Broker {
  readonly packets: { topic: string; payload: unknown; retain: boolean }[] = [];
  private aedes!: Aedes;
  private server!: Server;
  private readonly sockets = new Set<Socket>();
  subscribed = 0;
  port = 0;

  async start(): Promise<void> {
    this.aedes = await Aedes.createBroker();
    this.aedes.authenticate = (_client, username, password, done) =>
      done(null, ['ztc-1', 'cam-site-01'].includes(username!) && password?.toString() === 'a secret of 16 chars');
    this.aedes.on('publish', ({ topic, payload, retain }, client) => {
      if (client || topic.endsWith('/status')) this.packets.push({ topic, payload: JSON.parse(payload.toString()) as unknown, retain });
    });
    this.aedes.on('subscribe', () => this.subscribed++);
    this.server = createServer((socket) => {
      this.sockets.add(socket.on('close', () => this.sockets.delete(socket)));
      this.aedes.handle(socket);
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
    await new Promise<void>((resolve) => this.aedes.close(resolve));
  }

  command(kind: string, id = 'c-1'): void {
    const payload = Buffer.from(JSON.stringify({ id, kind, text: '请关闭顶盖后行驶', expiresAt: '2999-01-01T00:00:00Z' }));
    this.aedes.publish({ cmd: 'publish', topic: 'muck/v1/terminals/ztc-1/commands', payload, qos: 1, retain: false, dup: false }, () => undefined);
  }

  reports(): WireReport[] {
    return this.packets.filter(({ topic }) => topic.endsWith('/reports')).flatMap(({ payload }) => payload as WireReport | WireReport[]);
  }
}

async function until(what: () => boolean, mostMs = 15_000): Promise<void> {
  const end = Date.now() + mostMs;
  while (!what()) {
    if (Date.now() > end) throw new Error(`It did not come true: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const report = (seq: number): WireReport => ({ time: 1_795_000_000_000 + seq * 1000, lat: 31.69, lon: 113.38, seq });

describe('a terminal on a real broker', () => {
  const broker = new Broker();
  let link: Uplink;
  let traffic = noTraffic();

  beforeEach(async () => {
    await broker.start();
    traffic = noTraffic();
    broker.packets.length = 0;
    broker.subscribed = 0;
    link = new Uplink(`mqtt://127.0.0.1:${broker.port}`, 'ztc-1', 'a secret of 16 chars', traffic, Date.now);
    link.connect();
    await until(() => traffic.connected === 1);
  });

  afterEach(async () => {
    await link.stop();
    await broker.stop();
  });

  it('signs in, says that it is online, publishes and counts what is acknowledged', async () => {
    for (let seq = 0; seq < 10; seq++) link.send(report(seq));
    await until(() => traffic.acked === 10);
    expect(broker.reports().map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(broker.packets[0]).toEqual({ topic: 'muck/v1/terminals/ztc-1/status', payload: { online: true }, retain: true });
    expect(traffic).toEqual({ connected: 1, sent: 10, acked: 10, inFlight: 0, waiting: 0, lost: 0 });
  });

  it('says that it is offline when it is switched off', async () => {
    await link.stop();
    await until(() => broker.packets.length >= 2);
    expect(broker.packets.at(-1)).toEqual({ topic: 'muck/v1/terminals/ztc-1/status', payload: { online: false }, retain: true });
  });

  it('stores while the broker is away, then uploads in order, at most 500 at a time, before it is live again', async () => {
    link.send(report(0));
    await until(() => traffic.acked === 1);
    await broker.stop();
    await until(() => traffic.connected === 0);
    for (let seq = 1; seq <= 1203; seq++) link.send(report(seq));
    expect(traffic.waiting).toBe(1203);
    await broker.start();
    await until(() => traffic.acked === 1204);
    link.send(report(1204));
    await until(() => traffic.acked === 1205);
    const packets = broker.packets.filter(({ topic }) => topic.endsWith('/reports')).map(({ payload }) => payload as WireReport | WireReport[]);
    expect(packets.filter((packet) => Array.isArray(packet)).map((packet) => packet.length)).toEqual([500, 500, 203]);
    expect(broker.reports().map(({ seq }) => seq)).toEqual(Array.from({ length: 1205 }, (_, seq) => seq));
    expect(broker.reports().filter(({ buffered }) => buffered).length).toBe(1203);
  });

  it('gives up the oldest when it has been cut off for too long', async () => {
    await broker.stop();
    await until(() => traffic.connected === 0);
    for (let seq = 0; seq < 5010; seq++) link.send(report(seq));
    expect([traffic.waiting, traffic.lost]).toEqual([5000, 10]);
    await broker.start();
    await until(() => traffic.acked === 5000);
    expect(broker.reports()[0]!.seq).toBe(10);
  });

  it('resends what was in flight when the broker died', async () => {
    for (let seq = 0; seq < 15; seq++) link.send(report(seq));
    await broker.stop();
    await broker.start();
    await until(() => traffic.acked === 15);
    expect(new Set(broker.reports().map(({ seq }) => seq)).size).toBe(15);
  });

  it('speaks what it is told and answers received, then done; what it cannot do is unsupported', async () => {
    await until(() => broker.subscribed > 0);
    broker.command('speak');
    await until(() => replies().length === 2);
    broker.command('wash-the-dishes', 'c-2');
    await until(() => replies().length === 3);
    expect(replies().map(({ status }) => status)).toEqual(['received', 'done', 'unsupported']);
  });

  it('sends the sightings of a camera below its own id, one by one, also those from while the broker was away', async () => {
    const seen = noTraffic();
    const camera = new Uplink(`mqtt://127.0.0.1:${broker.port}`, 'cam-site-01', 'a secret of 16 chars', seen, Date.now, 'cameras');
    const sighting = (n: number) => ({ id: `site-01-${n}`, time: '2026-11-23T21:03:02+08:00', kind: 'pass' as const, direction: 'out' as const });
    camera.connect();
    await until(() => seen.connected === 1);
    camera.send(sighting(1));
    await until(() => seen.acked === 1);
    await broker.stop();
    await until(() => seen.connected === 0);
    for (const n of [2, 3]) camera.send(sighting(n));
    await broker.start();
    await until(() => seen.acked === 3);
    const told = broker.packets.filter(({ topic }) => topic === 'muck/v1/cameras/cam-site-01/sightings').map(({ payload }) => payload);
    expect(told).toEqual([sighting(1), sighting(2), sighting(3)]);
    await camera.stop();
  });

  function replies(): { status: string }[] {
    return broker.packets.filter(({ topic }) => topic.endsWith('/replies')).map(({ payload }) => payload as { status: string });
  }
});

import { connectAsync, type IClientOptions, MqttClient } from 'mqtt';
import { JoinedBroker, type JoinedBrokerOptions } from '../../apps/server/src/mqtt/joined-broker.js';
import { Cable, MOSQUITTO, Mosquitto } from './mosquitto.js';
import { Intake, until } from './wait.js';

const REPORTS = 'muck/v1/terminals/t1/reports';

if (!MOSQUITTO) {
  process.stderr.write(
    '\n######## NO MOSQUITTO FOUND: the tests of the joined broker did NOT run. Install it (apt-get install mosquitto) and run again. ########\n\n',
  );
}
const describeWithMosquitto = MOSQUITTO ? describe : describe.skip;

describe('MQTT.js, as pinned', () => {
  it('still has the private method by which a PUBACK is sent after the commit', () => {
    const methods = MqttClient.prototype as unknown as Record<string, unknown>;
    expect(typeof methods._sendPacket).toBe('function');
    expect(typeof methods.handleMessage).toBe('function');
    expect(typeof methods.sendPing).toBe('function');
    expect(typeof methods.reschedulePing).toBe('function');
  });
});

describeWithMosquitto('a joined Mosquitto', () => {
  let mosquitto: Mosquitto;
  let intake: Intake;
  let links: JoinedBroker[] = [];
  let clients: MqttClient[] = [];
  let cable: Cable | null = null;

  const join = async (options: Partial<JoinedBrokerOptions> = {}) => {
    const link = new JoinedBroker({ url: mosquitto.url, reconnectMs: 50, ...options });
    links.push(link);
    await link.start(intake.take);
    return link;
  };
  const terminal = async (options: IClientOptions = {}) => {
    const client = await connectAsync(mosquitto.url, { reconnectPeriod: 50, ...options });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const publishMany = async (client: MqttClient, from: number, to: number) => {
    await Promise.all(Array.from({ length: to - from }, (_, i) => client.publishAsync(REPORTS, `${from + i}`, { qos: 1 })));
  };
  /** How many the broker still holds for us: what a new connection with our session is sent again. */
  const heldForUs = async () => {
    const again = new Intake();
    const link = new JoinedBroker({ url: mosquitto.url, reconnectMs: 50 });
    await link.start(again.take);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const texts = again.texts();
    await link.close();
    return texts;
  };

  beforeEach(async () => {
    intake = new Intake();
    links = [];
    clients = [];
    mosquitto = new Mosquitto();
    await mosquitto.prepare();
    await mosquitto.start();
  });
  afterEach(async () => {
    for (const client of clients) client.end(true);
    for (const link of links) await link.close();
    await cable?.remove();
    cable = null;
    await mosquitto.remove();
  });

  it('acknowledges to the broker only what is committed', async () => {
    const link = await join();
    intake.commitsAtOnce = true;
    const client = await terminal();
    await client.publishAsync(REPORTS, 'committed', { qos: 1 });
    await until('it is taken', () => intake.packets.length === 1);
    intake.commitsAtOnce = false;
    await client.publishAsync(REPORTS, 'not yet', { qos: 1 });
    await until('it has come', () => intake.packets.length === 2);
    expect(link.health()).toMatchObject({ ok: true, waiting: 1, clients: null });

    await link.close();
    expect(await heldForUs()).toEqual(['not yet']);
  });

  it('goes on reading while commits wait, and acknowledges in the order of arrival', async () => {
    const link = await join();
    const client = await terminal();
    await publishMany(client, 0, 500);
    await until('all have come', () => intake.packets.length === 500);
    expect(link.health().waiting).toBe(500);

    // The last is committed first: nothing may be acknowledged before the first is.
    for (const done of intake.pending.splice(1)) done();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await link.close();
    const again = await heldForUs();
    expect(again).toHaveLength(500);
  });

  it('loses none of 2,000 messages, and is sent none again after they are acknowledged', async () => {
    const link = await join();
    const timer = setInterval(() => intake.commit(), 20);
    const client = await terminal();
    await publishMany(client, 0, 2_000);
    await until('all have come', () => intake.packets.length === 2_000 && link.health().waiting === 0);
    clearInterval(timer);
    expect(intake.texts()).toEqual(Array.from({ length: 2_000 }, (_, i) => `${i}`));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await link.close();
    expect(await heldForUs()).toEqual([]);
  });

  it('is sent again what was not committed when the connection broke, and never acknowledges an id of the old connection on the new one', async () => {
    cable = new Cable(mosquitto.port);
    const link = await join({ url: await cable.lay() });
    const client = await terminal();
    await publishMany(client, 0, 10);
    await until('all have come', () => intake.packets.length === 10);
    const old = intake.pending.splice(0);
    cable.cut();
    await until('the connection is lost', () => !link.health().ok);
    await until('all have come again', () => intake.packets.length === 20);

    // The commits of before return now: their ids are dropped.
    for (const done of old) done();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(link.health()).toMatchObject({ ok: true, waiting: 10, lostSessions: 0 });
    await link.close();
    expect(await heldForUs()).toHaveLength(10);
  });

  it('comes back after a clean restart of the broker, and takes what was published while we were away', async () => {
    const link = await join();
    intake.commitsAtOnce = true;
    const client = await terminal();
    await publishMany(client, 0, 5);
    await until('they are taken', () => intake.packets.length === 5);
    await link.close();
    await publishMany(client, 5, 50);

    await mosquitto.stop();
    await mosquitto.start();
    const renewed = await join();
    await until('the backlog is taken', () => renewed.drained());
    expect(intake.texts()).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`));
    expect(renewed.health().lostSessions).toBe(0);
  });

  it('reconnects by itself when the broker restarts, and says what it was doing meanwhile', async () => {
    const link = await join();
    intake.commitsAtOnce = true;
    const client = await terminal();
    await until('drained', () => link.drained());
    await mosquitto.stop();
    await until('the link knows', () => !link.health().ok);
    await until('it says why', () => /ECONNREFUSED/.test(link.health().error ?? ''));
    expect(link.drained()).toBe(false);
    await expect(link.publish('muck/v1/terminals/t1/commands', Buffer.from('{}'))).rejects.toThrow('The MQTT broker is not connected');

    await mosquitto.start();
    await until('it is back', () => link.drained());
    await client.publishAsync(REPORTS, 'after', { qos: 1 });
    await until('reports come again', () => intake.texts().includes('after'));
    expect(link.health()).toMatchObject({ ok: true, error: null });
  });

  it('counts the session that a killed broker has forgotten', async () => {
    const link = await join();
    await mosquitto.stop('SIGKILL');
    await until('the link knows', () => !link.health().ok);
    await mosquitto.start();
    await until('it is back', () => link.health().ok);
    expect(link.health().lostSessions).toBe(1);
  });

  it('is drained only when all that the broker kept is committed', async () => {
    const first = await join();
    await first.close();
    await publishMany(await terminal(), 0, 300);

    const link = await join();
    await until('the backlog has come', () => intake.packets.length === 300);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(link.drained()).toBe(false);
    intake.commit();
    await until('it is drained', () => link.drained());
  });

  it('marks what the broker kept from earlier as retained', async () => {
    const client = await terminal();
    await client.publishAsync('muck/v1/terminals/t1/status', '{"online":true}', { qos: 1, retain: true });
    intake.commitsAtOnce = true;
    await join();
    await until('it has come', () => intake.packets.length === 1);
    await client.publishAsync('muck/v1/terminals/t1/status', '{"online":false}', { qos: 1, retain: true });
    await until('the next has come', () => intake.packets.length === 2);
    expect(intake.packets.map(({ retained }) => retained)).toEqual([true, false]);
  });

  it('hears wills, QoS 0, Frigate and 2 MiB, and nothing that goes down', async () => {
    const link = await join();
    intake.commitsAtOnce = true;
    const client = await terminal({ will: { topic: 'muck/v1/cameras/c1/status', payload: Buffer.from('will'), qos: 1, retain: true }, reconnectPeriod: 0 });
    await client.publishAsync('muck/v1/terminals/t1/commands', 'down', { qos: 1 });
    await client.publishAsync(REPORTS, 'zero', { qos: 0 });
    await client.publishAsync('frigate/events', 'frigate', { qos: 1 });
    await client.publishAsync('muck/v1/cameras/c1/sightings', Buffer.alloc(2 * 1_048_576, 97), { qos: 1 });
    client.stream.destroy();
    await until('all have come', () => intake.packets.length === 4);
    expect(intake.packets.map(({ topic }) => topic)).toEqual([REPORTS, 'frigate/events', 'muck/v1/cameras/c1/sightings', 'muck/v1/cameras/c1/status']);
    expect(intake.packets[2]!.payload).toHaveLength(2 * 1_048_576);
    expect(link.health().waiting).toBe(0);
  });

  it('sends commands to who is subscribed', async () => {
    const link = await join();
    const client = await terminal();
    await client.subscribeAsync('muck/v1/terminals/t1/commands', { qos: 1 });
    const heard = new Promise<string>((resolve) => client.once('message', (_topic, payload) => resolve(payload.toString())));
    await link.publish('muck/v1/terminals/t1/commands', Buffer.from('{"kind":"speak"}'));
    expect(await heard).toBe('{"kind":"speak"}');
  });

  it('reads nothing more when too much waits, keeps the connection, and goes on', async () => {
    const link = await join({ maxWaiting: 100 });
    const client = await terminal();
    await publishMany(client, 0, 400);
    await until('as many have come as may wait', () => intake.packets.length >= 100);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(intake.packets.length).toBe(100);
    expect(link.health()).toMatchObject({ ok: true, waiting: 100 });

    const timer = setInterval(() => intake.commit(), 5);
    await until('all have come', () => intake.packets.length === 400 && link.health().waiting === 0);
    clearInterval(timer);
    expect(intake.texts()).toEqual(Array.from({ length: 400 }, (_, i) => `${i}`));
  });

  it('keeps the connection however long it reads nothing', async () => {
    cable = new Cable(mosquitto.port);
    await join({ url: await cable.lay(), maxWaiting: 2, keepaliveS: 1 });
    const client = await terminal();
    await publishMany(client, 0, 5);
    await until('as many have come as may wait', () => intake.packets.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    intake.commitsAtOnce = true;
    intake.commit();
    await until('the others have come', () => intake.packets.length === 5);
    expect(intake.texts()).toEqual(['0', '1', '2', '3', '4']);
    expect(cable.connections).toBe(1);
  });
});

describeWithMosquitto('a joined Mosquitto with accounts', () => {
  let mosquitto: Mosquitto;
  let link: JoinedBroker;

  afterEach(async () => {
    await link.close();
    await mosquitto.remove();
  });
  const start = async (acl?: string) => {
    mosquitto = new Mosquitto();
    await mosquitto.prepare({ accounts: { us: 'secret' }, ...(acl ? { acl } : {}) });
    await mosquitto.start();
  };

  it('signs in with our own name and secret', async () => {
    await start();
    link = new JoinedBroker({ url: mosquitto.url, username: 'us', password: 'secret' });
    await link.start((_packet, done) => done());
    expect(link.health()).toMatchObject({ ok: true, error: null });
  });

  it('says that the secret is wrong, and goes on trying', async () => {
    await start();
    link = new JoinedBroker({ url: mosquitto.url, username: 'us', password: 'guess', reconnectMs: 20 });
    await link.start((_packet, done) => done());
    expect(link.health().ok).toBe(false);
    expect(link.health().error).toMatch(/Not authorized|Bad username/i);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(link.health().error).toMatch(/Not authorized|Bad username/i);
  });

  it('drains without its marker where its account may not publish one', async () => {
    await start('user us\ntopic read muck/v1/#\ntopic read frigate/#\n');
    link = new JoinedBroker({ url: mosquitto.url, username: 'us', password: 'secret', markerGivenUpMs: 100, markerEveryMs: 50 });
    await link.start((_packet, done) => done());
    expect(link.drained()).toBe(false);
    await until('it gives up', () => link.drained());
  });
});

it('does not fail when there is no broker, and says so', async () => {
  const link = new JoinedBroker({ url: 'mqtt://127.0.0.1:1', reconnectMs: 20 });
  await link.start((_packet, done) => done());
  expect(link.health()).toMatchObject({ ok: false, waiting: 0 });
  expect(link.health().error).toMatch(/ECONNREFUSED/);
  await link.close();
});

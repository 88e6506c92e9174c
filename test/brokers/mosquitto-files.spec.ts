import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectAsync, type MqttClient } from 'mqtt';
import request from 'supertest';
import { Mosquitto, MOSQUITTO } from '../mqtt/mosquitto.js';
import { eventually } from '../support/city.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../support/server.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OWN = { MQTT_USERNAME: 'muckwatch', MQTT_PASSWORD: 'what the server says' };
const GIVEN = 'sixteen letters!';
const PLACE = {
  type: 'Feature',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [121, 29],
        [121.01, 29],
        [121.01, 29.01],
        [121, 29.01],
        [121, 29],
      ],
    ],
  },
  properties: { id: 's1', kind: 'site', name: '工地' },
};

if (!MOSQUITTO) console.warn('\n!!! NOT TESTED: the files made for Mosquitto. Install it: apt-get install mosquitto\n');
const describeMosquitto = MOSQUITTO ? describe : describe.skip;

let server: TestServer;
const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, token = server.adminToken) =>
  request(server.url)
    [method](`/api/v1${path}`)
    .set({ Authorization: `Bearer ${token}` });
/** A command of package.json, as a person runs it. */
async function run(script: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'apps/server', script), ...args], { env: { ...process.env, PUBLIC_URL: server.url, ADMIN_PASSWORD } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

async function register(): Promise<{ secret: string }> {
  await call('post', '/companies').send({ id: 'c1', name: '甬江' }).expect(201);
  await call('post', '/trucks').send({ id: 't1', plate: '浙B1', companyId: 'c1' }).expect(201);
  await call('post', '/places').send(PLACE).expect(201);
  await call('post', '/terminals').send({ id: 'd1', truckId: 't1', secret: GIVEN }).expect(201);
  const { body } = await call('post', '/terminals').send({ id: 'd2', truckId: 't1' }).expect(201);
  await call('post', '/cameras').send({ id: 'cam1', placeId: 's1', name: 'gate', secret: GIVEN }).expect(201);
  await call('post', '/cameras').send({ id: 'f1', placeId: 's1', name: 'frigate', kind: 'frigate', frigateName: 'gate', secret: GIVEN }).expect(201);
  return body as { secret: string };
}

describeMosquitto('Mosquitto with the files made from the registry', () => {
  const mosquitto = MOSQUITTO ? new Mosquitto() : (null as never);
  const clients: MqttClient[] = [];
  let made: string;
  const files = (...args: string[]) => run('mosquitto-files.mjs', '--out', mosquitto.files, ...args);
  const reload = () => files('--pid', mosquitto.pidFile);

  beforeAll(async () => {
    server = await startTestServer(OWN);
    made = (await register()).secret;
    await mosquitto.prepare({ files: true });
    expect(await files()).toMatchObject({ code: 0 });
    await mosquitto.start();
  });
  afterAll(async () => {
    for (const client of clients) await client.endAsync(true).catch(() => undefined);
    await mosquitto?.remove();
    await server?.close();
  });

  const connect = async (username: string, password: string, options = {}) => {
    const client = await connectAsync(mosquitto.url, { username, password, reconnectPeriod: 0, connectTimeout: 20_000, ...options }, false);
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const heard: string[] = [];
  /** What the server hears of a publish; asked by a second one that it certainly hears. */
  const passes = async (client: MqttClient, topic: string, marker: string): Promise<boolean> => {
    const mark = `${topic} ${clients.length} ${heard.length}`;
    await client.publishAsync(topic, mark, { qos: 1 });
    await client.publishAsync(marker, `after ${mark}`, { qos: 1 });
    await eventually('the marker is heard', () => heard.includes(`after ${mark}`));
    return heard.includes(mark);
  };

  it('lets in whom it knows, with a secret that was given or made, and nobody else', async () => {
    const own = await connect('muckwatch', OWN.MQTT_PASSWORD);
    own.on('message', (_, payload) => heard.push(payload.toString()));
    expect((await own.subscribeAsync(['muck/v1/#', 'frigate/#'], { qos: 1 })).map(({ qos }) => qos)).toEqual([1, 1]);
    await connect('d1', GIVEN);
    await connect('d2', made);
    await connect('cam1', GIVEN);
    for (const [username, password] of [
      ['d1', 'not its secret at all'],
      ['d2', GIVEN],
      ['d9', GIVEN],
      ['muckwatch', GIVEN],
      ['', ''],
    ] as const)
      await expect(connect(username, password)).rejects.toThrow(/not authorized|bad user/i);
    await expect(connectAsync(mosquitto.url, { reconnectPeriod: 0 }, false)).rejects.toThrow(/not authorized/i);
  });

  it('keeps each below its own id, in both directions', async () => {
    const d1 = await connect('d1', GIVEN);
    const own = 'muck/v1/terminals/d1/reports';
    for (const topic of [own, 'muck/v1/terminals/d1/status', 'muck/v1/terminals/d1/replies'])
      expect([topic, await passes(d1, topic, own)]).toEqual([topic, true]);
    for (const topic of [
      'muck/v1/terminals/d2/reports',
      'muck/v1/terminals/d1/commands',
      'muck/v1/terminals/d1/other',
      'muck/v1/cameras/cam1/sightings',
      'frigate/events',
      'muck/v1/terminals/d1/reports/more',
    ])
      expect([topic, await passes(d1, topic, own)]).toEqual([topic, false]);

    const read: string[] = [];
    d1.on('message', (_, payload) => read.push(payload.toString()));
    // Mosquitto lets anybody subscribe and asks at each message whether they may read it.
    for (const filter of ['muck/v1/terminals/d1/commands', 'muck/v1/terminals/d2/commands', 'muck/v1/terminals/+/commands', 'muck/v1/#', 'frigate/#', '#'])
      await d1.subscribeAsync(filter, { qos: 1 }).catch(() => undefined);
    const server = await connect('muckwatch', OWN.MQTT_PASSWORD);
    for (const topic of ['muck/v1/terminals/d2/commands', 'muck/v1/terminals/d2/reports', 'muck/v1/cameras/cam1/commands', 'muck/v1/terminals/d1/reports'])
      await server.publishAsync(topic, topic, { qos: 1 });
    await server.publishAsync('muck/v1/terminals/d1/commands', 'mine', { qos: 1 });
    await eventually('the terminal hears its command', () => read.includes('mine'));
    expect(new Set(read)).toEqual(new Set(['mine']));
  });

  it('lets a camera say what it sees, and a Frigate server what Frigate says on its two topics', async () => {
    const cam = await connect('cam1', GIVEN);
    expect(await passes(cam, 'muck/v1/cameras/f1/sightings', 'muck/v1/cameras/cam1/sightings')).toBe(false);
    expect(await passes(cam, 'frigate/events', 'muck/v1/cameras/cam1/status')).toBe(false);
    // Its will is denied, which must not keep it out.
    const frigate = await connect('f1', GIVEN, { will: { topic: 'frigate/available', payload: Buffer.from('offline'), qos: 1, retain: true } });
    expect(await passes(frigate, 'frigate/tracked_object_update', 'frigate/events')).toBe(true);
    expect(await passes(frigate, 'frigate/stats', 'frigate/events')).toBe(false);
    expect(await passes(frigate, 'muck/v1/cameras/cam1/sightings', 'muck/v1/cameras/f1/sightings')).toBe(false);
  });

  it('puts a retired terminal and an old secret out after SIGHUP, and lets the new secret in; nobody else notices', async () => {
    const [retired, rotated, stays] = [await connect('d1', GIVEN), await connect('d2', made), await connect('cam1', GIVEN)];
    expect((await files('--pid', mosquitto.pidFile)).output).toMatch(/Nothing has changed/);
    await call('delete', '/terminals/d1').expect(204);
    const { body } = await call('patch', '/terminals/d2').send({ secret: null }).expect(200);
    const { code, output } = await reload();
    expect([code, output]).toEqual([0, expect.stringMatching(/Written: .*passwords\.[^]*told to read them again/)]);
    await eventually('both are put out', () => !retired.connected && !rotated.connected);
    await expect(connect('d1', GIVEN)).rejects.toThrow(/not authorized/i);
    await expect(connect('d2', made)).rejects.toThrow(/not authorized/i);
    await connect('d2', body.secret as string);
    expect(stays.connected).toBe(true);
    expect(statSync(join(mosquitto.files, 'passwords')).mode & 0o777).toBe(0o600);
  });

  it('names those whose secret is from before, prints, and refuses what it does not understand', async () => {
    await server.database.query(`update terminals set mosquitto_hash = null where id = 'd2'`);
    server = await server.restart();
    const { output } = await run('mosquitto-files.mjs', '--print', 'passwords');
    expect(output).toMatch(/# 1 cannot sign in here until they have a new secret[^\n]*\n# {3}d2\n/);
    expect(output).not.toMatch(/^d2:/m);
    await call('patch', '/terminals/d2').send({ secret: GIVEN }).expect(200);
    expect((await call('get', '/brokers/mosquitto/passwords').expect(200)).text).toMatch(/^d2:\$7\$101\$\S+$/m);
    expect(
      (
        await call('get', '/brokers/mosquitto/acl')
          .expect(200)
          .expect('Content-Type', /text\/plain/)
      ).text,
    ).toBe((await run('mosquitto-files.mjs', '--print', 'acl')).output);
    expect((await run('mosquitto-files.mjs')).code).toBe(2);
    expect((await run('mosquitto-files.mjs', '--out', join(mosquitto.files, 'passwords'))).code).toBe(2);
  });
});

describe('the ACL file beside docker-compose.yml', () => {
  it('is the one that an empty registry makes', async () => {
    const alone = await startTestServer(OWN);
    try {
      const { text } = await request(alone.url)
        .get('/api/v1/brokers/mosquitto/acl')
        .set({ Authorization: `Bearer ${alone.adminToken}` })
        .expect(200);
      expect(readFileSync(join(ROOT, 'docker/mosquitto.acl'), 'utf8')).toBe(text);
    } finally {
      await alone.close();
    }
  });
});

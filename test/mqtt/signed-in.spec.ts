import { connectAsync, type MqttClient } from 'mqtt';
import request from 'supertest';
import { Intake } from '../../apps/server/src/intake/intake.service.js';
import type { EmbeddedBroker } from '../../apps/server/src/mqtt/embedded-broker.js';
import { eventually } from '../support/city.js';
import { startTestServer, type TestServer } from '../support/server.js';

const GIVEN = 'sixteen letters!';
let server: TestServer;
const clients: MqttClient[] = [];

const call = (method: 'post' | 'patch' | 'delete', path: string) =>
  request(server.url)
    [method](`/api/v1${path}`)
    .set({ Authorization: `Bearer ${server.adminToken}` });
const connect = async (username: string, password: string, url?: string) => {
  const { port } = server.app.get(Intake).link as EmbeddedBroker;
  const client = await connectAsync(url ?? `mqtt://127.0.0.1:${port}`, { username, password, reconnectPeriod: 0 }, false);
  client.on('error', () => undefined);
  clients.push(client);
  return client;
};

beforeAll(async () => {
  server = await startTestServer();
  await call('post', '/companies').send({ id: 'c1', name: '甬江' }).expect(201);
  await call('post', '/trucks').send({ id: 't1', plate: '浙B1', companyId: 'c1' }).expect(201);
  for (const id of ['rotated', 'retired', 'over-ws', 'stays']) await call('post', '/terminals').send({ id, truckId: 't1', secret: GIVEN }).expect(201);
});
afterAll(async () => {
  for (const client of clients) await client.endAsync(true).catch(() => undefined);
  await server.close();
});

describe('a terminal that is signed in at the embedded broker', () => {
  it('is put out when its secret is rotated or it is retired, over TCP and WebSocket; others stay', async () => {
    const [rotated, retired, stays] = [await connect('rotated', GIVEN), await connect('retired', GIVEN), await connect('stays', GIVEN)];
    const overWs = await connect('over-ws', GIVEN, `${server.url.replace('http', 'ws')}/mqtt`);
    const { body } = await call('patch', '/terminals/rotated').send({ secret: null }).expect(200);
    await eventually('the old secret is put out', () => !rotated.connected);
    await call('delete', '/terminals/retired').expect(204);
    await call('delete', '/terminals/over-ws').expect(204);
    await eventually('the retired ones are put out', () => !retired.connected && !overWs.connected);

    await expect(connect('rotated', GIVEN)).rejects.toThrow(/bad user/i);
    await expect(connect('retired', GIVEN)).rejects.toThrow(/bad user/i);
    const again = await connect('rotated', body.secret as string);
    await call('patch', '/terminals/rotated').send({ truckId: 't1' }).expect(200); // nothing of its sign-in
    await again.publishAsync('muck/v1/terminals/rotated/status', '{"status":"online"}', { qos: 1 });
    expect([again.connected, stays.connected]).toEqual([true, true]);
  });
});

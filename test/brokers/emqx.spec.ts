import request from 'supertest';
import { startTestServer, type TestServer } from '../support/server.js';

const HOOK_SECRET = 'a secret of the broker';
const GIVEN = 'sixteen letters!';
let server: TestServer;

const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
  request(server.url)
    [method](`/api/v1${path}`)
    .set({ Authorization: `Bearer ${server.adminToken}` });
const ask = (path: 'auth' | 'acl', body: object, secret = HOOK_SECRET) =>
  request(server.url).post(`/api/v1/brokers/emqx/${path}`).set('x-broker-secret', secret).send(body);
const result = async (path: 'auth' | 'acl', body: object) => (await ask(path, body).expect(200)).body.result as string;
const signIn = (username: string | undefined, password: string | undefined) => result('auth', { username, password, clientid: 'x' });
const may = (username: string, action: string, topic: string) => result('acl', { username, action, topic });

beforeAll(async () => {
  server = await startTestServer({ BROKER_HOOK_SECRET: HOOK_SECRET, MQTT_USERNAME: 'us', MQTT_PASSWORD: 'our own password' });
  await call('post', '/companies').send({ id: 'c1', name: '甬江' }).expect(201);
  await call('post', '/trucks').send({ id: 't1', plate: '浙B1', companyId: 'c1' }).expect(201);
  await call('post', '/terminals').send({ id: 'd1', truckId: 't1', secret: GIVEN }).expect(201);
  await call('post', '/terminals').send({ id: 'd2', truckId: 't1', secret: GIVEN }).expect(201);
});
afterAll(() => server.close());

describe('EMQX that asks', () => {
  it('is told who may sign in, and that nobody else may', async () => {
    expect(await signIn('d1', GIVEN)).toBe('allow');
    expect(await signIn('us', 'our own password')).toBe('allow');
    for (const [username, password] of [
      ['d1', 'another secret..'],
      ['d9', GIVEN],
      ['us', GIVEN],
      ['', ''],
      [undefined, undefined],
      ['d1', undefined],
    ])
      expect([username, await signIn(username, password)]).toEqual([username, 'deny']);
  });

  it('is told what each may do, to the letter; what is not named is denied', async () => {
    expect(await may('d1', 'publish', 'muck/v1/terminals/d1/reports')).toBe('allow');
    expect(await may('d1', 'subscribe', 'muck/v1/terminals/d1/commands')).toBe('allow');
    for (const [action, topic] of [
      ['publish', 'muck/v1/terminals/d2/reports'],
      ['publish', 'muck/v1/terminals/d1/commands'],
      ['publish', 'muck/v1/cameras/d1/sightings'],
      ['publish', 'frigate/events'],
      ['subscribe', 'muck/v1/terminals/d2/commands'],
      ['subscribe', 'muck/v1/terminals/+/commands'],
      ['subscribe', 'muck/v1/terminals/d1/reports'],
      ['subscribe', '#'],
    ])
      expect([topic, await may('d1', action!, topic!)]).toEqual([topic, 'deny']);
    expect(await may('nobody', 'publish', 'muck/v1/terminals/nobody/reports')).toBe('deny');
    expect(await may('us', 'publish', 'muck/v1/terminals/d1/commands')).toBe('allow');
    expect(await may('us', 'subscribe', 'frigate/events')).toBe('allow');
    expect(await may('us', 'subscribe', '#')).toBe('deny');
  });

  it('is told no of a retired terminal and of an old secret, at once', async () => {
    const { body } = await call('patch', '/terminals/d2').send({ secret: null }).expect(200);
    expect([await signIn('d2', GIVEN), await signIn('d2', body.secret)]).toEqual(['deny', 'allow']);
    await call('delete', '/terminals/d2').expect(204);
    expect(await signIn('d2', body.secret)).toBe('deny');
    expect(await may('d2', 'publish', 'muck/v1/terminals/d2/reports')).toBe('deny');
  });

  it('must say what it asks in a form that we know', async () => {
    const { body } = await ask('acl', { username: 'd1', topic: 'x', action: 'all' }).expect(400);
    expect(body.errors).toEqual([{ path: 'action', message: expect.stringContaining('"all"') }]);
  });

  it('leaves no rows in the audit: devices sign in all day', async () => {
    const count = async () => (await server.database.query<{ count: number }>('select count(*)::int as count from audit_rows')).rows[0]!.count;
    const before = await count();
    for (let i = 0; i < 10; i++) await signIn('d1', GIVEN);
    expect(await count()).toBe(before);
  });

  it('must know the secret; guessing at it is slowed down, and a person’s session is none', async () => {
    await ask('auth', { username: 'd1', password: GIVEN }, 'not the secret').expect(403);
    await call('post', '/brokers/emqx/auth').send({ username: 'd1', password: GIVEN }).expect(403);
    const statuses: number[] = [];
    for (let i = 0; i < 10; i++) statuses.push((await ask('auth', { username: 'd1', password: GIVEN }, `guess ${i}`)).status);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('without BROKER_HOOK_SECRET', () => {
  it('there is nothing to ask', async () => {
    const alone = await startTestServer();
    try {
      for (const path of ['auth', 'acl']) await request(alone.url).post(`/api/v1/brokers/emqx/${path}`).set('x-broker-secret', '').send({}).expect(404);
    } finally {
      await alone.close();
    }
  });
});

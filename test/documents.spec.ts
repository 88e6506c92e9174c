import { Parser } from '@asyncapi/parser';
import { FRIGATE_TOPICS, topicsUp } from '@muckwatch/protocols';
import { io } from 'socket.io-client';
import request from 'supertest';
import { z } from 'zod';
import { auditEn } from '../apps/control-room/src/i18n/audit.en.js';
import { auditZh } from '../apps/control-room/src/i18n/audit.zh.js';
import { TAKES_AWAY } from '../apps/server/src/audit/audit.interceptor.js';
import { startTestServer, type TestServer } from './support/server.js';

// The documents are read as what they are for everybody else: JSON of unknown shape.
/* eslint-disable @typescript-eslint/no-explicit-any */
type Json = Record<string, any>;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

let server: TestServer;
let openApi: Json;
let asyncApi: Json;

beforeAll(async () => {
  server = await startTestServer();
  openApi = (await request(server.url).get('/api/openapi.json').expect(200)).body;
  asyncApi = (await request(server.url).get('/api/asyncapi.json').expect(200)).body;
});
afterAll(() => server.close());

const operations = () =>
  Object.entries(openApi.paths as Json).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] as Json, name: `${method.toUpperCase()} ${path}` })),
  );
const call = (method: (typeof METHODS)[number], path: string) =>
  request(server.url)
    [method](path)
    .set({ Authorization: `Bearer ${server.adminToken}` });

/** The document's schema as one that validates; fields that it does not name are refused, so that it must name all that is sent. */
function validator(document: Json, schema: Json, target: 'openapi-3.0' | 'draft-7'): z.ZodType {
  const text = JSON.stringify({ ...schema, definitions: document.components.schemas }).replaceAll('#/components/schemas/', '#/definitions/');
  return z.fromJSONSchema(closed(JSON.parse(text)), { defaultTarget: target });
}

function closed(value: any): any {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, closed(one)]));
  return value.type === 'object' && value.properties && !('additionalProperties' in value) ? { ...inner, additionalProperties: false } : inner;
}

function unresolved(document: Json): string[] {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!);
  return refs.filter((ref) => ref.split('/').reduce<any>((at, step) => at?.[step], document) === undefined);
}

describe('the OpenAPI document', () => {
  it('is whole: references lead somewhere, operations have names of their own, parameters of paths are described', () => {
    expect(openApi.openapi).toMatch(/^3\.0\./);
    expect(unresolved(openApi)).toEqual([]);
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids).toEqual([...new Set(ids)]);
    for (const { path, operation, name } of operations()) {
      const said = (operation.parameters ?? []).filter((one: Json) => one.in === 'path').map((one: Json) => one.name);
      expect({ name, said }).toEqual({ name, said: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]) });
      expect({ name, answers: Object.keys(operation.responses).some((status) => status.startsWith('2')), problem: 'default' in operation.responses }).toEqual({
        name,
        answers: true,
        problem: true,
      });
    }
  });

  it('names every route of the running server, and no other', () => {
    const { stack } = (server.app.getHttpAdapter().getInstance() as { router: { stack: Json[] } }).router;
    // A route of every method is Nest's own 404 beside the paths without prefix.
    const routes = stack
      .filter((layer) => typeof layer.route?.path === 'string' && Object.keys(layer.route.methods).length === 1)
      .flatMap((layer) =>
        Object.keys(layer.route.methods).map((method) => `${method.toUpperCase()} ${(layer.route.path as string).replace(/:(\w+)/g, '{$1}')}`),
      )
      .filter((route) => !/ \/(api\/docs|api\/openapi|health\/|metrics$)/.test(route)); // the documents themselves, and what is for probes
    expect([...new Set(routes)].sort()).toEqual(
      operations()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('says who may: without a token only what is public is open', async () => {
    for (const { path, method, operation, name } of operations()) {
      const { status } = await request(server.url)[method](path.replace(/\{\w+\}/g, 'x1'));
      const open = Array.isArray(operation.security) && operation.security.length === 0;
      expect({ name, refused: status === 401 }).toEqual({ name, refused: !open });
    }
  });

  it('says the truth of bodies: a field that it does not name is refused by name', async () => {
    let asked = 0;
    for (const { path, method, operation, name } of operations()) {
      const ref: string | undefined = operation.requestBody?.content?.['application/json']?.schema?.$ref;
      if (!ref || openApi.components.schemas[ref.split('/').at(-1)!].additionalProperties !== false) continue;
      const { status, body } = await call(method, path.replace(/\{\w+\}/g, 'x1')).send({ nonsense: 1 });
      expect({ name, status, named: body.errors?.some((one: Json) => one.path === 'nonsense') }).toEqual({ name, status: 400, named: true });
      asked++;
    }
    expect(asked).toBeGreaterThan(10);
  });

  it('says the truth of queries: a limit that is none is refused by name', async () => {
    const listing = operations().filter(({ operation }) => operation.parameters?.some((one: Json) => one.name === 'limit'));
    expect(listing.length).toBeGreaterThan(5);
    for (const { path, name } of listing) {
      const { status, body } = await call('get', `${path}?limit=many`);
      expect({ name, status, path: body.errors?.[0]?.path }).toEqual({ name, status: 400, path: 'limit' });
    }
  });

  it('describes what is really answered, every field of it', async () => {
    const said = async (method: (typeof METHODS)[number], path: string, body?: object, template = path.replace(/\?.*/, '')) => {
      const answer = await call(method, path).send(body);
      const { responses } = openApi.paths[template][method];
      const wanted = responses[answer.status] ?? responses.default;
      const schema = wanted.content?.[(answer.headers['content-type'] ?? '').split(';')[0]!]?.schema;
      const result = schema ? validator(openApi, schema, 'openapi-3.0').safeParse(answer.body) : { success: answer.status === 204, error: undefined };
      expect({ method, path, status: answer.status, fits: result.success, why: result.error?.issues }).toMatchObject({ fits: true });
      return answer;
    };
    const ring = [
      [121, 29],
      [121.01, 29],
      [121.01, 29.01],
      [121, 29.01],
      [121, 29],
    ];
    const place = {
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [ring] },
      properties: { id: 's1', kind: 'site', name: '工地', hours: [{ from: '21:00', to: '05:00' }], extra: 1 },
    };
    await said('post', '/api/v1/auth/login', { username: 'admin', password: 'wrong' });
    await said('get', '/api/v1/auth/me');
    await said('get', '/api/v1/accounts?limit=1');
    await said('post', '/api/v1/companies', { id: 'c1', name: '甬江' });
    await said('post', '/api/v1/trucks', { id: 't1', plate: '浙B1', companyId: 'c1' });
    await said('post', '/api/v1/trucks', { id: 't2', plate: '浙B1', companyId: 'c1' });
    await said('post', '/api/v1/terminals/import', [{ id: 'd1', truckId: 't1' }]);
    await said('get', '/api/v1/terminals/d1', undefined, '/api/v1/terminals/{id}');
    await said('patch', '/api/v1/terminals/d1', { secret: null }, '/api/v1/terminals/{id}');
    await said('post', '/api/v1/places', place);
    await said('post', '/api/v1/cameras', { placeId: 's1', name: 'gate' });
    await said('post', '/api/v1/places', { ...place, properties: { id: 'y1', kind: 'yard', name: '消纳场' } });
    await said('post', '/api/v1/drivers', { id: 'dr1', name: '王师傅', companyId: 'c1' });
    const line = { type: 'LineString', coordinates: ring.slice(0, 2) };
    await said('post', '/api/v1/routes', { type: 'Feature', geometry: line, properties: { id: 'r1', name: '线路', widthM: 60, extra: 1 } });
    await said('post', '/api/v1/permits', { id: 'p1', companyId: 'c1', siteId: 's1', yardIds: ['y1'], hours: [{ from: '21:00', to: '05:00' }] });
    await said('patch', '/api/v1/permits/p1', { routeIds: ['r1'], validTo: '2090-01-01T00:00:00Z' }, '/api/v1/permits/{id}');
    await said('patch', '/api/v1/permits/p1', { routeIds: ['r9'] }, '/api/v1/permits/{id}');
    await said('post', '/api/v1/districts', { ...place, properties: { id: 'd1', name: '北仑', extra: 1 } });
    await said('get', '/api/v1/places/s1', undefined, '/api/v1/places/{id}');
    await said('patch', '/api/v1/companies/c1', { districtId: 'd1' }, '/api/v1/companies/{id}');
    const account = await said('post', '/api/v1/accounts', { username: 'li', role: 'dispatcher', companyIds: ['c1'], password: 'a long enough one' });
    const one = `/api/v1/accounts/${account.body.id}`;
    await said('post', `${one}/reset-link`, undefined, '/api/v1/accounts/{id}/reset-link');
    await said('get', `${one}/sessions`, undefined, '/api/v1/accounts/{id}/sessions');
    await said('post', '/api/v1/auth/second-factor');
    await said('get', '/api/v1/auth/sessions');
    await said('post', '/api/v1/auth/reset', { token: 'no such token, surely', next: 'a long enough one' });
    await said('post', '/api/v1/api-tokens', { name: '导出', accountId: account.body.id, expiresAt: '2090-01-01T00:00:00Z' });
    await said('get', '/api/v1/api-tokens');
    for (const list of [
      'companies',
      'trucks',
      'drivers',
      'terminals',
      'cameras',
      'permits',
      'places',
      'routes',
      'districts',
      'alerts',
      'hauls',
      'quarantine',
      'sightings',
      'sightings/last',
    ])
      await said('get', `/api/v1/${list}`);
    for (const one of ['base-map', 'rules', 'settings', 'quarantine/summary']) await said('get', `/api/v1/${one}`);
    await said('put', '/api/v1/rules/spill', { limits: { holdS: 9 }, reason: 'test' }, '/api/v1/rules/{code}');
    await said('get', '/api/v1/trucks/t1/track', undefined, '/api/v1/trucks/{id}/track');
    await said('get', '/api/v1/alerts/none', undefined, '/api/v1/alerts/{id}');
    await said('get', '/api/v1/sightings/none/none/picture', undefined, '/api/v1/sightings/{camera}/{id}/picture');
    await said('delete', '/api/v1/terminals/d1', undefined, '/api/v1/terminals/{id}');
  });

  it('is shown by a page that fetches from nowhere else', async () => {
    const page = await request(server.url).get('/api/docs').expect(200);
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    await request(server.url).get('/api/docs/swagger-ui-bundle.js').expect(200);
    await request(server.url).get('/api/docs/swagger-ui-init.js').expect(200);
  });
});

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3.0', async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApi));
    expect(diagnostics.filter(({ severity }) => Number(severity) === 0)).toEqual([]); // errors
    expect(document?.version()).toBe('3.0.0');
    expect(unresolved(asyncApi)).toEqual([]);
  });

  it('names the topics on which devices may publish', () => {
    const up = Object.values(asyncApi.operations as Json)
      .filter((operation) => operation.action === 'receive')
      .map((operation) => asyncApi.channels[operation.channel.$ref.split('/').at(-1)].address as string)
      .filter((address) => address !== '/live');
    expect(up.sort()).toEqual(
      [...topicsUp({ kind: 'terminal', id: '{terminalId}' }), ...topicsUp({ kind: 'camera', id: '{cameraId}' }), ...FRIGATE_TOPICS].sort(),
    );
  });

  it('describes what a socket really hears', async () => {
    const payload = (name: string) => validator(asyncApi, asyncApi.components.messages[name].payload, 'draft-7');
    const socket = io(`${server.url}/live`, { auth: { token: server.adminToken }, transports: ['websocket'] });
    try {
      const snapshot = await new Promise((resolve, reject) => socket.once('snapshot', resolve).once('connect_error', reject));
      expect(payload('snapshot').safeParse(snapshot)).toMatchObject({ success: true });
      const changed = new Promise((resolve) => socket.once('changed', resolve));
      await call('post', '/api/v1/companies').send({ name: '一家公司' }).expect(201);
      expect(payload('changed').safeParse(await changed)).toMatchObject({ success: true });
      for (const asked of [{}, { bbox: [120, 29, 122, 30] }, { bbox: [500, 0, 0, 0] }]) {
        const answer = (await socket.timeout(5_000).emitWithAck('watch', asked)) as Json;
        expect(payload('watchAnswer').safeParse(answer)).toMatchObject({ success: true });
        expect(answer.ok).toBe(payload('watch').safeParse(asked).success);
      }
      for (const event of ['positions', 'alert', 'health']) expect(asyncApi.components.messages).toHaveProperty(event);
    } finally {
      socket.disconnect();
    }
  });
});

it('has words for every deed that the audit records', () => {
  const deeds = operations()
    .filter(({ method, path }) => method !== 'get' || TAKES_AWAY.test(path))
    .map(({ method, path }) => `${method.toUpperCase()} ${path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`);
  expect(deeds.length).toBeGreaterThan(100);
  for (const words of [auditZh, auditEn]) expect(deeds.filter((deed) => words.deeds[deed] === undefined)).toEqual([]);
});

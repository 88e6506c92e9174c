import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseMap } from './base-map.js';
import { makeFleet } from './fleet.js';
import { register } from './register.js';
import { makeRegistry, signedInIds } from './registry.js';
import { keepSecrets } from './secrets.js';
import { theCity } from './testing.js';

describe('laying the city down', () => {
  const city = theCity();
  const fleet = makeFleet(city, 1, 20);
  const dir = mkdtempSync(join(tmpdir(), 'simulator-'));
  const asked: {
    method: string;
    path: string;
    bearer: string | undefined;
    body: Record<string, unknown> & { length?: number; features?: { properties: Record<string, unknown> }[] };
  }[] = [];
  let busy = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text);
      if (busy-- > 0) return response.writeHead(503).end();
      asked.push({ method: request.method!, path: request.url!, bearer: request.headers.authorization, body });
      if (request.url === '/api/v1/auth/login') return response.end(JSON.stringify({ token: body.password === 'right' ? 'a-token' : '' }));
      if (request.headers.authorization !== 'Bearer a-token') return response.writeHead(401).end('{"title":"Sign in first."}');
      response.end(JSON.stringify({ items: (body.features ?? body).map?.(({ id }: { id: string }) => ({ id, result: 'created' })) ?? [] }));
    });
  });
  let api = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (asked.length = 0));
  afterAll(() => void server.close());

  const lay = (door: Partial<Parameters<typeof register>[0]>): Promise<string[]> => {
    const lines: string[] = [];
    const secrets = keepSecrets(join(dir, 'state.json'), signedInIds(city, fleet));
    return register(
      { api, user: 'admin', password: 'right', token: null, patienceMs: 5000, ...door },
      makeRegistry(city, fleet, secrets),
      baseMap(city),
      (line) => lines.push(line),
    ).then(() => lines);
  };

  it('signs in, imports what refers to nothing first, and draws the base map', async () => {
    const lines = await lay({});
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v1/auth/login',
      'POST /api/v1/companies/import',
      'POST /api/v1/trucks/import',
      'POST /api/v1/places/import',
      'POST /api/v1/routes/import',
      'POST /api/v1/permits/import',
      'POST /api/v1/terminals/import',
      'POST /api/v1/cameras/import',
      'PUT /api/v1/base-map',
    ]);
    expect(lines).toContain('  trucks: 20 created');
  });

  it('says for each place what its kind needs, valid since long ago', async () => {
    await lay({});
    const features = asked.find(({ path }) => path.includes('places'))!.body.features!;
    const fields = new Map(features.map(({ properties }) => [properties.kind, Object.keys(properties).join(' ')]));
    expect(Object.fromEntries(fields)).toEqual({
      site: 'id kind name validFrom',
      yard: 'id kind name validFrom capacityM3',
      'parking-lot': 'id kind name validFrom curfew',
      'wash-bay': 'id kind name validFrom',
      'no-go': 'id kind name validFrom hours',
      'speed-zone': 'id kind name validFrom limitKmh',
    });
  });

  it('waits for a server that is still starting', async () => {
    busy = 2;
    await lay({ token: 'a-token' });
    expect(asked.length).toBe(8);
  });

  it('says what the server did not like', async () => {
    await expect(lay({ password: 'wrong' })).rejects.toThrow('POST /api/v1/companies/import answered 401: {"title":"Sign in first."}');
    await expect(lay({ password: null })).rejects.toThrow('MUCKWATCH_PASSWORD');
  });

  it('keeps the secrets it made, for its owner only', () => {
    const file = join(dir, 'kept.json');
    writeFileSync(file, '{"secrets":{"ztc-0001":"known before, long"}}', { mode: 0o644 });
    const secrets = keepSecrets(file, ['ztc-0001', 'ztc-0002']);
    expect(secrets['ztc-0001']).toBe('known before, long');
    expect(secrets['ztc-0002']!.length).toBeGreaterThanOrEqual(16);
    expect(keepSecrets(file, ['ztc-0002'])['ztc-0002']).toBe(secrets['ztc-0002']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

import { TOTP, Secret } from 'otpauth';
import request from 'supertest';
import { City, drive, eastOf, eventually, square, times } from './support/city.js';
import { Page } from './support/page.js';
import { ADMIN_PASSWORD, startTestServer } from './support/server.js';

const PASSWORD = 'a long enough one';
let city: City;
const api = (path: string) => `/api/v1${path}`;
const login = (username: string, password = PASSWORD, code?: string) =>
  request(city.server.url)
    .post(api('/auth/login'))
    .send({ username, password, ...(code === undefined ? {} : { code }) });
const me = (token: string) => city.call('get', '/auth/me', token).then(({ status }) => status);
/** Codes of an authenticator with this secret, this step's and those round it. */
const codeOf = (secret: string, steps = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
const used = (id: string) => city.server.database.query('update accounts set totp_last_step = totp_last_step - 10 where id = $1', [id]);

beforeAll(async () => {
  city = new City(await startTestServer());
});
afterAll(() => city.close());

describe('a second factor', () => {
  let person: { id: string; token: string };
  let secret: string;
  beforeAll(async () => {
    person = await city.person('two-factors');
    await city.call('post', '/auth/second-factor/confirm', person.token).send({ code: '123456' }).expect(409);
    const { body } = await city.call('post', '/auth/second-factor', person.token).expect(201).expect('Cache-Control', 'no-store');
    expect(body.uri).toBe(`otpauth://totp/MuckWatch:two-factors?issuer=MuckWatch&secret=${body.secret}&algorithm=SHA1&digits=6&period=30`);
    secret = body.secret as string;
  });

  it('is in force once a code of it has been given', async () => {
    await login('two-factors').expect(200);
    const wrong = codeOf(secret) === '000000' ? '000001' : '000000';
    expect((await city.call('post', '/auth/second-factor/confirm', person.token).send({ code: wrong }).expect(400)).body.detail).toMatch(/code is wrong/);
    await city
      .call('post', '/auth/second-factor/confirm', person.token)
      .send({ code: codeOf(secret) })
      .expect(204);
    expect((await city.call('get', '/auth/me', person.token).expect(200)).body.secondFactor).toBe(true);
    expect((await city.call('post', '/auth/second-factor', person.token).expect(409)).body.detail).toMatch(/already/);
  });

  it('is asked for when the password was right, and for no other reason', async () => {
    const needed = await login('two-factors').expect(401);
    expect(needed.body).toMatchObject({ type: 'urn:muckwatch:code-needed', detail: expect.stringContaining('code') });
    const wrong = await login('two-factors', 'not this one').expect(401);
    expect(wrong.body).toMatchObject({ type: 'about:blank', detail: 'User name or password is wrong.' });
    expect((await login('two-factors', 'not this one', codeOf(secret)).expect(401)).body).toEqual(wrong.body);
  });

  it('takes a code once, and none that is older than one that was taken', async () => {
    await used(person.id);
    const code = codeOf(secret);
    expect((await login('two-factors', PASSWORD, '000000').expect(401)).body.type).toBe('urn:muckwatch:code-wrong');
    await login('two-factors', PASSWORD, code).expect(200);
    expect((await login('two-factors', PASSWORD, code).expect(401)).body.detail).toBe('The code is wrong, or was used already.');
    expect((await login('two-factors', PASSWORD, codeOf(secret, -1)).expect(401)).body.type).toBe('urn:muckwatch:code-wrong');
    // Of two at the same time only one gets in.
    await used(person.id);
    const both = await Promise.all([login('two-factors', PASSWORD, codeOf(secret, 1)), login('two-factors', PASSWORD, codeOf(secret, 1))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('is guessed no faster than a password, whether or not the password is said in between', async () => {
    const { token } = await city.person('guessed-code');
    const { body } = await city.call('post', '/auth/second-factor', token).expect(201);
    await city
      .call('post', '/auth/second-factor/confirm', token)
      .send({ code: codeOf(body.secret as string) })
      .expect(204);
    const statuses: number[] = [];
    for (let i = 0; i < 12 && statuses.at(-1) !== 429; i++) {
      await login('guessed-code').set('X-Forwarded-For', '10.9.9.9');
      statuses.push((await login('guessed-code', PASSWORD, '000000').set('X-Forwarded-For', '10.9.9.9')).status);
    }
    expect(statuses.slice(0, 5)).toEqual(times(5, 401));
    expect(statuses.at(-1)).toBe(429);
  });

  it('never leaves the server again', async () => {
    const answers = await Promise.all(['/auth/me', '/accounts?limit=500', '/auth/sessions'].map((path) => city.call('get', path)));
    for (const { text } of answers) expect(text).not.toContain(secret);
  });

  it('is removed by the password, or by an admin', async () => {
    await city.call('delete', '/auth/second-factor', person.token).send({ password: 'not this one' }).expect(400);
    await login('two-factors').expect(401);
    await city.call('delete', '/auth/second-factor', person.token).send({ password: PASSWORD }).expect(204);
    await login('two-factors').expect(200);

    const other = await city.person('lost-phone');
    const { body } = await city.call('post', '/auth/second-factor', other.token).expect(201);
    await city
      .call('post', '/auth/second-factor/confirm', other.token)
      .send({ code: codeOf(body.secret as string) })
      .expect(204);
    await city.call('delete', `/accounts/${other.id}/second-factor`).expect(204);
    await login('lost-phone').expect(200);
    await city.call('delete', '/accounts/none/second-factor').expect(404);
  });
});

describe('a link to a new password', () => {
  const tokenOf = (url: string) => url.split('/').at(-1)!;
  const reset = (token: string, next = 'another long one') => request(city.server.url).post(api('/auth/reset')).send({ token, next });

  it('is good once, ends every session, and stands nowhere', async () => {
    const { id, token } = await city.person('forgetful');
    const { body } = await city.call('post', `/accounts/${id}/reset-link`).expect(201);
    expect(body.url).toMatch(/^http:\/\/[^/]+\/#\/reset\/[\w-]{43}$/);
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    const { rows } = await city.server.database.query('select r::text as everything from password_resets r');
    expect(rows[0]!.everything).not.toContain(tokenOf(body.url));

    expect((await reset(tokenOf(body.url), 'short').expect(400)).body.errors).toEqual([{ path: 'next', message: 'must have at least 12 characters' }]);
    await reset(tokenOf(body.url)).expect(204);
    expect((await reset(tokenOf(body.url)).expect(400)).body.detail).toMatch(/not good/);
    expect(await me(token)).toBe(401);
    await login('forgetful').expect(401);
    await login('forgetful', 'another long one').expect(200);
  });

  it('is not good any more when a newer one was made, a day has gone by, or the account is disabled', async () => {
    const { id } = await city.person('slow-reader');
    const link = async () => tokenOf((await city.call('post', `/accounts/${id}/reset-link`).expect(201)).body.url as string);
    const [older, newer] = [await link(), await link()];
    await reset(older).expect(400);
    await city.server.database.query(`update password_resets set expires_at = now() - interval '1 second' where account_id = $1`, [id]);
    await reset(newer).expect(400);
    const last = await link();
    await city.call('patch', `/accounts/${id}`).send({ disabled: true }).expect(200);
    await reset(last).expect(400);
    await city.call('post', `/accounts/${id}/reset-link`).expect(404);
    await city.call('post', '/accounts/none/reset-link').expect(404);
    await reset('x'.repeat(43)).expect(400);
  });
});

describe('sessions', () => {
  const list = async (token: string) =>
    (await city.call('get', '/auth/sessions', token).expect(200)).body.items as { id: string; current: boolean; userAgent: string }[];

  it('are listed to whom they belong, and ended one by one', async () => {
    const { token } = await city.person('at-two-desks');
    const other = (await login('at-two-desks').set('User-Agent', 'A phone').expect(200)).body.token as string;
    const sessions = await list(token);
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const phone = sessions.find(({ userAgent }) => userAgent === 'A phone')!;
    expect(phone).toMatchObject({ current: false, lastUsedAt: expect.any(String), expiresAt: expect.any(String) });
    // The name of a session opens nothing, and another's cannot be ended.
    expect(await me(phone.id)).toBe(401);
    const stranger = await city.person('stranger');
    await city.call('delete', `/auth/sessions/${phone.id}`, stranger.token).expect(404);
    expect(await me(other)).toBe(200);
    const page = await Page.open(city.server.url, other);
    await city.call('delete', `/auth/sessions/${phone.id}`, token).expect(204);
    expect([await me(other), await me(token)]).toEqual([401, 200]);
    await eventually('its socket is closed', () => !page.socket.connected || page.socket.disconnected);
    page.close();
  });

  it('of anybody are an admin’s to see and to end', async () => {
    const { id, token } = await city.person('watched');
    const { body } = await city.call('get', `/accounts/${id}/sessions`).expect(200);
    expect(body.items).toEqual([expect.objectContaining({ current: false })]);
    await city.call('delete', `/accounts/${id}/sessions`).expect(204);
    expect(await me(token)).toBe(401);
    await city.call('get', '/accounts/none/sessions').expect(404);
  });

  it('note when they were last used, every ten minutes', async () => {
    const { id, token } = await city.person('seldom');
    await city.server.database.query(`update sessions set last_used_at = now() - interval '3 hours' where account_id = $1`, [id]);
    // A session is believed for 5 s before the database is asked again.
    await eventually('its use is noted', async () => {
      expect(await me(token)).toBe(200);
      const { rows } = await city.server.database.query(`select last_used_at > now() - interval '1 minute' as noted from sessions where account_id = $1`, [id]);
      return rows[0]!.noted as boolean;
    });
  });
});

describe('an API token', () => {
  const make = async (body: object) => (await city.call('post', '/api-tokens').send(body).expect(201)).body as { id: string; token: string };
  let reader: { id: string; token: string };

  it('is shown once, and does what its account may; for reading only unless it is said otherwise', async () => {
    const { id: accountId } = await city.person('program', 'supervisor');
    reader = await make({ name: 'export', accountId });
    expect(reader).toMatchObject({
      name: 'export',
      accountId,
      readOnly: true,
      createdBy: 'admin',
      lastUsedAt: null,
      endedAt: null,
      token: expect.stringMatching(/^muck_[\w-]{43}$/),
    });
    const { text } = await city.call('get', '/api-tokens');
    expect(text).toContain(reader.id);
    expect(text).not.toContain(reader.token);
    const route = {
      type: 'Feature',
      geometry: {
        type: 'LineString',
        coordinates: [
          [113, 31],
          [113.1, 31],
        ],
      },
      properties: { name: 'by a program' },
    };
    await city.call('get', '/routes', reader.token).expect(200);
    expect((await city.call('post', '/routes', reader.token).send(route).expect(403)).body.detail).toBe('This API token may only read.');
    const writer = await make({ name: 'import', accountId, readOnly: false });
    await city.call('post', '/routes', writer.token).send(route).expect(201);
    await city.call('post', '/companies', writer.token).send({ name: 'no' }).expect(403);
    const { body } = await city.call('get', '/api-tokens').expect(200);
    expect((body.items as { id: string; lastUsedAt: string | null }[]).find(({ id }) => id === reader.id)!.lastUsedAt).not.toBeNull();
  });

  it('opens no way of signing in', async () => {
    const { id: accountId } = await city.person('admin-program', 'admin');
    const { token } = await make({ name: 'everything', accountId, readOnly: false });
    await city.call('get', '/auth/me', token).expect(200);
    for (const [method, path, body] of [
      ['post', '/auth/second-factor', {}],
      ['post', '/auth/password', { current: PASSWORD, next: 'another long one' }],
      ['get', '/auth/sessions', undefined],
      ['post', '/api-tokens', { name: 'another', accountId }],
      ['post', `/accounts/${accountId}/reset-link`, {}],
    ] as const) {
      expect((await city.call(method, path, token).send(body).expect(403)).body.detail).toMatch(/not for API tokens/);
    }
    await city.call('post', '/auth/logout', token).expect(204);
    await city.call('get', '/auth/me', token).expect(200);
  });

  it('opens the socket, which is closed when it is ended', async () => {
    const page = await Page.open(city.server.url, reader.token);
    await city.call('delete', `/api-tokens/${reader.id}`).expect(204);
    await eventually('its socket is closed', () => !page.socket.connected);
    expect(await me(reader.token)).toBe(401);
    await city.call('delete', `/api-tokens/${reader.id}`).expect(204);
    await city.call('delete', '/api-tokens/none').expect(404);
    page.close();
  });

  it('ends with its time and with its account, and is made for none that there is not', async () => {
    const { id: accountId } = await city.person('temporary');
    const expiring = await make({ name: 'a day', accountId, expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
    const lasting = await make({ name: 'ever', accountId });
    await city.server.database.query(`update api_tokens set expires_at = now() - interval '1 second' where id = $1`, [expiring.id]);
    expect([await me(expiring.token), await me(lasting.token)]).toEqual([401, 200]);
    await city.call('patch', `/accounts/${accountId}`).send({ disabled: true }).expect(200);
    expect(await me(lasting.token)).toBe(401);
    for (const body of [
      { name: 'x', accountId },
      { name: 'x', accountId: 'none' },
    ]) {
      expect((await city.call('post', '/api-tokens').send(body).expect(400)).body.detail).toContain('no account in use');
    }
    const late = await city.call('post', '/api-tokens').send({ name: 'x', accountId, expiresAt: '2020-01-01T00:00:00Z' }).expect(400);
    expect(late.body.detail).toBe('expiresAt 2020-01-01T00:00:00Z has gone by.');
  });
});

describe('accounts', () => {
  const create = (body: object) => city.call('post', '/accounts').send({ username: 'scoped', password: PASSWORD, ...body });

  it('are narrowed to what there is, by roles that need it', async () => {
    expect((await create({ role: 'dispatcher', companyIds: ['nowhere'] }).expect(400)).body.errors).toEqual([
      { path: 'companyIds', message: '"nowhere" is no company that is registered' },
    ]);
    expect((await create({ role: 'dispatcher' }).expect(400)).body.detail).toMatch(/companyIds is needed/);
    expect((await create({ role: 'admin', districtIds: ['d'] }).expect(400)).body.detail).toMatch(/sees the whole city/);
  });

  it('of site managers may be named by their sites alone, from one moment to the next', async () => {
    const manager = await city.person('manager', 'site-manager');
    const places = async () => (await city.call('get', '/places', manager.token).expect(200)).body.features.map(({ id }: { id: string }) => id);
    expect(await places()).toEqual([]);
    await city
      .call('post', '/places')
      .send(square('managed', 'site', 112, 200, { managerIds: [manager.id] }))
      .expect(201);
    await eventually('he sees it', places, (ids) => ids.length === 1);
    expect((await city.call('get', '/auth/me', manager.token).expect(200)).body.placeIds).toEqual(['managed']);
  });
});

describe('districts', () => {
  const outline = (west: number, metres: number) => square('', '', west, metres).geometry;
  const district = (id: string, west: number, metres: number) => ({ type: 'Feature', geometry: outline(west, metres), properties: { id, name: id } });
  const districtOf = async (place: string) => (await city.call('get', `/places/${place}`).expect(200)).body.properties.districtId as string | undefined;
  const LON = 114.5;

  beforeAll(async () => {
    await city.trucks(['dt'], 'dc');
    for (const id of ['ds', 'dy'])
      await city
        .call('post', '/places')
        .send(square(id, id === 'ds' ? 'site' : 'yard', id === 'ds' ? LON : eastOf(LON, 30_000), 200))
        .expect(201);
    const steps = [...times(4, { loadKg: 16_500, cover: 'closed', speedKmh: 0 }), ...times(30, { loadKg: 16_500, cover: 'closed', speedKmh: 80 })];
    await city.upload('dt', drive({ at: Date.now() - 200_000, lon: eastOf(LON, 100) }, steps));
    await eventually(
      'it sped',
      () => city.alerts('truck=dt&rule=speeding'),
      ({ length }) => length > 0,
    );
  });

  it('hold the places whose middle they hold, as both are drawn and drawn anew', async () => {
    expect(await districtOf('ds')).toBeUndefined();
    await city
      .call('post', '/districts')
      .send(district('d-west', eastOf(LON, -5_000), 20_000))
      .expect(201);
    expect(await districtOf('ds')).toBe('d-west');
    // What is sent of it is ignored: it is computed.
    await city
      .call('patch', '/places/ds')
      .send({ properties: { districtId: 'nonsense', name: 'renamed' } })
      .expect(200);
    expect(await districtOf('ds')).toBe('d-west');
    expect(await districtOf('dy')).toBeUndefined();
    await city
      .call('post', '/districts/import')
      .send({ features: [district('d-east', eastOf(LON, 15_000), 30_000), district('d-west', eastOf(LON, 5_000), 10_000)] })
      .expect(200);
    expect([await districtOf('ds'), await districtOf('dy')]).toEqual([undefined, 'd-east']);
    await city
      .call('patch', '/districts/d-west')
      .send({ geometry: outline(eastOf(LON, -5_000), 20_000) })
      .expect(200);
    expect(await districtOf('ds')).toBe('d-west');
    const { rows } = await city.server.database.query(`select id, district_id from places where id in ('ds', 'dy') order by id`);
    expect(rows).toEqual([
      { id: 'ds', district_id: 'd-west' },
      { id: 'dy', district_id: 'd-east' },
    ]);
  });

  it('show their people what happened there before they were drawn', async () => {
    const person = await city.person('of-west', 'operator', { districtIds: ['d-west'] });
    const other = await city.person('of-east', 'operator', { districtIds: ['d-east'] });
    const seen = async (token: string) => (await city.alerts('truck=dt', token)).length;
    await eventually(
      'the alert is in its district',
      () => seen(person.token),
      (count) => count > 0,
    );
    expect(await seen(other.token)).toBe(0);
    expect((await city.call('get', '/trucks', person.token).expect(200)).body.items).toEqual([]);
    await city.call('patch', '/companies/dc').send({ districtId: 'd-west' }).expect(200);
    expect((await city.call('get', '/trucks', person.token).expect(200)).body.items).toMatchObject([{ id: 'dt' }]);
  });

  it('let a supervisor of one plan there, and nowhere else', async () => {
    const { token } = await city.person('planner', 'supervisor', { districtIds: ['d-west'] });
    await city
      .call('post', '/places', token)
      .send(square('new-there', 'site', eastOf(LON, 1_000), 100))
      .expect(201);
    expect(
      (
        await city
          .call('post', '/places', token)
          .send(square('new-elsewhere', 'site', eastOf(LON, 31_000), 100))
          .expect(403)
      ).body.detail,
    ).toContain('new-elsewhere');
    await city.call('get', '/places/new-elsewhere').expect(404);
    await city
      .call('patch', '/places/dy', token)
      .send({ properties: { name: 'mine now' } })
      .expect(404);
    await city
      .call('patch', '/places/new-there', token)
      .send({ geometry: outline(eastOf(LON, 31_000), 100) })
      .expect(403);
    expect(await districtOf('new-there')).toBe('d-west');
    const rows = await city
      .call('post', '/places/import', token)
      .send({ features: [{ properties: { id: 'dy', name: 'mine now' } }] })
      .expect(400);
    expect(rows.body.errors).toEqual([{ path: 'row 1: id', row: 1, message: '"dy" is not yours to change' }]);
    await city.call('put', '/rules/speeding', token).send({ limits: {}, reason: 'mine' }).expect(403);
    await city.call('delete', '/places/new-there', token).expect(204);
  });

  it('are not retired under their companies, and let go of their places when they are', async () => {
    expect((await city.call('delete', '/districts/d-west').expect(409)).body.detail).toContain('company dc');
    await city.call('patch', '/companies/dc').send({ districtId: 'd-none' }).expect(400);
    await city.call('patch', '/companies/dc').send({ districtId: null }).expect(200);
    await city.call('delete', '/districts/d-west').expect(204);
    expect(await districtOf('ds')).toBeUndefined();
  });

  it('say what is wrong with an outline', async () => {
    const bow = {
      type: 'Polygon',
      coordinates: [
        [
          [114, 31],
          [114.1, 31.1],
          [114.1, 31],
          [114, 31.1],
          [114, 31],
        ],
      ],
    };
    const { body } = await city
      .call('post', '/districts')
      .send({ type: 'Feature', geometry: bow, properties: { id: 'bow', name: 'bow' } })
      .expect(400);
    expect(body.errors).toEqual([{ path: 'geometry', message: expect.stringContaining('crosses itself') }]);
    await city
      .call('post', '/districts')
      .send({ type: 'Feature', geometry: outline(114, 100), properties: {} })
      .expect(400);
  });

  it('stand after a restart as before', async () => {
    const before = (await city.call('get', '/districts').expect(200)).body;
    const restarted = new City(await city.server.restart());
    expect((await restarted.call('get', '/districts').expect(200)).body).toEqual(before);
    await restarted
      .call('post', '/places')
      .send(square('after', 'site', eastOf(LON, 31_000), 100))
      .expect(201);
    expect((await restarted.call('get', '/places/after').expect(200)).body.properties.districtId).toBe('d-east');
    Object.assign(city, { server: restarted.server });
    await request(city.server.url).post(api('/auth/login')).send({ username: 'admin', password: ADMIN_PASSWORD }).expect(200);
  });
});

describe('accounts from a file', () => {
  const send = (body: string | object, query = '') =>
    city
      .call('post', `/accounts/import${query}`)
      .set('Content-Type', typeof body === 'string' ? 'text/csv' : 'application/json')
      .send(body);
  const accounts = async () => (await city.call('get', '/accounts?limit=500').expect(200)).body.items as { id: string; username: string; role: string }[];

  it('are looked at row by row, and written all or none', async () => {
    const before = await accounts();
    const csv = 'username,name,role,companyIds,districtIds\nf-li,李工,dispatcher,dc,\nf-wang,王工,supervisor,,d-west;nowhere\nf-chen,陈工,boss,,\n';
    const { body } = await send(csv, '?dryRun=true').expect(200);
    expect(body.items.map(({ row, id, result }: { row: number; id: string; result: string }) => [row, id, result])).toEqual([
      [1, 'f-li', 'created'],
      [2, 'f-wang', 'bad'],
      [3, 'f-chen', 'bad'],
    ]);
    expect(body.items[1].faults).toEqual([{ path: 'districtIds', message: '"nowhere" is no district that is registered' }]);
    expect(body.items[2].faults).toEqual([{ path: 'role', message: expect.stringContaining('"boss"') }]);
    const refused = await send(csv).expect(400);
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['row 2: districtIds', 'row 3: role']);
    expect(await accounts()).toEqual(before);
  });

  it('sign in with the password that their row gives, or that was made and shown once', async () => {
    const { body } = await send(
      'username,name,role,password,companyIds,districtIds\nf-li,李工,dispatcher,,dc,\nf-wang,王工,supervisor,a password of its own,,d-west\n',
    )
      .expect(200)
      .expect('Cache-Control', 'no-store');
    const [li, wang] = body.items as { id: string; username: string; result: string; secret?: string }[];
    expect([li, wang]).toMatchObject([
      { username: 'f-li', result: 'created', secret: expect.stringMatching(/^[a-zA-Z2-9]{16}$/) },
      { username: 'f-wang', result: 'created' },
    ]);
    expect(wang).not.toHaveProperty('secret');
    const { token } = (await login('f-li', li!.secret).expect(200)).body as { token: string };
    expect((await city.call('get', '/auth/me', token).expect(200)).body).toMatchObject({ name: '李工', role: 'dispatcher', companyIds: ['dc'] });
    await login('f-wang', 'a password of its own').expect(200);
    const audit = JSON.stringify((await city.call('get', '/audit?action=accounts/import&limit=20').expect(200)).body);
    expect(audit).toContain('username,name,role,password');
    expect(audit).not.toContain(li!.secret);
    expect(audit).not.toContain('a password of its own');
  });

  it('are changed where a row differs, sign in again where they may do something else, and go out as they came in', async () => {
    const { token } = (await login('f-wang', 'a password of its own').expect(200)).body as { token: string };
    const named = [{ username: 'f-wang', name: '王主任' }];
    expect((await send(named).expect(200)).body.items).toMatchObject([{ result: 'changed' }]);
    expect(await me(token)).toBe(200);
    const { body } = await send('username,role\nf-wang,operator\nf-li,dispatcher\n').expect(200);
    expect(body.items.map(({ result }: { result: string }) => result)).toEqual(['changed', 'unchanged']);
    expect(await me(token)).toBe(401);
    await login('f-wang', 'a password of its own').expect(200);

    const { text } = await city.call('get', '/exports/accounts').expect(200).expect('Content-Type', /csv/);
    expect(text).toContain('f-wang,王主任,operator,d-west,,\n');
    expect(text).not.toMatch(/argon|password/);
    const again = (await send(text.replace('\ufeff', ''), '?dryRun=true').expect(200)).body.items as { result: string }[];
    expect(again.length).toBeGreaterThan(3);
    expect(new Set(again.map(({ result }) => result))).toEqual(new Set(['unchanged']));
  });

  it('cannot be taken from all who look after accounts, nor come in thousands', async () => {
    const admins = (await accounts()).filter(({ role }) => role === 'admin').map(({ username }) => ({ username, role: 'viewer' }));
    expect((await send(admins).expect(400)).body.errors[0]).toEqual({ path: 'row 1: role', message: 'would leave nobody who looks after accounts' });
    const many = times(501, 0).map((_, i) => ({ username: `m${i}`, role: 'viewer' }));
    expect((await send(many, '?dryRun=true').expect(400)).body.detail).toContain('500');
  });
});

describe('managers to choose from', () => {
  interface Offered {
    accountId: string;
    name: string;
    places: { id: string }[];
  }
  const offered = async (token?: string, query = '') => (await city.call('get', `/managers?${query}`, token).expect(200)).body.items as Offered[];

  beforeAll(async () => {
    const feature = (id: string, west: number) => ({ ...square(id, '', west, 3_000), properties: { id, name: id } });
    for (const [side, west] of [
      ['west', 118],
      ['east', 118.5],
    ] as const) {
      await city
        .call('post', '/districts')
        .send(feature(`m-${side}`, west))
        .expect(201);
      await city
        .call('post', '/places')
        .send(square(`m-site-${side}`, 'site', eastOf(west, 1_000), 200))
        .expect(201);
    }
  });

  it('are those who answer for what one sees, and those who answer for nothing yet', async () => {
    const east = await city.person('m-of-east', 'site-manager', { placeIds: ['m-site-east'] });
    const named = await city.person('named-by-west', 'yard-keeper', { placeIds: ['m-site-west'] });
    const free = await city.person('m-free', 'site-manager');
    const kept = await city.person('m-kept-to-east', 'site-manager', { districtIds: ['m-east'] });
    const gone = await city.person('m-gone', 'site-manager', { placeIds: ['m-site-west'] });
    await city.call('delete', `/accounts/${gone.id}`).expect(204);
    const west = await city.person('plans-west', 'supervisor', { districtIds: ['m-west'] });
    const ids = (items: Offered[]) => items.map(({ accountId }) => accountId);

    expect(ids(await offered(west.token))).toEqual(expect.arrayContaining([named.id, free.id]));
    for (const other of [east.id, kept.id, gone.id, west.id]) expect(ids(await offered(west.token))).not.toContain(other);
    expect(ids(await offered())).toEqual(expect.arrayContaining([east.id, named.id, free.id, kept.id]));
    expect(ids(await offered())).not.toContain(gone.id);
    expect((await offered(west.token, 'q=NAMED')).map(({ name, places }) => [name, places.map(({ id }) => id)])).toEqual([['named-by-west', ['m-site-west']]]);
    expect(await offered(west.token, 'q=%25')).toEqual([]);
    // An id says who it is only to those who may choose them.
    expect(ids(await offered(west.token, `ids=${named.id},${east.id}`))).toEqual([named.id]);
  });
});

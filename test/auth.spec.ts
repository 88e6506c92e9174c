import request from 'supertest';
import { AuthService, type Revoked } from '../apps/server/src/auth/auth.service.js';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
let http: ReturnType<typeof request>;
const api = '/api/v1';
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const login = (username: string, password: string) => http.post(`${api}/auth/login`).send({ username, password });

/** An account with a session of its own. */
async function operator(username: string, role = 'operator'): Promise<{ id: string; token: string }> {
  const password = 'a long enough one';
  const made = await http.post(`${api}/accounts`).set(bearer(server.adminToken)).send({ username, role, password }).expect(201);
  const { body } = await login(username, password).expect(200);
  return { id: made.body.id, token: body.token };
}

beforeAll(async () => {
  server = await startTestServer();
  http = request(server.url);
});
afterAll(() => server.close());

describe('signing in', () => {
  it('answers a bearer token and a cookie that scripts cannot read, and either opens everything', async () => {
    const answer = await login('admin', ADMIN_PASSWORD).expect(200);
    expect(Buffer.from(answer.body.token, 'base64url')).toHaveLength(32);
    const cookie = answer.headers['set-cookie']![0]!;
    expect(cookie).toMatch(/^muckwatch=[\w-]{43}; .*HttpOnly; SameSite=Strict/);
    expect(cookie).not.toMatch(/Secure/);
    const me = { username: 'admin', role: 'admin', disabled: false };
    expect((await http.get(`${api}/auth/me`).set(bearer(answer.body.token)).expect(200)).body).toMatchObject(me);
    expect((await http.get(`${api}/auth/me`).set('Cookie', cookie.split(';')[0]!).expect(200)).body).toMatchObject(me);
  });

  it('calls a name that no text column can hold a bad request, not a fault of the server', async () => {
    for (const answer of [await login('ad\u0000min', ADMIN_PASSWORD), await http.get(`${api}/trucks?q=%00`).set(bearer(server.adminToken))]) {
      expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 400, detail: expect.stringContaining('U+0000') });
    }
  });

  it('refuses without, as problem+json', async () => {
    const answer = await http
      .get(`${api}/trucks`)
      .expect(401)
      .expect('Content-Type', /application\/problem\+json/)
      .expect('WWW-Authenticate', 'Bearer');
    expect(answer.body).toMatchObject({ status: 401, title: 'Unauthorized', detail: 'Sign in first.' });
    await http
      .get(`${api}/trucks`)
      .set(bearer('x'.repeat(43)))
      .expect(401);
  });

  it('says the same of an unknown name and of a wrong password, and stores neither token nor password', async () => {
    const wrong = await login('admin', 'not this one').expect(401);
    const unknown = await login('nobody', 'not this one').expect(401);
    expect(unknown.body).toEqual(wrong.body);
    const { rows } = await server.database.query(`select s::text || a::text as everything from sessions s cross join accounts a`);
    for (const { everything } of rows) {
      expect(everything).not.toContain(server.adminToken);
      expect(everything).not.toContain(ADMIN_PASSWORD);
      expect(everything).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    }
  });

  it('takes as long for an unknown name as for a wrong password', async () => {
    // Of the processor, not of the clock: a busy machine stretches either.
    const time = async (username: string) => {
      const before = process.cpuUsage();
      await server.app
        .get(AuthService)
        .login(username, 'not this one', `10.0.0.${Math.floor(Math.random() * 200)}`, null)
        .catch(() => undefined);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    await time('admin');
    let [known, unknown] = [Infinity, Infinity];
    for (let turn = 0; turn < 5; turn++) {
      known = Math.min(known, await time('admin'));
      unknown = Math.min(unknown, await time('nobody1'));
    }
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  it('is throttled after five failures, right password or not, and says for how long', async () => {
    const { id } = await operator('guessed');
    await server.database.query('delete from sessions where account_id = $1', [id]);
    for (let i = 0; i < 5; i++) await login('guessed', `guess ${i}`).expect(401);
    // On a slow machine the first second has gone by already; each further failure doubles the wait.
    let refused = await login('guessed', 'another guess');
    for (let i = 0; i < 6 && refused.status === 401; i++) refused = await login('guessed', `further guess ${i}`);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body.detail).toMatch(/try again in \d+ s/);
    await new Promise((resolve) => setTimeout(resolve, Number(refused.headers['retry-after']) * 1_000 + 50));
    await login('guessed', 'a long enough one').expect(200);
  });

  it('refuses fields that it does not know, by name', async () => {
    const answer = await http.post(`${api}/auth/login`).send({ username: 'admin', password: 'x', remember: true }).expect(400);
    expect(answer.body.errors).toEqual([{ path: 'remember', message: expect.stringContaining('not a field') }]);
  });
});

describe('a session', () => {
  it('ends with log-out, for sockets too', async () => {
    const { token } = await operator('leaver');
    const revoked: Revoked[] = [];
    server.app.get(AuthService).onRevoked((one) => revoked.push(one));
    await http.get(`${api}/auth/me`).set(bearer(token)).expect(200);
    const answer = await http.post(`${api}/auth/logout`).set(bearer(token)).expect(204);
    expect(answer.headers['set-cookie']![0]).toMatch(/^muckwatch=;/);
    await http.get(`${api}/auth/me`).set(bearer(token)).expect(401);
    expect(revoked).toEqual([{ accountId: expect.any(String), sessionId: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  it('ends when its time is over, and slides while it is used', async () => {
    const { id, token } = await operator('slider');
    const age = (created: string, expires: string) =>
      server.database.query(`update sessions set created_at = now() - $2::interval, expires_at = now() + $3::interval where account_id = $1`, [
        id,
        created,
        expires,
      ]);
    const left = async () => {
      const { rows } = await server.database.query(
        `select extract(epoch from expires_at - now())::float8 / 3600 as hours from sessions where account_id = $1`,
        [id],
      );
      return rows[0]!.hours as number;
    };
    await new Promise((resolve) => setTimeout(resolve, 5_100)); // past the cache: logging in was recorded under the name of who did
    await age('1 hour', '2 hours');
    await http.get(`${api}/auth/me`).set(bearer(token)).expect(200);
    expect(await left()).toBeCloseTo(12, 1);
    await new Promise((resolve) => setTimeout(resolve, 5_100)); // past the cache
    await age('6 days 20 hours', '1 hour');
    await http.get(`${api}/auth/me`).set(bearer(token)).expect(200);
    expect(await left()).toBeCloseTo(4, 1);
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    await age('6 days', '-1 second');
    await http.get(`${api}/auth/me`).set(bearer(token)).expect(401);
  });
});

describe('a request with a cookie', () => {
  it('changes things only from our own pages; a bearer needs no such thing', async () => {
    const { token } = await operator('clicker', 'admin');
    const create = (headers: Record<string, string>) => http.post(`${api}/companies`).set(headers).send({ name: '宁波渣土' });
    const cookie = { Cookie: `muckwatch=${token}` };
    await create({ ...cookie, Origin: 'https://evil.example' }).expect(403);
    await create({ ...cookie, 'Sec-Fetch-Site': 'cross-site' }).expect(403);
    await create({ ...cookie, 'Sec-Fetch-Site': 'same-site', Origin: server.url }).expect(403);
    await create(cookie).expect(403);
    await create({ ...cookie, Origin: server.url }).expect(201);
    await create({ ...cookie, 'Sec-Fetch-Site': 'same-origin' }).expect(201);
    await create(bearer(token)).expect(201);
    await http
      .get(`${api}/companies`)
      .set({ ...cookie, Origin: 'https://evil.example' })
      .expect(200);
  });
});

describe('accounts', () => {
  it('are an admin’s business', async () => {
    const { token } = await operator('looker');
    const refused = await http.get(`${api}/accounts`).set(bearer(token)).expect(403);
    expect(refused.body.detail).toBe('This needs the role admin; you are operator.');
    await http.post(`${api}/companies`).set(bearer(token)).send({ name: 'x' }).expect(403);
    await http.get(`${api}/companies`).set(bearer(token)).expect(200);
  });

  it('are listed without anything secret, page by page', async () => {
    const first = await http.get(`${api}/accounts?limit=1`).set(bearer(server.adminToken)).expect(200);
    expect(first.body).toMatchObject({ items: [{ username: 'admin' }], nextCursor: 'admin' });
    expect(Object.keys(first.body.items[0]).join(' ')).toBe('id username name role districtIds companyIds placeIds secondFactor createdAt disabled');
    const next = await http.get(`${api}/accounts?limit=500&cursor=admin`).set(bearer(server.adminToken)).expect(200);
    expect(next.body.items.map((one: { username: string }) => one.username)).not.toContain('admin');
    expect(next.body.nextCursor).toBeNull();
  });

  it('have names of their own and long passwords', async () => {
    const create = (body: object) => http.post(`${api}/accounts`).set(bearer(server.adminToken)).send(body);
    await create({ username: 'admin', role: 'operator', password: 'a long enough one' }).expect(409);
    const short = await create({ username: 'short', role: 'operator', password: 'gehe1m' }).expect(400);
    expect(short.body.errors).toEqual([{ path: 'password', message: 'must have at least 12 characters' }]);
    const role = await create({ username: 'x', role: 'king', password: 'a long enough one' }).expect(400);
    expect(role.body.errors[0]).toMatchObject({ path: 'role', message: expect.stringContaining('"king"') });
  });

  it('lose their sessions at once when disabled', async () => {
    const { id, token } = await operator('fired');
    await http.get(`${api}/auth/me`).set(bearer(token)).expect(200);
    await http.patch(`${api}/accounts/${id}`).set(bearer(server.adminToken)).send({ disabled: true }).expect(200);
    await http.get(`${api}/auth/me`).set(bearer(token)).expect(401);
    await login('fired', 'a long enough one').expect(401);
    await http.patch(`${api}/accounts/${id}`).set(bearer(server.adminToken)).send({ disabled: false }).expect(200);
    await login('fired', 'a long enough one').expect(200);
  });

  it('never lose the last admin', async () => {
    const { body } = await http.get(`${api}/auth/me`).set(bearer(server.adminToken)).expect(200);
    await server.database.query(`update accounts set disabled = true where role = 'admin' and username <> 'admin'`);
    const change = (to: object) => http.patch(`${api}/accounts/${body.id}`).set(bearer(server.adminToken)).send(to);
    expect((await change({ role: 'operator' }).expect(409)).body.detail).toMatch(/last admin/);
    await http.delete(`${api}/accounts/${body.id}`).set(bearer(server.adminToken)).expect(409);
    await change({ name: 'Control room' }).expect(200);
  });

  it('change their own password; the other sessions end', async () => {
    const { token } = await operator('changer');
    const other = (await login('changer', 'a long enough one').expect(200)).body.token as string;
    await http.get(`${api}/auth/me`).set(bearer(other)).expect(200);
    const change = (current: string) => http.post(`${api}/auth/password`).set(bearer(token)).send({ current, next: 'another long one' });
    expect((await change('wrong one').expect(400)).body.detail).toBe('The current password is wrong.');
    await change('a long enough one').expect(204);
    await http.get(`${api}/auth/me`).set(bearer(token)).expect(200);
    await http.get(`${api}/auth/me`).set(bearer(other)).expect(401);
    await login('changer', 'a long enough one').expect(401);
    await login('changer', 'another long one').expect(200);
  });
});

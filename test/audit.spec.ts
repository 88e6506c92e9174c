import type { AuditRow, AuditVerdict } from '@muckwatch/contract';
import request from 'supertest';
import { Audit } from '../apps/server/src/audit/audit.service.js';
import { AuditStore } from '../apps/server/src/audit/audit.store.js';
import { Refusals } from '../apps/server/src/audit/refusals.js';
import { AuthService } from '../apps/server/src/auth/auth.service.js';
import { type Database, openDatabase } from '../apps/server/src/db/database.js';
import { verifyAudit } from '../apps/server/src/audit/verify-audit.js';
import { eventually } from './support/city.js';
import { openTestDatabase, type TestDatabase } from './support/database.js';
import { startTestServer, type TestServer } from './support/server.js';

const api = '/api/v1';
const PASSWORD = 'a password for tests';
const act = (target: string) => ({ accountId: null, username: 'x', role: null, address: null, action: 'test', target, status: 200, detail: '{"a":"渣土"}' });

describe('the audit of a server', () => {
  let server: TestServer;
  const tokens: Record<string, string> = {};
  const call = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, who = 'admin') =>
    request(server.url)
      [method](api + path)
      .set({ Authorization: `Bearer ${tokens[who] ?? who}` });
  const rows = async (query = '', who = 'admin'): Promise<AuditRow[]> => (await call('get', `/audit?${query}`, who).expect(200)).body.items;
  const newest = async () => (await rows('limit=1'))[0]!;

  beforeAll(async () => {
    server = await startTestServer();
    tokens.admin = server.adminToken;
    const auth = server.app.get(AuthService);
    const ring = [[121, 29], [121.1, 29], [121.1, 29.1], [121, 29.1], [121, 29]]; // prettier-ignore
    await call('post', '/districts')
      .send({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { id: 'north', name: '一区' } })
      .expect(201);
    const people = [
      { username: 'operator', role: 'operator' },
      { username: 'supervisor', role: 'supervisor' },
      { username: 'district', role: 'supervisor', districtIds: ['north'] },
      { username: 'of-district', role: 'operator', districtIds: ['north'] },
    ];
    for (const person of people) {
      await call('post', '/accounts')
        .send({ ...person, password: PASSWORD })
        .expect(201);
      tokens[person.username] = await auth.login(person.username, PASSWORD, '127.0.0.1', null);
    }
  });
  afterAll(() => server.close());

  it('has a row for each change before it is answered: who, from where, what, to what, with what answer', async () => {
    await call('post', '/companies').send({ id: 'c1', name: '甬江运输' }).expect(201);
    const { seq, at, hash, accountId, ...row } = await newest();
    expect(row).toEqual({
      username: 'admin',
      role: 'admin',
      address: '127.0.0.1',
      action: 'POST /api/v1/companies',
      target: 'c1',
      status: 201,
      detail: { body: { id: 'c1', name: '甬江运输' } },
    });
    expect(accountId).toMatch(/^[0-9a-f]{16}$/);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(seq).toBeGreaterThan(1);
    expect(Date.parse(at)).toBeGreaterThan(Date.now() - 60_000);

    await call('patch', '/companies/c1').send({ phone: '0574' }).expect(200);
    expect(await newest()).toMatchObject({ action: 'PATCH /api/v1/companies/:id', target: 'c1', status: 200, detail: { body: { phone: '0574' } } });
    await call('post', '/trucks').send({ plate: '浙B1', companyId: 'c1' }).expect(201);
    expect((await newest()).target).toMatch(/\w/); // the id that was made
  });

  it('has what failed too, and what was wrong with it; reading leaves no row', async () => {
    const before = await newest();
    await call('get', '/companies').expect(200);
    expect(await newest()).toEqual(before);
    await call('post', '/companies').send({ id: 'c1', name: '甬江运输' }).expect(409);
    expect(await newest()).toMatchObject({
      seq: before.seq + 1,
      action: 'POST /api/v1/companies',
      status: 409,
      detail: { why: expect.stringContaining('c1') },
    });
    await call('post', '/companies').send({ nonsense: 1 }).expect(400);
    expect(await newest()).toMatchObject({ status: 400, detail: { body: { nonsense: 1 } } });
  });

  it('has log-ins, those that failed and log-outs, without the password', async () => {
    const login = (username: string, password: string) => request(server.url).post(`${api}/auth/login`).send({ username, password });
    const { body } = await login('operator', PASSWORD).expect(200);
    expect(await newest()).toMatchObject({
      username: 'operator',
      role: 'operator',
      accountId: expect.any(String),
      status: 200,
      detail: { body: { username: 'operator', password: '***' } },
    });
    await login('nobody', 'the wrong password').expect(401);
    expect(await newest()).toMatchObject({ username: 'nobody', accountId: null, action: 'POST /api/v1/auth/login', status: 401 });
    await call('post', '/auth/logout', body.token).expect(204);
    expect(await newest()).toMatchObject({ username: 'operator', action: 'POST /api/v1/auth/logout', status: 204 });
    const { rows: text } = await server.database.query<{ text: string }>(`select string_agg(detail, ' ') as text from audit_rows`);
    for (const word of [PASSWORD, 'the wrong password', body.token]) expect(text[0]!.text).not.toContain(word);
  });

  it('has what was refused, once a minute each, with how often', async () => {
    const before = (await newest()).seq;
    for (let i = 0; i < 5; i++) await call('post', '/companies', 'operator').send({ name: 'x' }).expect(403);
    await call('get', '/accounts', 'operator').expect(403);
    await call('get', '/companies', 'a-token-of-nobody').expect(401);
    await request(server.url).get(`${api}/companies`).expect(401); // nobody: no row
    await eventually(
      'refusals are written',
      async () => (await newest()).seq,
      (seq) => seq >= before + 3,
    );
    await server.app.get(Refusals).fold();
    const refused = (await rows('limit=20')).filter(({ seq }) => seq > before).reverse();
    expect(refused.map(({ username, action, status, detail }) => [username, action, status, detail])).toEqual([
      ['operator', 'POST /api/v1/companies', 403, null],
      ['operator', 'GET /api/v1/accounts', 403, null],
      [null, 'GET /api/v1/companies', 401, null],
      ['operator', 'POST /api/v1/companies', 403, { again: 4 }],
    ]);
  });

  it('never has a secret that was given, in JSON or CSV', async () => {
    await call('post', '/trucks').send({ id: 't1', plate: '浙B2', companyId: 'c1' }).expect(201);
    await call('post', '/terminals').send({ id: 'd1', truckId: 't1', secret: 'a secret in json' }).expect(201);
    await call('post', '/terminals/import').set('Content-Type', 'text/csv').send('id,truckId,secret\nd2,t1,a secret in csv!\n').expect(200);
    expect((await newest()).detail).toEqual({ body: { csv: 'id,truckId,secret', bytes: 41 } });
    await call('patch', '/terminals/d1').send({ secret: null }).expect(200);
    expect((await newest()).detail).toEqual({ body: { secret: null } });
    const { rows: text } = await server.database.query<{ text: string }>(`select string_agg(detail, ' ') as text from audit_rows`);
    expect(text[0]!.text).not.toMatch(/a secret in/);
  });

  it('is read by admins and supervisors only, filtered, page by page, and within a district by what its own people did', async () => {
    await call('get', '/audit', 'operator').expect(403);
    await call('get', '/audit/verify', 'operator').expect(403);
    // A refusal is answered before its row is there.
    await eventually(
      'both refusals stand there',
      async () => (await rows('username=operator&action=/audit')).length,
      (count) => count >= 2,
    );
    const all = await rows('limit=500');
    const paged: AuditRow[] = [];
    for (let cursor = ''; ;) {
      const { body } = await call('get', `/audit?limit=7${cursor}`, 'supervisor').expect(200);
      paged.push(...body.items);
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(paged).toEqual(all);
    expect(new Set((await rows('username=nobody')).map(({ action }) => action))).toEqual(new Set(['POST /api/v1/auth/login']));
    expect((await rows('action=patch')).every(({ action }) => action.startsWith('PATCH '))).toBe(true);
    // A piece of the target is enough, and a made id may hold the same letters.
    const ofTerminal = (await rows('target=d1')).filter(({ target }) => target === 'd1');
    expect(ofTerminal.map(({ action }) => action)).toEqual(['PATCH /api/v1/terminals/:id', 'POST /api/v1/terminals']);
    expect(await rows('from=2090-01-01T00:00:00Z')).toEqual([]);
    expect(await rows('to=2020-01-01T00:00:00Z')).toEqual([]);
    await call('get', '/audit?cursor=x').expect(400);

    await call('post', '/companies', 'of-district').send({ name: 'x' }).expect(403);
    const seen = await rows('limit=500', 'district');
    expect([...new Set(seen.map(({ username }) => username))]).toEqual(['of-district']);
  });

  it('is whole, also after a restart, which it tells of; the end of each run is sealed', async () => {
    await server.app.get(Audit).seal();
    expect((await call('get', '/audit/verify').expect(200)).body).toMatchObject({ ok: true, faults: [], seals: 1 });
    await call('put', '/rules/spill').send({ limits: {}, reason: 'none' }).expect(200);
    server = await server.restart();
    tokens.admin = server.adminToken;
    const verdict: AuditVerdict = (await call('get', '/audit/verify').expect(200)).body;
    expect(verdict).toMatchObject({ ok: true, seals: 2 });
    expect((await rows('limit=3')).map(({ username, role, action }) => [username, role, action])).toContainEqual(['(server)', 'system', 'start']);
    expect((await rows('action=stop')).length).toBe(1);
    expect((await call('get', `/audit/verify?sha256=${verdict.lastSeal!.sha256}`).expect(200)).body.ok).toBe(true);
    expect((await call('get', `/audit/verify?sha256=${'f'.repeat(64)}`).expect(200)).body).toMatchObject({ ok: false });
  });

  it('costs a change little', async () => {
    const audit = server.app.get(Audit);
    const took: number[] = [];
    for (let i = 0; i < 50; i++) {
      const began = performance.now();
      await audit.add(act(`t${i}`));
      took.push(performance.now() - began);
    }
    took.sort((a, b) => a - b);
    if (process.env.MEASURE) console.log(`a row of the audit: p50 ${took[25]!.toFixed(2)} ms, p95 ${took[47]!.toFixed(2)} ms`);
    expect(took[25]).toBeLessThan(100);
  });
});

describe('verifying the audit finds', () => {
  let prepared: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    prepared = await openTestDatabase();
    db = prepared.database;
  });
  afterAll(() => prepared.close());
  beforeEach(async () => {
    await tamper('truncate audit_rows, audit_seals');
    const audit = new Audit(new AuditStore(db));
    for (let seal = 0; seal < 3; seal++) {
      for (let i = 1; i <= 4; i++) await audit.add(act(`t${seal * 4 + i}`));
      await audit.seal();
    }
    await audit.add(act('t13'));
  });

  /** As one who owns the database may: the trigger is no obstacle to them. */
  const tamper = async (...statements: string[]) => {
    for (const table of ['audit_rows', 'audit_seals']) await db.query(`alter table ${table} disable trigger all`);
    for (const sql of statements) await db.query(sql);
    for (const table of ['audit_rows', 'audit_seals']) await db.query(`alter table ${table} enable trigger all`);
  };
  const faults = async (held?: string) => {
    const { ok, faults: found } = await verifyAudit(db, held);
    expect(ok).toBe(found.length === 0);
    return found.map(({ seq, what }) => `${seq ?? '-'} ${what}`);
  };

  it('nothing where nothing was done', async () => {
    expect(await verifyAudit(db)).toEqual({
      ok: true,
      rows: 13,
      seals: 3,
      lastSeal: { at: expect.any(String), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      faults: [],
    });
  });

  it('a changed row, whichever column', async () => {
    for (const change of [`target = 'other'`, `at = at + interval '1 second'`, `username = null`, `detail = '{"a": "渣土"}'`, 'status = 500']) {
      const { rows: before } = await db.query('select * from audit_rows where seq = 6');
      await tamper(`update audit_rows set ${change} where seq = 6`);
      expect(await faults()).toEqual([expect.stringMatching(/^6 Row 6 was changed/)]);
      await tamper('delete from audit_rows where seq = 6');
      await db.query('insert into audit_rows select * from jsonb_populate_record(null::audit_rows, $1)', [JSON.stringify(before[0])]);
      expect(await faults()).toEqual([]);
    }
  });

  it('a changed row whose hash was computed anew', async () => {
    await tamper(`update audit_rows set target = 'other', hash = repeat('a', 64) where seq = 6`);
    expect(await faults()).toEqual([expect.stringMatching(/^6 /), expect.stringMatching(/^7 /), expect.stringMatching(/^- Seal 2 does not hold/)]);
  });

  it('a row that was taken out, sealed or not yet', async () => {
    await tamper('delete from audit_rows where seq = 7');
    expect(await faults()).toEqual(['7 Row 7 was taken out.', expect.stringMatching(/^- Seal 2 does not hold/)]);
  });

  it('rows that were moved up to hide the gap', async () => {
    await tamper('delete from audit_rows where seq = 7', 'update audit_rows set seq = seq - 1 where seq > 7');
    expect((await faults()).length).toBeGreaterThan(0);
  });

  it('a row that was put in, in the middle, before the first or after the last', async () => {
    const copy = (seq: string) =>
      `insert into audit_rows select ${seq}, at, account_id, username, role, address, action, target, status, detail, hash from audit_rows where seq = 5`;
    await tamper(copy('0'));
    expect(await faults()).toEqual(['0 Row 0 was put in.']);
    await tamper('delete from audit_rows where seq = 0', copy('14'));
    expect(await faults()).toEqual([expect.stringMatching(/^14 Row 14 was changed, or put in/)]);
    await tamper(
      'delete from audit_rows where seq = 14',
      'update audit_rows set seq = -seq where seq > 5',
      'update audit_rows set seq = 1 - seq where seq < 0',
      copy('6'),
    );
    expect((await faults())[0]).toMatch(/^6 Row 6 was changed, or put in/);
  });

  it('a changed seal, one that was taken out, and one with a hash computed anew', async () => {
    await tamper(`update audit_seals set at = at - interval '1 day' where number = 2`);
    expect(await faults()).toEqual([expect.stringMatching(/^- Seal 2 does not hold/)]);
    await tamper(`update audit_seals set sha256 = repeat('b', 64) where number = 2`);
    expect(await faults()).toEqual([expect.stringMatching(/^- Seal 2 /), expect.stringMatching(/^- Seal 3 /)]);
    await tamper('delete from audit_seals where number = 2');
    expect(await faults()).toEqual(['- A seal before seal 3 was taken out.']);
  });

  it('an end that was cut off below a seal', async () => {
    await tamper('delete from audit_rows where seq > 10');
    expect(await faults()).toEqual(['11 Rows 11 to 12 were cut off at the end.', expect.stringMatching(/^- Seal 3 does not hold/)]);
  });

  it('an end that was cut off with its seals, where one was kept elsewhere', async () => {
    const { lastSeal } = await verifyAudit(db);
    expect(await faults(lastSeal!.sha256)).toEqual([]);
    await tamper('delete from audit_rows where seq > 8', 'delete from audit_seals where number > 2');
    expect(await faults()).toEqual([]);
    expect(await faults(lastSeal!.sha256)).toEqual([expect.stringContaining(lastSeal!.sha256)]);
  });

  it('and without the trigger out of the way nothing can be changed at all', async () => {
    for (const table of ['audit_rows', 'audit_seals'])
      for (const sql of [`update ${table} set at = now()`, `delete from ${table}`, `truncate ${table}`])
        await expect(db.query(sql)).rejects.toThrow('The audit only grows');
  });
});

describe('writers of the audit', () => {
  let prepared: TestDatabase;
  beforeEach(async () => void (prepared = await openTestDatabase()));
  afterEach(() => prepared.close());

  it('that write at the same time leave no gap, also from another process', async () => {
    const { database: db, settings } = prepared;
    // The embedded database is one process's own; there the second writer at least knows nothing of the first.
    const other = settings.databaseUrl === null ? db : await openDatabase(settings);
    const [one, two] = [new Audit(new AuditStore(db)), new Audit(new AuditStore(other))];
    await Promise.all(Array.from({ length: 300 }, (_, i) => (i % 2 ? one : two).add(act(`t${i}`))));
    await Promise.all([one.seal(), two.seal(), one.add(act('after'))]);
    await one.seal();
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 301 });
    const { rows } = await db.query<{ count: number }>('select count(distinct target)::int as count from audit_rows');
    expect(rows[0]!.count).toBe(301);
    if (other !== db) await other.close();
  });

  it('whose answer was lost do not write twice', async () => {
    class Lossy extends AuditStore {
      lost = 0;
      override async add(...args: Parameters<AuditStore['add']>): Promise<void> {
        await super.add(...args);
        if (this.lost++ === 0) throw new Error('Connection terminated unexpectedly');
      }
    }
    const audit = new Audit(new Lossy(prepared.database));
    await Promise.all([audit.add(act('one')), audit.add(act('two'))]);
    expect(audit.writable).toBe(true);
    await audit.add(act('three'));
    expect(await verifyAudit(prepared.database)).toMatchObject({ ok: true, rows: 3 });
  });

  it('keep rows that cannot be written, and let nothing be changed until they are', async () => {
    const server = await startTestServer();
    const audit = server.app.get(Audit);
    const { database } = server;
    const post = (id: string) =>
      request(server.url)
        .post(`${api}/companies`)
        .set({ Authorization: `Bearer ${server.adminToken}` })
        .send({ id, name: id });
    try {
      await database.query('alter table audit_rows rename to audit_rows_away');
      await post('c1').expect(201); // the first one finds it out
      expect(audit.writable).toBe(false);
      const { body } = await post('c2').expect(503);
      expect(body.detail).toContain('audit');
      await database.query('alter table audit_rows_away rename to audit_rows');
      while (!audit.writable) await new Promise((resolve) => setTimeout(resolve, 50));
      await post('c2').expect(201);
      const { rows } = await database.query<{ target: string }>(`select target from audit_rows where action = 'POST /api/v1/companies' order by seq`);
      expect(rows.map(({ target }) => target)).toEqual(['c1', 'c2']);
    } finally {
      await server.close();
    }
  });
});

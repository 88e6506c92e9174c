import { createHash } from 'node:crypto';
import request from 'supertest';
import { FleetService } from '../apps/server/src/fleet/fleet.service.js';
import { emptyTables } from './support/database.js';
import { startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
let fleet: FleetService;
const api = '/api/v1';

const call = (method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string) =>
  request(server.url)
    [method](api + path)
    .set({ Authorization: `Bearer ${server.adminToken}` });
const csv = (path: string, text: string) => call('post', path).set('Content-Type', 'text/csv').send(text);
const versions = async (kind: string, id: string) => {
  const { rows } = await server.database.query(
    `select version, from_at::text as "from", entered_by as by, reason, data from world_versions where kind = $1 and id = $2 order by version`,
    [kind, id],
  );
  return rows;
};

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  const keep = await server.database.query('select * from accounts');
  const sessions = await server.database.query('select * from sessions');
  await emptyTables(server.database);
  for (const row of keep.rows)
    await server.database.query('insert into accounts select * from jsonb_populate_record(null::accounts, $1)', [JSON.stringify(row)]);
  for (const row of sessions.rows)
    await server.database.query('insert into sessions select * from jsonb_populate_record(null::sessions, $1)', [JSON.stringify(row)]);
  fleet = server.app.get(FleetService);
  await fleet.load();
  await call('post', '/companies').send({ id: 'c1', name: '甬江运输' }).expect(201);
  await call('post', '/trucks').send({ id: 't1', plate: '浙B12345', companyId: 'c1', ratedLoadKg: 20_000 }).expect(201);
});

describe('a truck', () => {
  it('is made, read, changed and retired; each change is a version with who and when', async () => {
    const made = await call('post', '/trucks').send({ id: 't2', plate: '浙B00002', companyId: 'c1' }).expect(201);
    expect(made.body).toEqual({ id: 't2', plate: '浙B00002', companyId: 'c1', ratedLoadKg: null, boxM3: null, colour: null, retired: false });
    await call('patch', '/trucks/t2').send({ colour: 'green', boxM3: 19 }).expect(200);
    await call('patch', '/trucks/t2').send({ colour: 'green' }).expect(200); // nothing changes
    await call('delete', '/trucks/t2').expect(204);
    expect((await call('get', '/trucks/t2').expect(200)).body).toMatchObject({ boxM3: 19, retired: true });
    expect(await versions('truck', 't2')).toEqual([
      { version: 1, from: '-infinity', by: 'admin', reason: null, data: expect.objectContaining({ colour: null }) },
      { version: 2, from: expect.stringMatching(/^20/), by: 'admin', reason: null, data: expect.objectContaining({ colour: 'green', boxM3: 19 }) },
      { version: 3, from: expect.stringMatching(/^20/), by: 'admin', reason: null, data: null },
    ]);
  });

  it('is refused with an unknown field, a wrong value, no company, a plate in use, each by name', async () => {
    const refused = async (body: object) => (await call('post', '/trucks').send(body).expect(400)).body.errors;
    expect(await refused({ plate: '浙B9', companyId: 'c1', weight: 3 })).toEqual([{ path: 'weight', message: 'is not a field that we know' }]);
    expect(await refused({ plate: '浙B9', companyId: 'c1', ratedLoadKg: 1 })).toEqual([{ path: 'ratedLoadKg', message: expect.stringMatching(/500.*not 1$/) }]);
    expect(await refused({ plate: '浙B9', companyId: 'nobody' })).toEqual([{ path: 'companyId', message: '"nobody" is no company that is registered' }]);
    expect(await refused({ plate: '浙B12345', companyId: 'c1' })).toEqual([{ path: 'plate', message: '"浙B12345" is the plate of truck t1 already' }]);
    await call('post', '/trucks').send({ id: 't1', plate: '浙B9', companyId: 'c1' }).expect(409);
    expect((await call('get', '/trucks/no%00').expect(400)).body.errors[0].message).toMatch(/A–Z/);
    await call('get', '/trucks/t9').expect(404);
    await call('patch', '/trucks/t9').send({}).expect(404);
  });

  it('is not retired while a terminal uses it, nor a company while trucks do', async () => {
    await call('post', '/terminals').send({ id: 'dev1', truckId: 't1' }).expect(201);
    expect((await call('delete', '/trucks/t1').expect(409)).body.detail).toBe('truck t1 is still used by terminal dev1; change or retire that first.');
    await call('delete', '/companies/c1').expect(409);
    await call('delete', '/terminals/dev1').expect(204);
    await call('delete', '/trucks/t1').expect(204);
    await call('delete', '/companies/c1').expect(204);
    await call('delete', '/companies/c1').expect(409);
  });

  it('frees its plate when retired', async () => {
    await call('delete', '/trucks/t1').expect(204);
    await call('post', '/trucks').send({ id: 't3', plate: '浙B12345', companyId: 'c1' }).expect(201);
    expect(fleet.truckByPlate('浙b·12345', Date.now())?.id).toBe('t3');
  });
});

describe('a list', () => {
  it('goes page by page, by id, and looks for pieces of id and plate', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => ({ id: `x${i}`, plate: `浙C0000${i}`, companyId: 'c1' }));
    await call('post', '/trucks/import').send(rows).expect(200);
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: request.Response = await call('get', `/trucks?limit=3${cursor && `&cursor=${cursor}`}`).expect(200);
      ids.push(...page.body.items.map((one: { id: string }) => one.id));
      cursor = page.body.nextCursor;
    }
    expect(ids).toEqual(['t1', 'x0', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6']);
    const found = await call('get', `/trucks?q=${encodeURIComponent('c00004')}`).expect(200);
    expect(found.body.items).toMatchObject([{ id: 'x4' }]);
    expect((await call('get', '/trucks?q=%25').expect(200)).body.items).toEqual([]);
    await call('delete', '/trucks/x0').expect(204);
    expect((await call('get', '/trucks?retired=true').expect(200)).body.items).toMatchObject([{ id: 'x0' }]);
  });

  it('refuses a limit above 500, naming it', async () => {
    const { body } = await call('get', '/trucks?limit=501').expect(400);
    expect(body.errors).toEqual([{ path: 'limit', message: expect.stringMatching(/500.*not "501"/) }]);
  });
});

describe('a terminal', () => {
  it('shows the secret that was made once, and keeps only its hash', async () => {
    const { body } = await call('post', '/terminals').send({ id: 'dev1', truckId: 't1' }).expect(201);
    expect(body.secret).toMatch(/^[0-9a-f]{32}$/);
    expect((await call('get', '/terminals/dev1').expect(200)).body).toEqual({ id: 'dev1', truckId: 't1', retired: false });
    expect(JSON.stringify((await call('get', '/terminals').expect(200)).body)).not.toMatch(/secret/i);
    const { rows } = await server.database.query('select secret_sha256 from terminals');
    expect(rows).toEqual([{ secret_sha256: createHash('sha256').update(body.secret).digest('hex') }]);
    expect(fleet.signIn('dev1', Buffer.from(body.secret))).toEqual({ kind: 'terminal', id: 'dev1' });
    expect(fleet.signIn('dev1', Buffer.from(`${body.secret}x`))).toBeNull();
    expect(fleet.signIn('dev2', Buffer.from(body.secret))).toBeNull();
  });

  it('gets another secret when null is asked for, and keeps it when it is not said', async () => {
    await call('post', '/terminals').send({ id: 'dev1', truckId: 't1', secret: 'sixteen letters!' }).expect(201);
    await call('patch', '/terminals/dev1').send({ truckId: 't1' }).expect(200);
    expect(fleet.signIn('dev1', Buffer.from('sixteen letters!'))).not.toBeNull();
    const { body } = await call('patch', '/terminals/dev1').send({ secret: null }).expect(200);
    expect(fleet.signIn('dev1', Buffer.from('sixteen letters!'))).toBeNull();
    expect(fleet.signIn('dev1', Buffer.from(body.secret))).not.toBeNull();
    expect(await versions('terminal', 'dev1')).toHaveLength(1);
    const { body: refused } = await call('patch', '/terminals/dev1').send({ secret: 'geheim' }).expect(400);
    expect(JSON.stringify(refused)).not.toContain('geheim');
  });

  it('answers for the truck that it was on at the time', async () => {
    await call('post', '/trucks').send({ id: 't2', plate: '浙B00002', companyId: 'c1' }).expect(201);
    await call('post', '/terminals').send({ id: 'dev1', truckId: 't1' }).expect(201);
    const before = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await call('patch', '/terminals/dev1').send({ truckId: 't2' }).expect(200);
    expect(fleet.truckOf('dev1', 0)?.id).toBe('t1');
    expect(fleet.truckOf('dev1', before)?.id).toBe('t1');
    expect(fleet.truckOf('dev1', Date.now() + 1_000)?.id).toBe('t2');
    await call('delete', '/terminals/dev1').expect(204);
    expect(fleet.truckOf('dev1', Date.now() + 1_000)).toBeNull();
    expect(fleet.truckOf('dev1', before)).toMatchObject({ id: 't1', plate: '浙B12345', ratedLoadKg: 20_000 });
  });

  it('does not share its id with a camera: both sign in by it', async () => {
    await call('post', '/terminals').send({ id: 'dev1', truckId: 't1' }).expect(201);
    await call('post', '/places')
      .send(site('s1', 121.5, 29.8))
      .expect(201);
    const { body } = await call('post', '/cameras').send({ id: 'dev1', placeId: 's1', name: 'gate' }).expect(400);
    expect(body.errors).toEqual([{ path: 'id', message: '"dev1" is the id of a terminal already; both sign in by their id' }]);
    const made = await call('post', '/cameras').send({ id: 'f1', placeId: 's1', name: 'gate', kind: 'frigate' }).expect(201);
    expect(fleet.signIn('f1', Buffer.from(made.body.secret))).toEqual({ kind: 'frigate', id: 'f1' });
    expect((await call('post', '/cameras').send({ placeId: 's1', name: 'gate 2' }).expect(201)).body).toMatchObject({
      id: expect.stringMatching(/^camera-/),
      kind: 'gate',
    });
  });
});

describe('the history of a thing', () => {
  const history = async (path: string) => (await call('get', `${path}/history`).expect(200)).body.items;

  it('says who changed which field from what to what, newest first, of what is judged by and of what is not', async () => {
    await call('patch', '/companies/c1').send({ phone: '0574-1' }).expect(200);
    await call('patch', '/companies/c1').send({ phone: '0574-1' }).expect(200); // nothing changes
    await call('post', '/companies').send({ id: 'c2', name: '北仑土方' }).expect(201);
    await call('patch', '/trucks/t1').send({ companyId: 'c2', boxM3: 19 }).expect(200);
    await call('delete', '/trucks/t1').expect(204);
    await call('post', '/trucks/import')
      .send([{ id: 't1', boxM3: 20 }])
      .expect(200);
    expect(await history('/companies/c1')).toEqual([
      { at: expect.any(String), by: 'admin', reason: null, what: 'changed', changes: [{ field: 'phone', from: null, to: '0574-1' }] },
      { at: expect.any(String), by: 'admin', reason: null, what: 'created', changes: [{ field: 'name', from: null, to: '甬江运输' }] },
    ]);
    expect((await history('/trucks/t1')).map(({ what, changes }: { what: string; changes: object[] }) => ({ what, changes }))).toEqual([
      { what: 'restored', changes: [{ field: 'boxM3', from: 19, to: 20 }] },
      { what: 'retired', changes: [] },
      {
        what: 'changed',
        changes: [
          { field: 'companyId', from: 'c1', to: 'c2' },
          { field: 'boxM3', from: null, to: 19 },
        ],
      },
      { what: 'created', changes: expect.arrayContaining([{ field: 'plate', from: null, to: '浙B12345' }]) },
    ]);
    await call('get', '/trucks/none/history').expect(404);
  });

  it('says that a terminal has another secret and never which', async () => {
    await call('post', '/terminals').send({ id: 'dev1', truckId: 't1', secret: 'sixteen letters!' }).expect(201);
    const { body } = await call('patch', '/terminals/dev1').send({ secret: null }).expect(200);
    const items = await history('/terminals/dev1');
    expect(items[0]).toMatchObject({ what: 'changed', changes: [{ field: 'secret', from: null, to: null }] });
    for (const secret of ['sixteen letters!', body.secret, createHash('sha256').update(body.secret).digest('hex')])
      expect(JSON.stringify(items)).not.toContain(secret);
  });

  it('tells of the time before edits were kept what the versions know', async () => {
    await call('patch', '/trucks/t1').send({ colour: 'red' }).expect(200);
    await server.database.query('delete from registry_edits');
    await call('patch', '/trucks/t1').send({ colour: 'green' }).expect(200);
    expect((await history('/trucks/t1')).map(({ what, changes }: { what: string; changes: object[] }) => [what, changes.at(-1)])).toEqual([
      ['changed', { field: 'colour', from: 'red', to: 'green' }],
      ['changed', { field: 'colour', from: null, to: 'red' }],
      ['created', { field: 'ratedLoadKg', from: null, to: 20_000 }],
    ]);
  });
});

describe('a dry run of an import', () => {
  it('answers the fate of every row, makes no secret and writes nothing', async () => {
    const text = 'id,truckId\nd1,t1\nd2,t9\nd 3,t1\n,t1\n';
    const { body } = await csv('/terminals/import?dryRun=true', text).expect(200);
    expect(body.items).toEqual([
      { row: 1, id: 'd1', result: 'created', changes: [], faults: [] },
      { row: 2, id: 'd2', result: 'bad', changes: [], faults: [{ path: 'truckId', message: '"t9" is no truck that is registered' }] },
      { row: 3, id: 'd 3', result: 'bad', changes: [], faults: [{ path: 'id', message: expect.stringMatching(/not "d 3"/) }] },
      { row: 4, id: null, result: 'created', changes: [], faults: [] },
    ]);
    expect((await call('get', '/terminals').expect(200)).body.items).toEqual([]);
    const changes = await call('post', '/trucks/import?dryRun=true')
      .send([{ id: 't1', colour: 'red' }, { id: 't1' }, { id: 't2', plate: '浙B12345', companyId: 'c1' }])
      .expect(200);
    expect(changes.body.items).toMatchObject([
      { result: 'changed', changes: [{ field: 'colour', from: null, to: 'red' }] },
      { result: 'bad', faults: [{ path: 'id' }] },
      { result: 'bad', faults: [{ path: 'plate', message: '"浙B12345" is the plate of truck t1 already' }] },
    ]);
    expect((await call('get', '/trucks/t1').expect(200)).body.colour).toBeNull();
  });
});

it('goes out as a file that an import takes back unchanged', async () => {
  await call('post', '/terminals').send({ id: 'dev1', truckId: 't1' }).expect(201);
  const { text } = await call('get', '/exports/registry?kind=trucks').expect(200);
  expect(text).toBe('\ufeffid,plate,companyId,ratedLoadKg,boxM3,colour\nt1,浙B12345,c1,20000,,\n');
  expect((await csv('/trucks/import', text).expect(200)).body.items).toEqual([{ id: 't1', result: 'unchanged' }]);
  expect((await call('get', '/exports/registry?kind=terminals').expect(200)).text).toBe('\ufeffid,truckId\ndev1,t1\n');
});

describe('an import', () => {
  it('makes, changes and leaves alone, and says which; a second time it changes nothing', async () => {
    const rows = [
      { id: 't1', ratedLoadKg: 21_000 }, // the other fields stay
      { id: 't2', plate: '浙B00002', companyId: 'c1' },
      { plate: '浙B00003', companyId: 'c1' },
    ];
    const first = await call('post', '/trucks/import').send({ items: rows }).expect(200);
    expect(first.body.items.map((item: { result: string }) => item.result)).toEqual(['changed', 'created', 'created']);
    expect((await call('get', '/trucks/t1').expect(200)).body).toMatchObject({ plate: '浙B12345', ratedLoadKg: 21_000 });
    const again = await call('post', '/trucks/import').send(rows.slice(0, 2)).expect(200);
    expect(again.body.items).toEqual([
      { id: 't1', result: 'unchanged' },
      { id: 't2', result: 'unchanged' },
    ]);
    expect(await versions('truck', 't2')).toHaveLength(1);
    const cleared = await call('post', '/trucks/import')
      .send([{ id: 't1', ratedLoadKg: null }])
      .expect(200);
    expect(cleared.body.items[0].result).toBe('changed');
    expect((await call('get', '/trucks/t1').expect(200)).body.ratedLoadKg).toBeNull();
  });

  it('takes all or nothing, and names every bad row with its field and value', async () => {
    const rows = [
      { id: 'ok', plate: '浙B00001', companyId: 'c1' },
      { id: 'bad id', plate: '浙B00002', companyId: 'c1' },
      { id: 'a', plate: '浙B00003', companyId: 'c9', ratedLoadKg: 'heavy' },
      { id: 'b', plate: '浙B00004', companyId: 'c9' },
      'not an object',
      { id: 'ok', plate: '浙B00005', companyId: 'c1', wheels: 8 },
      { id: 'ok', plate: '浙B00006', companyId: 'c1' },
    ];
    const { body } = await call('post', '/trucks/import').send(rows).expect(400);
    expect(body.detail).toBe('6 of 7 rows cannot be used; nothing was imported.');
    expect(body.errors).toEqual([
      { path: 'row 2: id', message: expect.stringMatching(/not "bad id"/) },
      { path: 'row 3: ratedLoadKg', message: expect.stringMatching(/not "heavy"/) },
      { path: 'row 4: companyId', message: '"c9" is no company that is registered' },
      { path: 'row 5', message: 'must be an object' },
      { path: 'row 6: wheels', message: 'is not a field that we know' },
      { path: 'row 7: id', message: '"ok" is also the id of row 1' },
    ]);
    expect((await call('get', '/trucks').expect(200)).body.items).toHaveLength(1);
    const twice = await call('post', '/trucks/import')
      .send([
        { id: 'p', plate: '浙B7', companyId: 'c1' },
        { id: 'q', plate: '浙B7', companyId: 'c1' },
      ])
      .expect(400);
    expect(twice.body.errors).toEqual([{ path: 'row 2: plate', message: '"浙B7" is the plate of truck p already' }]);
  });

  it('reads CSV: numbers, empty cells, a BOM, headers of its own', async () => {
    const { body } = await csv(
      '/trucks/import',
      '\ufeffid,plate,companyId,ratedLoadKg,colour\nt1,浙B12345,c1,,\nt2,"浙B,00002",c1,18000.5,"dark ""green"""\n',
    ).expect(200);
    expect(body.items).toEqual([
      { id: 't1', result: 'changed' },
      { id: 't2', result: 'created' },
    ]);
    expect((await call('get', '/trucks/t2').expect(200)).body).toMatchObject({ plate: '浙B,00002', ratedLoadKg: 18_000.5, colour: 'dark "green"' });
    const mapped = await csv(`/trucks/import?columns=${encodeURIComponent('plate:车牌号,companyId:公司')}`, '车牌号,公司\n浙B00009,c1\n').expect(200);
    expect(mapped.body.items[0].result).toBe('created');
    const wrong = await csv('/trucks/import', 'id,plate,companyId,ratedLoadKg\nt5,浙B5,c1,viel\nt6,浙B6,c1\n').expect(400);
    expect(wrong.body.detail).toMatch(/no CSV.*line 3/);
    const value = await csv('/trucks/import', 'id,plate,companyId,ratedLoadKg\nt5,浙B5,c1,viel\n').expect(400);
    expect(value.body.errors).toEqual([{ path: 'row 1: ratedLoadKg', message: expect.stringMatching(/not "viel"/) }]);
  });

  it('gives each new terminal a secret, shown in the answer, and keeps those there are', async () => {
    const first = await call('post', '/terminals/import')
      .send([
        { id: 'd1', truckId: 't1' },
        { id: 'd2', truckId: 't1', secret: 'given by the maker' },
      ])
      .expect(200);
    expect(first.body.items).toEqual([
      { id: 'd1', result: 'created', secret: expect.stringMatching(/^[0-9a-f]{32}$/) },
      { id: 'd2', result: 'created', secret: 'given by the maker' },
    ]);
    const again = await csv('/terminals/import', 'id,truckId,secret\nd1,t1,\nd2,t1,given by the maker\n').expect(200);
    expect(again.body.items).toEqual([
      { id: 'd1', result: 'unchanged' },
      { id: 'd2', result: 'unchanged' },
    ]);
    expect(fleet.signIn('d1', Buffer.from(first.body.items[0].secret))).not.toBeNull();
  });

  it('takes 10,000 rows and no more', async () => {
    const rows = Array.from({ length: 10_001 }, (_, i) => ({ id: `k${i}`, plate: `浙K${i}`, companyId: 'c1' }));
    expect((await call('post', '/trucks/import').send(rows).expect(400)).body.detail).toMatch(/10000/);
    const began = performance.now();
    await call('post', '/trucks/import').send(rows.slice(1)).expect(200);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect([...fleet.trucks()]).toHaveLength(10_001);
  });

  it('brings back what was retired', async () => {
    await call('delete', '/trucks/t1').expect(204);
    await call('patch', '/trucks/t1').send({ colour: 'red' }).expect(409);
    const { body } = await call('post', '/trucks/import')
      .send([{ id: 't1' }])
      .expect(200);
    expect(body.items).toEqual([{ id: 't1', result: 'changed' }]);
    expect((await versions('truck', 't1')).map((version) => version.data === null)).toEqual([false, true, false]);
  });
});

describe('rules', () => {
  it('are listed with their limits and defaults, and take a city’s own with a reason', async () => {
    const before = (await call('get', '/rules').expect(200)).body.items.find((rule: { code: string }) => rule.code === 'spill');
    expect(before).toMatchObject({ name: { zh: expect.any(String), en: expect.any(String) }, limits: before.defaults });
    const { body } = await call('put', '/rules/spill')
      .send({ limits: { holdS: 8 }, reason: 'wind' })
      .expect(200);
    expect(body.limits).toEqual({ ...before.defaults, holdS: 8 });
    await call('put', '/rules/spill')
      .send({ limits: { holdS: 8 }, reason: 'again' })
      .expect(200);
    expect(await versions('limits', 'spill')).toEqual([{ version: 1, from: expect.stringMatching(/^20/), by: 'admin', reason: 'wind', data: { holdS: 8 } }]);
    expect(fleet.worlds.at(Date.now() + 1_000).limits('spill', before.defaults)).toEqual(body.limits);
    expect(fleet.worlds.at(Date.now() - 60_000).limits('spill', before.defaults)).toEqual(before.defaults);
    await call('put', '/rules/spill').send({ limits: {}, reason: 'back' }).expect(200);
    expect((await versions('limits', 'spill'))[1]).toMatchObject({ data: null });
  });

  it('refuse limits that they do not have, and changes without a reason', async () => {
    const { body } = await call('put', '/rules/spill')
      .send({ limits: { angle: 3, holdS: -1 }, reason: 'x' })
      .expect(400);
    expect(body.errors).toEqual([
      { path: 'limits.angle', message: expect.stringContaining('no limit of spill') },
      { path: 'limits.holdS', message: 'must not be below 0, not -1' },
    ]);
    await call('put', '/rules/spill').send({ limits: {} }).expect(400);
    await call('put', '/rules/gravity').send({ limits: {}, reason: 'x' }).expect(404);
  });
});

it('knows everything again after a restart', async () => {
  const { body } = await call('post', '/terminals').send({ id: 'dev1', truckId: 't1' }).expect(201);
  await call('post', '/places')
    .send(site('s1', 121.5, 29.8))
    .expect(201);
  await call('put', '/rules/spill')
    .send({ limits: { holdS: 8 }, reason: 'wind' })
    .expect(200);
  server = await server.restart();
  fleet = server.app.get(FleetService);
  expect(fleet.truckOf('dev1', 0)).toMatchObject({ id: 't1', plate: '浙B12345' });
  expect(fleet.signIn('dev1', Buffer.from(body.secret))).not.toBeNull();
  expect(fleet.worlds.at(Date.now()).place('s1')?.name).toBe('s1');
  expect(fleet.limits('spill')).toEqual({ holdS: 8 });
  const again = await call('post', '/places/import')
    .send({ type: 'FeatureCollection', features: [site('s1', 121.5, 29.8)] })
    .expect(200);
  expect(again.body.items).toEqual([{ id: 's1', result: 'unchanged' }]);
});

function site(id: string, lon: number, lat: number) {
  const ring = [
    [lon, lat],
    [lon + 0.002, lat],
    [lon + 0.002, lat + 0.002],
    [lon, lat + 0.002],
    [lon, lat],
  ];
  return { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { id, kind: 'site', name: id } };
}

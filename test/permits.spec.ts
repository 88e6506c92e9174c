import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { migrate, migrationsFolder, readMigrations } from '../apps/server/src/db/migrate.js';
import { type Scope, type Viewer, WHOLE_CITY } from '../apps/server/src/auth/viewer.js';
import { FleetService, type FleetChange } from '../apps/server/src/fleet/fleet.service.js';
import { RegistryService } from '../apps/server/src/fleet/registry.service.js';
import type { Resource } from '../apps/server/src/fleet/resource.js';
import { DRIVERS, PERMITS } from '../apps/server/src/fleet/resources.js';
import { City, eastOf, LAT, square } from './support/city.js';
import { openTestDatabase } from './support/database.js';
import { Page } from './support/page.js';
import { startTestServer } from './support/server.js';

const LON = 113.4;
const T1 = { id: 't1', companyId: 'c1' };
const soon = () => Date.now() + 1_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let city: City;
let fleet: FleetService;
const changes: FleetChange[] = [];

const call: City['call'] = (method, path, token) => city.call(method, path, token);
const csv = (path: string, text: string) => call('post', path).set('Content-Type', 'text/csv').send(text);
/** A route due east from the site, `north` metres beside it. */
const route = (id: string, properties: object = {}, north = 0, metres = 5_000) => ({
  type: 'Feature',
  geometry: { type: 'LineString', coordinates: [0, metres / 2, metres].map((east) => [eastOf(LON, east), LAT + north / 111_195]) },
  properties: { id, name: id, ...properties },
});
const permit = (id: string, more: object = {}) => ({ id, companyId: 'c1', siteId: 's1', yardIds: ['y1'], ...more });
const refused = async (path: string, body: object) => (await call('post', path).send(body).expect(400)).body.errors as { path: string; message: string }[];
const versions = async (kind: string, id: string) => {
  const { rows } = await city.server.database.query(
    `select version, extract(epoch from from_at)::float8 * 1000 as "from", entered_by as by, data from world_versions where kind = $1 and id = $2 order by version`,
    [kind, id],
  );
  return rows as { version: number; from: number; by: string; data: Record<string, unknown> | null }[];
};

beforeAll(async () => {
  city = new City(await startTestServer());
  fleet = city.server.app.get(FleetService);
  fleet.onChanged((what) => changes.push(what));
  await city.trucks(['t1', 't2'], 'c1');
  await city.trucks(['t3'], 'c2');
  const features = [
    square('s1', 'site', LON, 200),
    square('s2', 'site', LON + 0.3, 200),
    square('y1', 'yard', LON + 0.05, 200),
    square('w1', 'wash-bay', LON + 0.1, 50),
  ];
  await call('post', '/places/import').send({ type: 'FeatureCollection', features }).expect(200);
});
afterAll(() => city.close());

describe('a route', () => {
  it('goes in and comes out as the same feature, unknown properties too', async () => {
    const said = route('r1', { widthM: 40, validFrom: '2026-01-01T00:00:00+08:00', permitNo: 'NB-7', note: null });
    const { body } = await call('post', '/routes').send(said).expect(201);
    expect(body).toEqual({
      type: 'Feature',
      id: 'r1',
      geometry: said.geometry,
      properties: { id: 'r1', name: 'r1', widthM: 40, validFrom: '2025-12-31T16:00:00.000Z', permitNo: 'NB-7' },
    });
    expect((await call('get', '/routes/r1').expect(200)).body).toEqual(body);
    expect((await call('get', '/routes?q=R1').expect(200)).body).toEqual({ type: 'FeatureCollection', features: [body], nextCursor: null });
    await call('post', '/routes').send(said).expect(409);
  });

  it('is measured against at once, and as it stood at the time', async () => {
    await call('post', '/routes')
      .send(route('r2', { widthM: 40, validFrom: '2026-01-01T00:00:00Z' }))
      .expect(201);
    const off = (at: number) => fleet.worlds.at(at).offRouteM(['r2'], [eastOf(LON, 1_000), LAT + 120 / 111_195], at)?.offM ?? null;
    const before = Date.now();
    expect(off(Date.parse('2025-12-31T23:59:59Z'))).toBeNull();
    expect(off(Date.parse('2026-01-01T00:00:00Z'))).toBeCloseTo(100, 0); // the first version reaches back to its validFrom
    await wait(10);
    await call('patch', '/routes/r2')
      .send({ properties: { widthM: 300 } })
      .expect(200);
    expect(off(soon())).toBeCloseTo(-30, 0);
    expect(off(before)).toBeCloseTo(100, 0);
    await call('delete', '/routes/r2').expect(204);
    expect(off(soon())).toBeNull();
    expect((await versions('route', 'r2')).map(({ data }) => data === null)).toEqual([false, false, true]);
  });

  it.each([
    ['one position', { ...route('x'), geometry: { type: 'LineString', coordinates: [[113, 31]] } }, /geometry\.coordinates/],
    ['no two different positions', route('x', {}, 0, 0), /geometry the line has no two different positions.*route x/],
    ['degrees that are none', { ...route('x'), geometry: { type: 'LineString', coordinates: [[31, 113], [31, 114]] } }, /\[lon, lat\]/], // prettier-ignore
    ['500 km and more', route('x', {}, 0, 510_000), /is 5\d\d km long/],
    ['no width', route('x', { widthM: 0.5 }), /properties\.widthM .*not 0\.5/],
    ['a width of a kilometre and more', route('x', { widthM: 1_001 }), /properties\.widthM .*not 1001/],
    ['a polygon', { ...route('x'), geometry: square('x', 'site', LON, 100).geometry }, /geometry\.type/],
    ['no name', route('x', { name: null }), /properties\.name/],
    ['its end before its beginning', route('x', { validFrom: '2026-02-01T00:00:00Z', validTo: '2026-01-01T00:00:00Z' }), /properties\.validTo .*is not after/],
  ])('is refused with %s, which is named', async (_what, body, why) => {
    const answer = await call('post', '/routes').send(body).expect(400);
    expect(answer.body.detail).toMatch(why);
  });

  it('is imported with others, all or nothing, and told once', async () => {
    const features = [route('i1'), route('i2', { widthM: 5_000 }), route('i1')];
    const { body } = await call('post', '/routes/import').send({ type: 'FeatureCollection', features }).expect(400);
    expect(body.detail).toBe('2 of 3 rows cannot be used; nothing was imported.');
    expect(body.errors).toEqual([
      { path: 'row 2: properties.widthM', message: expect.stringMatching(/1000.*not 5000$/) },
      { path: 'row 3: id', message: '"i1" is also the id of row 1' },
    ]);
    await call('get', '/routes/i1').expect(404);
    changes.length = 0;
    const good = { type: 'FeatureCollection', features: [route('i1'), { ...route('i2'), geometry: { type: 'MultiLineString', coordinates: [[[113, 31], [113.1, 31]]] } }] }; // prettier-ignore
    const first = await call('post', '/routes/import').send(good).expect(200);
    expect(first.body.items.map(({ result }: { result: string }) => result)).toEqual(['created', 'created']);
    const again = await call('post', '/routes/import').send(good).expect(200);
    expect(again.body.items.map(({ result }: { result: string }) => result)).toEqual(['unchanged', 'unchanged']);
    expect(changes).toEqual(['routes']);
    expect((await csv('/routes/import', 'id,name\na,b\n').expect(400)).body.detail).toMatch(/GeoJSON/);
  });
});

describe('a permit', () => {
  it('is made, read, changed and retired; each change is a version with who and when', async () => {
    const said = permit('p1', {
      truckIds: ['t1', 't1'],
      routeIds: ['r1'],
      hours: [{ days: [1], from: '21:00', to: '05:00' }],
      validFrom: '2026-03-01T00:00:00+08:00',
    });
    const made = await call('post', '/permits').send(said).expect(201);
    expect(made.body).toEqual({
      ...said,
      truckIds: ['t1'],
      validFrom: '2026-02-28T16:00:00.000Z',
      validTo: null,
      volumeM3: null,
      hauledM3: 0,
      hauls: 0,
      estimatedHauls: 0,
      retired: false,
    });
    expect((await call('get', '/permits/p1').expect(200)).body).toEqual(made.body);
    const changed = await call('patch', '/permits/p1').send({ volumeM3: 12_000, hours: null, truckIds: null }).expect(200);
    expect(changed.body).toMatchObject({ volumeM3: 12_000, hours: null, truckIds: [], routeIds: ['r1'] });
    await call('patch', '/permits/p1').send({ volumeM3: 12_000 }).expect(200); // nothing changes
    await call('delete', '/permits/p1').expect(204);
    expect((await call('get', '/permits?retired=true').expect(200)).body.items).toMatchObject([{ id: 'p1', retired: true }]);
    expect(await versions('permit', 'p1')).toMatchObject([
      { version: 1, from: Date.parse('2026-02-28T16:00:00Z'), by: 'admin', data: { truckIds: ['t1'], volumeM3: null } },
      { version: 2, by: 'admin', data: { truckIds: [], volumeM3: 12_000 } },
      { version: 3, by: 'admin', data: null },
    ]);
  });

  it('counts at once, and what was judged under the old version stands', async () => {
    const ids = (at: number, truck = T1) =>
      fleet.worlds
        .at(at)
        .permitsOf(truck, at)
        .map(({ id }) => id);
    changes.length = 0;
    await call('post', '/permits')
      .send(permit('p2', { truckIds: ['t1'], validFrom: '2026-01-01T00:00:00Z', validTo: '2090-01-01T00:00:00Z' }))
      .expect(201);
    expect(changes).toEqual(['permits']);
    expect(ids(Date.parse('2025-12-31T23:59:59Z'))).toEqual([]);
    expect(ids(Date.parse('2026-01-01T00:00:00Z'))).toEqual(['p2']);
    expect(ids(soon(), { id: 't2', companyId: 'c1' })).toEqual([]);
    const before = Date.now();
    const { version } = fleet.worlds.at(before);
    await wait(10);
    await call('patch', '/permits/p2')
      .send({ truckIds: ['t2'] })
      .expect(200);
    expect(ids(soon())).toEqual([]);
    expect(ids(before)).toEqual(['p2']);
    expect(fleet.worlds.at(before).version).toBe(version);
    expect(fleet.worlds.at(soon()).version).not.toBe(version);
    await call('delete', '/permits/p2').expect(204);
    expect(ids(soon(), { id: 't2', companyId: 'c1' })).toEqual([]);
  });

  it('without validFrom counts from the moment it was entered', async () => {
    const before = Date.now() - 1;
    await call('post', '/permits').send(permit('p3')).expect(201);
    const [version] = await versions('permit', 'p3');
    expect(version!.from).toBeGreaterThanOrEqual(before - 5);
    expect(version!.from).toBeLessThanOrEqual(Date.now() + 5);
    expect(fleet.worlds.at(before - 5_000).permit('p3')).toBeUndefined();
    await call('delete', '/permits/p3').expect(204);
  });

  it('that makes no sense is refused in a sentence that names field and value', async () => {
    await call('post', '/routes')
      .send(route('away', {}, 2_000))
      .expect(201);
    await call('post', '/routes').send(route('gone')).expect(201);
    await call('delete', '/routes/gone').expect(204);
    expect(await refused('/permits', permit('x', { weight: 3 }))).toEqual([{ path: 'weight', message: 'is not a field that we know' }]);
    expect(await refused('/permits', permit('x', { yardIds: [] }))).toEqual([{ path: 'yardIds', message: 'must name a yard' }]);
    expect(await refused('/permits', permit('x', { siteId: 'nowhere' }))).toEqual([{ path: 'siteId', message: '"nowhere" is no place that is registered' }]);
    expect(await refused('/permits', permit('x', { siteId: 'y1', yardIds: ['w1'] }))).toEqual([
      { path: 'siteId', message: '"y1" is no site: it is a yard' },
      { path: 'yardIds', message: '"w1" is no yard: it is a wash bay' },
    ]);
    expect(await refused('/permits', permit('x', { truckIds: ['t1', 't3', 't9'] }))).toEqual([
      { path: 'truckIds', message: '"t9" is no truck that is registered' },
    ]);
    expect(await refused('/permits', permit('x', { truckIds: ['t1', 't3'] }))).toEqual([
      { path: 'truckIds', message: '"t3" is a truck of company "c2", not of "c1"' },
    ]);
    expect(await refused('/permits', permit('x', { routeIds: ['gone', 'none'] }))).toEqual([
      { path: 'routeIds', message: '"gone" is a retired route' },
      { path: 'routeIds', message: '"none" is no route that is registered' },
    ]);
    expect(await refused('/permits', permit('x', { routeIds: ['r1', 'away'] }))).toEqual([
      { path: 'routeIds', message: '"away" comes nowhere within 1 km of the site "s1"' },
    ]);
    expect(await refused('/permits', permit('x', { hours: [{ from: '07:00', to: '07:00' }] }))).toMatchObject([{ path: 'hours.0.to' }]);
    expect(await refused('/permits', permit('x', { hours: [] }))).toMatchObject([{ path: 'hours' }]);
    expect(await refused('/permits', permit('x', { validFrom: '2026-02-01T00:00:00Z', validTo: '2026-02-01T08:00:00+08:00' }))).toMatchObject([
      { path: 'validTo' },
    ]);
    expect(await refused('/permits', permit('x', { validFrom: '0000-01-01T00:00:00Z' }))).toMatchObject([{ path: 'validFrom' }]);
    await call('get', '/permits/x').expect(404);
  });

  it('holds what it names in use, until it has expired', async () => {
    await call('post', '/permits')
      .send(permit('p4', { truckIds: ['t2'], routeIds: ['r1'] }))
      .expect(201);
    for (const path of ['/trucks/t2', '/routes/r1', '/places/s1', '/places/y1'])
      expect((await call('delete', path).expect(409)).body.detail).toMatch(/still used by (permit p4|terminal t2)/);
    expect((await call('patch', '/trucks/t2').send({ companyId: 'c2' }).expect(400)).body.detail).toMatch(/companyId "c2" .*permit p4/);
    const turned = await call('patch', '/places/y1').send({ properties: { kind: 'site' } }).expect(400); // prettier-ignore
    expect(turned.body.detail).toMatch(/properties\.kind "site" .*permit p4/);
    await call('patch', '/permits/p4').send({ validFrom: '2026-01-01T00:00:00Z', validTo: '2026-02-01T00:00:00Z' }).expect(200);
    await call('delete', '/routes/r1').expect(204);
    // It stays as it is, and an import of the whole list need not be refused for what is past.
    const whole = permit('p4', { truckIds: ['t2'], routeIds: ['r1'], validFrom: '2026-01-01T00:00:00Z', validTo: '2026-02-01T00:00:00Z' });
    const { body } = await call('post', '/permits/import').send([whole]).expect(200);
    expect(body.items).toEqual([{ id: 'p4', result: 'unchanged' }]);
    await call('post', '/routes/import')
      .send([route('r1')])
      .expect(200);
    await call('delete', '/permits/p4').expect(204);
  });
});

describe('an import of permits', () => {
  it('reads CSV: lists, hours, days in the city’s time', async () => {
    const text =
      'id,companyId,siteId,yardIds,truckIds,routeIds,hours,validFrom,validTo,volumeM3\n' +
      'k1,c1,s1,y1,t1;t2,r1,"[{""from"":""21:00"",""to"":""05:00""}]",2026-08-18,2026-12-31,3000\n' +
      'k2,c2,s1,y1,,,,,,\n';
    const { body } = await csv('/permits/import', text).expect(200);
    expect(body.items.map(({ result }: { result: string }) => result)).toEqual(['created', 'created']);
    expect((await call('get', '/permits/k1').expect(200)).body).toEqual({
      ...permit('k1', { truckIds: ['t1', 't2'], routeIds: ['r1'], hours: [{ from: '21:00', to: '05:00' }], volumeM3: 3_000, retired: false }),
      ...{ hauledM3: 0, hauls: 0, estimatedHauls: 0 },
      validFrom: '2026-08-17T16:00:00.000Z',
      validTo: '2026-12-31T16:00:00.000Z',
    });
    expect((await csv('/permits/import', text).expect(200)).body.items).toEqual([
      { id: 'k1', result: 'unchanged' },
      { id: 'k2', result: 'unchanged' },
    ]);
    const spaced = await csv('/permits/import', 'id,truckIds\nk1,t2 t1\n').expect(200);
    expect(spaced.body.items).toEqual([{ id: 'k1', result: 'changed' }]);
    expect((await call('get', '/permits?q=c2').expect(200)).body.items).toMatchObject([{ id: 'k2', truckIds: [] }]);
  });

  it('takes all or nothing, and names every bad row', async () => {
    const rows = [permit('ok'), permit('a', { siteId: 'y1' }), permit('b', { hours: 'nights' }), permit('c', { truckIds: ['t3'] }), permit('ok')];
    const { body } = await call('post', '/permits/import').send(rows).expect(400);
    expect(body.detail).toBe('4 of 5 rows cannot be used; nothing was imported.');
    expect(body.errors).toEqual([
      { path: 'row 2: siteId', message: '"y1" is no site: it is a yard' },
      { path: 'row 3: hours', message: expect.stringMatching(/not "nights"$/) },
      { path: 'row 4: truckIds', message: '"t3" is a truck of company "c2", not of "c1"' },
      { path: 'row 5: id', message: '"ok" is also the id of row 1' },
    ]);
    const cells = await csv('/permits/import', 'id,companyId,siteId,yardIds,validTo,volumeM3\nx,c1,s1,,soon,much\n').expect(400);
    expect(cells.body.errors.map(({ path }: { path: string }) => path)).toEqual(['row 1: yardIds', 'row 1: validTo', 'row 1: volumeM3']);
    await call('get', '/permits/ok').expect(404);
  });

  it('of 5,000 is in force when it is answered', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => permit(`m${i}`, { routeIds: ['r1'], truckIds: i % 2 ? ['t1'] : [] }));
    const began = performance.now();
    await call('post', '/permits/import').send(rows).expect(200);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(fleet.worlds.at(soon()).permitsOf(T1, soon()).length).toBeGreaterThanOrEqual(5_000);
    for (const row of rows) Object.assign(row, { validFrom: '2025-01-01T00:00:00Z', validTo: '2025-01-02T00:00:00Z' });
    await call('post', '/permits/import').send(rows).expect(200);
  }, 120_000);
});

it('drivers are made, changed, imported and retired', async () => {
  const { body } = await call('post', '/drivers').send({ id: 'd1', name: '王师傅', companyId: 'c1', phone: '138' }).expect(201);
  expect(body).toEqual({ id: 'd1', name: '王师傅', companyId: 'c1', phone: '138', licence: null, retired: false });
  await csv('/drivers/import', 'id,name,companyId,licence\nd1,王师傅,c1,B2\nd2,李师傅,c2,\n').expect(200);
  expect((await call('get', '/drivers').expect(200)).body.items).toMatchObject([{ id: 'd1', phone: '138', licence: 'B2' }, { id: 'd2' }]);
  expect(await refused('/drivers', { name: 'x', companyId: 'c9' })).toEqual([{ path: 'companyId', message: '"c9" is no company that is registered' }]);
  await call('delete', '/drivers/d1').expect(204);
  expect((await call('get', '/drivers').expect(200)).body.items).toMatchObject([{ id: 'd2' }]);
});

it('a camera is known where it hung at the time: at its own point, else in the middle of its place', async () => {
  await call('post', '/cameras').send({ id: 'g1', placeId: 's1', name: 'gate' }).expect(201);
  const middle = { id: 'g1', placeId: 's1', point: [expect.closeTo(eastOf(LON, 100), 6), expect.closeTo(LAT, 6)] };
  expect(fleet.cameraAt('g1', 0)).toEqual(middle); // it reaches back without end, past its place's first version too
  expect(fleet.cameraAt('g1', soon())).toEqual(middle);
  const before = Date.now();
  await wait(10);
  await call('patch', '/cameras/g1').send({ lon: 113.41, lat: 31.7 }).expect(200);
  await call('patch', '/cameras/g1').send({ name: 'other name', secret: null }).expect(200);
  expect(fleet.cameraAt('g1', soon())).toEqual({ id: 'g1', placeId: 's1', point: [113.41, 31.7] });
  expect(fleet.cameraAt('g1', before)).toEqual(middle);
  expect(fleet.cameraAt('g9', before)).toBeNull();
  await call('delete', '/cameras/g1').expect(204);
  expect(fleet.cameraAt('g1', soon())).toBeNull();
  expect(fleet.camera('g1')).toBeNull();
  expect(await versions('camera', 'g1')).toMatchObject([
    { version: 1, from: -Infinity, data: { placeId: 's1', lon: null, lat: null } },
    { version: 2, data: { lon: 113.41, lat: 31.7 } },
    { version: 3, data: null },
  ]);
});

it('operators read and do not write, and pages are told what to fetch again', async () => {
  const { token } = await city.person('reader');
  for (const list of ['permits', 'routes', 'drivers']) {
    await call('get', `/${list}`, token).expect(200);
    await call('post', `/${list}`, token).send({}).expect(403);
    await call('post', `/${list}/import`, token).send([]).expect(403);
    await call('delete', `/${list}/any`, token).expect(403);
    await request(city.server.url).get(`/api/v1/${list}`).expect(401);
  }
  const page = await Page.open(city.server.url, token);
  const told: string[] = [];
  page.socket.on('changed', ({ what }) => told.push(what));
  await call('patch', '/routes/r1')
    .send({ properties: { widthM: 60 } })
    .expect(200);
  await call('patch', '/permits/k2').send({ volumeM3: 1 }).expect(200);
  while (told.length < 2) await wait(10);
  expect(told).toEqual(['routes', 'permits']);
  page.close();
});

it('permits are seen by their company and by their site, drivers by their company', async () => {
  const registry = city.server.app.get(RegistryService);
  const seen = async (resource: Resource, scope: Partial<Scope>) => {
    const viewer = { scope: { ...WHOLE_CITY, ...scope } } as Viewer;
    return (await registry.list(resource, viewer, { limit: 500, q: resource === PERMITS ? 'k' : undefined, retired: false })).items.map(({ id }) => id);
  };
  expect(await seen(PERMITS, {})).toEqual(['k1', 'k2']);
  expect(await seen(PERMITS, { companyIds: ['c2'] })).toEqual(['k2']);
  expect(await seen(PERMITS, { placeIds: ['s1'] })).toEqual(['k1', 'k2']);
  expect(await seen(PERMITS, { placeIds: ['s2'] })).toEqual([]);
  expect(await seen(DRIVERS, { companyIds: ['c2'] })).toEqual(['d2']);
  expect(await seen(DRIVERS, { companyIds: ['c1'] })).toEqual([]);
});

it('everything is known again after a restart', async () => {
  const at = soon();
  const seen = () => {
    const world = fleet.worlds.at(at);
    return { version: world.version, permit: world.permit('k1'), route: world.route('r1'), permits: world.permitsOf(T1, at).map(({ id }) => id) };
  };
  const before = seen();
  expect(before.permit).toMatchObject({ truckIds: ['t2', 't1'], validFrom: Date.parse('2026-08-17T16:00:00Z') });
  await city.server.restart().then((server) => (city = new City(server)));
  fleet = city.server.app.get(FleetService);
  expect(seen()).toEqual(before);
  const again = await call('post', '/permits/import')
    .send([permit('k2', { companyId: 'c2', volumeM3: 1 })])
    .expect(200);
  expect(again.body.items).toEqual([{ id: 'k2', result: 'unchanged' }]);
});

it('cameras that were there before they had versions are given their first', async () => {
  const opened = await openTestDatabase({ migrated: false });
  const folder = await mkdtemp(join(tmpdir(), 'muck-migrations-'));
  const [first, second] = await readMigrations(migrationsFolder());
  const add = ({ name }: { name: string }) => copyFile(join(migrationsFolder(), name), join(folder, name));
  await add(first!);
  await migrate(opened.database, folder);
  await opened.database.query(`insert into places (id, kind, name, feature) values ('s1', 'site', 's1', '{}')`);
  await opened.database.query(
    `insert into cameras (id, place_id, name, kind, lon, lat, secret_sha256, retired) values ('a', 's1', 'a', 'gate', 113.4, 31.7, '', false), ('b', 's1', 'b', 'gate', null, null, '', true)`,
  );
  await add(second!);
  expect(await migrate(opened.database, folder)).toEqual([second!.name]);
  const { rows } = await opened.database.query(
    `select id, version, from_at = '-infinity' as always, data from world_versions where kind = 'camera' order by id, version`,
  );
  expect(rows).toEqual([
    { id: 'a', version: 1, always: true, data: { placeId: 's1', lon: 113.4, lat: 31.7 } },
    { id: 'b', version: 1, always: true, data: { placeId: 's1', lon: null, lat: null } },
    { id: 'b', version: 2, always: false, data: null },
  ]);
  await opened.close();
  await rm(folder, { recursive: true });
});

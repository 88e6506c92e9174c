import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { FleetService, type FleetChange } from '../apps/server/src/fleet/fleet.service.js';
import { startTestServer, type TestServer } from './support/server.js';

const SAMPLES = process.env.SAMPLES_DIR ?? join(import.meta.dirname, '../../shared/samples');
const hasSamples = existsSync(join(SAMPLES, 'ningbo-sites.csv'));
if (!hasSamples) console.warn(`\n!!! NOT TESTED: the real sites and yards. There are no samples in ${SAMPLES}; set SAMPLES_DIR.\n`);
const withSamples = hasSamples ? it : it.skip;

let server: TestServer;
let fleet: FleetService;
const changes: FleetChange[] = [];
const places = '/api/v1/places';

const call = (method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string) =>
  request(server.url)
    [method](path)
    .set({ Authorization: `Bearer ${server.adminToken}` });
const csv = (query: Record<string, string>, text: string) =>
  call('post', `${places}/import?${new URLSearchParams(query).toString()}`)
    .set('Content-Type', 'text/csv')
    .send(text);
const square = (lon: number, lat: number, size = 0.01) => [
  [lon, lat],
  [lon + size, lat],
  [lon + size, lat + size],
  [lon, lat + size],
  [lon, lat],
];
const feature = (id: string, properties: object = {}, coordinates: unknown = [square(121.5, 29.8)], type = 'Polygon') => ({
  type: 'Feature',
  geometry: { type, coordinates },
  properties: { id, kind: 'site', name: id, ...properties },
});
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });
const versions = async (id: string) => {
  const { rows } = await server.database.query(
    `select extract(epoch from from_at)::float8 * 1000 as "from", data from world_versions where kind = 'place' and id = $1 order by version`,
    [id],
  );
  return rows as { from: number; data: { properties: Record<string, unknown> } | null }[];
};

beforeAll(async () => {
  server = await startTestServer();
  fleet = server.app.get(FleetService);
  fleet.onChanged((what) => changes.push(what));
});
afterAll(() => server.close());

describe('a place', () => {
  it('goes in and comes out as the same feature, unknown properties too, altitude dropped, times in UTC', async () => {
    const hole = square(121.504, 29.804, 0.002).map(([lon, lat]) => [lon, lat, 12]);
    const said = feature(
      'p1',
      { hours: [{ days: [1, 2], from: '21:00', to: '05:00' }], validFrom: '2026-08-18T00:00:00+08:00', permit: { no: 'NB-7' }, managerIds: null },
      [square(121.5, 29.8), hole],
    );
    const { body } = await call('post', places).send(said).expect(201);
    expect(body).toEqual({
      type: 'Feature',
      id: 'p1',
      geometry: { type: 'Polygon', coordinates: [square(121.5, 29.8), square(121.504, 29.804, 0.002)] },
      properties: {
        id: 'p1',
        kind: 'site',
        name: 'p1',
        hours: [{ days: [1, 2], from: '21:00', to: '05:00' }],
        validFrom: '2026-08-17T16:00:00.000Z',
        permit: { no: 'NB-7' },
      },
    });
    expect((await call('get', `${places}/p1`).expect(200)).body).toEqual(body);
    expect((await call('get', `${places}?q=p1`).expect(200)).body).toEqual({ type: 'FeatureCollection', features: [body], nextCursor: null });
  });

  it('is judged by at once, at the times at which it stood', async () => {
    const began = Date.now();
    await call('post', places)
      .send(feature('p2', { validFrom: '2026-01-01T00:00:00Z' }, [square(121.6, 29.8)]))
      .expect(201);
    const hits = (at: number, lon = 121.605) =>
      fleet.worlds
        .at(at)
        .hits([lon, 29.805])
        .within.map(({ id }) => id);
    expect(hits(Date.parse('2025-12-31T23:59:59Z'))).toEqual([]);
    expect(hits(Date.parse('2026-01-01T00:00:00Z'))).toEqual(['p2']); // the first version reaches back to its validFrom
    await new Promise((resolve) => setTimeout(resolve, 10));
    await call('patch', `${places}/p2`)
      .send({ geometry: { type: 'Polygon', coordinates: [square(121.7, 29.8)] } })
      .expect(200);
    expect(hits(began)).toEqual(['p2']);
    expect(hits(Date.now() + 1_000)).toEqual([]);
    expect(hits(Date.now() + 1_000, 121.705)).toEqual(['p2']);
    await call('delete', `${places}/p2`).expect(204);
    expect(hits(Date.now() + 1_000, 121.705)).toEqual([]);
    expect(hits(began)).toEqual(['p2']);
    expect((await versions('p2')).map(({ data }) => data === null)).toEqual([false, false, true]);
  });

  it('without validFrom counts from the moment it was entered, one of the future too', async () => {
    const before = Date.now() - 1;
    await call('post', places).send(feature('p3')).expect(201);
    await call('post', places)
      .send(feature('p4', { validFrom: '2090-01-01T00:00:00Z' }))
      .expect(201);
    for (const id of ['p3', 'p4']) {
      const [version] = await versions(id);
      expect(version!.from).toBeGreaterThanOrEqual(before - 5);
      expect(version!.from).toBeLessThanOrEqual(Date.now() + 5);
    }
  });

  it('changes by the properties that are given; null takes one away; nothing changed makes no version', async () => {
    await call('post', places)
      .send(feature('p5', { capacityM3: 5_000, note: 'x' }))
      .expect(201);
    const { body } = await call('patch', `${places}/p5`)
      .send({ properties: { capacityM3: null, name: '新工地' } })
      .expect(200);
    expect(body.properties).toEqual({ id: 'p5', kind: 'site', name: '新工地', note: 'x' });
    await call('patch', `${places}/p5`)
      .send({ properties: { name: '新工地' } })
      .expect(200);
    expect(await versions('p5')).toHaveLength(2);
    expect((await call('patch', `${places}/p5`).send({ colour: 'red' }).expect(400)).body.errors[0].path).toBe('colour');
  });

  it.each([
    ['an open ring', feature('x', {}, [square(0, 0).slice(0, 4)]), /geometry ring 1 is not closed.*place x/],
    [
      'a bow tie',
      feature('x', {}, [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ]),
      /crosses itself/,
    ],
    ['no area', feature('x', {}, [square(121, 29, 1e-7)]), /area/],
    ['a continent', feature('x', {}, [square(100, 20, 30)]), /any city/],
    ['degrees that are none', feature('x', {}, [square(29, 121)]), /lon, lat/],
    ['a line', feature('x', {}, square(121, 29), 'LineString'), /type|Invalid/],
    ['no kind', feature('x', { kind: 'pond' }), /properties\.kind .*"pond"/],
    ['a zone without its limit', feature('x', { kind: 'speed-zone' }), /limitKmh a speed zone needs limitKmh/],
    ['hours that are none', feature('x', { hours: [{ from: '9:00', to: '25:00' }] }), /hours\.0\.from .*"9:00".*hours\.0\.to .*"25:00"/],
    ['the end before the beginning', feature('x', { validFrom: '2026-02-01T00:00:00Z', validTo: '2026-01-01T00:00:00Z' }), /validTo .*is not after validFrom/],
    ['U+0000 in a property that we do not know', feature('x', { note: 'a\u0000b' }), /properties\.note contains U\+0000/],
    ['half a surrogate pair', feature('x', { deep: { er: ['\ud800'] } }), /properties\.deep\.er\.0 contains/],
    ['depth without end', feature('x', { deep: Array.from({ length: 40 }).reduce((inner) => [inner], 1) as object }), /nested deeper/],
    ['a name with control characters', feature('x', { name: 'a\nb' }), /name must not contain control characters/],
  ])('is refused with %s, which is named', async (_what, body, why) => {
    const answer = await call('post', places).send(body).expect(400);
    expect(answer.body.detail).toMatch(why);
    await call('get', `${places}/x`).expect(404);
  });
});

describe('an import of places', () => {
  it('takes overlapping ones, multipolygons and holes, and tells the live side once', async () => {
    changes.length = 0;
    const two = [[square(121.1, 29.1)], [square(121.2, 29.1), square(121.203, 29.103, 0.002)]];
    const { body } = await call('post', `${places}/import`)
      .send(collection(feature('m1', {}, two, 'MultiPolygon'), feature('m2', {}, [square(121.105, 29.105)]), feature('m3', {}, [square(121.1, 29.1)])))
      .expect(200);
    expect(body.items.map((item: { result: string }) => item.result)).toEqual(['created', 'created', 'created']);
    expect(changes).toEqual(['places']);
    const world = fleet.worlds.at(Date.now() + 1_000);
    expect(
      world
        .hits([121.107, 29.107])
        .within.map(({ id }) => id)
        .sort(),
    ).toEqual(['m1', 'm2', 'm3']);
    expect(world.hits([121.204, 29.104]).within).toEqual([]);
  });

  it('is all or nothing, and names the bad features', async () => {
    const { body } = await call('post', `${places}/import`)
      .send(collection(feature('good'), feature('bad', {}, [square(0, 0).slice(0, 4)]), feature('good', { kind: 'pit' })))
      .expect(400);
    expect(body.errors).toEqual([
      { path: 'row 2: geometry', message: expect.stringContaining('(place bad)') },
      { path: 'row 3: properties.kind', message: expect.stringContaining('"pit"') },
    ]);
    await call('get', `${places}/good`).expect(404);
  });

  it('of 2,000 at once is in force when it is answered', async () => {
    const many = Array.from({ length: 2_000 }, (_, i) => {
      const [lon, lat] = [120 + (i % 50) * 0.02, 30 + Math.floor(i / 50) * 0.02];
      const ring = Array.from({ length: 60 }, (_, k) => [lon + 0.009 * Math.cos((k / 60) * 2 * Math.PI), lat + 0.009 * Math.sin((k / 60) * 2 * Math.PI)]);
      return feature(`k${i}`, {}, [[...ring, ring[0]]]);
    });
    changes.length = 0;
    await call('post', `${places}/import`)
      .send(collection(...many))
      .expect(200);
    expect(changes).toEqual(['places']);
    expect(fleet.worlds.at(Date.now() + 1_000).hits([120, 30]).within[0]?.id).toBe('k0');
    const again = await call('post', `${places}/import`)
      .send(collection(...many))
      .expect(200);
    expect(new Set(again.body.items.map((item: { result: string }) => item.result))).toEqual(new Set(['unchanged']));
  }, 120_000);

  it('reads CSV of points with a radius as wire.md has it', async () => {
    const text = 'id,kind,name,lon,lat,radiusM,hours,managerIds,note\nq1,yard,消纳场,121.9,29.9,120,"[{""from"":""06:00"",""to"":""22:00""}]",m1;m2,近河\n';
    await csv({}, text).expect(200);
    const { body } = await call('get', `${places}/q1`).expect(200);
    expect(body.properties).toEqual({
      id: 'q1',
      kind: 'yard',
      name: '消纳场',
      hours: [{ from: '06:00', to: '22:00' }],
      managerIds: ['m1', 'm2'],
      note: '近河',
    });
    expect(body.geometry.coordinates[0]).toHaveLength(65);
    const world = fleet.worlds.at(Date.now() + 1_000);
    const metre = 1 / 111_320;
    expect(world.hits([121.9, 29.9 + 119 * metre]).within.map(({ id }) => id)).toEqual(['q1']);
    expect(world.hits([121.9, 29.9 + 121 * metre]).within).toEqual([]);
    expect((await csv({}, text).expect(200)).body.items).toEqual([{ id: 'q1', result: 'unchanged' }]);
    const renamed = await csv({}, 'id,name\nq1,新消纳场\n').expect(200); // what it does not say stays
    expect(renamed.body.items[0].result).toBe('changed');
    expect((await call('get', `${places}/q1`).expect(200)).body.geometry).toEqual(body.geometry);
  });

  it('names the bad cells of a CSV', async () => {
    const { body } = await csv({}, 'id,kind,name,lon,lat,radiusM\na,site,A,121,north,50\nb,site,B,121,29,\nc,pit,C,121,29,50\n').expect(400);
    expect(body.errors).toEqual([
      { path: 'row 1: lat', message: expect.stringContaining('"north"') },
      { path: 'row 2: radiusM', message: expect.stringContaining('null') },
      { path: 'row 3: properties.kind', message: expect.stringContaining('"pit"') },
    ]);
    const missing = await csv({ columns: 'id:nummer' }, 'id,kind\na,site\n').expect(400);
    expect(missing.body.errors[0].message).toBe('The header has no column "nummer"');
  });

  withSamples('takes the 24 real sites and the 33 real yards in one call each, as they are', async () => {
    const sites = await csv(
      { kind: 'site', radiusM: '150', columns: 'id:site_id,name:site_code,lon:lng_wgs84,lat:lat_wgs84,validFrom:start_date,validTo:end_date' },
      await readFile(join(SAMPLES, 'ningbo-sites.csv'), 'utf8'),
    ).expect(200);
    expect(sites.body.items).toHaveLength(24);
    const yards = await csv(
      { kind: 'yard', radiusM: '200', columns: 'id:facility_id,name:facility_id,lon:lng_wgs84,lat:lat_wgs84' },
      await readFile(join(SAMPLES, 'ningbo-yards.csv'), 'utf8'),
    ).expect(200);
    expect(yards.body.items).toHaveLength(33);
    const first = (await call('get', `${places}/fb30e3728a67d398`).expect(200)).body;
    expect(first.properties).toMatchObject({
      name: 'NB801-NHXYLJD0088',
      district_code: '330226001000',
      validFrom: '2026-08-17T16:00:00.000Z',
      validTo: '2027-02-14T16:00:00.000Z',
    });
    const inForce = fleet.worlds.at(Date.parse('2026-10-01T00:00:00Z'));
    expect(inForce.hits([121.407639, 29.315797]).within.map(({ id }) => id)).toEqual(['fb30e3728a67d398']);
  });
});

describe('the base map', () => {
  it('is empty, is replaced whole, and says which coordinates are none', async () => {
    expect((await call('get', '/api/v1/base-map').expect(200)).body).toEqual(collection());
    const road = {
      type: 'Feature',
      geometry: {
        type: 'LineString',
        coordinates: [
          [121, 29],
          [121.1, 29.1],
        ],
      },
      properties: { kind: 'road', class: 'primary', name: '中山路' },
    };
    await call('put', '/api/v1/base-map').send(collection(road)).expect(204);
    const answer = await call('get', '/api/v1/base-map').expect(200);
    expect(answer.body).toEqual(collection(road));
    await call('get', '/api/v1/base-map').set('If-None-Match', answer.headers.etag!).expect(304);
    const bad = await call('put', '/api/v1/base-map')
      .send(
        collection({
          ...road,
          geometry: {
            type: 'LineString',
            coordinates: [
              [121, 29],
              ['x', 29],
            ],
          },
        }),
      )
      .expect(400);
    expect(bad.body.errors).toEqual([{ path: 'features.0.geometry.coordinates', message: 'must be [lon, lat] in degrees, not ["x",29]' }]);
  });
});

describe('a body', () => {
  it('of more than 1 MiB is taken by imports only, and by nobody who is not an admin', async () => {
    const large = { name: 'x'.repeat(1_100_000) };
    expect((await call('post', '/api/v1/companies').send(large).expect(413)).body.detail).toMatch(/at most 1048576/);
    await call('post', '/api/v1/companies/import').send([large]).expect(400);
    await request(server.url).post('/api/v1/companies/import').send([large]).expect(401);
  });

  it('that is no JSON, or says nothing, is refused as problem+json', async () => {
    const broken = await call('post', '/api/v1/companies')
      .set('Content-Type', 'application/json')
      .send('{"name": ')
      .expect(400)
      .expect('Content-Type', /problem\+json/);
    expect(broken.body.status).toBe(400);
    expect((await call('post', '/api/v1/companies').expect(400)).body.detail).toMatch(/body is expected/);
    await call('post', '/api/v1/companies/import').set('Content-Type', 'text/plain').send('x').expect(400);
  });
});

import type { LastSightings, SightingResource } from '@muckwatch/contract';
import type { MqttClient } from 'mqtt';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import type { Scope } from '../apps/server/src/auth/viewer.js';
import { SightingStore } from '../apps/server/src/history/sighting.store.js';
import { City, SECRET, square } from './support/city.js';
import { startTestServer } from './support/server.js';

const START = Math.floor(Date.now() / 1_000) - 600;
const isoOf = (seconds: number) => new Date(seconds * 1_000).toISOString();
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const jpegOf = (what: string) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(what)]);

let city: City;
let frigate: MqttClient;
let gate: MqttClient;

beforeAll(async () => {
  city = new City(await startTestServer());
  await city.trucks(['t1'], 'c1');
  await city.trucks(['t2'], 'c2');
  for (const [id, lon] of [
    ['s1', 113.4],
    ['s2', 113.9],
  ] as const) {
    await city
      .call('post', '/places')
      .send(square(id, 'site', lon, 200))
      .expect(201);
  }
  for (const camera of [
    { id: 'f1', placeId: 's1', name: '1 号门', kind: 'frigate', frigateName: 'gate_3' },
    { id: 'f2', placeId: 's2', name: '2 号门', kind: 'frigate', frigateName: 'north gate' },
    { id: 'gate', placeId: 's1', name: '西门' },
  ]) {
    await city
      .call('post', '/cameras')
      .send({ ...camera, secret: SECRET })
      .expect(201);
  }
  [frigate, gate] = [await city.device('f1'), await city.device('gate')];
});
afterAll(() => city.close());
beforeEach(() => city.server.database.query('delete from sightings'));

const tell = (topic: 'events' | 'tracked_object_update', value: unknown) => frigate.publishAsync(`frigate/${topic}`, JSON.stringify(value), { qos: 1 });
const see = (value: object) =>
  gate.publishAsync('muck/v1/cameras/gate/sightings', JSON.stringify({ kind: 'pass', direction: 'out', time: isoOf(START), ...value }), { qos: 1 });
const snapshot = (bytes: Buffer) => ({ snapshot: { type: 'image/jpeg', data: bytes.toString('base64') } });
const list = async (query = '') => (await city.call('get', `/sightings?${query}`).expect(200)).body as { items: SightingResource[]; nextCursor: string | null };
const idsOf = async (query = '') => (await list(query)).items.map(({ id }) => id);
const fileOf = (bytes: Buffer) => join(city.server.dataDir, 'media/sightings', sha256(bytes).slice(0, 2), `${sha256(bytes)}.jpg`);
const objectOf = (start: number, more: object = {}) => ({
  id: `${start}.5-abcdef`,
  camera: 'gate_3',
  label: 'car',
  start_time: start + 0.5,
  false_positive: false,
  ...more,
});

describe('Frigate', () => {
  it('tells one sighting of a passage, by the gate that bears its camera’s name, and of the truck that its plate names', async () => {
    const object = objectOf(START);
    await tell('events', { type: 'new', before: { ...object, false_positive: true }, after: object });
    expect(await idsOf()).toEqual([]);
    await tell('tracked_object_update', { type: 'lpr', id: object.id, plate: '鄂S·t1', score: 0.93, name: null, camera: 'gate_3', timestamp: START + 9 });
    // Frigate ends it as it knows it, which here is without the plate; in one batch with the update and in one of its own.
    await tell('events', { type: 'end', before: object, after: objectOf(START, { end_time: START + 20 }) });
    await Promise.all([tell('events', { type: 'end', before: object, after: object }), tell('events', { type: 'end', before: object, after: object })]);
    const { items } = await list();
    expect(items).toEqual([
      {
        id: object.id,
        camera: { id: 'f1', name: '1 号门' },
        place: { id: 's1', name: 's1' },
        at: isoOf(START + 0.5),
        heardAt: expect.any(String),
        kind: 'pass',
        direction: null,
        confidence: null,
        truck: { id: 't1', plate: '鄂S-t1' },
        plate: '鄂S·t1',
        plateConfidence: 0.93,
        covered: null,
        coveredConfidence: null,
        wheelsClean: null,
        wheelsCleanConfidence: null,
        picture: null,
        snapshotUrl: null,
      },
    ]);
  });

  it('tells of a truck that nobody could read once it has passed, and of a plate only as sure as it is', async () => {
    await tell('events', { type: 'end', before: objectOf(START), after: objectOf(START, { camera: 'north gate', label: 'truck' }) });
    const doubtful = { recognized_license_plate: ['鄂S-t1', 0.84] };
    await tell('events', { type: 'update', before: objectOf(START + 1), after: objectOf(START + 1, doubtful) });
    const { items } = await list();
    expect(items.map(({ camera, truck, plate }) => [camera.id, truck, plate])).toEqual([
      ['f1', null, '鄂S-t1'],
      ['f2', null, null],
    ]);
    expect((await city.server.database.query('select truck_id, plate_key from sightings where plate is not null')).rows).toEqual([
      { truck_id: null, plate_key: null },
    ]);
  });

  it('is heard of gates that are registered only: another name is put aside and said', async () => {
    const before = (await city.call('get', '/quarantine').expect(200)).body.items.length as number;
    await tell('events', { type: 'end', before: null, after: objectOf(START, { camera: 'back_yard' }) });
    await tell('events', { type: 'end', before: null, after: objectOf(START, { camera: 'f1' }) });
    await tell('events', { type: 'end', before: null, after: objectOf(START, { camera: 'front_door', label: 'person' }) });
    await tell('events', { type: 'end', before: null, after: objectOf(START, { start_time: '10:00' }) });
    const { items } = (await city.call('get', '/quarantine').expect(200)).body;
    expect(items.slice(0, items.length - before).map(({ reason, detail }: { reason: string; detail: string }) => `${reason}: ${detail}`)).toEqual([
      'wrong-type: after.start_time "10:00" is a string; a number is needed',
      'unknown-camera: no registered camera has the frigateName "f1"',
      'unknown-camera: no registered camera has the frigateName "back_yard"',
    ]);
    expect(await idsOf()).toEqual([]);
  });
});

describe('a picture', () => {
  const bytes = jpegOf('one');
  const pictureOf = (path: string) => request(city.server.url).get(path).set('Authorization', `Bearer ${city.server.adminToken}`).buffer(true);

  it('is a file named after its hash when the sighting is acknowledged, and is shown', async () => {
    await see({ id: 'a b/c', ...snapshot(bytes) });
    expect(sha256(readFileSync(fileOf(bytes)))).toBe(sha256(bytes));
    const [{ picture }] = (await list()).items as [SightingResource];
    expect(picture).toEqual({
      url: `/api/v1/sightings/gate/a%20b%2Fc/picture?sha256=${sha256(bytes)}`,
      type: 'image/jpeg',
      bytes: bytes.length,
      sha256: sha256(bytes),
    });
    const named = await pictureOf(picture!.url).expect(200);
    expect(named.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(bytes.length),
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(named.body).toEqual(bytes);
    const current = await pictureOf('/api/v1/sightings/gate/a%20b%2Fc/picture').expect(200);
    expect(current.headers['cache-control']).toBe('private, no-cache');
    expect(current.body).toEqual(bytes);
  });

  it('stays when an update brings none, and gives way to another', async () => {
    const other = jpegOf('two');
    await see({ id: 'p', ...snapshot(bytes) });
    await see({ id: 'p', covered: false });
    const first = (await list()).items[0]!.picture!;
    expect(first.sha256).toBe(sha256(bytes));
    // In one batch with an update that brings none.
    await Promise.all([see({ id: 'p', ...snapshot(other) }), see({ id: 'p', covered: true })]);
    expect((await list()).items[0]).toMatchObject({ covered: true, picture: { sha256: sha256(other) } });
    expect((await pictureOf((await list()).items[0]!.picture!.url).expect(200)).body).toEqual(other);
    await pictureOf(first.url).expect(404);
  });

  it('that there is not, and one whose file is gone, is a 404', async () => {
    await see({ id: 'none' });
    await see({ id: 'gone', ...snapshot(bytes) });
    await pictureOf('/api/v1/sightings/gate/none/picture').expect(404);
    await pictureOf('/api/v1/sightings/gate/nobody/picture').expect(404);
    await pictureOf('/api/v1/sightings/ga%00te/no%00ne/picture').expect(404);
    rmSync(fileOf(bytes));
    expect((await pictureOf('/api/v1/sightings/gate/gone/picture').expect(404)).body.detail).toBe('There is no such picture of sighting gone by camera gate.');
    expect(existsSync(fileOf(bytes))).toBe(false);
    await request(city.server.url).get('/api/v1/sightings/gate/gone/picture').expect(401);
  });

  it('that the disk does not take holds back the acknowledgement until it does, and nothing is put aside', async () => {
    const media = join(city.server.dataDir, 'media');
    renameSync(media, `${media}-away`);
    writeFileSync(media, 'not a folder');
    let acknowledged = false;
    const telling = see({ id: 'late', ...snapshot(jpegOf('late')) }).then(() => (acknowledged = true));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(acknowledged).toBe(false);
    expect(await idsOf()).toEqual([]);
    rmSync(media);
    renameSync(`${media}-away`, media);
    await telling;
    expect((await list()).items).toMatchObject([{ id: 'late', picture: { sha256: sha256(jpegOf('late')) } }]);
    expect(existsSync(fileOf(jpegOf('late')))).toBe(true);
  });
});

it('knows of each camera in use when it saw something last, for whoever may know the camera', async () => {
  const last = async () => (await city.call('get', '/sightings/last').expect(200)).body as LastSightings;
  const nothing = { items: ['f1', 'f2', 'gate'].map((camera) => ({ camera, at: null })) };
  expect(await last()).toEqual(nothing);
  await see({ id: 'new', time: isoOf(START + 60) });
  await see({ id: 'late', time: isoOf(START) });
  await city.call('post', '/cameras').send({ id: 'gone', placeId: 's2', name: '旧门', secret: SECRET }).expect(201);
  await city.call('delete', '/cameras/gone').expect(204);
  expect(await last()).toEqual({ items: [...nothing.items.slice(0, 2), { camera: 'gate', at: isoOf(START + 60) }] });

  const store = city.server.app.get(SightingStore);
  const ofCameras = async (scope: Partial<Scope>) =>
    (await store.last({ districtIds: null, companyIds: null, placeIds: null, ...scope })).items.map(({ camera }) => camera);
  expect([await ofCameras({ placeIds: ['s1'] }), await ofCameras({ placeIds: [] }), await ofCameras({ companyIds: ['c1'] })]).toEqual([['f1', 'gate'], [], []]);
});

describe('the list', () => {
  beforeEach(async () => {
    await see({ id: 'old', time: isoOf(START), plate: '鄂S-t1', plateConfidence: 0.9 });
    await see({ id: 'same time 1', time: isoOf(START + 10), plate: '鄂S-t2', plateConfidence: 0.9 });
    await see({ id: 'same time 2', time: isoOf(START + 10), plate: '鄂A·99999', plateConfidence: 0.9 });
    await tell('events', { type: 'end', before: null, after: objectOf(START + 20, { camera: 'north gate', recognized_license_plate: ['鄂S-t1', 0.9] }) });
  });
  const north = `${START + 20}.5-abcdef`;

  it('is newest first, page after page', async () => {
    const whole = [north, 'same time 2', 'same time 1', 'old'];
    expect(await idsOf()).toEqual(whole);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(`limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole);
    for (const cursor of [
      'x',
      Buffer.from('2026-11-23T21:04:10.000Z %').toString('base64url'),
      Buffer.from('2026-11-23T21:04:10.000Z a/%00').toString('base64url'),
    ]) {
      expect([200, 400]).toContain((await city.call('get', `/sightings?cursor=${cursor}`)).status);
    }
  });

  it.each([
    ['truck=t1', [north, 'old']],
    ['camera=gate', ['same time 2', 'same time 1', 'old']],
    ['place=s2', [north]],
    ['plate=' + encodeURIComponent('鄂a 99999'), ['same time 2']],
    [`from=${isoOf(START + 10)}&to=${isoOf(START + 20)}`, ['same time 2', 'same time 1']],
    ['truck=t1&place=s1', ['old']],
    ['truck=nobody', []],
  ])('of %s', async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids);
  });

  it('shows a place what its cameras saw, a company what was seen of its trucks, and their pictures to nobody else', async () => {
    const store = city.server.app.get(SightingStore);
    await see({ id: 'old', time: isoOf(START), plate: '鄂S-t1', plateConfidence: 0.9, ...snapshot(jpegOf('scope')) });
    const cases: [Scope, string[], boolean][] = [
      [{ districtIds: null, companyIds: null, placeIds: ['s1'] }, ['same time 2', 'same time 1', 'old'], true],
      [{ districtIds: null, companyIds: null, placeIds: ['s2'] }, [north], false],
      [{ districtIds: null, companyIds: ['c1'], placeIds: null }, [north, 'old'], true],
      [{ districtIds: null, companyIds: ['c2'], placeIds: null }, ['same time 1'], false],
      [{ districtIds: null, companyIds: ['c1'], placeIds: ['s2'] }, [north], false],
      [{ districtIds: null, companyIds: [], placeIds: null }, [], false],
    ];
    for (const [scope, ids, picture] of cases) {
      expect({ scope, ids: (await store.list(scope, { limit: 100 })).items.map(({ id }) => id) }).toEqual({ scope, ids });
      expect({ scope, picture: (await store.picture(scope, 'gate', 'old')) !== null }).toEqual({ scope, picture });
    }
  });
});

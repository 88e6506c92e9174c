import type { PlacePreview, PlaceVersions } from '@muckwatch/contract';
import { DAY_MS, MINUTE_MS } from '@muckwatch/domain';
import { request as httpRequest } from 'node:http';
import { now } from '../apps/server/src/clock.js';
import { City, drive, eastOf, square, times } from './support/city.js';
import { startTestServer } from './support/server.js';

const LON = 113.38;
let city: City;
const drove = now() - 50 * MINUTE_MS;
const stood = now() - 3 * DAY_MS;

beforeAll(async () => {
  city = new City(await startTestServer());
  await city.trucks(['t1', 't2']);
  await city.trucks(['t3'], 'c2');
  await city.call('post', '/places').send(square('site-1', 'site', LON, 420, { name: '城南安置房' })).expect(201); // prettier-ignore
  // t1 drives east across 1 km, 100 m each 10 s; t2 stood at the western end three days ago; t3 passes a corner within 5 s.
  await city.upload('t1', drive({ at: drove, lon: eastOf(LON, 100), everyS: 10 }, times(30, { speedKmh: 36 })));
  await city.upload('t2', drive({ at: stood, lon: eastOf(LON, 650), everyS: 10 }, times(30, { speedKmh: 0 })));
  await city.upload('t3', drive({ at: drove, lon: eastOf(LON, 500), everyS: 5 }, times(6, { speedKmh: 144 })));
});
afterAll(() => city.close());

const preview = async (body: object, token?: string): Promise<PlacePreview> => (await city.call('post', '/places/preview', token).send(body).expect(200)).body;
/** From 610 to 910 m east of the site’s border. */
const drawn = square('x', 'site', eastOf(LON, 610), 300).geometry;

it('says how many trucks came in and stayed, where and when, and who only passed', async () => {
  const { drawn: found, present, entries, looked } = await preview({ geometry: drawn });
  expect(found).toMatchObject({ trucks: 3, visits: 2, passes: 1, loads: 0 });
  expect(present).toBeNull();
  expect(looked).toMatchObject({ trucks: 3, ofTrucks: 3 });
  expect(entries.map(({ truckId, side }) => [truckId, side]).sort()).toEqual([
    ['t1', 'drawn'],
    ['t2', 'drawn'],
    ['t3', 'drawn'],
  ]);
  const first = entries.find(({ truckId }) => truckId === 't1')!;
  // 100 m a step: the first report past 610 m is the seventh.
  expect(Date.parse(first.at)).toBe(drove + 60_000);
  expect(first.lon).toBeCloseTo(eastOf(LON, 700), 6);
  expect(entries.find(({ truckId }) => truckId === 't2')!.stayS).toBe(290);
});

it('holds a hole to be outside, and a shape nowhere near to have touched nothing', async () => {
  const hole = square('h', 'site', eastOf(LON, 615), 290).geometry.coordinates[0]!;
  // t1 and t3 drove through the frame of 5 m that is left; t2 stood in the hole.
  const frame = (await preview({ geometry: { type: 'Polygon', coordinates: [drawn.coordinates[0]!, hole] } })).drawn;
  expect(frame).toMatchObject({ trucks: 2, visits: 0, passes: 0 });
  expect((await preview({ geometry: square('y', 'site', LON + 1, 300).geometry })).drawn).toMatchObject({
    trucks: 0,
    visits: 0,
    passes: 0,
    crossings: 0,
    alerts: [],
  });
});

it('sees a truck that drove straight through between two reports, and says so', async () => {
  // 60 m wide, from 520 to 580 m: t3 was at 500 and 700 m.
  const narrow = square('n', 'no-go', eastOf(LON, 520), 60).geometry;
  const { drawn: found, entries } = await preview({ geometry: narrow });
  expect(found).toMatchObject({ trucks: 2, visits: 0, passes: 0, crossings: 2, unsure: 0 });
  expect(entries.map(({ truckId, through, stayS }) => [truckId, through, stayS]).sort()).toEqual([
    ['t1', true, 0],
    ['t3', true, 0],
  ]);
  for (const { lon } of entries) expect(lon).toBeCloseTo(eastOf(LON, 550), 5);
});

it('goes on behind a truck, and names no alert twice', async () => {
  const rest = await preview({ geometry: drawn, after: 't1' });
  expect([rest.drawn.trucks, rest.looked.trucks, rest.looked.ofTrucks, rest.next, rest.alerts]).toEqual([2, 2, 3, null, []]);
});

it('holds an edited shape against the one in force', async () => {
  const { drawn: after, present, entries } = await preview({ geometry: drawn, id: 'site-1' });
  expect(present).toMatchObject({ trucks: 1, visits: 1 });
  expect(after).toMatchObject({ trucks: 3 });
  expect(entries.filter(({ side }) => side === 'present').map(({ truckId }) => truckId)).toEqual(['t1']);
});

it('counts the alerts that lie inside, by rule', async () => {
  const [alert] = await city.alerts();
  const { drawn: found, alerts } = await preview({ geometry: square('a', 'no-go', alert!.position.lon - 0.0005, 120, {}, alert!.position.lat).geometry });
  expect(found.alerts.map(({ rule }) => rule)).toContain(alert!.rule);
  expect(alerts.map(({ id }) => id)).toContain(alert!.id);
});

it('refuses what could not be saved, and shows nobody what is not theirs', async () => {
  const [[west, south], [east], [, north]] = drawn.coordinates[0] as unknown as [[number, number], [number, number], [number, number]];
  const crossed = [
    [west, south],
    [east, north],
    [east, south],
    [west, north],
    [west, south],
  ];
  const refused = await city
    .call('post', '/places/preview')
    .send({ geometry: { type: 'Polygon', coordinates: [crossed] } })
    .expect(400);
  expect(refused.body.errors).toEqual([{ path: 'geometry', message: expect.stringContaining('crosses itself near') }]);
  await city.call('post', '/places/preview').send({ geometry: drawn, id: 'none' }).expect(404);
  const narrowed = await city.person('supervisor-2', 'supervisor', { companyIds: ['c2'] });
  expect((await preview({ geometry: drawn }, narrowed.token)).entries.map(({ truckId }) => truckId)).toEqual(['t3']);
  await city.call('get', '/places/site-1/versions', narrowed.token).expect(404);
});

it('ends when whoever asked goes away, and the server works on', async () => {
  const { hostname, port } = new URL(city.server.url);
  const body = JSON.stringify({ geometry: drawn });
  const headers = { Authorization: `Bearer ${city.server.adminToken}`, 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) };
  await new Promise<void>((resolve) => {
    const asked = httpRequest({ hostname, port, path: '/api/v1/places/preview', method: 'POST', headers });
    asked.on('error', () => resolve());
    asked.end(body, () => setTimeout(() => asked.destroy(new Error('gone')), 5));
    asked.on('response', () => resolve());
  });
  expect((await preview({ geometry: drawn })).drawn.trucks).toBe(3);
});

it('keeps every shape with who drew it and why', async () => {
  const moved = square('site-1', 'site', eastOf(LON, 50), 420, { name: '城南安置房' });
  await city.call('patch', '/places/site-1?reason=%E5%9B%B4%E6%8C%A1%E5%A4%96%E7%A7%BB').send({ geometry: moved.geometry }).expect(200);
  await city.call('patch', '/places/site-1').send({ properties: { name: '城南二期' } }).expect(200); // prettier-ignore
  await city.call('delete', '/places/site-1?reason=done').expect(204);
  const { items } = (await city.call('get', '/places/site-1/versions').expect(200)).body as PlaceVersions;
  expect(items.map(({ reason, shapeChanged, by }) => [reason, shapeChanged, by])).toEqual([
    ['done', true, 'admin'],
    [null, false, 'admin'],
    ['围挡外移', true, 'admin'],
    [null, true, 'admin'],
  ]);
  expect(items[0]!.feature).toBeNull();
  expect(items[2]!.feature!.geometry).toEqual(moved.geometry);
  expect(items[3]!.feature!.geometry).not.toEqual(moved.geometry);
});

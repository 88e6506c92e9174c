import type { FixPage, Stays } from '@muckwatch/contract';
import { MINUTE_MS } from '@muckwatch/domain';
import { now } from '../apps/server/src/clock.js';
import { City, drive, eastOf, LAT, square, times } from './support/city.js';
import { startTestServer } from './support/server.js';
import { bytes } from './support/bytes.js';

const LON = 113.38;
const HOUR_MS = 60 * MINUTE_MS;
let city: City;
/** The truck stands at the site 26 h ago, is silent, and drives through a zone in the last hour. */
const began = now() - 26 * HOUR_MS;
const drove = now() - 50 * MINUTE_MS;
const stretch = `from=${new Date(began - 1_000).toISOString()}&to=${new Date(now()).toISOString()}`;
const REPORTS = 60 + 100;

beforeAll(async () => {
  city = new City(await startTestServer());
  await city.trucks(['t1', 't2']);
  const validFrom = new Date(began - HOUR_MS).toISOString();
  const site = square('site-1', 'site', LON, 420, { name: '城南安置房', validFrom });
  const zone = square('zone-1', 'speed-zone', eastOf(LON, 1_000), 600, { name: '实验小学', limitKmh: 30, validFrom });
  await city.call('post', '/places/import').send({ type: 'FeatureCollection', features: [site, zone] }).expect(200); // prettier-ignore
  const stood = drive({ at: began, lon: eastOf(LON, 100), everyS: 10 }, times(60, { speedKmh: 0, loadKg: 300, ignition: true }));
  const driven = drive({ at: drove, lon: eastOf(LON, 100) }, times(100, { speedKmh: 25, loadKg: 16_000, cover: 'closed' }));
  for (let i = 0; i < 60; i += 30) await city.upload('t1', stood.slice(i, i + 30));
  for (let i = 0; i < 100; i += 25) await city.upload('t1', driven.slice(i, i + 25));
});
afterAll(() => city.close());

async function pagesOf(query: string, token?: string): Promise<FixPage[]> {
  const pages: FixPage[] = [];
  const [, first, rest] = /^from=([^&]+)(&.*)$/.exec(query)!;
  for (let from = first; from;) {
    const page: FixPage = (await city.call('get', `/trucks/t1/fixes?from=${from}${rest}`, token).expect(200)).body;
    pages.push(page);
    from = page.nextFrom ?? '';
  }
  return pages;
}

const track = (format: string, trucks = 't1', query = stretch) => city.call('get', `/exports/track?trucks=${trucks}&format=${format}&${query}`);

it('gives every report once, in pages in order of time', async () => {
  const pages = await pagesOf(stretch);
  const at = pages.flatMap((page) => page.at);
  expect(pages.length).toBeGreaterThan(1);
  expect(at).toHaveLength(REPORTS);
  expect(at).toEqual([...new Set(at)].sort((a, b) => a - b));
  expect(pages.reduce((sum, { stored }) => sum + stored, 0)).toBe(REPORTS);
  expect(pages.flatMap(({ cover }) => cover ?? []).every((cover) => cover === 'closed')).toBe(true);

  const thin = await pagesOf(`${stretch}&everyS=30`);
  expect(thin.flatMap((page) => page.at).length).toBeLessThan(REPORTS / 2);
  expect(thin.reduce((sum, { stored }) => sum + stored, 0)).toBe(REPORTS);
});

it('says where it stood, where it was, what it carried and how fast it might', async () => {
  const { body } = (await city.call('get', `/trucks/t1/stays?${stretch}`).expect(200)) as { body: Stays };
  expect(body.stops.map(({ from, to }) => [Date.parse(from), Date.parse(to)])).toEqual([[began, began + 590_000]]);
  expect(body.visits.map(({ placeId, kind, name }) => [placeId, kind, name])).toEqual([
    ['site-1', 'site', '城南安置房'],
    ['zone-1', 'speed-zone', '实验小学'],
  ]);
  expect(body.loads.map(({ load }) => load)).toEqual(['empty', 'loaded']);
  expect(body.limits.map(({ limitKmh, of }) => [of, limitKmh])).toContainEqual(['zone', 30]);
});

it('tells a company which zones its truck was in, and of places only those that are its business', async () => {
  const { token } = await city.person('dispatcher-1', 'dispatcher', { companyIds: ['c1'] });
  const { body } = (await city.call('get', `/trucks/t1/stays?${stretch}`, token).expect(200)) as { body: Stays };
  expect(body.visits.map(({ placeId }) => placeId)).toEqual(['zone-1']);
  expect(body.stops).toHaveLength(1);
});

it('refuses a stretch that is none, or too long, and more trucks than it can show', async () => {
  const backwards = `from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z`;
  const long = `from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:01Z`;
  for (const query of [backwards, long, 'from=2026-11-01T00:00:00Z']) {
    await city.call('get', `/trucks/t1/fixes?${query}`).expect(400);
    await city.call('get', `/trucks/t1/stays?${query}`).expect(400);
    await track('csv', 't1', query).expect(400);
  }
  await track('csv', Array.from({ length: 9 }, (_, i) => `t${i}`).join(',')).expect(400);
  await track('kml').expect(400);
  await track('csv', 't1,none').expect(404);
});

it('is exported whole in every format, and each time recorded', async () => {
  const binary = (format: string) => track(format).buffer(true).parse(bytes).expect(200);
  const csv = await track('csv', 't1,t2', `${stretch}&language=en`).expect(200);
  expect(csv.headers['x-reports']).toBe(String(REPORTS));
  expect(csv.text.trim().split('\n')).toHaveLength(REPORTS + 1);
  expect(csv.text).toContain('lat (WGS-84');
  const geojson = JSON.parse(((await binary('geojson')).body as Buffer).toString());
  expect(geojson.features).toHaveLength(REPORTS);
  expect(geojson.features[0].geometry.coordinates).toEqual([eastOf(LON, 100), LAT]);
  const gpx = ((await binary('gpx')).body as Buffer).toString();
  expect([gpx.match(/<trkpt /g)?.length, gpx.match(/<trkseg>/g)?.length]).toEqual([REPORTS, 2]);
  const xlsx = await binary('xlsx');
  expect(xlsx.headers['content-disposition']).toMatch(new RegExp(`filename="track-t1-.*-${REPORTS}\\.xlsx"`));
  expect((xlsx.body as Buffer).subarray(0, 2).toString()).toBe('PK');

  const { body } = await city.call('get', '/audit?limit=500').expect(200);
  const taken = (body.items as { action: string; status: number }[]).filter(({ action, status }) => action.includes('track') && status === 200);
  expect(taken).toHaveLength(4);
});

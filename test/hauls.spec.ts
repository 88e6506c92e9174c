import type { HaulPlaces, HaulTable, HaulTotals, HaulYards, Notice } from '@muckwatch/contract';
import { MINUTE_MS } from '@muckwatch/domain';
import { now } from '../apps/server/src/clock.js';
import { JudgingService } from '../apps/server/src/judging/judging.service.js';
import { Volumes } from '../apps/server/src/notices/volume.service.js';
import { City, drive, eastOf, eventually, type Said, square, times } from './support/city.js';
import { startTestServer } from './support/server.js';

/** A site, the yard that its permit names 2 km east of it, and one that it does not name 4 km east. */
const SITE = 113.6;
const validFrom = '2026-01-01T00:00:00Z';
const LOADED = { loadKg: 16_000, cover: 'closed', bedAngleDeg: 0, ignition: true };
const EMPTY = { ...LOADED, loadKg: 200 };
const said: Record<string, Said[]> = {};
let city: City;

beforeAll(async () => {
  city = new City(await startTestServer());
  await city.trucks(['h1', 'h2']);
  await city.trucks(['h3'], 'c2');
  await city.call('patch', '/trucks/h1').send({ boxM3: 12 }).expect(200);
  for (const place of [
    square('hs', 'site', SITE, 200, { validFrom }),
    square('hy', 'yard', eastOf(SITE, 2_000), 300, { validFrom, capacityM3: 100 }),
    square('ho', 'yard', eastOf(SITE, 4_000), 300, { validFrom }),
  ]) {
    await city.call('post', '/places').send(place).expect(201);
  }
  for (const companyId of ['c1', 'c2']) {
    const permit = { id: `p-${companyId}`, companyId, siteId: 'hs', yardIds: ['hy'], validFrom, volumeM3: companyId === 'c1' ? 25 : 1_000 };
    await city.call('post', '/permits').send(permit).expect(201);
  }
  // h1 waits a minute at its yard, h2 goes past it to the other, h3 is still on the road.
  await go('h1', 29, { wait: 12, tip: true });
  await go('h2', 56, { wait: 4, tip: true });
  await go('h3', 10, { wait: 0, tip: false });
  await eventually(
    'two loads have ended and one is under way',
    () => table(),
    ({ items }) => items.length === 3 && items.filter(({ ended }) => ended === 'delivered').length === 2,
  );
});
afterAll(() => city.close());

async function go(truck: string, steps: number, { wait, tip }: { wait: number; tip: boolean }): Promise<void> {
  const way = [...times(6, { ...EMPTY, speedKmh: 0 }), ...times(6, { ...LOADED, speedKmh: 0 }), ...times(steps, { ...LOADED, speedKmh: 54 })];
  const yard = [
    ...times(wait, { ...LOADED, speedKmh: 0 }),
    ...times(4, { ...LOADED, bedAngleDeg: 45, speedKmh: 0 }),
    ...times(8, { ...EMPTY, bedAngleDeg: 45, speedKmh: 0 }),
    ...times(4, { ...EMPTY, speedKmh: 0 }),
  ];
  const all = tip ? [...way, ...yard] : way;
  said[truck] = drive({ at: now() - all.length * 5_000, lon: eastOf(SITE, 100) }, all);
  // What h2 said with its bed up and its load still on comes late.
  await city.upload(truck, truck === 'h2' ? said[truck].filter(({ bedAngleDeg, loadKg }) => bedAngleDeg !== 45 || loadKg !== LOADED.loadKg) : said[truck]);
}

const table = async (query = '', token?: string): Promise<HaulTable> => (await city.call('get', `/hauls/table?${query}`, token).expect(200)).body;
const totals = async (query = '', token?: string): Promise<HaulTotals> => (await city.call('get', `/hauls/totals?${query}`, token).expect(200)).body;
const plates = ({ items }: HaulTable) => items.map(({ truck }) => truck.id).join();

describe('loads looked back on', () => {
  it('say what became of each, what it carried and which alerts it has, worst first', async () => {
    const { items } = await table('sort=km&order=asc');
    expect(items.map(({ truck, outcome, volumeM3, estimated }) => [truck.id, outcome, volumeM3, estimated])).toEqual([
      ['h1', 'own-yard', 12, false],
      ['h2', 'other-yard', 12, true],
      ['h3', 'under-way', 12, true],
    ]);
    const [own, other] = items;
    expect(own!.minutes).toBeGreaterThan(2);
    expect(own).toMatchObject({ site: { id: 'hs' }, yard: { id: 'hy' }, permitId: 'p-c1', peakLoadKg: 16_000 });
    expect(Date.parse(own!.bedUpAt!)).toBeGreaterThan(Date.parse(own!.arrivedAt!));
    expect(other!.alerts.map(({ rule }) => rule)).toContain('wrong-yard');
    expect(plates(await table('sort=km&order=desc'))).toBe('h2,h1,h3');
    expect(plates(await table('sort=km&order=desc&offset=1&limit=1'))).toBe('h1');
    expect(plates(await table('ended=other-yard'))).toBe('h2');
    expect(plates(await table('ended=delivered&sort=km'))).toBe('h2,h1');
    expect(plates(await table('by=unloaded&yard=hy'))).toBe('h1');
    await city.call('get', '/hauls/table?from=2026-01-01T00:00:00Z').expect(400);
  });

  it('are summed, and sorted by where they went', async () => {
    const all = await totals();
    expect(all).toMatchObject({ loads: 3, estimated: 2, volumeM3: 36, takenM3: 24, weighed: 3, loadKg: 48_000 });
    expect(all.flows.map(({ siteId, yardId, loads }) => [siteId, yardId, loads])).toEqual(
      expect.arrayContaining([['hs', 'hy', 1], ['hs', 'ho', 1], ['hs', null, 1]]), // prettier-ignore
    );
    expect((await totals('ended=taken&yard=hy')).loads).toBe(1);
    expect(await totals('ended=under-way')).toMatchObject({ volumeM3: 12, takenM3: 0 });
    expect(await totals('company=nobody')).toMatchObject({ volumeM3: 0, takenM3: 0 });
  });

  it('are what a dispatcher’s own trucks drove, and what a keeper’s own yard took', async () => {
    const { token } = await city.person('hauls-dispatcher', 'dispatcher', { companyIds: ['c2'] });
    expect(plates(await table('', token))).toBe('h3');
    const keeper = await city.person('hauls-keeper', 'yard-keeper', { placeIds: ['ho'] });
    expect(plates(await table('', keeper.token))).toBe('h2');
    expect((await totals('', keeper.token)).loads).toBe(1);
    const { yards } = (await city.call('get', '/hauls/places', token).expect(200)).body as HaulPlaces;
    // What the others brought is not told to it: neither as a sum nor as room that is left.
    expect(yards).toMatchObject([{ id: 'hy', capacityM3: 100, remainingM3: null, ever: null, today: { hauls: 0 } }]);
  });

  it('are counted against permits and capacities as the notices are', async () => {
    const places = (await city.call('get', '/hauls/places').expect(200)).body as HaulPlaces;
    const site = places.sites.find(({ id }) => id === 'hs')!;
    expect(site.today).toEqual({ hauls: 2, estimated: 1, volumeM3: 24 });
    expect(site.permits).toMatchObject([
      { id: 'p-c1', allowedM3: 25, hauls: 2, estimated: 1, volumeM3: 24 },
      { id: 'p-c2', allowedM3: 1_000, hauls: 0, volumeM3: 0 },
    ]);
    expect(places.yards.find(({ id }) => id === 'hy')).toMatchObject({ capacityM3: 100, remainingM3: 88, today: { hauls: 1, volumeM3: 12 } });

    const { token } = await city.person('hauls-manager', 'site-manager', { placeIds: ['hs'] });
    await city.server.app.get(Volumes).round(now());
    const notice = await eventually('the manager is told of 90 %', async () =>
      ((await city.call('get', '/notices', token).expect(200)).body.items as Notice[]).find(({ kind }) => kind === 'volume-90'),
    );
    const { volumeM3: hauledM3, hauls, estimated: estimatedHauls } = site.permits[0]!;
    expect(notice!.permit).toMatchObject({ id: 'p-c1', volumeM3: 25, hauledM3, hauls, estimatedHauls });
  });

  it('have their bed go up when fuller data says so', async () => {
    const [before] = (await table('yard=ho')).items;
    const late = said.h2!.filter((report) => report.bedAngleDeg === 45 && report.loadKg === LOADED.loadKg);
    await city.upload('h2', late);
    await city.server.app.get(JudgingService).judgeSettled(now() + 3 * MINUTE_MS);
    const after = await eventually(
      'it is judged again',
      async () => (await table('yard=ho')).items,
      ([haul]) => haul?.bedUpAt !== before!.bedUpAt,
    );
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ id: before!.id, outcome: 'other-yard' });
    expect(Date.parse(after[0]!.bedUpAt!)).toBe(late[0]!.time);
    expect(Date.parse(before!.bedUpAt!)).toBe(Number(late.at(-1)!.time) + 5_000);
  });

  it('tell for how long trucks wait at a yard', async () => {
    const { yards } = (await city.call('get', '/hauls/yards').expect(200)).body as HaulYards;
    const yard = yards.find(({ id }) => id === 'hy')!;
    const [own] = (await table('yard=hy')).items;
    const waited = (Date.parse(own!.bedUpAt!) - Date.parse(own!.arrivedAt!)) / 1_000;
    expect(yard.waits.last7d).toEqual({ arrived: 1, measured: 1, medianS: waited, p95S: waited });
    expect(yard.coming.map(({ truck }) => truck.id)).toEqual(['h3']);
    expect(yard.here).toMatchObject([{ truck: { id: 'h1' }, state: 'empty' }]);
    expect(yard.hours.reduce((sum, loads) => sum + loads, 0)).toBe(yard.waits.today.arrived);
  });

  it('are taken away as a workbook too, which is recorded', async () => {
    const answer = await city
      .call('get', '/exports/hauls?format=xlsx&language=en&ended=other-yard')
      .buffer(true)
      .parse((stream, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200)
      .expect('Content-Type', /spreadsheetml/);
    expect((answer.body as Buffer).subarray(0, 2).toString()).toBe('PK');
    const csv = (await city.call('get', '/exports/hauls?language=en&ended=other-yard').expect(200)).text.trim().split('\n');
    expect(csv).toHaveLength(2);
    expect(csv[1]).toContain('at another yard');
    const { body } = await city.call('get', '/audit?action=exports').expect(200);
    expect(body.items[1]).toMatchObject({ detail: { query: { format: 'xlsx', ended: 'other-yard' } } });
  });
});

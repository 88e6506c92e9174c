import type { YardDesk } from '@muckwatch/contract';
import { City, drive, eastOf, eventually, square, times } from './support/city.js';
import { startTestServer } from './support/server.js';

/** A site, and a yard two kilometres east of it. */
const SITE = 113.2;
const YARD = eastOf(SITE, 2_000);
const validFrom = '2026-01-01T00:00:00Z';
let city: City;

beforeAll(async () => {
  city = new City(await startTestServer());
  await city.trucks(['y1', 'y2']);
  await city.call('patch', '/trucks/y1').send({ boxM3: 12 }).expect(200);
  await city
    .call('post', '/places')
    .send(square('s', 'site', SITE, 200, { validFrom }))
    .expect(201);
  await city
    .call('post', '/places')
    .send(square('y', 'yard', YARD, 300, { validFrom, capacityM3: 100 }))
    .expect(201);
  await city
    .call('post', '/places')
    .send(square('other', 'yard', 114.4, 300, { validFrom }))
    .expect(201);
  await city
    .call('post', '/permits')
    .send({ companyId: 'c1', siteId: 's', yardIds: ['y'], validFrom })
    .expect(201);
});
afterAll(() => city.close());

const desk = async (token?: string): Promise<YardDesk> => (await city.call('get', '/yards/y/desk', token).expect(200)).body;
const LOADED = { loadKg: 16_000, cover: 'closed', bedAngleDeg: 0, ignition: true };
const EMPTY = { ...LOADED, loadKg: 200 };
const last: Record<string, { at: number; lon: number }> = {};
/** What a truck goes on to say, 5 s apart, from the site on. */
const say = async (truck: string, steps: Record<string, unknown>[]) => {
  const from = last[truck] ?? { at: Date.now() - 10 * 60_000, lon: eastOf(SITE, 100) };
  const reports = drive({ at: from.at + 5_000, lon: from.lon }, steps);
  await city.upload(truck, reports);
  last[truck] = { at: Number(reports.at(-1)!.time), lon: reports.at(-1)!.lon };
};
const load = (truck: string) => say(truck, [...times(6, { ...EMPTY, speedKmh: 0 }), ...times(6, { ...LOADED, speedKmh: 0 })]);
const driveOn = (truck: string, steps: number) => say(truck, times(steps, { ...LOADED, speedKmh: 54 }));
const stand = (truck: string, steps: number, more: object = {}) => say(truck, times(steps, { ...LOADED, speedKmh: 0, ...more }));

describe('a yard’s keeper', () => {
  it('sees who is coming, who waits, who tips, and counts what was tipped', async () => {
    await load('y1');
    await driveOn('y1', 20);
    await eventually(
      'it is awaited',
      () => desk(),
      ({ coming }) => coming.map(({ truck }) => truck.id).join() === 'y1',
    );

    await load('y2');
    await driveOn('y2', 29);
    await stand('y2', 6);
    const waiting = await eventually(
      'it waits',
      () => desk(),
      ({ here }) => here.length > 0,
    );
    expect(waiting.here).toEqual([expect.objectContaining({ truck: { id: 'y2', plate: '鄂S-y2' }, company: '公司 c1', state: 'waiting' })]);

    await stand('y2', 6, { bedAngleDeg: 45, loadKg: 9_000 });
    await eventually(
      'its bed is up',
      () => desk(),
      ({ here }) => here[0]?.state === 'tipping',
    );
    await stand('y2', 8, { bedAngleDeg: 45, loadKg: 300 });
    await stand('y2', 8, { loadKg: 200 });
    const after = await eventually(
      'it has tipped',
      () => desk(),
      ({ today }) => today.loads === 1,
    );
    expect(after.here[0]).toMatchObject({ truck: { id: 'y2' }, state: 'empty' });
    // Its box is not known: the fleet's median, which is the other truck's, stands for it.
    expect(after.today).toEqual({ loads: 1, volumeM3: 12, estimatedLoads: 1, refused: 0 });
    expect(after.remainingM3).toBe(88);
    expect(after.loads).toMatchObject([{ truck: { id: 'y2' }, site: { id: 's' }, volumeM3: 12, estimated: true, refusal: null }]);
  });

  it('refuses a load with a reason: it counts for nothing', async () => {
    const { id } = await city.person('keeper', 'yard-keeper', { placeIds: ['y'] });
    expect(id).toBeTruthy();
    const { token } = await city.person('keeper2', 'yard-keeper', { placeIds: ['y'] });
    const [load] = (await desk(token)).loads;
    const path = `/hauls/${encodeURIComponent(load!.id)}/refuse`;
    await city.call('post', path, token).send({}).expect(400);
    const refused = await city.call('post', path, token).send({ reason: '混有生活垃圾' }).expect(200);
    expect(refused.body).toMatchObject({ refusal: { by: 'keeper2', reason: '混有生活垃圾' } });
    const after = await desk(token);
    expect(after.today).toEqual({ loads: 0, volumeM3: 0, estimatedLoads: 0, refused: 1 });
    expect(after.remainingM3).toBe(100);
    expect(after.loads[0]!.refusal).toMatchObject({ by: 'keeper2' });
  });

  it('of another yard sees and refuses nothing here', async () => {
    const { token } = await city.person('elsewhere', 'yard-keeper', { placeIds: ['other'] });
    await city.call('get', '/yards/y/desk', token).expect(404);
    const [load] = (await desk()).loads;
    await city
      .call('post', `/hauls/${encodeURIComponent(load!.id)}/refuse`, token)
      .send({ reason: 'x' })
      .expect(404);
    await city.call('get', '/yards/s/desk').expect(404); // a site is no yard
  });

  it('cannot refuse a load that came to no yard', async () => {
    const { body } = await city.call('get', '/hauls?truck=y1').expect(200);
    await city
      .call('post', `/hauls/${encodeURIComponent(body.items[0].id)}/refuse`)
      .send({ reason: 'x' })
      .expect(409);
  });
});

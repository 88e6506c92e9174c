import type { HaulResource, Position } from '@muckwatch/contract';
import { readFile } from 'node:fs/promises';
import { City, drive, eastOf, eventually, LAT, reportsOf, type Said, square, times } from './support/city.js';
import { Page } from './support/page.js';
import { startTestServer } from './support/server.js';

let city: City;
let page: Page;

beforeAll(async () => {
  city = new City(await startTestServer());
  page = await Page.open(city.server.url, city.server.adminToken);
});
afterAll(async () => {
  page.close();
  await city.close();
});

describe('from a packet to the screen', () => {
  const SITE = 113.38;
  const FULL = { loadKg: 16_500, bedAngleDeg: 0.6, ignition: true };
  /** Empty to the site, loaded there, out with its cover open, then driving with its bed up, then all in order. 5 s apart, 155 s long. */
  const DAY = [
    ...times(3, { speedKmh: 30, loadKg: 150, bedAngleDeg: 0.4, cover: 'closed', ignition: true }),
    ...times(2, { speedKmh: 30, loadKg: 150, bedAngleDeg: 0.4, cover: 'open', ignition: true }),
    ...times(4, { speedKmh: 0, cover: 'open', ...FULL }),
    ...times(12, { speedKmh: 30, cover: 'open', ...FULL }),
    ...times(4, { speedKmh: 25, cover: 'open', ...FULL, bedAngleDeg: 35.4 }),
    ...times(6, { speedKmh: 20, cover: 'closed', ...FULL, bedAngleDeg: 1 }),
  ];
  let said: Said[];

  it('shows a registered truck, its haul from the site, and its spilt load, within a second of the last report', async () => {
    await city.trucks(['t1']);
    await city
      .call('post', '/places')
      .send(square('site-1', 'site', SITE, 200, { validFrom: new Date(Date.now() - 3_600_000).toISOString() }))
      .expect(201);
    await city.permit('site-1');
    const device = await city.device('t1');
    const start = Date.now() - 160_000;
    const before = drive({ at: start - 180_000, lon: eastOf(SITE, -150) }, times(3, DAY[0]!));
    said = [...before, ...drive({ at: start, lon: eastOf(SITE, -75) }, DAY)];

    const alertTook: number[] = [];
    for (const report of said) {
      const known = page.alerts().length;
      const began = performance.now();
      await device.publishAsync(reportsOf('t1'), JSON.stringify(report), { qos: 1 });
      // What is acknowledged is committed, and what is committed has been told: only the wire lies between.
      if (page.alerts().length > known) alertTook.push(performance.now() - began);
    }
    const spill = await eventually('the spill stands on the screen', () => page.alerts().find(({ rule }) => rule === 'spill')!);
    expect(spill).toMatchObject({ severity: 'critical', status: 'open', truck: { id: 't1', plate: '鄂S-t1' }, company: { id: 'c1' }, late: false });
    expect(Math.min(...alertTook)).toBeLessThan(1_000);
    // The database counts what the broker has acknowledged.
    const { rows } = await city.server.database.query(`select count(*)::int as stored from reports where truck_id = 't1'`);
    expect(rows[0]!.stored).toBe(said.length);
  });

  it('gives the alert whole: its sentence, what was around it, its haul and what else belongs to it', async () => {
    const [spill] = await eventually(
      'the spill is over',
      () => city.alerts('rule=spill&truck=t1'),
      ([one]) => one?.ended !== null,
    );
    const detail = await city.alert(spill!.id);
    const [began, ended] = [Date.parse(detail.began), Date.parse(detail.ended!)];
    expect(ended - began).toBe(20_000); // four reports with the bed up; the fifth was the first of ten seconds down
    expect(detail).toMatchObject({
      cleared: true,
      place: { id: 'site-1', kind: 'site' },
      evidence: { kind: 'raised-bed', maxBedDeg: 35, maxSpeedKmh: 25, loadKg: 16_500 },
      limits: { raisedDeg: 10, raisedSpeedKmh: 15, holdS: 5 },
      haul: { truck: { id: 't1' }, site: { id: 'site-1', name: 'site-1' }, ended: null, inferred: false },
      sealed: null,
      steps: [],
    });
    expect(detail.summary.zh).toMatch(/^鄂S-t1 于 \d\d:\d\d:\d\d–\d\d:\d\d:\d\d 在距site-1 \d+ m 处举斗 35°行驶 \d+ m，最高 25 km\/h$/);
    expect(detail.summary.en).toMatch(/^鄂S-t1 drove \d+ m with the bed raised 35°, up to 25 km\/h near site-1 \(\d+ m\) from [\d:]+ to [\d:]+$/);

    const around = said.map(({ time }) => Number(time)).filter((at) => at >= began - 120_000 && at <= ended + 120_000);
    expect(around.length).toBeLessThan(said.length); // the two minutes cut something off
    expect(detail.series.map(({ at }) => Date.parse(at))).toEqual(around);
    expect(detail.series.map(({ bedAngleDeg }) => bedAngleDeg)).toEqual(said.slice(-around.length).map(({ bedAngleDeg }) => bedAngleDeg));
    expect(detail.related.map(({ rule }) => rule)).toEqual(['uncovered-load']);
    expect(detail.related[0]).toMatchObject({ incident: detail.incident, cleared: true });

    const { body } = await city.call('get', '/hauls?truck=t1').expect(200);
    expect(body.items).toEqual([detail.haul]);
    const { body: track } = await city.call('get', '/trucks/t1/track?maxPoints=5').expect(200);
    expect(track).toMatchObject({ truckId: 't1', total: said.length, points: { length: 5 } });
  });

  it('keeps a report once, whether it comes again live or in a buffered upload, and tells nobody twice', async () => {
    const alerts = await city.alerts('truck=t1');
    const heard = page.alerts().length;
    await city.upload(
      't1',
      said.map((report) => ({ ...report, buffered: true })),
    );
    const { rows } = await city.server.database.query(`select count(*)::int as stored from reports where truck_id = 't1'`);
    expect(rows[0]!.stored).toBe(said.length);
    expect(await city.alerts('truck=t1')).toEqual(alerts);
    expect(page.alerts()).toHaveLength(heard);
  });

  it('moves the truck on the map within a second', async () => {
    await city.trucks(['mover']);
    const took: number[] = [];
    let at = Date.now() - 60_000;
    for (let i = 0; i < 5; i++) {
      const [report] = drive({ at: (at += 5_000), lon: eastOf(113.6, i * 40) }, [{ speedKmh: 29 }]);
      await city.upload('mover', [report!]);
      const began = performance.now();
      const shown = await eventually(
        'the truck has moved',
        () => page.positions('mover').at(-1)!,
        (position?: Position) => position?.lon === report!.lon,
      );
      took.push(performance.now() - began);
      expect(shown).toEqual({
        id: 'mover',
        plate: '鄂S-mover',
        at: new Date(at).toISOString(),
        lat: LAT,
        lon: report!.lon,
        speedKmh: 29,
        headingDeg: 90,
        state: 'unknown',
      });
    }
    // One tick a second; what a busy machine adds is not the server's.
    expect(Math.min(...took)).toBeLessThan(1_000);
  });
});

it('catches the newcomer of the README driving uncovered', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const post = [...readme.matchAll(/^post (\/\S+) +'(\{[^']+\})'$/gm)].map((match) => ({ path: match[1]!, body: JSON.parse(match[2]!) as object }));
  for (const { path, body } of post.filter(({ path }) => ['/companies', '/trucks', '/terminals'].includes(path))) {
    await city.call('post', path).send(body).expect(201);
  }
  const line = /-u (\S+) -P (\S+) -t (\S+) -m \\\n +"(\{.*bedAngleDeg.*\})"/.exec(readme)!;
  const [user, secret, topic, payload] = line.slice(1) as [string, string, string, string];
  const client = await city.device(user, { password: secret });
  const start = Date.now() - 40_000;
  for (let i = 1; i <= 8; i++) {
    const text = payload
      .replaceAll('\\"', '"')
      .replace('$(date +%s000)', String(start + i * 5_000))
      .replaceAll('$i', String(i));
    await client.publishAsync(topic, text, { qos: 1 });
    if (i === 1) await eventually('the truck appears on the map', () => page.positions('my-truck').length > 0);
  }
  const caught = await eventually('it is caught', () => page.alerts().find(({ truck, rule }) => truck.id === 'my-truck' && rule === 'uncovered-load')!);
  expect(caught).toMatchObject({ severity: 'serious', truck: { plate: '鄂S99999' }, evidence: { loadKg: 16_500, maxSpeedKmh: 38 } });
  // Nor has its company a permit for the site.
  expect((await city.alerts('truck=my-truck')).map(({ rule }) => rule).sort()).toEqual(['no-permit', 'uncovered-load']);
  await eventually('it is drawn as alerting', () => page.positions('my-truck').at(-1)?.state === 'alert');
});

describe('an edit', () => {
  /** Twenty seconds of driving, long enough for a no-go zone and for speeding. */
  const ride = (at: number, lon: number, speedKmh = 20) => drive({ at, lon }, times(5, { speedKmh }));
  const AGO = 90_000;
  /** Fixes may be up to 2 min ahead: what holds from now on is asked without waiting for it. */
  const SOON = 2_000;

  it('of a place is in force at once for what comes after it, and not for what was before', async () => {
    await city.trucks(['e1', 'e2', 'e3', 'e4', 'e5', 'e6']);
    const [here, there] = [114.1, 114.2];
    const rules = async (truck: string) => (await city.alerts(`truck=${truck}`)).map(({ rule }) => rule);

    await city
      .call('post', '/places')
      .send(square('zone', 'no-go', here, 2_000))
      .expect(201);
    const entered = Date.now();
    await city.upload('e1', ride(entered - AGO, eastOf(here, 500)));
    await city.upload('e2', ride(entered + SOON, eastOf(here, 500)));
    expect(await rules('e1')).toEqual([]); // without validFrom it holds from the moment it was entered
    expect(await rules('e2')).toEqual(['no-go']);

    await city
      .call('patch', '/places/zone')
      .send({ geometry: square('zone', 'no-go', there, 2_000).geometry, properties: { validFrom: new Date(entered - 3_600_000).toISOString() } })
      .expect(200);
    const edited = Date.now();
    await city.upload('e3', ride(edited + SOON, eastOf(here, 500)));
    await city.upload('e4', ride(edited + SOON, eastOf(there, 500)));
    await city.upload('e5', ride(edited - AGO, eastOf(there, 500)));
    expect(await rules('e3')).toEqual([]);
    expect(await rules('e4')).toEqual(['no-go']);
    expect(await rules('e5')).toEqual([]); // a later version never reaches back

    await city.call('delete', '/places/zone').expect(204);
    await city.upload('e6', ride(Date.now() + SOON, eastOf(there, 500)));
    expect(await rules('e6')).toEqual([]);
  });

  it('of a place entered with a validFrom of yesterday holds for this morning too', async () => {
    await city.trucks(['e7']);
    const since = new Date(Date.now() - 86_400_000).toISOString();
    await city
      .call('post', '/places')
      .send(square('since-yesterday', 'no-go', 114.3, 2_000, { validFrom: since }))
      .expect(201);
    await city.upload('e7', ride(Date.now() - AGO, eastOf(114.3, 500)));
    expect(await city.alerts('truck=e7')).toMatchObject([{ rule: 'no-go', place: { id: 'since-yesterday', distanceM: 0 } }]);
  });

  it('of a rule’s limits likewise, and pages are told to read them again', async () => {
    await city.trucks(['l1', 'l2', 'l3', 'l4']);
    await city.upload('l1', ride(Date.now() + SOON, 114.5, 60));
    expect(await city.alerts('truck=l1')).toEqual([]); // 80 km/h is the default of a truck that is not loaded

    await city
      .call('put', '/rules/speeding')
      .send({ limits: { emptyKmh: 40 }, reason: 'road works' })
      .expect(200);
    const set = Date.now();
    await city.upload('l2', ride(set + SOON, 114.6, 60));
    await city.upload('l3', ride(set - AGO, 114.7, 60));
    const [found] = await city.alerts('truck=l2');
    expect(found).toMatchObject({ rule: 'speeding', severity: 'serious', evidence: { limitKmh: 40, maxSpeedKmh: 60 } });
    expect((await city.alert(found!.id)).limits).toMatchObject({ emptyKmh: 40, toleranceKmh: 5 });
    expect(await city.alerts('truck=l3')).toEqual([]);
    await eventually('pages are told', () => page.of<{ what: string }>('changed').some(({ what }) => what === 'rules'));

    await city.call('put', '/rules/speeding').send({ limits: {}, reason: 'done' }).expect(200);
    await city.upload('l4', ride(Date.now() + SOON, 114.8, 60));
    expect(await city.alerts('truck=l4')).toEqual([]);
  });

  it('that retires a terminal ends its connection and refuses its sign-in', async () => {
    await city.trucks(['r1']);
    const open = await city.device('r1');
    const closed = new Promise<void>((resolve) => open.once('close', () => resolve()));
    await city.call('delete', '/terminals/r1').expect(204);
    await closed;
    await expect(city.device('r1')).rejects.toThrow(/Bad username or password/i);
    await expect(city.device('t1', { password: 'not the secret of it' })).rejects.toThrow(/Bad username or password/i);
  });

  it('that replaces a terminal in the middle of a haul leaves the truck one history', async () => {
    await city.trucks(['swap']);
    const lon = 113.7;
    const validFrom = new Date(Date.now() - 3_600_000).toISOString();
    for (const place of [square('site-swap', 'site', lon, 200, { validFrom }), square('yard-swap', 'yard', eastOf(lon, 1_100), 400, { validFrom })])
      await city.call('post', '/places').send(place).expect(201);
    await city
      .call('post', '/permits')
      .send({ companyId: 'c1', siteId: 'site-swap', yardIds: ['yard-swap'], validFrom })
      .expect(201);
    // Loaded at the site, out of it uncovered for 700 m, then in order to the yard, where it tips.
    const load = { loadKg: 16_500, bedAngleDeg: 0.6, ignition: true };
    const day = [
      ...times(4, { ...load, cover: 'open', speedKmh: 0 }),
      ...times(20, { ...load, cover: 'open', speedKmh: 30 }),
      ...times(6, { ...load, cover: 'closed', speedKmh: 30 }),
      ...times(8, { ...load, cover: 'open', speedKmh: 0 }),
      ...times(8, { ...load, loadKg: 150, bedAngleDeg: 38, cover: 'open', speedKmh: 0 }),
    ];
    const said = drive({ at: Date.now() - day.length * 5_000, lon: eastOf(lon, 100) }, day);
    const half = 15;
    await city.upload('swap', said.slice(0, half));
    const [open] = await city.alerts('truck=swap');
    expect(open).toMatchObject({ rule: 'uncovered-load', ended: null });

    // As the page does it: the new one first, so that a fault on the way leaves the truck with one that works.
    const { secret } = (await city.call('post', '/terminals').send({ id: 'swapped', truckId: 'swap' }).expect(201)).body as { secret: string };
    await city.call('delete', '/terminals/swap').expect(204);
    await expect(city.device('swap')).rejects.toThrow(/Bad username or password/i);
    const next = await city.device('swapped', { password: secret });
    for (const report of said.slice(half)) await next.publishAsync(reportsOf('swapped'), JSON.stringify(report), { qos: 1 });

    const at = (i: number) => new Date(Number(said[i]!.time)).toISOString();
    expect((await city.alerts('truck=swap')).map(({ id, began, ended }) => ({ id, began, ended: ended !== null }))).toEqual([
      { id: open!.id, began: open!.began, ended: true },
    ]);
    // From the gate to the yard, 0.4 km of it with the old terminal.
    const { items: hauls } = (await city.call('get', '/hauls?truck=swap').expect(200)).body as { items: HaulResource[] };
    expect(hauls).toEqual([expect.objectContaining({ ended: 'delivered', inferred: false, distanceKm: expect.closeTo(0.92, 1) as number })]);
    expect(Date.parse(hauls[0]!.departedAt)).toBeLessThan(Number(said[half]!.time));
    const track = (await city.call('get', '/trucks/swap/track?maxPoints=5000').expect(200)).body as { points: { at: string }[] };
    expect(track.points.map((point) => new Date(point.at).toISOString())).toEqual(said.map((_, i) => at(i)));
    expect((await city.call('get', '/trucks/swap/sensors').expect(200)).body.last24h.heardS).toBeGreaterThan(150);
  });
});

it('has told pages nothing that the contract does not describe', () => {
  expect(page.faults).toEqual([]);
  expect(page.heard.length).toBeGreaterThan(20);
});

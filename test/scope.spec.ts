import type { Position } from '@muckwatch/contract';
import { AlertStore } from '../apps/server/src/alerts/alert.store.js';
import { AuthService } from '../apps/server/src/auth/auth.service.js';
import { type Scope, type Viewer, WHOLE_CITY } from '../apps/server/src/auth/viewer.js';
import { HaulStore } from '../apps/server/src/history/haul.store.js';
import { QuarantineStore } from '../apps/server/src/history/quarantine.store.js';
import { TrackStore } from '../apps/server/src/history/track.store.js';
import { LiveService } from '../apps/server/src/live/live.service.js';
import { City, drive, eastOf, eventually, square, times } from './support/city.js';
import { Page } from './support/page.js';
import { startTestServer } from './support/server.js';

/** Two worlds that have nothing to do with each other: company c1 with truck t1 from site s1, and c2, t2, s2, fifty kilometres apart. */
const LON = { 1: 113.4, 2: 113.9 };
const viewer = (name: string, scope: Scope, role: Viewer['role'] = 'operator'): Viewer => ({
  accountId: name,
  username: name,
  name,
  role,
  scope,
  sessionId: name,
});
const VIEWERS = {
  company1: viewer('company1', { districtIds: null, companyIds: ['c1'], placeIds: null }),
  company2: viewer('company2', { districtIds: null, companyIds: ['c2'], placeIds: null }),
  place1: viewer('place1', { districtIds: null, companyIds: null, placeIds: ['s1'] }),
  place2: viewer('place2', { districtIds: null, companyIds: null, placeIds: ['s2'] }),
  both1: viewer('both1', { districtIds: null, companyIds: ['c1'], placeIds: ['s1'] }),
  crossed: viewer('crossed', { districtIds: null, companyIds: ['c1'], placeIds: ['s2'] }),
  nobody: viewer('nobody', { districtIds: null, companyIds: [], placeIds: null }),
};
type Name = keyof typeof VIEWERS;
const OF_1: Name[] = ['company1', 'place1', 'both1'];
const OF_2: Name[] = ['company2', 'place2'];
const OF_NONE: Name[] = ['crossed', 'nobody'];
const NAMES = Object.keys(VIEWERS) as Name[];

let city: City;
/** The newest report's time and place of each truck. */
const last: Record<string, { at: number; lon: number }> = {};
const say = async (truck: 't1' | 't2', steps: Record<string, unknown>[]) => {
  const reports = drive({ at: last[truck]!.at + 5_000, lon: last[truck]!.lon }, steps);
  await city.upload(truck, reports);
  last[truck] = { at: Number(reports.at(-1)!.time), lon: reports.at(-1)!.lon };
};
/** What a person of that name is answered; their name is their token. */
const as = (name: Name | 'admin', method: Parameters<City['call']>[0], path: string) =>
  city.call(method, path, name === 'admin' ? city.server.adminToken : name);

beforeAll(async () => {
  city = new City(await startTestServer());
  // No account of today is narrowed: these sign in by their name, and all behind that is the server's own.
  const auth = city.server.app.get(AuthService);
  const sessionOf = auth.sessionOf.bind(auth);
  auth.sessionOf = (token) => (token in VIEWERS ? Promise.resolve(VIEWERS[token as Name]) : sessionOf(token));

  const validFrom = new Date(Date.now() - 3_600_000).toISOString();
  await city.trucks(['t1'], 'c1');
  await city.trucks(['t2'], 'c2');
  for (const n of [1, 2] as const) {
    await city
      .call('post', '/places')
      .send(square(`s${n}`, 'site', LON[n], 200, { validFrom }))
      .expect(201);
    await city.permit(`s${n}`, `c${n}`);
    await city
      .call('post', '/cameras')
      .send({ id: `gate-${n}`, placeId: `s${n}`, name: `gate ${n}` })
      .expect(201);
    last[`t${n}`] = { at: Date.now() - 170_000, lon: eastOf(LON[n], 100) };
  }
  // Loaded at the site, out with the cover open, and over the limit later: two alerts of one haul.
  const load = { loadKg: 16_500, cover: 'open', ignition: true };
  for (const truck of ['t1', 't2'] as const) {
    await say(truck, [...times(4, { ...load, speedKmh: 0 }), ...times(10, { ...load, speedKmh: 30 }), ...times(5, { ...load, speedKmh: 75 })]);
  }
});
afterAll(() => city.close());

describe('alerts', () => {
  it('are listed and read by who may see them, and by nobody else', async () => {
    const everything = await city.alerts();
    const of = (truck: string) => everything.filter((alert) => alert.truck.id === truck);
    expect(of('t1').map(({ rule }) => rule)).toEqual(['speeding', 'uncovered-load']);
    expect(of('t2').map(({ rule }) => rule)).toEqual(['speeding', 'uncovered-load']);
    const store = city.server.app.get(AlertStore);
    for (const name of NAMES) {
      const own = [...(OF_1.includes(name) ? of('t1') : []), ...(OF_2.includes(name) ? of('t2') : [])];
      expect({ name, seen: await city.alerts('', name) }).toEqual({ name, seen: own });
      expect((await store.list(VIEWERS[name], { limit: 500 })).items).toEqual(own);
      for (const alert of everything) {
        const mine = own.includes(alert);
        const path = `/alerts/${encodeURIComponent(alert.id)}`;
        const { status, body } = await as(name, 'get', path);
        expect({ name, id: alert.id, status }).toEqual({ name, id: alert.id, status: mine ? 200 : 404 });
        if (mine) expect(body).toMatchObject({ id: alert.id, haul: { truck: { id: alert.truck.id } }, related: { length: 1 } });
        else expect(body.detail).toBe(`There is no alert ${alert.id}.`);
      }
    }
  });

  it('are not found by asking for them in any other way', async () => {
    for (const query of ['truck=t2', 'company=c2', 'place=s2', 'status=open&truck=t2']) {
      for (const name of [...OF_1, ...OF_NONE]) expect({ name, query, seen: await city.alerts(query, name) }).toEqual({ name, query, seen: [] });
      expect(await city.alerts(query, 'company2')).toHaveLength(2);
    }
    // Nor does a cursor carry one past a scope: it is no more than a place in the list.
    const { body } = await as('admin', 'get', '/alerts?limit=1').expect(200);
    const page = await as('company1', 'get', `/alerts?limit=500&cursor=${body.nextCursor}`).expect(200);
    expect(page.body.items.every(({ truck }: { truck: { id: string } }) => truck.id === 't1')).toBe(true);
  });

  it('of one incident are told only so far as they may be seen', async () => {
    const store = city.server.app.get(AlertStore);
    const [alert] = await city.alerts('truck=t1&rule=speeding');
    const related = (name: Name) => store.related(VIEWERS[name].scope, alert!.incident, alert!.id);
    expect((await related('company1')).map(({ rule }) => rule)).toEqual(['uncovered-load']);
    for (const name of [...OF_2, ...OF_NONE]) expect(await related(name)).toEqual([]);
  });

  it('are not decided by who may not see them: not found, and not changed', async () => {
    const [alert] = await city.alerts('truck=t1&rule=speeding');
    const path = `/alerts/${encodeURIComponent(alert!.id)}`;
    for (const name of [...OF_2, ...OF_NONE]) {
      for (const step of ['acknowledge', 'confirm', 'dismiss', 'reopen']) {
        const { status } = await as(name, 'post', `${path}/${step}`).send(['dismiss', 'reopen'].includes(step) ? { reason: 'not mine' } : undefined);
        expect({ name, step, status }).toEqual({ name, step, status: 404 });
      }
    }
    expect(await city.alert(alert!.id)).toMatchObject({ ...alert, steps: [], sealed: null });
    await as('place1', 'post', `${path}/acknowledge`).expect(200);
    expect(await city.alert(alert!.id)).toMatchObject({ status: 'acknowledged', decision: { by: 'place1' } });
  });
});

it('hauls are seen by the company that drove them and by the places they left or came to', async () => {
  const store = city.server.app.get(HaulStore);
  const all = (await as('admin', 'get', '/hauls').expect(200)).body.items as { id: string; truck: { id: string } }[];
  expect(all.map(({ truck }) => truck.id).sort()).toEqual(['t1', 't2']);
  for (const name of NAMES) {
    const own = all.filter(({ truck }) => (truck.id === 't1' ? OF_1 : OF_2).includes(name));
    expect({ name, seen: (await as(name, 'get', '/hauls').expect(200)).body.items }).toEqual({ name, seen: own });
    for (const haul of all) {
      expect(await store.one(VIEWERS[name].scope, haul.id)).toEqual(own.includes(haul) ? haul : null);
      expect((await as(name, 'get', `/hauls?truck=${haul.truck.id}`).expect(200)).body.items).toEqual(own.includes(haul) ? [haul] : []);
    }
  }
});

it('tracks are seen by the truck’s own company, and not by who sees a place: the truck’s day is not the site’s', async () => {
  const store = city.server.app.get(TrackStore);
  for (const name of NAMES) {
    for (const [truck, who] of [
      ['t1', 'company1'],
      ['t2', 'company2'],
    ] as const) {
      const { status, body } = await as(name, 'get', `/trucks/${truck}/track`);
      expect({ name, truck, status }).toEqual({ name, truck, status: name === who ? 200 : 404 });
      expect(body).toMatchObject(name === who ? { total: 19 } : { detail: `There is no truck ${truck}.` });
      const read = store.track(VIEWERS[name].scope, truck, undefined, undefined, 100).then(({ total }) => total);
      expect(await read.catch(({ message }: Error) => message)).toBe(name === who ? 19 : `There is no truck ${truck}.`);
    }
  }
});

it('the registry is listed and read by who may see it', async () => {
  const lists: [string, Partial<Record<Name, string[]>>][] = [
    // A place sees whom a permit of its lets come; a company the places that its permits lead to.
    ['companies', { company1: ['c1'], company2: ['c2'], place1: ['c1'], place2: ['c2'], both1: ['c1'], crossed: [], nobody: [] }],
    ['trucks', { company1: ['t1'], company2: ['t2'], place1: ['t1'], place2: ['t2'], both1: ['t1'], crossed: [], nobody: [] }],
    ['terminals', { company1: ['t1'], company2: ['t2'], place1: ['t1'], place2: ['t2'], both1: ['t1'], crossed: [], nobody: [] }],
    ['cameras', { company1: [], place1: ['gate-1'], place2: ['gate-2'], both1: [], crossed: [], nobody: [] }],
    ['places', { company1: ['s1', 'yard-of-s1'], place1: ['s1'], place2: ['s2'], both1: ['s1'], crossed: [], nobody: [] }],
  ];
  for (const [list, seen] of lists) {
    const idsOf = async (name: Name | 'admin', query = '') => {
      const { body } = await as(name, 'get', `/${list}${query}`).expect(200);
      return (body.items ?? body.features).map((one: { id?: string; properties?: { id: string } }) => one.properties?.id ?? one.id) as string[];
    };
    const all = await idsOf('admin');
    expect(all.length).toBeGreaterThan(1);
    for (const [name, own] of Object.entries(seen) as [Name, string[]][]) {
      expect({ list, name, ids: await idsOf(name) }).toEqual({ list, name, ids: own });
      for (const id of all) {
        const { status } = await as(name, 'get', `/${list}/${id}`);
        expect({ list, name, id, status }).toEqual({ list, name, id, status: own.includes(id) ? 200 : 404 });
        expect(await idsOf(name, `?q=${id}`)).toEqual(own.filter((one) => one.includes(id)));
      }
    }
  }
});

it('quarantine, which belongs to nobody, is for those who see the whole city', async () => {
  const store = city.server.app.get(QuarantineStore);
  await as('admin', 'get', '/quarantine').expect(200);
  expect((await store.list(WHOLE_CITY, { limit: 1 })).items).toEqual([]);
  for (const name of NAMES) {
    await as(name, 'get', '/quarantine').expect(403);
    await as(name, 'get', '/quarantine/summary').expect(403);
    await expect(store.summary(VIEWERS[name].scope)).rejects.toThrow(/whole city/);
  }
});

describe('live', () => {
  const pages = {} as Record<Name | 'admin', Page>;
  const hears = (name: Name | 'admin', truck: string) => pages[name].positions(truck).map(({ lon }) => lon);
  const all = () => Object.values(pages);

  beforeAll(async () => {
    // Both trucks are back at their sites, believed to be inside.
    for (const truck of ['t1', 't2'] as const) {
      last[truck] = { at: last[truck]!.at + 60_000, lon: eastOf(LON[truck === 't1' ? 1 : 2], 100) };
      await say(truck, times(5, { speedKmh: 0, cover: 'open', loadKg: 16_500 }));
    }
    for (const name of NAMES) pages[name] = await Page.open(city.server.url, name);
    pages.admin = await Page.open(city.server.url, city.server.adminToken);
  });
  afterAll(() => all().forEach((page) => page.close()));

  it('begins with a snapshot of what may be seen', () => {
    const { board } = city.server.app.get(LiveService);
    for (const name of NAMES) {
      const { trucks, alerts } = pages[name].snapshots[0]!;
      const own = [...(OF_1.includes(name) ? ['t1'] : []), ...(OF_2.includes(name) ? ['t2'] : [])];
      expect({ name, trucks: trucks.map(({ id }) => id) }).toEqual({ name, trucks: own });
      expect({ name, alerts: [...new Set(alerts.map(({ truck }) => truck.id))] }).toEqual({ name, alerts: own });
      expect(board.positions(VIEWERS[name].scope).map(({ id }) => id)).toEqual(own);
    }
    expect(pages.admin.snapshots[0]!.trucks).toHaveLength(2);
    expect(pages.admin.snapshots[0]!.alerts).toHaveLength(4);
  });

  it('goes on with the positions and alerts that may be seen, whatever is watched', async () => {
    // Everybody asks for what is the other's: a truck, the map round it, all.
    for (const name of OF_1) expect(await pages[name].watch({ truckId: 't2' })).toEqual({ ok: true });
    for (const name of OF_NONE) expect(await pages[name].watch({ bbox: [LON[2] - 0.1, 31, LON[2] + 0.1, 32] })).toEqual({ ok: true });
    await say('t2', [{ speedKmh: 0 }]);
    await eventually('its own viewers see it', () => [...OF_2, 'admin' as const].every((name) => hears(name, 't2').length > 0));
    for (const name of [...OF_1, ...OF_NONE]) expect({ name, heard: hears(name, 't2') }).toEqual({ name, heard: [] });
    for (const name of OF_NONE) expect({ name, heard: pages[name].of<Position[]>('positions') }).toEqual({ name, heard: [] });

    for (const name of [...OF_1, ...OF_NONE]) await pages[name].watch({});
    await say('t1', [{ speedKmh: 0 }]);
    await eventually('its own viewers see it', () => [...OF_1, 'admin' as const].every((name) => hears(name, 't1').length > 0));
    for (const name of [...OF_2, ...OF_NONE]) expect({ name, heard: hears(name, 't1') }).toEqual({ name, heard: [] });

    const [alert] = await city.alerts('truck=t2&rule=speeding');
    await city.step(alert!.id, 'acknowledge');
    await eventually('its own viewers hear it', () => [...OF_2, 'admin' as const].every((name) => pages[name].alerts(alert!.id).length > 0));
    const [mine] = await city.alerts('truck=t1&rule=uncovered-load');
    await city.step(mine!.id, 'acknowledge');
    await eventually('its own viewers hear it', () => OF_1.every((name) => pages[name].alerts(mine!.id).length > 0));
    for (const name of [...OF_1, ...OF_NONE]) expect({ name, heard: pages[name].alerts(alert!.id) }).toEqual({ name, heard: [] });
    for (const name of [...OF_2, ...OF_NONE]) expect({ name, heard: pages[name].alerts(mine!.id) }).toEqual({ name, heard: [] });
  });

  it('loses a truck from sight when it leaves the place, also where just that truck is watched', async () => {
    await pages.place1.watch({ truckId: 't1' });
    await pages.company1.watch({ truckId: 't1' });
    const before = hears('company1', 't1').length;
    await say('t1', [{ speedKmh: 0 }]);
    await eventually('inside it is seen', () => hears('place1', 't1').at(-1) === last.t1!.lon && hears('company1', 't1').length > before);

    await say('t1', times(8, { speedKmh: 30 }));
    const gone = await eventually(
      'its company sees it leave',
      () => hears('company1', 't1').at(-1)!,
      (lon) => lon === last.t1!.lon,
    );
    const until = hears('place1', 't1').length;
    await say('t1', times(2, { speedKmh: 30 }));
    await eventually('its company sees it drive', () => hears('company1', 't1').at(-1) !== gone);
    expect(hears('place1', 't1')).toHaveLength(until);
    expect(hears('place1', 't1')).not.toContain(gone);
  });

  it('describes every event as the contract does', () => {
    for (const page of all()) expect(page.faults).toEqual([]);
  });
});

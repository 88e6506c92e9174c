import type { Alert, Position } from '@muckwatch/contract';
import request from 'supertest';
import { LiveService } from '../apps/server/src/live/live.service.js';
import { City, drive, eastOf, eventually, times } from './support/city.js';
import { Page } from './support/page.js';
import { ADMIN_PASSWORD, startTestServer } from './support/server.js';

let city: City;
const pages: Page[] = [];
const open = async (token = city.server.adminToken, options = {}) => {
  const page = await Page.open(city.server.url, token, options);
  pages.push(page);
  return page;
};
/** What a socket that asks to come in is told: null where it is let in. */
const knock = async (options: object): Promise<string | null> => {
  const page = new Page(city.server.url, { reconnection: false, ...options });
  pages.push(page);
  const answer = await new Promise<string | null>((resolve) => {
    page.socket.on('connect', () => resolve(null)).on('connect_error', ({ message }) => resolve(message));
  });
  if (answer !== null) expect(page.heard).toEqual([]);
  return answer;
};
const clock = { at: Date.now() - 600_000 };
const where: Record<string, number> = { a: 113.4, b: 113.45, quiet: 113.5, west: 116.25, east: 116.95 };
/** One report of a truck, some metres east of where it was, a second later than the last of all. Answers its longitude. */
const move = async (truck: string, metres = 8): Promise<number> => {
  const lon = (where[truck] = eastOf(where[truck]!, metres));
  await city.upload(truck, drive({ at: (clock.at += 1_000), lon }, [{ speedKmh: 20 }]));
  return lon;
};

beforeAll(async () => {
  city = new City(await startTestServer());
  await city.trucks(['a', 'b', 'quiet']);
  await move('quiet');
});
afterAll(async () => {
  for (const page of pages) page.close();
  await city.close();
});
afterEach(() => {
  for (const page of pages.splice(0)) {
    expect(page.faults).toEqual([]);
    page.close();
  }
});

describe('a socket is let in', () => {
  let cookie: string;
  beforeAll(async () => {
    const { headers } = await request(city.server.url).post('/api/v1/auth/login').send({ username: 'admin', password: ADMIN_PASSWORD }).expect(200);
    cookie = headers['set-cookie']![0]!.split(';')[0]!;
  });

  it('with a token in its handshake, or with the cookie of our own page', async () => {
    expect(await knock({ auth: { token: city.server.adminToken } })).toBeNull();
    expect(await knock({ extraHeaders: { Authorization: `Bearer ${city.server.adminToken}` } })).toBeNull();
    expect(await knock({ extraHeaders: { cookie, origin: city.server.url } })).toBeNull();
    expect(await knock({ extraHeaders: { cookie } })).toBeNull(); // no browser sent it
    expect(await knock({ extraHeaders: { cookie, origin: city.server.url }, transports: ['polling'] })).toBeNull();
  });

  it('and not without, with a wrong one, or with the cookie by another site’s page', async () => {
    for (const options of [
      {},
      { auth: { token: '' } },
      { auth: { token: 'x'.repeat(43) } },
      { auth: { token: { toString: 1 } } },
      { auth: { token: [city.server.adminToken] } },
      { extraHeaders: { cookie: 'muckwatch=nonsense' } },
      { extraHeaders: { cookie, origin: 'https://evil.example' } },
      { extraHeaders: { cookie, 'sec-fetch-site': 'cross-site', origin: city.server.url } },
      { extraHeaders: { cookie, origin: 'null' } },
      // A wrong token is not mended by a good cookie.
      { auth: { token: 'wrong' }, extraHeaders: { cookie, origin: city.server.url } },
    ]) {
      expect({ options, answer: await knock(options) }).toEqual({ options, answer: 'unauthorized' });
    }
  });

  it('to /live alone: the root namespace says nothing to anybody', async () => {
    const { io } = await import('socket.io-client');
    const root = io(city.server.url, { transports: ['websocket'], reconnection: false, forceNew: true });
    const heard: string[] = [];
    root.onAny((event: string) => heard.push(event));
    await new Promise((resolve) => root.once('connect', () => resolve(null)).once('connect_error', resolve));
    const page = await open();
    await eventually('health was told to those signed in', () => page.health.length > 0);
    expect(heard).toEqual([]);
    root.close();
  });
});

describe('a page', () => {
  it('gets one snapshot first, then what changes', async () => {
    await move('a');
    const page = await open();
    expect(page.heard[0]!.event).toBe('snapshot');
    expect(page.snapshots[0]!.trucks.map(({ id }) => id).sort()).toEqual(['a', 'quiet']);
    expect(page.snapshots[0]).toMatchObject({ alerts: [], health: { database: { ok: true }, broker: { ok: true, kind: 'embedded' } } });
    await move('b');
    await eventually('b appears', () => page.positions('b').length > 0);
    await eventually('health comes by itself', () => page.health.length > 0);
    expect(page.snapshots).toHaveLength(1);
    expect(page.health[0]!.fleet).toMatchObject({ trucks: 3, heard: 3 });
  });

  it('hears positions at most once a second, each change once, and nothing of who did not move', async () => {
    const page = await open();
    const began = performance.now();
    const lon = { a: 0, b: 0 };
    while (performance.now() - began < 3_500) {
      lon.a = await move('a');
      lon.b = await move('b');
    }
    await eventually('the last places are shown', () => (['a', 'b'] as const).every((id) => page.positions(id).at(-1)?.lon === lon[id]));
    const batches = page.of<Position[]>('positions');
    expect(batches.length).toBeGreaterThanOrEqual(2);
    expect(batches.length).toBeLessThanOrEqual(Math.ceil((performance.now() - began) / 1_000) + 1);
    for (const batch of batches) expect(batch).toHaveLength(new Set(batch.map(({ id }) => id)).size);
    expect(page.positions('quiet')).toEqual([]);
    const said = page.positions('a').map(({ at }) => at);
    expect(said).toEqual([...new Set(said)].sort());

    // Nobody moved: nothing is sent.
    const { length } = page.of('positions');
    const health = page.health.length;
    await eventually('three seconds went by', () => page.health.length > health);
    expect(page.of('positions')).toHaveLength(length);
  });

  it('does not move a truck back for a report that came late or is not believed', async () => {
    const page = await open();
    const lon = await move('a');
    const shown = await eventually(
      'it is shown',
      () => page.positions('a').at(-1)!,
      (one?: Position) => one?.lon === lon,
    );
    await city.upload('a', drive({ at: clock.at - 1, lon: eastOf(lon, -4) }, [{ speedKmh: 20 }])); // late
    await city.upload('a', drive({ at: clock.at + 1, lon: eastOf(lon, 100_000) }, [{ speedKmh: 20 }])); // a hundred kilometres in a millisecond
    await move('b');
    await eventually('b moved after it', () => page.positions('b').length > 0);
    expect(page.positions('a').at(-1)).toEqual(shown);
    const fresh = await open();
    expect(fresh.snapshots[0]!.trucks.find(({ id }) => id === 'a')).toEqual(shown);
  });

  it('watches a part of the map, one truck, or all, and hears alerts whatever it watches', async () => {
    await city.trucks(['west', 'east', 'fast']);
    const [all, west, east, back] = [await open(), await open(), await open(), await open()];
    expect(await west.watch({ bbox: [116.2, 31.6, 116.3, 31.8] })).toEqual({ ok: true });
    expect(await east.watch({ truckId: 'east' })).toEqual({ ok: true });
    expect(await back.watch({ bbox: [0, 0, 1, 1] })).toEqual({ ok: true });
    expect(await back.watch({})).toEqual({ ok: true });
    await move('west');
    await move('east');
    await eventually('all is heard', () => [all, back].every((page) => page.positions('west').length + page.positions('east').length === 2));
    await eventually('each part is heard', () => west.positions('west').length + east.positions('east').length === 2);
    expect([west.positions('east'), east.positions('west')]).toEqual([[], []]);

    await city.upload('fast', drive({ at: Date.now() - 60_000, lon: 117.5 }, times(5, { speedKmh: 95 })));
    for (const page of [all, west, east, back]) await eventually('the alert is heard', () => page.alerts().some(({ truck }) => truck.id === 'fast'));
    // A box wider than the city is the whole city; where it is moved, what is there is heard from then on.
    expect(await west.watch({ bbox: [-180, -90, 180, 90] })).toEqual({ ok: true });
    await move('east');
    await eventually('the wide box hears it', () => west.positions('east').length === 1);
  });

  it('that asks to watch what cannot be watched is told why, and goes on watching as before', async () => {
    const page = await open();
    expect(await page.watch({ truckId: 'a' })).toEqual({ ok: true });
    const cases: [unknown, RegExp][] = [
      [{ bbox: [1, 2] }, /^bbox/],
      [{ bbox: [1, 2, 3, 'x'] }, /^bbox\.3/],
      [{ bbox: [-181, 0, 1, 1] }, /^bbox\.0/],
      [{ bbox: [0, 0, 1, 1], truckId: 'a' }, /not both/],
      [{ truckId: 'a b' }, /^truckId/],
      [{ truckId: 7 }, /^truckId/],
      [{ nonsense: 1 }, /nonsense/],
      [null, /./],
      ['all', /./],
      [[], /./],
      [undefined, /./],
    ];
    for (const [asked, why] of cases)
      expect({ asked, answer: await page.watch(asked) }).toEqual({ asked, answer: { ok: false, error: expect.stringMatching(why) } });
    page.socket.emit('watch'); // not even an answer is wanted
    page.socket.emit('watch', { bbox: 'x' });
    page.socket.emit('drop table', { a: 1 });
    await move('b');
    await move('a');
    await eventually('a is heard', () => page.positions('a').length > 0);
    expect(page.positions('b')).toEqual([]);
    expect(page.socket.connected).toBe(true);
  });
});

describe('a socket is closed', () => {
  const closed = (page: Page) => new Promise<string>((resolve) => void page.socket.once('disconnect', resolve));

  it('when its session signs out, and no other of the account', async () => {
    const { token } = await city.person('leaves');
    const { body } = await request(city.server.url).post('/api/v1/auth/login').send({ username: 'leaves', password: 'a long enough one' });
    const [here, there] = [await open(token), await open(body.token as string)];
    const gone = closed(here);
    await city.call('post', '/auth/logout', token).expect(204);
    expect(await gone).toBe('io server disconnect');
    expect(await knock({ auth: { token } })).toBe('unauthorized');
    expect((await there.watch({})).ok).toBe(true);
  });

  it('when its account is disabled, all of them, and nobody else’s', async () => {
    const { id, token } = await city.person('disabled');
    const [one, two, admin] = [await open(token), await open(token), await open()];
    const gone = Promise.all([closed(one), closed(two)]);
    await city.call('patch', `/accounts/${id}`).send({ disabled: true }).expect(200);
    expect(await gone).toEqual(['io server disconnect', 'io server disconnect']);
    expect(await knock({ auth: { token } })).toBe('unauthorized');
    const heard = one.heard.length;
    await move('b');
    await eventually('the admin goes on hearing', () => admin.positions('b').length > 0);
    expect(one.heard).toHaveLength(heard);
  });
});

it('a page that comes back gets a fresh snapshot with what it missed', async () => {
  const page = await open();
  await move('a');
  const away = new Promise((resolve) => void page.socket.once('disconnect', resolve));
  page.socket.io.engine.close(); // the cable, not the page
  await away;
  const heard = page.heard.length;
  const lon = await move('b');
  await eventually('it is back', () => page.snapshots.length === 2);
  expect(page.heard[heard]!.event).toBe('snapshot');
  expect(page.snapshots[1]!.at > page.snapshots[0]!.at).toBe(true);
  expect(page.snapshots[1]!.trucks.find(({ id }) => id === 'b')!.lon).toBe(lon);
  await move('a');
  await eventually('and hears on', () => page.positions('a').some(({ lon }) => lon === where.a));
});

it('a page that cannot keep up gets a new snapshot instead of all that it missed, and holds up nobody', async () => {
  const live = city.server.app.get(LiveService);
  const [template] = await city.alerts('truck=fast');
  const [slow, healthy] = [await open(), await open()];
  const id = 'speeding:fast:-:1';
  let version = template!.version;
  /** One alert that grows, 30 KB each time, as fast as the other page can read it. */
  const burst = async (count: number) => {
    for (let i = 1; i <= count; i++) {
      const alert: Alert = { ...template!, id, version: ++version, summary: { zh: '长'.repeat(10_000), en: 'x' } };
      live.alert({ alert, companyId: 'c1', siteId: null, districtId: null });
      if (i % 25 === 0 || i === count) await eventually('the other page has it', () => healthy.alerts(id).at(-1)?.version === version);
    }
  };
  const tcp = (slow.socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }).ws;

  tcp.pause();
  await burst(800); // more than the kernel's buffers hold
  await burst(200); // these wait in our own
  const health = healthy.health.length;
  await eventually('a tick went by', () => healthy.health.length > health);
  const missed = version + 1;
  await burst(200);
  expect(healthy.alerts(id)).toHaveLength(1_200);
  expect(healthy.snapshots).toHaveLength(1);
  // What it watches while it is slow holds once it has drained.
  slow.socket.emit('watch', { truckId: 'a' });
  await eventually('the server has read it', async () => (await healthy.watch({})).ok);

  tcp.resume();
  await eventually('it gets a new snapshot', () => slow.snapshots.length === 2);
  expect(slow.alerts(id).some((alert) => alert.version >= missed)).toBe(false);
  expect(slow.snapshots[1]!.alerts.find((alert) => alert.id === id)!.version).toBe(version);
  await burst(1);
  await eventually('it hears on', () => slow.alerts(id).at(-1)?.version === version);
  await move('b');
  await move('a');
  await eventually('and watches what it asked for', () => slow.positions('a').length > 0);
  expect(slow.positions('b')).toEqual([]);
  expect(slow.socket.connected).toBe(true);
});

import type { AuditRow, CommandBody, CommandResource } from '@muckwatch/contract';
import { now } from '../../apps/server/src/clock.js';
import { Downlink } from '../../apps/server/src/downlink/downlink.service.js';
import { City, drive, eventually, square, times } from '../support/city.js';
import { Page } from '../support/page.js';
import { startTestServer } from '../support/server.js';
import { ask, Cab, command, steps, untilStatus } from './cab.js';

const LON = 113.42;
const lift = (truckId: string, more: Partial<CommandBody> = {}): Partial<CommandBody> => ({
  truckId,
  kind: 'limit-lift',
  reason: '涉嫌乱倒',
  releasesInS: 3_600,
  ...more,
});
const slow = (truckId: string, more: Partial<CommandBody> = {}): Partial<CommandBody> => ({ ...lift(truckId, more), kind: 'limit-speed', kmh: 40 });

let city: City;
let downlink: Downlink;
const people: Record<'operator' | 'supervisor' | 'second' | 'viewer' | 'foreign' | 'dispatcher' | 'manager', string> = {} as never;
const cabs: Cab[] = [];

beforeAll(async () => {
  city = new City(await startTestServer());
  downlink = city.server.app.get(Downlink);
  await city.trucks(['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 't9'], 'c1');
  await city.trucks(['u1'], 'c2');
  await city
    .call('post', '/places')
    .send(square('s1', 'site', LON + 0.5, 200))
    .expect(201);
  people.operator = (await city.person('operator')).token;
  people.supervisor = (await city.person('supervisor', 'supervisor')).token;
  people.second = (await city.person('second', 'supervisor')).token;
  people.viewer = (await city.person('viewer', 'viewer')).token;
  people.foreign = (await city.person('foreign', 'operator', { companyIds: ['c2'] })).token;
  people.dispatcher = (await city.person('dispatcher', 'dispatcher', { companyIds: ['c1'] })).token;
  people.manager = (await city.person('manager', 'site-manager', { placeIds: ['s1'] })).token;
}, 180_000);
afterEach(() => {
  downlink.clock = now;
});
afterAll(async () => {
  for (const cab of cabs) cab.vanish();
  await city.close();
});

const cab = async (id: string, answers: string[] = ['received', 'done']) => {
  const made = new Cab(id, () => `mqtt://127.0.0.1:${city.mqttPort}`);
  made.answers = answers;
  cabs.push(made);
  return made.come();
};
const decide = (id: string, step: 'approve' | 'refuse', token: string, reason?: string) =>
  city.call('post', `/commands/${id}/${step}`, token).send(reason === undefined ? undefined : { reason });
const turnTo = async (at: number) => {
  downlink.clock = () => at;
  await downlink.turn();
};

describe('a control', () => {
  it('is asked for by one person and approved by another; the time until its release begins then', async () => {
    const t1 = await cab('t1');
    const asked = await ask(city, slow('t1'), people.supervisor);
    expect(asked).toMatchObject({ status: 'asked', waitsFor: 'approval', askedBy: 'supervisor', reason: '涉嫌乱倒', kmh: 40 });
    const own = await decide(asked.id, 'approve', people.supervisor).expect(409);
    expect(own.body.detail).toContain('another person');
    await decide(asked.id, 'approve', people.operator).expect(403);
    await decide(asked.id, 'approve', people.viewer).expect(403);
    expect(t1.heard).toEqual([]);

    const { body: approved } = await decide(asked.id, 'approve', people.second).expect(200);
    expect(approved).toMatchObject({ decidedBy: 'second' });
    expect(Date.parse(approved.releasesAt) - Date.parse(approved.decidedAt)).toBe(3_600_000);
    const done = await untilStatus(city, asked.id, 'done');
    expect(steps(done)).toEqual(['asked', 'queued', 'sent', 'received', 'done']);
    expect(t1.heard).toMatchObject([{ id: asked.id, kind: 'limit-speed', kmh: 40, releasesAt: done.releasesAt }]);
    const again = await decide(asked.id, 'approve', people.second).expect(409);
    expect(again.body.detail).toBe(`Command ${asked.id} is done; it can be approved only while it is asked.`);
  });

  it('is one at a time: a release would end both', async () => {
    const { body } = await city.call('post', '/commands', people.operator).send(lift('t1')).expect(409);
    expect(body.detail).toContain('Truck t1 has a limit already');
  });

  it('needs a reason and an end, and an operator or a supervisor of that truck', async () => {
    const bad = await city.call('post', '/commands', people.operator).send({ truckId: 't2', kind: 'limit-lift' }).expect(400);
    expect(bad.body.errors.map(({ path }: { path: string }) => path)).toEqual(['releasesInS', 'reason']);
    await city.call('post', '/commands', people.viewer).send(lift('t2')).expect(403);
    await city.call('post', '/commands', people.foreign).send(lift('t2')).expect(404);
    await city.call('post', '/commands', people.operator).send(lift('nobody')).expect(404);
  });

  it('is refused with a reason, and then it is over', async () => {
    const asked = await ask(city, slow('t2'), people.operator);
    await decide(asked.id, 'refuse', people.supervisor).expect(400);
    const { body } = await decide(asked.id, 'refuse', people.supervisor, '证据不足').expect(200);
    expect(body).toMatchObject({ status: 'refused', decidedBy: 'supervisor' });
    expect(body.steps.at(-1)).toMatchObject({ status: 'refused', detail: '证据不足' });
    await ask(city, slow('t2'), people.operator);
  });

  it('that nobody approves in time expires', async () => {
    const asked = await ask(city, slow('t3', { expiresInS: 60 }), people.operator);
    await turnTo(now() + 61_000);
    expect(steps(await command(city, asked.id))).toEqual(['asked', 'expired']);
    await decide(asked.id, 'approve', people.second).expect(409);
  });
});

describe('a lift limit', () => {
  it('waits until the truck has stood for a minute', async () => {
    const t4 = await cab('t4');
    const at = now();
    await t4.report(drive({ at: at - 200_000, lon: LON }, times(8, { speedKmh: 30 })));
    const asked = await ask(city, lift('t4'), people.operator);
    await decide(asked.id, 'approve', people.second).expect(200);
    await downlink.turn();
    expect(await command(city, asked.id)).toMatchObject({ status: 'queued', waitsFor: 'standing' });

    const stand = (from: number, to: number) => drive({ at: at + from, lon: LON + 0.01 }, times((to - from) / 5_000 + 1, { speedKmh: 0 }));
    await t4.report(stand(-150_000, -100_000));
    await downlink.turn();
    expect(t4.heard).toEqual([]); // fifty seconds, and long ago
    await t4.report(stand(-95_000, -5_000));
    const done = await untilStatus(city, asked.id, 'done');
    expect(done.waitsFor).toBeNull();
    expect(t4.heard).toMatchObject([{ id: asked.id, kind: 'limit-lift' }]);
  });

  it('is never sent to a truck that drives, and expires', async () => {
    const t5 = await cab('t5');
    await t5.report(drive({ at: now() - 100_000, lon: LON }, times(20, { speedKmh: 35 })));
    const asked = await ask(city, lift('t5', { expiresInS: 120 }), people.operator);
    await decide(asked.id, 'approve', people.second).expect(200);
    await turnTo(now() + 121_000);
    expect(steps(await command(city, asked.id))).toEqual(['asked', 'queued', 'expired']);
    expect(t5.heard).toEqual([]);
    // Never sent, so nothing is to be released.
    await turnTo(now() + 2 * 3_600_000);
    expect((await city.call('get', '/commands?truck=t5').expect(200)).body.items).toHaveLength(1);
  });
});

describe('a release', () => {
  const releases = async (truck: string) =>
    ((await city.call('get', `/commands?truck=${truck}`).expect(200)).body.items as CommandResource[]).filter(({ kind }) => kind === 'release');

  it('comes by itself when the time is over', async () => {
    const t8 = await cab('t8');
    const asked = await ask(city, slow('t8'), people.operator);
    await decide(asked.id, 'approve', people.second).expect(200);
    const control = await untilStatus(city, asked.id, 'done');
    await turnTo(Date.parse(control.releasesAt!) - 1_000);
    expect(await releases('t8')).toEqual([]);
    await turnTo(Date.parse(control.releasesAt!) + 1_000);
    const [release] = await releases('t8');
    expect(release).toMatchObject({ automatic: true, askedBy: 'MuckWatch' });
    await untilStatus(city, release!.id, 'done');
    expect(t8.heard.map(({ kind }) => kind)).toEqual(['limit-speed', 'release']);
    expect((await command(city, control.id)).releasedBy).toBe(release!.id);
    const acts = await eventually(
      'it stands in the audit',
      async () => (await city.call('get', '/audit?action=control%20released').expect(200)).body.items as AuditRow[],
      ({ length }) => length > 0,
    );
    expect(acts[0]).toMatchObject({ username: '(server)', target: 't8', detail: { control: control.id, kind: 'limit-speed', release: release!.id } });
    await turnTo(Date.parse(control.releasesAt!) + 3_600_000);
    expect(await releases('t8')).toHaveLength(1);
    downlink.clock = now;
    await ask(city, slow('t8'), people.operator);
  });

  it('comes also where the answer to the control never came, and is kept until the terminal is there', async () => {
    const t6 = await cab('t6', []);
    const asked = await ask(city, slow('t6'), people.operator);
    await decide(asked.id, 'approve', people.second).expect(200);
    await untilStatus(city, asked.id, 'sent');
    await eventually('it hears it', () => t6.heard.length === 1);
    t6.vanish();
    const { releasesAt } = await command(city, asked.id);
    await eventually('it is away', async () => (await ask(city, { truckId: 't6', kind: 'capture' })).waitsFor, (waitsFor) => waitsFor === 'terminal'); // prettier-ignore
    const over = Date.parse(releasesAt!) + 1_000;
    await turnTo(over);
    const [release] = await releases('t6');
    expect(release).toMatchObject({ status: 'queued', waitsFor: 'terminal' });
    expect(await command(city, asked.id)).toMatchObject({ status: 'expired', releasedBy: release!.id });

    await turnTo(over + 3 * 24 * 3_600_000);
    expect((await releases('t6')).map(({ status }) => status)).toEqual(['queued']);
    t6.answers = ['received', 'done'];
    await t6.come();
    await untilStatus(city, release!.id, 'done');
    expect(t6.heard.map(({ kind }) => kind)).toEqual(['limit-speed', 'release']);
  });

  it('that failed is followed by another', async () => {
    const t7 = await cab('t7');
    const asked = await ask(city, slow('t7'), people.operator);
    await decide(asked.id, 'approve', people.second).expect(200);
    const { releasesAt } = await untilStatus(city, asked.id, 'done');
    t7.answers = ['failed'];
    const over = Date.parse(releasesAt!) + 1_000;
    await turnTo(over);
    const [first] = await releases('t7');
    await untilStatus(city, first!.id, 'failed');
    await turnTo(over + 60_000);
    expect(await releases('t7')).toHaveLength(1);
    t7.answers = ['done'];
    await turnTo(over + 6 * 60_000);
    const [second] = await releases('t7');
    await untilStatus(city, second!.id, 'done');
    expect(second!.id).not.toBe(first!.id);
  });

  it('may be asked for early, by one person', async () => {
    const t9 = await cab('t9');
    const waiting = await ask(city, slow('t9'), people.operator);
    const early = await ask(city, { truckId: 't9', kind: 'release', reason: '误判' }, people.operator);
    expect(early.status).toBe('queued');
    await untilStatus(city, early.id, 'done');
    // What nobody had approved yet is withdrawn.
    expect(await command(city, waiting.id)).toMatchObject({ status: 'refused' });
    expect(t9.heard.map(({ kind }) => kind)).toEqual(['release']);

    const next = await ask(city, slow('t9'), people.operator);
    await decide(next.id, 'approve', people.second).expect(200);
    await untilStatus(city, next.id, 'done');
    const release = await ask(city, { truckId: 't9', kind: 'release' }, people.operator);
    await untilStatus(city, release.id, 'done');
    expect((await command(city, next.id)).releasedBy).toBe(release.id);
    await turnTo(Date.parse((await command(city, next.id)).releasesAt!) + 1_000);
    expect((await releases('t9')).map(({ id }) => id)).toEqual([release.id, early.id]);
  });
});

describe('whose commands', () => {
  it('are seen by those who may see the truck, over HTTP and on the socket, and by nobody else', async () => {
    const pages = await Promise.all([people.operator, people.dispatcher, people.foreign, people.manager].map((token) => Page.open(city.server.url, token)));
    const [ours, company, foreign, manager] = pages as [Page, Page, Page, Page];
    const asked = await ask(city, { truckId: 't3', kind: 'speak', text: '好' }, people.operator);
    const other = await ask(city, { truckId: 'u1', kind: 'speak', text: '好' }, people.foreign);
    const heardBy = (page: Page) => [...new Set(page.of<CommandResource>('command').map(({ id }) => id))].filter((id) => [asked.id, other.id].includes(id));
    await eventually('they are told', () => heardBy(ours).length === 2 && heardBy(company).length === 1 && heardBy(foreign).length === 1);
    expect([heardBy(company), heardBy(foreign), heardBy(manager)]).toEqual([[asked.id], [other.id], []]);
    for (const page of pages) {
      expect(page.faults).toEqual([]);
      page.close();
    }
    const ids = async (token: string) =>
      ((await city.call('get', '/commands', token).expect(200)).body.items as CommandResource[]).map(({ truck }) => truck.id);
    expect(new Set(await ids(people.foreign))).toEqual(new Set(['u1']));
    expect(await ids(people.dispatcher)).not.toContain('u1');
    await city.call('get', `/commands/${asked.id}`, people.foreign).expect(404);
    await city.call('get', '/commands', people.manager).expect(403);
    await city.call('post', '/commands', people.dispatcher).send({ truckId: 't3', kind: 'speak', text: '好' }).expect(403);
  });

  it('are listed in pages, newest first', async () => {
    const all: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null && page < 50; page++) {
      const { body } = await city.call('get', `/commands?limit=4${cursor ? `&cursor=${cursor}` : ''}`).expect(200);
      all.push(...(body.items as CommandResource[]).map(({ id }) => id));
      cursor = body.nextCursor as string | null;
    }
    const { body: whole } = await city.call('get', '/commands?limit=500').expect(200);
    expect(all).toEqual((whole.items as CommandResource[]).map(({ id }) => id));
    await city.call('get', '/commands?cursor=nonsense').expect(400);
  });

  it('say what is wrong with a question', async () => {
    const { body } = await city.call('post', '/commands').send({ truckId: 't3', kind: 'speak', alertId: 'none', text: '好' }).expect(400);
    expect(body.errors).toEqual([{ path: 'alertId', message: 'names no alert of truck t3' }]);
    await city.call('post', '/commands').send({ truckId: 't3', kind: 'speak' }).expect(400);
    await city.call('get', '/commands/none').expect(404);
  });
});

import type { Alert, Handover, HandoverFacts } from '@muckwatch/contract';
import { HOUR, Street } from './notices/street.js';
import { eventually } from './support/city.js';
import { Page } from './support/page.js';

let street: Street;
let night: { id: string; token: string };
let day: { id: string; token: string };
let district: { id: string; token: string };
let manager: { id: string; token: string };
let alert: Alert;

const since = () => new Date(Date.now() - HOUR).toISOString();
const idOf = (one: { id: string }) => encodeURIComponent(one.id);
const stand = async (token?: string) =>
  (await street.call('get', `/alerts/${idOf(alert)}`, token).expect(200)).body as Alert & { steps: { step: string; by: string; reason: string | null }[] };

beforeAll(async () => {
  street = await Street.open();
  night = await street.person('night', 'operator');
  day = await street.person('day', 'operator');
  district = await street.person('part', 'operator', { companyIds: ['c1'] });
  manager = await street.person('manager', 'site-manager', { placeIds: ['s1'] });
  alert = await street.uncovered();
}, 180_000);
afterAll(() => street.close());

describe('an incident', () => {
  it('is given to somebody who decides alerts, by name, and every page hears it', async () => {
    const page = await Page.open(street.server.url, day.token);
    const people = (await street.call('get', `/alerts/${idOf(alert)}/assignees`, night.token).expect(200)).body.items as { accountId: string; name: string }[];
    expect(people.map(({ name }) => name)).toEqual(expect.arrayContaining(['night', 'day', 'admin']));
    expect(people.map(({ accountId }) => accountId)).not.toContain(manager.id);

    const { items } = (
      await street
        .call('post', `/alerts/${idOf(alert)}/assign`, night.token)
        .send({ accountId: night.id })
        .expect(200)
    ).body as { items: Alert[] };
    expect(items.map(({ id }) => id)).toContain(alert.id);
    await eventually('it is heard', () => page.alerts(alert.id).some(({ assignee }) => assignee?.id === night.id));
    expect(page.faults).toEqual([]);
    page.close();

    const { assignee, status, steps } = await stand();
    expect({ assignee, status }).toEqual({ assignee: { id: night.id, name: 'night' }, status: 'open' });
    expect(steps).toMatchObject([{ step: 'assign', by: 'night', reason: 'night' }]);
    // Once more changes nothing and records nothing.
    await street
      .call('post', `/alerts/${idOf(alert)}/assign`, night.token)
      .send({ accountId: night.id })
      .expect(200, { items: [] });
    expect((await stand()).steps).toHaveLength(1);
  });

  it('is given to nobody who does not decide, and by nobody who does not', async () => {
    const { body } = await street
      .call('post', `/alerts/${idOf(alert)}/assign`, night.token)
      .send({ accountId: manager.id })
      .expect(400);
    expect(body.detail).toContain(manager.id);
    await street
      .call('post', `/alerts/${idOf(alert)}/assign`, manager.token)
      .send({ accountId: night.id })
      .expect(403);
    expect((await stand()).assignee?.id).toBe(night.id);
  });

  it('keeps its person when a batch of reports writes it again', async () => {
    const [again] = await street.happens({ id: alert.id, incident: alert.incident, severity: 'critical' });
    expect(again!.id).toBe(alert.id);
    expect(await stand()).toMatchObject({ severity: 'critical', assignee: { id: night.id } });
  });
});

describe('a shift', () => {
  let made: Handover;

  it('is handed on with what stands, as the server counts it, and with words', async () => {
    const drafts = await street.happens(
      { rule: 'spill', severity: 'critical' },
      { rule: 'speeding', severity: 'minor' },
      { rule: 'long-stop', severity: 'minor', snoozed: true },
    );
    await street
      .call('post', `/alerts/${idOf(drafts[1]!)}/dismiss`, night.token)
      .send({ reason: '测试车' })
      .expect(200);
    const facts = (await street.call('get', `/handovers/draft?since=${encodeURIComponent(since())}`, night.token).expect(200)).body as HandoverFacts;
    expect(facts).toMatchObject({
      opened: { critical: 2, serious: 0, minor: 1 },
      undecided: { critical: 2, serious: 0, minor: 0 },
      decided: [{ rule: 'speeding', confirmed: 0, dismissed: 1 }],
      snoozes: [],
    });
    expect(facts.incidents.map(({ alertId, assignee }) => [alertId, assignee])).toEqual(
      expect.arrayContaining([
        [alert.id, 'night'],
        [drafts[0]!.id, null],
      ]),
    );

    const page = await Page.open(street.server.url, day.token);
    made = (await street.call('post', '/handovers', night.token).send({ since: since(), words: '3 号工地门口积水,\n洒水车 22 点到' }).expect(201))
      .body as Handover;
    expect(made).toMatchObject({ by: { id: night.id }, words: '3 号工地门口积水,\n洒水车 22 点到', facts, taken: null });
    await eventually('the next shift hears that there is something to take', () =>
      page.of<{ what: string }>('changed').some(({ what }) => what === 'handovers'),
    );
    page.close();
    const { items } = (await street.call('get', '/handovers', day.token).expect(200)).body as { items: Handover[] };
    expect(items).toEqual([made]);
  });

  it('is taken once, and what its giver had in hand is the taker’s', async () => {
    const taken = (await street.call('post', `/handovers/${made.id}/take`, day.token).expect(200)).body as Handover;
    expect(taken.taken?.by).toEqual({ id: day.id, name: 'day' });
    expect((await stand()).assignee).toEqual({ id: day.id, name: 'day' });
    expect((await stand()).steps.at(-1)).toMatchObject({ step: 'assign', by: 'day', reason: 'day' });
    const { body } = await street.call('post', `/handovers/${made.id}/take`, night.token).expect(409);
    expect(body.detail).toContain('day');
  });

  it('tells the city’s to nobody who sees a part of it', async () => {
    await street.call('get', '/handovers', district.token).expect(200, { items: [], nextCursor: null });
    await street.call('post', `/handovers/${made.id}/take`, district.token).expect(404);
  });

  it.each([
    [() => new Date(Date.now() + HOUR).toISOString(), 'still to come'],
    [() => new Date(Date.now() - 25 * HOUR).toISOString(), 'more than 24 h ago'],
  ])('has begun, and not days ago', async (began, why) => {
    const { body } = await street.call('post', '/handovers', night.token).send({ since: began() }).expect(400);
    expect(body.detail).toContain(why);
  });
});

describe('somebody who leaves', () => {
  it.each([
    ['is disabled', { disabled: true }],
    ['decides alerts no more', { role: 'viewer' }],
  ])('has nothing in hand once the account %s, and the steps say who took it from them', async (why, change) => {
    const leaver = await street.person(`leaver-${why.length}`, 'operator');
    const [undecided, decided] = await street.happens({ rule: 'spill' }, { rule: 'speeding' });
    for (const one of [undecided!, decided!])
      await street
        .call('post', `/alerts/${idOf(one)}/assign`)
        .send({ accountId: leaver.id })
        .expect(200);
    await street
      .call('post', `/alerts/${idOf(decided!)}/dismiss`, leaver.token)
      .send({ reason: '测试车' })
      .expect(200);
    const page = await Page.open(street.server.url, day.token);
    await street.call('patch', `/accounts/${leaver.id}`).send(change).expect(200);

    const read = async (one: { id: string }) => (await street.call('get', `/alerts/${idOf(one)}`).expect(200)).body as Alert & { steps: object[] };
    const free = await read(undecided!);
    expect(free).toMatchObject({ status: 'open', assignee: null });
    expect(free.steps.at(-1)).toMatchObject({ step: 'assign', by: 'admin', reason: null });
    // Whose decision it was stays said.
    expect((await read(decided!)).assignee?.id).toBe(leaver.id);
    await eventually('the queue hears it', () => page.alerts(undecided!.id).some(({ assignee }) => assignee === null));
    page.close();
    await street
      .call('post', `/alerts/${idOf(undecided!)}/assign`)
      .send({ accountId: leaver.id })
      .expect(400);
  });

  it('keeps it while only the name or the password is another', async () => {
    const stays = await street.person('stays', 'operator');
    const [one] = await street.happens({ rule: 'spill' });
    await street
      .call('post', `/alerts/${idOf(one!)}/assign`)
      .send({ accountId: stays.id })
      .expect(200);
    await street.call('patch', `/accounts/${stays.id}`).send({ name: '换名', password: 'another long one' }).expect(200);
    expect((await street.call('get', `/alerts/${idOf(one!)}`).expect(200)).body.assignee).toEqual({ id: stays.id, name: '换名' });
    await street.call('delete', `/accounts/${stays.id}`).expect(204);
    expect((await street.call('get', `/alerts/${idOf(one!)}`).expect(200)).body.assignee).toBeNull();
  });
});

import type { CommandResource, WordStats } from '@muckwatch/contract';
import { now } from '../../apps/server/src/clock.js';
import { Downlink } from '../../apps/server/src/downlink/downlink.service.js';
import { City, drive, eastOf, eventually, type Said, times } from '../support/city.js';
import { Page } from '../support/page.js';
import { startTestServer } from '../support/server.js';
import { ask, Cab, command, untilStatus } from './cab.js';

const FULL = { loadKg: 16_500, ignition: true };
const LATEST_MS = 30_000;

let city: City;
let page: Page;
const cabs: Cab[] = [];
const lons: Record<string, number> = {};

beforeAll(async () => {
  // Thirty seconds instead of three minutes, which are as good.
  city = new City(await startTestServer({ CORRECTION_S: String(LATEST_MS / 1_000) }));
  const ids = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8'];
  await city.trucks(ids);
  ids.forEach((id, i) => (lons[id] = 113.2 + i * 0.1));
  page = await Page.open(city.server.url, city.server.adminToken);
}, 180_000);
afterAll(async () => {
  for (const cab of cabs) cab.vanish();
  page.close();
  await city.close();
});

const cab = async (id: string, answers: string[] = []) => {
  const made = new Cab(id, () => `mqtt://127.0.0.1:${city.mqttPort}`);
  made.answers = answers;
  cabs.push(made);
  return made.come();
};
/** Loaded and standing with the cover closed, then driving with it open, up to a second before `at`. */
const uncovered = (id: string, at: number): Said[] =>
  drive({ at: at - 76_000, lon: lons[id]! }, [...times(4, { ...FULL, speedKmh: 0, cover: 'closed' }), ...times(12, { ...FULL, speedKmh: 30, cover: 'open' })]);
/** Goes on from there, from a time on. */
const onward = (id: string, from: number, count: number, cover: string): Said[] =>
  drive({ at: from, lon: eastOf(lons[id]!, 700) }, times(count, { ...FULL, speedKmh: 30, cover }));
const speeding = (id: string, at: number): Said[] => drive({ at: at - 60_000, lon: lons[id]! }, times(12, { speedKmh: 96, loadKg: 100, ignition: true }));
const wordsOf = async (truck: string) => (await city.call('get', `/commands?truck=${truck}`).expect(200)).body.items as CommandResource[];
const alertOf = (truck: string, rule = 'uncovered-load') =>
  eventually(`${truck} has the alert`, async () => (await city.alerts(`truck=${truck}&rule=${rule}`))[0]!); // prettier-ignore
const settled = async () => {
  await city.server.app.get(Downlink).turn();
};

describe('warn first', () => {
  it('tells the driver at once in words, and records that he put it right', async () => {
    const t1 = await cab('t1', ['received', 'done']);
    await t1.report(uncovered('t1', now()));
    const alert = await alertOf('t1');
    const [word] = await eventually('a word is under way', () => wordsOf('t1'), ({ length }) => length === 1); // prettier-ignore
    expect(word).toMatchObject({ kind: 'speak', automatic: true, askedBy: 'MuckWatch', alertId: alert.id, text: expect.stringContaining('顶盖') });
    const done = await untilStatus(city, word!.id, 'done');
    expect(t1.heard).toMatchObject([{ id: word!.id, kind: 'speak', text: word!.text }]);
    const doneAt = Date.parse(done.steps.at(-1)!.at);
    expect(done.correction).toEqual({ until: new Date(doneAt + LATEST_MS).toISOString(), putRightAt: null });

    await t1.report(onward('t1', doneAt + 4_000, 4, 'closed'));
    const after = await eventually('it is put right', () => city.alert(alert.id), ({ putRight }) => putRight !== null); // prettier-ignore
    expect(after.putRight).toEqual({ at: after.ended, commandId: word!.id });
    expect(Date.parse(after.ended!)).toBe(doneAt + 4_000);
    expect(after.status).toBe('open');
    expect((await command(city, word!.id)).correction!.putRightAt).toBe(after.ended);
    const told = await eventually('the page knows', () => page.alerts(alert.id).at(-1)!, ({ putRight }) => putRight !== null); // prettier-ignore
    expect(told.version).toBe(after.version);
    await eventually('the page knows the word too', () => page.of<CommandResource>('command').some(({ id, correction }) => id === word!.id && correction?.putRightAt)); // prettier-ignore
    expect(page.faults).toEqual([]);
  });

  it('counts one who goes on as not put right, whenever he closes it', async () => {
    const t2 = await cab('t2', ['received', 'done']);
    await t2.report(uncovered('t2', now()));
    const alert = await alertOf('t2');
    const [word] = await eventually('a word is under way', () => wordsOf('t2'), ({ length }) => length === 1); // prettier-ignore
    const done = await untilStatus(city, word!.id, 'done');
    const until = Date.parse(done.correction!.until);
    await t2.report([...onward('t2', until - LATEST_MS + 2_000, 7, 'open'), ...onward('t2', until + 10_000, 4, 'closed')]);
    const after = await eventually('it has ended', () => city.alert(alert.id), ({ ended }) => ended !== null); // prettier-ignore
    expect(Date.parse(after.ended!)).toBe(until + 10_000);
    expect(after.putRight).toBeNull();
    expect((await command(city, word!.id)).correction).toEqual({ until: done.correction!.until, putRightAt: null });
  });

  it('counts it also where the answer comes after the correction', async () => {
    const t3 = await cab('t3');
    await t3.report(uncovered('t3', now()));
    const alert = await alertOf('t3');
    const [word] = await eventually('a word is under way', () => wordsOf('t3'), ({ length }) => length === 1); // prettier-ignore
    await untilStatus(city, word!.id, 'sent');
    await t3.report(onward('t3', now() + 1_000, 4, 'closed'));
    const ended = await eventually('it has ended', () => city.alert(alert.id), (one) => one.ended !== null); // prettier-ignore
    expect(ended.putRight).toBeNull(); // nobody knows yet that it was spoken
    await t3.say(word!.id, 'done');
    await eventually('it is put right', () => city.alert(alert.id), ({ putRight }) => putRight?.commandId === word!.id); // prettier-ignore
  });

  it('says it once an episode, and not again within ten minutes for the same', async () => {
    const t1 = cabs.find(({ id }) => id === 't1')!;
    const before = (await city.alerts('truck=t1&rule=uncovered-load')).length;
    lons.t1! += 0.02;
    await t1.report(onward('t1', now() + 30_000, 8, 'open'));
    await eventually('there is a second episode', async () => (await city.alerts('truck=t1&rule=uncovered-load')).length, (count) => count === before + 1); // prettier-ignore
    await settled();
    expect(await wordsOf('t1')).toHaveLength(1);
  });

  it('says nothing to a terminal that is not there, nothing late and nothing that is snoozed', async () => {
    // Reports, but does not listen to commands.
    await city.upload('t4', uncovered('t4', now()));
    await alertOf('t4');
    const t5 = await cab('t5');
    await t5.report(uncovered('t5', now() - 10 * 60_000));
    expect((await alertOf('t5')).late).toBe(true);
    const t6 = await cab('t6');
    const until = new Date(now() + 3_600_000).toISOString();
    await city.call('post', '/snoozes').send({ truckId: 't6', rule: 'uncovered-load', until, reason: '检修' }).expect(200);
    await t6.report(uncovered('t6', now()));
    expect((await alertOf('t6')).snoozed).toBe(true);
    await settled();
    for (const truck of ['t4', 't5', 't6']) expect({ truck, words: await wordsOf(truck) }).toEqual({ truck, words: [] });
  });

  it('survives a crash between the alert and the word', async () => {
    const t7 = await cab('t7', ['received', 'done']);
    const downlink = city.server.app.get(Downlink);
    // As if the process died right after the commit: nothing is sent any more.
    const turn = downlink.turn.bind(downlink);
    downlink.turn = () => Promise.resolve();
    await turn();
    await t7.report(speeding('t7', now()));
    await alertOf('t7', 'speeding');
    const [word] = await eventually('the word stands there with its alert', () => wordsOf('t7'), ({ length }) => length === 1); // prettier-ignore
    expect(word!.status).toBe('queued');
    downlink.turn = turn;
    page.close();
    (city as { server: City['server'] }).server = await city.server.restart();
    t7.vanish();
    await t7.come();
    await untilStatus(city, word!.id, 'done');
    expect(t7.heard).toMatchObject([{ id: word!.id, text: expect.stringContaining('减速') }]);
    page = await Page.open(city.server.url, city.server.adminToken);
  });

  it('counts an operator’s own word about an alert as well', async () => {
    const t4 = await cab('t4', ['received', 'done']);
    const alert = await alertOf('t4');
    const word = await ask(city, { truckId: 't4', kind: 'speak', text: '请关好顶盖', alertId: alert.id });
    const done = await untilStatus(city, word.id, 'done');
    expect(done).toMatchObject({ automatic: false, correction: { putRightAt: null } });
    await t4.report(onward('t4', Date.parse(done.steps.at(-1)!.at) + 3_000, 4, 'closed'));
    await eventually('it is put right', () => city.alert(alert.id), ({ putRight }) => putRight?.commandId === word.id); // prettier-ignore
  });

  it('is counted by rule, apart', async () => {
    const { body } = await city.call('get', '/stats/words').expect(200);
    expect((body as WordStats).items).toEqual([
      { rule: 'uncovered-load', told: 4, done: 4, putRight: 3 },
      { rule: 'speeding', told: 1, done: 1, putRight: 0 },
    ]);
    expect((await city.call('get', `/stats/words?from=${new Date(now() + 60_000).toISOString()}`).expect(200)).body).toEqual({ items: [] });
  });
});

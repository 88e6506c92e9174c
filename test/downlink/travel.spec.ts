import type { CommandResource, Quarantined } from '@muckwatch/contract';
import { Downlink } from '../../apps/server/src/downlink/downlink.service.js';
import { now } from '../../apps/server/src/clock.js';
import { Mosquitto, MOSQUITTO } from '../mqtt/mosquitto.js';
import { City, eventually } from '../support/city.js';
import { Page } from '../support/page.js';
import { startTestServer } from '../support/server.js';
import { ask, Cab, command, steps, untilStatus } from './cab.js';

if (!MOSQUITTO) console.warn('\n!!! NOT TESTED: commands over a real Mosquitto. Install it: apt-get install mosquitto\n');

describe.each(MOSQUITTO ? ['embedded', 'joined'] : ['embedded'])('a command over the %s broker', (kind) => {
  let city: City;
  let mosquitto: Mosquitto | null = null;
  let page: Page;
  const cabs: Cab[] = [];

  beforeAll(async () => {
    if (kind === 'joined') {
      mosquitto = new Mosquitto();
      await mosquitto.prepare();
      await mosquitto.start();
    }
    city = new City(await startTestServer(mosquitto ? { MQTT_URL: mosquitto.url } : {}));
    await city.trucks(['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8']);
    page = await Page.open(city.server.url, city.server.adminToken);
  }, 180_000);
  afterAll(async () => {
    for (const cab of cabs) cab.vanish();
    page.close();
    await city.close();
    await mosquitto?.remove();
  });

  const cab = (id: string) => {
    const made = new Cab(id, () => mosquitto?.url ?? `mqtt://127.0.0.1:${city.mqttPort}`);
    cabs.push(made);
    return made;
  };
  const quarantined = async (reason: string) => (await city.call('get', `/quarantine?limit=100&reason=${reason}`).expect(200)).body.items as Quarantined[];

  it('travels: queued, sent, received, done, each step with its time, and every step on the screen', async () => {
    const t1 = await cab('t1').come();
    const asked = await ask(city, { truckId: 't1', kind: 'speak', text: '请关闭顶盖后行驶' });
    expect(asked).toMatchObject({
      kind: 'speak',
      truck: { id: 't1', plate: '鄂S-t1' },
      terminalId: 't1',
      askedBy: 'admin',
      automatic: false,
      correction: null,
    });
    await untilStatus(city, asked.id, 'sent');
    const [heard] = await eventually('the terminal hears it', () => t1.heard, ({ length }) => length === 1); // prettier-ignore
    expect(heard).toEqual({ id: asked.id, kind: 'speak', text: '请关闭顶盖后行驶', expiresAt: asked.expiresAt, retained: false });

    await t1.say(asked.id, 'received');
    await t1.say(asked.id, 'done');
    const done = await untilStatus(city, asked.id, 'done');
    expect(steps(done)).toEqual(['queued', 'sent', 'received', 'done']);
    const times = done.steps.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(t1.heard).toHaveLength(1);

    const seen = await eventually(
      'the page has seen it done',
      () => page.of<CommandResource>('command').filter(({ id }) => id === asked.id),
      (all) => all.at(-1)?.status === 'done',
    );
    expect(seen.map(({ version }) => version)).toEqual(seen.map(({ version }) => version).toSorted((a, b) => a - b));
    expect(page.faults).toEqual([]);
    const { body } = await city.call('get', '/commands?truck=t1').expect(200);
    expect(body).toEqual({ items: [done], nextCursor: null });
  });

  it('waits for a terminal that is away, says so, and goes when it comes', async () => {
    const asked = await ask(city, { truckId: 't2', kind: 'set-interval', seconds: 5 });
    expect(asked).toMatchObject({ status: 'queued', waitsFor: 'terminal' });
    const t2 = cab('t2');
    t2.answers = ['received', 'done'];
    await t2.come();
    expect(steps(await untilStatus(city, asked.id, 'done'))).toEqual(['queued', 'sent', 'received', 'done']);
    expect(t2.heard).toEqual([{ id: asked.id, kind: 'set-interval', seconds: 5, expiresAt: asked.expiresAt, retained: false }]);
  });

  it('is never sent when it has expired', async () => {
    const t3 = cab('t3');
    const asked = await ask(city, { truckId: 't3', kind: 'speak', text: '一', expiresInS: 10 });
    await city.server.database.query(`update commands set expires_at = now() - interval '1 second' where id = $1`, [asked.id]);
    await t3.come();
    const next = await ask(city, { truckId: 't3', kind: 'speak', text: '二' });
    await untilStatus(city, next.id, 'sent');
    await eventually('it hears the next one', () => t3.heard.length > 0);
    expect(t3.heard.map(({ id }) => id)).toEqual([next.id]);
    expect(steps(await untilStatus(city, asked.id, 'expired'))).toEqual(['queued', 'expired']);
  });

  it('that was sent and not answered is sent again, with the same id, when the terminal is back', async () => {
    const t4 = await cab('t4').come();
    const asked = await ask(city, { truckId: 't4', kind: 'display', text: '请减速' });
    await untilStatus(city, asked.id, 'sent');
    await eventually('it hears it', () => t4.heard.length === 1);
    t4.vanish();
    await eventually(
      'it is known to be away',
      async () => (await ask(city, { truckId: 't4', kind: 'capture' })).waitsFor,
      (waitsFor) => waitsFor === 'terminal',
    );
    expect((await command(city, asked.id)).status).toBe('sent');
    t4.answers = ['received', 'done'];
    await t4.come();
    const done = await untilStatus(city, asked.id, 'done');
    expect(steps(done)).toEqual(['queued', 'sent', 'sent', 'received', 'done']);
    expect(t4.heard.filter(({ id }) => id === asked.id)).toHaveLength(2);
  });

  it('that is received and not yet done is not sent again', async () => {
    const t5 = await cab('t5').come();
    const asked = await ask(city, { truckId: 't5', kind: 'speak', text: '好' });
    await untilStatus(city, asked.id, 'sent');
    await t5.say(asked.id, 'received');
    await untilStatus(city, asked.id, 'received');
    t5.vanish();
    await t5.come();
    const other = await ask(city, { truckId: 't5', kind: 'speak', text: '第二句' });
    await untilStatus(city, other.id, 'sent');
    await eventually('it hears the other', () => t5.heard.some(({ id }) => id === other.id));
    expect(t5.heard.filter(({ id }) => id === asked.id)).toHaveLength(1);
    await t5.say(asked.id, 'done');
    expect(steps(await untilStatus(city, asked.id, 'done'))).toEqual(['queued', 'sent', 'received', 'done']);
  });

  it('takes an answer once, and keeps one that cannot follow beside its status', async () => {
    const t6 = await cab('t6').come();
    const asked = await ask(city, { truckId: 't6', kind: 'speak', text: '好' });
    await untilStatus(city, asked.id, 'sent');
    for (const status of ['received', 'received', 'done', 'done', 'received']) await t6.say(asked.id, status);
    await t6.say(asked.id, 'failed', { detail: 'loudspeaker broken' });
    const done = await eventually(
      'the last answer is kept',
      () => command(city, asked.id),
      (one) => steps(one).at(-1) === 'failed',
    );
    expect(done.status).toBe('done');
    expect(steps(done)).toEqual(['queued', 'sent', 'received', 'done', 'failed']);
    expect(done.steps.at(-1)!.detail).toBe('loudspeaker broken');
  });

  it('is answered by its own terminal only; what answers nothing goes to quarantine', async () => {
    const t7 = await cab('t7').come();
    const t8 = await cab('t8').come();
    const asked = await ask(city, { truckId: 't7', kind: 'speak', text: '好' });
    await untilStatus(city, asked.id, 'sent');
    await t8.say(asked.id, 'done');
    await t8.say('no-such-command', 'done');
    const details = await eventually('both are quarantined', async () => (await quarantined('unknown-command')).map(({ detail }) => detail), ({ length }) => length === 2); // prettier-ignore
    expect(details.toSorted()).toEqual([`command ${asked.id} is one of terminal t7, not of t8`, 'no command no-such-command was sent to t8']);
    expect(steps(await command(city, asked.id))).toEqual(['queued', 'sent']);
    // Offered again it is of no more use.
    const { body } = await city.call('post', '/quarantine/offer').send({ reason: 'unknown-command' }).expect(200);
    expect(body).toMatchObject({ offered: 2, taken: 0, refused: 2 });
    await t7.say(asked.id, 'unsupported');
    expect((await untilStatus(city, asked.id, 'unsupported')).status).toBe('unsupported');
  });

  it('brings a photo back, kept under its hash', async () => {
    const t6 = cabs.find(({ id }) => id === 't6')!;
    const asked = await ask(city, { truckId: 't6', kind: 'capture' });
    await untilStatus(city, asked.id, 'sent');
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from('in the cab')]);
    await t6.say(asked.id, 'done', { photo: { type: 'image/jpeg', data: jpeg.toString('base64') } });
    const done = await untilStatus(city, asked.id, 'done');
    const photo = await city.call('get', done.photo!.url.replace('/api/v1', '')).expect(200).expect('Content-Type', 'image/jpeg');
    expect(photo.body).toEqual(jpeg);
    expect(photo.headers['cache-control']).toContain('immutable');
    await city.call('get', `/commands/${asked.id}/photo?sha256=${'0'.repeat(64)}`).expect(404);
  });

  it('is counted while it is under way', async () => {
    const asked = await ask(city, { truckId: 't7', kind: 'speak', text: '好' });
    await untilStatus(city, asked.id, 'sent');
    await eventually('it is counted', async () => (await city.call('get', '/system')).body.downlink.unanswered as number, (count) => count > 0); // prettier-ignore
  });

  it('loses nothing in a restart, whatever it was about to do', async () => {
    // One that waits, one that a process claimed before it died, one that was sent and not answered.
    const waits = await ask(city, { truckId: 't2', kind: 'speak', text: '一' });
    await untilStatus(city, waits.id, 'done');
    const t2 = cabs.find(({ id }) => id === 't2')!;
    t2.vanish();
    t2.answers = [];
    await eventually('it is away', async () => (await ask(city, { truckId: 't2', kind: 'capture' })).waitsFor, (waitsFor) => waitsFor === 'terminal'); // prettier-ignore
    const queued = await ask(city, { truckId: 't2', kind: 'speak', text: '二' });
    const claimed = await ask(city, { truckId: 't2', kind: 'speak', text: '三' });
    await city.server.database.query('update commands set tried_at = now() where id = $1', [claimed.id]);
    const t5 = cabs.find(({ id }) => id === 't5')!;
    const sent = await ask(city, { truckId: 't5', kind: 'speak', text: '四' });
    await untilStatus(city, sent.id, 'sent');

    page.close();
    (city as { server: City['server'] }).server = await city.server.restart();
    for (const one of [t2, t5]) {
      one.vanish();
      one.answers = ['received', 'done'];
      await one.come();
    }
    for (const { id } of [queued, claimed, sent]) await untilStatus(city, id, 'done');
    for (const [one, id] of [[t2, queued.id], [t2, claimed.id], [t5, sent.id]] as const) expect(one.heard.some((heard) => heard.id === id)).toBe(true); // prettier-ignore
    // Whatever was sent more than once has one id.
    expect([...new Set(steps(await command(city, sent.id)))]).toEqual(['queued', 'sent', 'received', 'done']);
  });

  it('that no terminal answered in time has expired', async () => {
    const t7 = cabs.find(({ id }) => id === 't7')!;
    if (!t7.connected) await t7.come();
    const asked = await ask(city, { truckId: 't7', kind: 'speak', text: '好', expiresInS: 60 });
    await untilStatus(city, asked.id, 'sent');
    const downlink = city.server.app.get(Downlink);
    downlink.clock = () => now() + 121_000;
    try {
      await downlink.turn();
      expect(steps(await command(city, asked.id))).toEqual(['queued', 'sent', 'expired']);
    } finally {
      downlink.clock = now;
    }
    await t7.say(asked.id, 'done');
    const late = await eventually('the late answer is kept', () => command(city, asked.id), (one) => steps(one).at(-1) === 'done'); // prettier-ignore
    expect(late.status).toBe('expired');
  });
});

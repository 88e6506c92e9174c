import type { Alert } from '@muckwatch/contract';
import { type EpochMs, MINUTE_MS, RULES } from '@muckwatch/domain';
import { JudgingService } from '../apps/server/src/judging/judging.service.js';
import { now } from '../apps/server/src/clock.js';
import { City, drive, eastOf, eventually, type Said, square, times } from './support/city.js';
import { startTestServer } from './support/server.js';

let city: City;
beforeAll(async () => {
  city = new City(await startTestServer());
  await city.trucks(['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7']);
  await city
    .call('post', '/places')
    .send(square('site-d', 'site', SITE, 200, { validFrom: '2026-01-01T00:00:00Z' }))
    .expect(201);
  await city.permit('site-d');
});
afterAll(() => city.close());

const SITE = 114.5;
const LOADED = { loadKg: 16_500, bedAngleDeg: 0.6, ignition: true, cover: 'closed' };

/** Every truck whose late reports are there is judged, as after the two minutes that they may take to settle. */
const settle = () => city.server.app.get(JudgingService).judgeSettled(now() + 3 * MINUTE_MS);
const digest = (alerts: Alert[]) =>
  alerts.map(({ id, began, ended, severity, evidence, contradicted }) => ({ id, began, ended, severity, evidence, contradicted }));
const due = async () => (await city.server.database.query('select subject from judge_due order by subject')).rows.map((row) => row.subject as string);

/** Loaded out of the site, a stop in a field where the load is tipped, and on. 10 s apart. */
function tippedInAField(at: EpochMs): { before: Said[]; field: Said[]; after: Said[] } {
  const road = drive({ at, lon: eastOf(SITE, 100), everyS: 10 }, [
    ...times(20, { speedKmh: 0, ...LOADED }),
    ...times(30, { speedKmh: 40, ...LOADED }),
    ...times(3, { speedKmh: 5, ...LOADED }),
    ...times(3, { speedKmh: 3, ...LOADED, bedAngleDeg: 42 }),
    ...times(6, { speedKmh: 3, ...LOADED, bedAngleDeg: 44, loadKg: 300 }),
    ...times(3, { speedKmh: 5, ...LOADED, loadKg: 300 }),
    ...times(30, { speedKmh: 45, ...LOADED, loadKg: 300 }),
  ]);
  return { before: road.slice(0, 50), field: road.slice(50, 68), after: road.slice(68) };
}

describe('reports that come late', () => {
  it('show a load tipped where there was no coverage: an alert marked late, with the full track, and the haul that ended there', async () => {
    const { before, field, after } = tippedInAField(now() - 40 * MINUTE_MS);
    await city.upload('d1', before);
    await city.upload('d1', after);
    expect((await city.alerts('truck=d1')).map(({ rule }) => rule)).not.toContain('illegal-dumping');
    await city.upload(
      'd1',
      field.map((report) => ({ ...report, buffered: true })),
    );
    expect(await due()).toContain('d1');
    expect(await settle()).toBeGreaterThan(0);

    const dumping = await eventually('the dumping is found', async () => (await city.alerts('truck=d1&rule=illegal-dumping'))[0]!);
    expect(dumping).toMatchObject({ late: true, contradicted: null, severity: 'critical', evidence: { kind: 'tipped', certain: true } });
    expect(new Date(dumping.began).getTime()).toBe(field[3]!.time);
    expect((await city.alert(dumping.id)).series.length).toBeGreaterThan(18);
    const hauls = await city.call('get', '/hauls?truck=d1').expect(200);
    expect(hauls.body.items).toMatchObject([{ ended: 'dumped', site: { id: 'site-d' } }]);
    expect(await due()).toEqual([]);
  });

  it('change nothing when the truck is judged again', async () => {
    const before = digest(await city.alerts('truck=d1'));
    await city.server.database.query(
      `insert into judge_due (subject, earliest_at, first_heard, last_heard) values ('d1', now() - interval '35 minutes', now(), now())`,
    );
    await settle();
    await eventually('it is judged', due, (subjects) => subjects.length === 0);
    expect(digest(await city.alerts('truck=d1'))).toEqual(before);
  });

  it('give the alerts that would have come in order', async () => {
    const at = now() - 60 * MINUTE_MS;
    const { before, field, after } = tippedInAField(at);
    const all = [...before, ...field, ...after];
    for (let i = 0; i < all.length; i += 40) await city.upload('d2', all.slice(i, i + 40));
    // Every third report first, then the others: most of them are late.
    const third = all.filter((_, i) => i % 3 === 0);
    const others = all.filter((_, i) => i % 3 !== 0);
    await city.upload('d3', third);
    await city.upload('d3', others);
    await settle();
    await eventually('it is judged', due, (subjects) => subjects.length === 0);

    const told = async (truck: string) =>
      (await city.alerts(`truck=${truck}&contradicted=false`)).map(({ rule, began, ended, severity, evidence }) => ({
        rule,
        began,
        ended,
        severity,
        evidence,
      }));
    expect(await told('d3')).toEqual(await told('d2'));
    expect((await told('d2')).length).toBeGreaterThan(0);
  });

  it('contradict what they no longer support, and give back to the queue what a person had confirmed', async () => {
    // What was heard says: loaded, cover open, all the way. What comes late: closed between, and open at no report but two.
    const all = drive({ at: now() - 30 * MINUTE_MS, lon: eastOf(SITE, 100), everyS: 5 }, [
      ...times(40, { speedKmh: 0, ...LOADED }),
      ...times(60, { speedKmh: 40, ...LOADED }),
    ]);
    const open = (i: number) => i >= 60 && i <= 78 && i % 6 === 0;
    const told = all.map((report, i) => (open(i) ? { ...report, cover: 'open' } : report));
    await city.upload(
      'd4',
      told.filter((_, i) => i < 60 || open(i)),
    );
    const alert = await eventually('it is uncovered', async () => (await city.alerts('truck=d4&rule=uncovered-load'))[0]!);
    await city.step(alert.id, 'confirm');
    await city.upload('d4', told);
    await settle();

    const after = await eventually(
      'it is contradicted',
      () => city.alert(alert.id),
      ({ contradicted }) => contradicted !== null,
    );
    expect(after).toMatchObject({ status: 'confirmed', changedSinceDecided: true });
    expect(after.contradicted!.reason).toMatch(/no longer supports/);
    expect(after.contradicted!.reasonZh).toMatch(/不再支持/);
    await city.step(alert.id, 'reopen', '补传数据不支持');
    expect(await city.alert(alert.id)).toMatchObject({ status: 'open', changedSinceDecided: false });
  });

  it('are judged by the other rules where one throws, which is counted', async () => {
    const rule = RULES.find(({ code }) => code === 'speeding')!;
    const step = rule.step!.bind(rule);
    const faults = async () => (await city.call('get', '/system').expect(200)).body.intake.ruleFaults as number;
    const before = await faults();
    const { before: out, field, after } = tippedInAField(now() - 45 * MINUTE_MS);
    await city.upload('d7', out);
    await city.upload('d7', after);
    expect(await faults()).toBe(before);
    await city.upload('d7', field);
    rule.step = () => {
      throw new Error('broken on purpose');
    };
    try {
      await settle();
    } finally {
      rule.step = step;
    }
    await eventually('the dumping is found', async () => (await city.alerts('truck=d7&rule=illegal-dumping'))[0]!);
    expect(await faults()).toBeGreaterThan(before);
  });

  it('are judged after a restart too', async () => {
    const { before, field, after } = tippedInAField(now() - 50 * MINUTE_MS);
    await city.upload('d5', before);
    await city.upload('d5', after);
    await city.upload('d5', field);
    city = new City(await city.server.restart());
    expect(await due()).toContain('d5');
    await settle();
    await eventually('the dumping is found', async () => (await city.alerts('truck=d5&rule=illegal-dumping'))[0]!);
  });
});

describe('a snooze', () => {
  it('lets alerts be recorded and ring nobody', async () => {
    const until = new Date(now() + 60 * MINUTE_MS).toISOString();
    const made = await city.call('post', '/snoozes').send({ truckId: 'd6', rule: 'spill', until, reason: '在修理厂' }).expect(200);
    const { before } = tippedInAField(now() - 20 * MINUTE_MS);
    const raised = before.map((report, i) => (i > 40 ? { ...report, bedAngleDeg: 30 } : report));
    await city.upload('d6', raised);
    expect((await city.alerts('truck=d6&rule=spill'))[0]).toMatchObject({ snoozed: true, status: 'open' });
    await city.call('delete', `/snoozes/${made.body.id as string}`).expect(200);
    const { body } = await city.call('get', '/snoozes').expect(200);
    expect(body.items).toMatchObject([{ truckId: 'd6', reason: '在修理厂', by: expect.any(String), endedAt: expect.any(String) }]);
    const bad = await city.call('post', '/snoozes').send({ truckId: 'd6', rule: 'spill', until: '2026-01-01T00:00:00Z', reason: 'x' }).expect(400);
    expect(bad.body.detail).toMatch(/2026-01-01T00:00:00Z has gone by/);
  });
});

describe('the rule lab', () => {
  it('says which alerts other limits would have found, kept and lost, and changes nothing', async () => {
    const before = digest(await city.alerts());
    const from = new Date(now() - 2 * 60 * MINUTE_MS).toISOString();
    const to = new Date(now()).toISOString();
    const limits = { speeding: { loadedKmh: 30 }, 'illegal-dumping': { holdS: 600 } };
    const started = await city
      .call('post', '/lab')
      .send({ from, to, limits, rules: ['speeding', 'illegal-dumping'], truckIds: ['d1', 'd2'] })
      .expect(200);
    const run = await eventually(
      'the run is done',
      async () => (await city.call('get', `/lab/${started.body.id as string}`).expect(200)).body,
      ({ state }) => state !== 'running',
    );
    expect(run).toMatchObject({ state: 'done', progress: { trucks: 2, trucksDone: 2 } });
    expect(run.counts).toEqual([
      { rule: 'illegal-dumping', kept: 0, gained: 0, lost: 2 },
      { rule: 'speeding', kept: 0, gained: expect.any(Number), lost: 0 },
    ]);
    expect(run.counts[1].gained).toBeGreaterThan(1);
    expect(run.alerts.filter(({ change }: { change: string }) => change === 'gained')[0]).toMatchObject({
      rule: 'speeding',
      summary: { zh: expect.stringMatching(/超速/) },
    });
    expect(digest(await city.alerts())).toEqual(before);
    const bad = await city
      .call('post', '/lab')
      .send({ from, to, limits: { speeding: { wings: 2 } } })
      .expect(400);
    expect(JSON.stringify(bad.body)).toMatch(/wings/);
  });
});

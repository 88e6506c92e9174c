import type { PermitResource } from '@muckwatch/contract';
import { Notices } from '../../apps/server/src/notices/notices.service.js';
import { Volumes } from '../../apps/server/src/notices/volume.service.js';
import { now } from '../../apps/server/src/clock.js';
import { answering, Receiver } from './receiver.js';
import { DAY, HOUR, MINUTE, Street } from './street.js';

let street: Street;
let receiver: Receiver;
let supervisor: { id: string; token: string };

beforeAll(async () => {
  receiver = await Receiver.open();
  street = await Street.open();
  supervisor = await street.person('supervisor', 'supervisor');
}, 180_000);
afterAll(async () => {
  await street.close();
  await receiver.close();
});
beforeEach(() => {
  receiver.answers = [answering(200)];
});

/** A site manager with a webhook of their own. */
async function manager(name: string) {
  const person = await street.manager(name);
  await street.channel(person.token, { kind: 'webhook', address: receiver.url(`/${name}`), secret: 'a secret of theirs' });
  return { ...person, got: () => receiver.got.filter(({ path }) => path === `/${name}`) };
}

describe('one notice an incident and recipient', () => {
  it('takes further alerts in: one message, and another only when it gets graver', async () => {
    const li = await manager('fold');
    const [first] = await street.happens({ siteId: 'fold', severity: 'minor', rule: 'spill' });
    const { incident, truckId } = first!;
    const again = { incident, truckId, siteId: 'fold' };
    await street.happens({ ...again, rule: 'illegal-dumping', severity: 'minor', began: first!.began + 1_000, id: 'second' });
    const { id, version } = await street.noticeOf(first!, li.id);
    await street.send();
    expect(li.got()).toHaveLength(1);
    expect(await street.notice(id)).toMatchObject({ repeats: 1, severity: 'minor', kind: 'spill', alertIds: [first!.id, 'second'] });

    await street.happens({
      ...again,
      rule: 'spill',
      severity: 'critical',
      began: first!.began + 2_000,
      id: 'third',
      summary: { zh: '大量抛洒', en: 'spilt a lot' },
    });
    await street.send();
    const graver = await street.notice(id);
    expect(graver).toMatchObject({ repeats: 2, severity: 'critical', summary: { en: 'spilt a lot' }, number: expect.any(String) });
    expect(graver.version).toBeGreaterThan(version);
    expect(li.got().map(({ body }) => [body.event, body.severity])).toEqual([
      ['opened', 'minor'],
      ['graver', 'critical'],
    ]);
    expect((await street.notices('', li.token)).map((notice) => notice.id)).toEqual([id]);
  });

  it('is written once, however often its batch is', async () => {
    const li = await manager('twice');
    const [alert] = await street.happens({ siteId: 'twice', rule: 'spill' });
    const before = await street.noticeOf(alert!, li.id);
    // As after a restart: nothing is remembered, and the terminal sends it all again.
    const restarted = async () => {
      await street.restart();
      await street.commit((entry) => entry.alerts.push(alert!));
    };
    await street.commit((entry) => entry.alerts.push(alert!));
    await restarted();
    await street.send(MINUTE);
    expect(await street.noticeOf(alert!, li.id)).toEqual(before);
    expect(await street.deliveries(before.id)).toHaveLength(1);
    expect(new Set(li.got().map(({ body }) => body.id)).size).toBe(1);
  });

  it('is withdrawn once fuller data supports none of it, before it was sent too, and stands again when it is found again', async () => {
    const li = await manager('withdraw');
    await street
      .call('patch', '/me/notice-settings', li.token)
      .send({ quietHours: [{ from: '00:00', to: '00:00' }] })
      .expect(200);
    const [one] = await street.happens({ siteId: 'withdraw', rule: 'spill' });
    const [two] = await street.happens({ siteId: 'withdraw', rule: 'illegal-dumping', incident: one!.incident, truckId: one!.truckId });
    const { id } = await street.noticeOf(one!, li.id);
    await street.contradict([one!.id]);
    expect(await street.notice(id)).toMatchObject({ status: 'open', kind: 'illegal-dumping' });
    await street.contradict([two!.id]);
    expect(await street.notice(id)).toMatchObject({
      status: 'withdrawn',
      steps: [{ step: 'withdraw', by: 'MuckWatch', text: expect.stringContaining('fuller track') }],
    });
    await street.send(10 * DAY);
    expect(li.got()).toEqual([]);
    expect((await street.deliveries(id))[0]).toMatchObject({ status: 'given-up', answer: 'withdrawn before it was sent' });
    await street.commit((entry) => entry.alerts.push(one!));
    expect(await street.notice(id)).toMatchObject({ status: 'open', kind: 'spill' });
  });
});

describe('who is not told', () => {
  it('is nobody for a snoozed truck, and nobody whose site it only was near', async () => {
    const li = await manager('near');
    const [snoozed] = await street.happens({ siteId: 'near', rule: 'spill', snoozed: true });
    expect(await street.notices(`alert=${encodeURIComponent(snoozed!.id)}`)).toEqual([]);
    const near = { id: 'near', kind: 'site', name: 'near', distanceM: 40 } as const;
    await street.happens({ siteId: null, rule: 'spill', place: near });
    expect(await street.notices('', li.token)).toEqual([]);
    await street.happens({ siteId: null, rule: 'spill', place: { ...near, distanceM: 0 } });
    expect(await street.notices('', li.token)).toHaveLength(1);
  });

  it('is the site, of a load uncovered long after it left', async () => {
    const li = await manager('leaving');
    const began = now() - MINUTE;
    const haul = (id: string, minutesBefore: number) =>
      street.server.database.query(
        `insert into hauls (id, truck_id, company_id, site_id, departed_at, distance_km, inferred) values ($1, $1, 'c1', 'leaving', $2, 1, false)`,
        [id, new Date(began - minutesBefore * MINUTE)],
      );
    await haul('h-soon', 14);
    await haul('h-late', 16);
    await street.happens({ siteId: 'leaving', haulId: 'h-late', began, id: 'late-one' }, { siteId: 'leaving', haulId: 'h-soon', began, id: 'soon-one' });
    expect((await street.notices('', li.token)).map(({ alertIds }) => alertIds)).toEqual([['soon-one']]);
  });
});

describe('quiet hours', () => {
  it('hold what can wait until they end; what is critical passes, unless it was found late', async () => {
    const li = await manager('quiet');
    // Quiet until two hours from now, by the city's clock.
    const clock = (later: number) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' }).format(Date.now() + later);
    const quietHours = [{ from: clock(-HOUR), to: clock(2 * HOUR) }];
    await street.call('patch', '/me/notice-settings', li.token).send({ quietHours }).expect(200);
    const [serious] = await street.happens({ siteId: 'quiet', rule: 'spill', severity: 'serious' });
    const [late] = await street.happens({ siteId: 'quiet', rule: 'spill', severity: 'critical', late: true });
    const [critical] = await street.happens({ siteId: 'quiet', rule: 'spill', severity: 'critical' });
    await street.send();
    expect(li.got().map(({ body }) => body.notice.alertIds)).toEqual([[critical!.id]]);
    for (const alert of [serious!, late!]) {
      const [delivery] = await street.deliveries((await street.noticeOf(alert, li.id)).id);
      expect(delivery).toMatchObject({ status: 'held' });
      expect(Date.parse(delivery!.nextAt!) - Date.now()).toBeGreaterThan(2 * HOUR - 2 * MINUTE);
    }
    await street.send(2 * HOUR + MINUTE);
    expect(li.got()).toHaveLength(3);
  });
});

describe('a storm', () => {
  it('of 1,000 alerts in a minute sends one person tens of messages, and one that counts the others', async () => {
    const li = await manager('storm');
    for (let i = 0; i < 10; i++) {
      await street.happens(...Array.from({ length: 100 }, () => ({ siteId: 'storm', rule: 'spill' as const, severity: 'critical' as const })));
    }
    const { rows } = await street.server.database.query<{ count: number }>('select count(*)::int as count from notices where account_id = $1', [li.id]);
    expect(rows[0]!.count).toBe(1_000);
    for (let pass = 0; pass < 6; pass++) await street.send();
    expect(li.got()).toHaveLength(20);
    for (let pass = 0; pass < 3; pass++) await street.send(2 * MINUTE);
    expect(li.got()).toHaveLength(21);
    expect(li.got().at(-1)!.body).toMatchObject({ event: 'digest', notice: null, title: { en: '980 more notices' } });

    // Within the hour more come: they are counted by one more, an hour later.
    await street.happens(...Array.from({ length: 30 }, () => ({ siteId: 'storm', rule: 'spill' as const, severity: 'critical' as const })));
    await street.send(5 * MINUTE);
    await street.send(30 * MINUTE);
    expect(li.got()).toHaveLength(21);
    for (let pass = 0; pass < 3; pass++) await street.send(HOUR + 4 * MINUTE);
    expect(
      li
        .got()
        .filter(({ body }) => body.event === 'digest')
        .map(({ body }) => body.title.en),
    ).toEqual(['980 more notices', '30 more notices']);
    const folded = (await street.notices('', li.token)).at(0)!;
    expect((await street.deliveries(folded.id))[0]).toMatchObject({ status: 'folded' });
  });
});

describe('what nobody acknowledged', () => {
  it('is passed on: critical after 15 min, another after 2 h; once', async () => {
    const li = await manager('slowly');
    const [critical] = await street.happens({ siteId: 'slowly', rule: 'spill', severity: 'critical' });
    const [serious] = await street.happens({ siteId: 'slowly', rule: 'spill', severity: 'serious' });
    const [answered] = await street.happens({ siteId: 'slowly', rule: 'spill', severity: 'critical' });
    await street.answer((await street.noticeOf(answered!, li.id)).id, 'acknowledge', li.token).expect(200);
    await street.duties(14 * MINUTE);
    // Asked alert by alert: the storm's are passed on as well, and a list of 500 need not hold these.
    const passed = async () => {
      const told = await Promise.all([critical, serious, answered].map((alert) => street.notices(`alert=${encodeURIComponent(alert!.id)}`, supervisor.token)));
      return told
        .flat()
        .filter(({ escalatedFrom }) => escalatedFrom === 'slowly')
        .map(({ alertIds }) => alertIds[0]);
    };
    expect(await passed()).toEqual([]);
    await street.duties(16 * MINUTE);
    await street.duties(17 * MINUTE);
    expect(await passed()).toEqual([critical!.id]);
    const { steps } = await street.notice((await street.noticeOf(critical!, li.id)).id);
    expect(steps).toMatchObject([{ step: 'escalate', by: 'MuckWatch', text: 'supervisor' }]);
    await street.duties(2 * HOUR + MINUTE);
    expect((await passed()).sort()).toEqual([critical!.id, serious!.id].sort());
    expect(await street.noticeOf(critical!, supervisor.id)).toMatchObject({ status: 'open', escalatedFrom: 'slowly', severity: 'critical' });
  });
});

describe('a deadline', () => {
  it('is counted in working hours; the recipient is reminded at three quarters of it, and told once that it is over', async () => {
    const year = (y: number) => street.call('put', `/calendar/years/${y}`).send({ year: y, holidays: [], workdays: [], source: 'a test' });
    for (const y of [2026, 2027]) expect((await year(y)).status).toBeLessThan(300);
    const li = await manager('deadline');
    const [alert] = await street.happens({ siteId: 'deadline', rule: 'spill' });
    const { id, deadline, deadlineProblem } = await street.noticeOf(alert!, li.id);
    expect(deadlineProblem).toBeNull();
    const left = Date.parse(deadline!) - Date.now();
    expect(left).toBeGreaterThan(2 * DAY);
    await street.send();
    await street.duties(left / 4);
    await street.duties(left - MINUTE);
    await street.duties(left - MINUTE);
    expect(await street.notice(id)).toMatchObject({ overdue: false, steps: expect.arrayContaining([expect.objectContaining({ step: 'remind' })]) });
    await street.duties(left + MINUTE);
    await street.duties(left + 2 * MINUTE);
    expect((await street.notice(id)).overdue).toBe(true);
    await street.send(left + 3 * MINUTE);
    expect(li.got().map(({ body }) => body.event)).toEqual(['opened', 'reminder', 'overdue']);

    await street.answer(id, 'rectify', li.token, { text: '已处理' }).expect(200);
    const { body } = await street.answer(id, 'send-back', supervisor.token, { text: '缺照片' }).expect(200);
    expect(body).toMatchObject({ overdue: false, status: 'sent-back' });
    await street.send(left + 4 * MINUTE);
    expect(li.got().at(-1)!.body).toMatchObject({ event: 'sent-back', lines: { zh: expect.arrayContaining(['说明：缺照片']) } });
  });
});

describe('a permit’s volume', () => {
  it('is told at 90 and at 100 %, once each, with how many hauls were estimated', async () => {
    const li = await manager('volume');
    await street.call('post', '/trucks').send({ id: 'v-known', plate: '鄂S-V1', companyId: 'c1', boxM3: 20 }).expect(201);
    await street.call('post', '/trucks').send({ id: 'v-unknown', plate: '鄂S-V2', companyId: 'c1' }).expect(201);
    await street
      .call('post', '/permits')
      .send({ id: 'p-vol', companyId: 'c1', siteId: 'volume', yardIds: ['yard-of-s1'], validFrom: '2026-01-01T00:00:00Z', volumeM3: 100 })
      .expect(201);
    const haul = (id: string, truck: string, ended: string) =>
      street.server.database.query(
        `insert into hauls (id, truck_id, company_id, site_id, permit_id, departed_at, ended_at, ended, distance_km, inferred)
         values ($1, $2, 'c1', 'volume', 'p-vol', now(), now(), $3, 1, false)`,
        [id, truck, ended],
      );
    const volumes = street.server.app.get(Volumes);
    const count = async () => {
      volumes.hauled(['p-vol']);
      await volumes.round(now());
      return (await street.notices('', li.token)).filter(({ permit }) => permit?.id === 'p-vol').toReversed();
    };
    for (const [id, truck, ended] of [
      ['v1', 'v-known', 'delivered'],
      ['v2', 'v-known', 'delivered'],
      ['v3', 'v-known', 'delivered'],
      ['v4', 'v-unknown', 'delivered'],
      ['v5', 'v-known', 'dumped'],
    ] as const)
      await haul(id, truck, ended);
    expect(await count()).toEqual([]);
    await haul('v6', 'v-unknown', 'delivered');
    const told = await count();
    expect(told.map(({ kind }) => kind)).toEqual(['volume-100']);
    expect(told[0]).toMatchObject({
      permit: { id: 'p-vol', volumeM3: 100, hauledM3: 100, hauls: 5, estimatedHauls: 2 },
      place: { id: 'volume' },
      truck: { id: null },
    });
    // A permit says the same numbers as the notice, alone and in a list; one that nothing was hauled on says so.
    const hauled = { hauledM3: 100, hauls: 5, estimatedHauls: 2 };
    expect((await street.call('get', '/permits/p-vol').expect(200)).body).toMatchObject(hauled);
    const { items } = (await street.call('get', '/permits').expect(200)).body as { items: PermitResource[] };
    expect(items.find(({ id }) => id === 'p-vol')).toMatchObject(hauled);
    expect(items.find(({ siteId }) => siteId === 's1')).toMatchObject({ hauledM3: 0, hauls: 0, estimatedHauls: 0 });
    expect(await count()).toHaveLength(1);
    await street.server.database.query(`update permits set volume_m3 = 110 where id = 'p-vol'`);
    expect((await count()).map(({ kind }) => kind)).toEqual(['volume-100', 'volume-90']);
    await street.send();
    expect(li.got().map(({ body }) => body.notice.kind)).toEqual(['volume-100', 'volume-90']);
    const detail = await street.notice(told[0]!.id, li.token);
    expect(detail).toMatchObject({ rule: { name: { en: 'The permitted volume is used up' } }, facts: { hauls: 5 }, track: [] });
  });
});

describe('what the driver put right after a word', () => {
  it('stands in the notice, and is heard by the page', async () => {
    const li = await manager('right');
    const [alert] = await street.happens({ siteId: 'right', rule: 'spill' });
    const at = now();
    await street.server.app.get(Notices).putRight(null, alert!.id, at, true);
    const { id } = await street.noticeOf(alert!, li.id);
    expect(await street.notice(id)).toMatchObject({ putRight: { at: new Date(at).toISOString(), afterWord: true }, steps: [{ step: 'put-right' }] });
    await street.server.app.get(Notices).putRight(null, alert!.id, at + 1, false);
    expect((await street.notice(id)).putRight).toEqual({ at: new Date(at).toISOString(), afterWord: true });
  });
});

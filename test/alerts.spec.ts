import { type Alert, ALERT_TRANSITIONS, type AlertStatus, type AlertStep, type AuditRow } from '@muckwatch/contract';
import { createHash } from 'node:crypto';
import { EvidenceService } from '../apps/server/src/alerts/evidence.service.js';
import { City, drive, eventually, type Said, square, times } from './support/city.js';
import { Page } from './support/page.js';
import { startTestServer } from './support/server.js';

const MINUTE = 60_000;
const FAST = { speedKmh: 95, loadKg: 200 };
const SLOW = { speedKmh: 30, loadKg: 200 };
/** Speeding for 20 s, then none for 15 s: one alert, ended. */
const EPISODE = [...times(5, FAST), ...times(4, SLOW)];
const EPISODE_MS = EPISODE.length * 5_000;

let city: City;
let page: Page;
let lon = 113.38;

beforeAll(async () => {
  city = new City(await startTestServer());
  page = await Page.open(city.server.url, city.server.adminToken);
});
afterAll(async () => {
  page.close();
  await city.close();
});

/** So many ended alerts of one truck, newest first; the last episode ended just now, or `endedMs` ago. */
async function speeding(truck: string, count: number, endedMs = 0): Promise<Alert[]> {
  const steps = Array.from({ length: count }, () => EPISODE).flat();
  await city.upload(truck, drive({ at: Date.now() - endedMs - count * EPISODE_MS, lon: (lon += 0.2) }, steps));
  const alerts = await city.alerts(`truck=${truck}`);
  expect(alerts).toHaveLength(count);
  return alerts;
}

describe('a person’s step', () => {
  const STEPS = Object.keys(ALERT_TRANSITIONS) as AlertStep[];
  const STATUSES: AlertStatus[] = ['open', 'acknowledged', 'confirmed', 'dismissed'];
  const WAY: Record<AlertStatus, AlertStep | null> = { open: null, acknowledged: 'acknowledge', confirmed: 'confirm', dismissed: 'dismiss' };
  const reasonOf = (step: AlertStep) => (ALERT_TRANSITIONS[step].needsReason ? `because of ${step}` : undefined);

  it('is taken from each status that allows it, and refused from each other, naming both', async () => {
    await city.trucks(['steps']);
    const alerts = await speeding('steps', STATUSES.length * STEPS.length);
    for (const status of STATUSES) {
      for (const step of STEPS) {
        const { id } = alerts.pop()!;
        const way = WAY[status];
        if (way) expect((await city.step(id, way, reasonOf(way))).status).toBe(200);
        const before = await city.alert(id);
        expect(before.status).toBe(status);

        const { status: answered, body } = await city.step(id, step, reasonOf(step));
        const { from, to } = ALERT_TRANSITIONS[step];
        const after = await city.alert(id);
        if (from.includes(status)) {
          expect({ status, step, answered, body }).toMatchObject({
            answered: 200,
            body: { id, status: to, version: before.version + 1, decision: { by: 'admin', reason: reasonOf(step) ?? null } },
          });
          expect(after.steps.at(-1)).toMatchObject({ by: 'admin', step, reason: reasonOf(step) ?? null });
          expect(after.steps).toHaveLength(before.steps.length + 1);
        } else {
          expect({ status, step, answered }).toEqual({ status, step, answered: 409 });
          expect(body.title).toBe('Conflict');
          expect(body.detail).toContain(`Alert ${id} is ${status}; the step ${step} is only allowed from ${from.join(' or ')}.`);
          expect(after).toEqual(before);
        }
      }
    }
    expect(alerts).toEqual([]);
  });

  it('needs its reason, and one that says something', async () => {
    await city.trucks(['reasons']);
    const [alert] = await speeding('reasons', 1);
    for (const reason of [undefined, '', '   ', 'a\u0000b', 'x'.repeat(501), 7, null]) {
      const { status, body } = await city.call('post', `/alerts/${encodeURIComponent(alert!.id)}/dismiss`).send(reason === undefined ? {} : { reason });
      expect({ reason, status, path: body.errors?.[0].path }).toEqual({ reason, status: 400, path: 'reason' });
    }
    expect((await city.call('post', `/alerts/${encodeURIComponent(alert!.id)}/dismiss`)).status).toBe(400);
    expect(await city.alert(alert!.id)).toMatchObject({ status: 'open', steps: [], decision: null });
    await city.step(alert!.id, 'dismiss', '  司机已\n罚款  ');
    expect(await city.alert(alert!.id)).toMatchObject({ status: 'dismissed', decision: { reason: '司机已\n罚款' } });
  });

  it('on an alert that there is not is a 404 that names it, whatever its id looks like', async () => {
    for (const id of ['spill:nobody:-:1', 'x', '%00', 'a'.repeat(300)]) {
      const path = `/alerts/${id === '%00' ? id : encodeURIComponent(id)}`;
      expect({ id, status: (await city.call('get', path)).status }).toEqual({ id, status: 404 });
      expect({ id, status: (await city.call('post', `${path}/confirm`)).status }).toEqual({ id, status: 404 });
      expect({ id, status: (await city.call('post', `${path}/dismiss`).send({ reason: 'r' })).status }).toEqual({ id, status: 404 });
    }
    expect((await city.call('get', '/alerts/spill:nobody:-:1')).body.detail).toBe('There is no alert spill:nobody:-:1.');
  });

  it('of two people at once is taken once; the other is told how it stands', async () => {
    await city.trucks(['race']);
    const [alert] = await speeding('race', 1);
    const answers = await Promise.all(times(6, null).map((_, i) => city.step(alert!.id, i % 2 ? 'confirm' : 'dismiss', i % 2 ? undefined : 'no')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    const after = await city.alert(alert!.id);
    expect(after.steps).toHaveLength(1);
    expect(after.version).toBe(alert!.version + 1);
  });

  it('is seen at once by everybody else, with a greater version, and stands in a snapshot opened afterwards', async () => {
    await city.trucks(['seen']);
    const [alert] = await speeding('seen', 1);
    const { token } = await city.person('night-shift');
    const other = await Page.open(city.server.url, token);
    try {
      const { body: taken } = await city.step(alert!.id, 'acknowledge');
      const heard = await eventually('the other page hears it', () => other.alerts(alert!.id).at(-1)!, Boolean, 5_000);
      expect(heard).toEqual(taken);
      expect(heard.version).toBeGreaterThan(alert!.version);

      await city.step(alert!.id, 'dismiss', 'a drill', token);
      await eventually('the first page hears the answer', () => page.alerts(alert!.id).at(-1)?.status === 'dismissed', Boolean, 5_000);
      expect(page.alerts(alert!.id).at(-1)!.decision).toMatchObject({ by: 'night-shift', reason: 'a drill' });
      const versions = page.alerts(alert!.id).map(({ version }) => version);
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
      const late = await Page.open(city.server.url, token);
      expect(late.snapshots[0]!.alerts.find(({ id }) => id === alert!.id)).toEqual(page.alerts(alert!.id).at(-1));
      late.close();
    } finally {
      expect(other.faults).toEqual([]);
      other.close();
    }
  });
});

describe('rules and people', () => {
  const start = (truck: string, at: number, speedKmh = 90) =>
    drive({ at, lon: (lon += 0.2) }, times(4, { speedKmh, loadKg: 200 })).map((said) => [truck, said] as const);
  const reports = (said: (readonly [string, Said])[]) => said.map(([, report]) => report);

  it('write beside each other: growth and end leave the decision, a decision leaves what was found', async () => {
    await city.trucks(['beside']);
    const first = reports(start('beside', Date.now() - 60_000));
    await city.upload('beside', first);
    const [found] = await city.alerts('truck=beside');
    expect(found).toMatchObject({ status: 'open', cleared: false, severity: 'minor', evidence: { maxSpeedKmh: 90 } });

    const { body: taken } = await city.step(found!.id, 'acknowledge');
    const rules = ({ version: _v, status: _s, decision: _d, ...rest }: Alert) => rest;
    expect(rules(taken)).toEqual(rules(found!));

    // It grows worse, graver too, and the person's columns stay.
    const { lon: east, time } = first.at(-1)!;
    await city.upload('beside', drive({ at: Number(time) + 5_000, lon: east }, [{ speedKmh: 125, loadKg: 200 }]));
    const [grown] = await city.alerts('truck=beside');
    expect(grown).toMatchObject({ id: found!.id, severity: 'serious', evidence: { maxSpeedKmh: 125 }, status: 'acknowledged', decision: taken.decision });
    expect(grown!.version).toBeGreaterThan(taken.version);

    const { body: dismissed } = await city.step(found!.id, 'dismiss', 'an ambulance asked for room');
    expect(rules(dismissed)).toEqual(rules(grown!));
    await city.upload('beside', drive({ at: Number(time) + 10_000, lon: east + 0.002 }, times(4, SLOW)));
    const [over] = await city.alerts('truck=beside');
    expect(over).toMatchObject({ cleared: true, status: 'dismissed', decision: dismissed.decision });
    expect(over!.version).toBeGreaterThan(dismissed.version);
    expect(page.alerts(found!.id).at(-1)).toEqual(over);
  });

  it('mark as late what was heard more than 5 min after its fix, and nothing else', async () => {
    await city.trucks(['early', 'late', 'grows-late']);
    const heldAfterMs = 15_000;
    await city.upload('early', reports(start('early', Date.now() - 5 * MINUTE - heldAfterMs + 20_000)));
    await city.upload('late', reports(start('late', Date.now() - 5 * MINUTE - heldAfterMs - 1_000)));
    expect(await city.alerts('truck=early')).toMatchObject([{ late: false }]);
    expect(await city.alerts('truck=late')).toMatchObject([{ late: true }]);

    // Whether it was late is settled when it opens.
    const said = reports(start('grows-late', Date.now() - 6 * MINUTE));
    await city.upload('grows-late', said);
    await city.upload('grows-late', drive({ at: Date.now() - 5 * MINUTE, lon: said.at(-1)!.lon + 0.01 }, times(8, FAST)));
    expect(await city.alerts('truck=grows-late')).toMatchObject([{ late: true, evidence: { maxSpeedKmh: 95 } }]);
  });
});

describe('the list', () => {
  let all: Alert[];
  let since: string;

  beforeAll(async () => {
    await city.trucks(['list-1', 'list-2'], 'list-c1');
    await city.trucks(['list-3'], 'list-c2');
    const hour = new Date(Date.now() - 3_600_000).toISOString();
    since = new Date(Date.now() - 40 * MINUTE).toISOString();
    await speeding('list-1', 12);
    await speeding('list-2', 3);
    const zone = square('list-zone', 'no-go', (lon += 0.2), 2_000, { validFrom: hour });
    await city.call('post', '/places').send(zone).expect(201);
    await city.upload('list-3', drive({ at: Date.now() - 10 * MINUTE, lon: lon + 0.001 }, [...times(5, { speedKmh: 20 })]));
    all = await city.alerts();
    await city.step(all.find(({ truck }) => truck.id === 'list-2')!.id, 'confirm');
    await city.server.database.query(`update alerts set contradicted_at = now(), contradicted_reason = 'the full track says so' where id = $1`, [
      all.find(({ truck }) => truck.id === 'list-1')!.id,
    ]);
    all = await city.alerts();
  });

  it('is newest first', () => {
    expect(all.length).toBeGreaterThan(30);
    const began = all.map((alert) => alert.began);
    expect(began).toEqual([...began].sort().reverse());
  });

  it('is narrowed by status, rule, truck, place, company, contradicted, from and to, one by one and together', async () => {
    const middle = all[Math.floor(all.length / 2)]!;
    const filters: [string, (alert: Alert) => boolean][] = [
      ['status=open', ({ status }) => status === 'open'],
      ['status=confirmed', ({ status }) => status === 'confirmed'],
      ['rule=no-go', ({ rule }) => rule === 'no-go'],
      ['rule=spill', ({ rule }) => rule === 'spill'],
      ['truck=list-1', ({ truck }) => truck.id === 'list-1'],
      ['place=list-zone', ({ place }) => place?.id === 'list-zone'],
      ['company=list-c1', ({ company }) => company?.id === 'list-c1'],
      ['contradicted=true', ({ contradicted }) => contradicted !== null],
      ['contradicted=false', ({ contradicted }) => contradicted === null],
      [`from=${middle.began}`, ({ began }) => began >= middle.began],
      [`to=${middle.began}`, ({ began }) => began < middle.began],
      [`from=${encodeURIComponent(since.replace('Z', '+00:00'))}&to=${all[3]!.began}`, ({ began }) => began >= since && began < all[3]!.began],
      ['company=list-c1&status=confirmed&rule=speeding', ({ company, status }) => company?.id === 'list-c1' && status === 'confirmed'],
    ];
    for (const [query, fits] of filters) {
      const expected = all.filter(fits).map(({ id }) => id);
      expect({ query, ids: (await city.alerts(query)).map(({ id }) => id) }).toEqual({ query, ids: expected });
      // Both sides: each filter keeps some out, and only the rule that found nothing keeps all out.
      expect({ query, some: expected.length > 0, others: expected.length < all.length }).toEqual({ query, some: query !== 'rule=spill', others: true });
    }
    expect((await city.alerts('contradicted=true'))[0]).toMatchObject({ contradicted: { reason: 'the full track says so' } });
  });

  it('goes page by page without a gap or a double, though others open meanwhile', async () => {
    await city.trucks(['meanwhile']);
    const ids: string[] = [];
    let [cursor, pages] = ['', 0];
    do {
      const { body } = await city.call('get', `/alerts?limit=5${cursor && `&cursor=${cursor}`}`).expect(200);
      ids.push(...body.items.map(({ id }: Alert) => id));
      cursor = body.nextCursor;
      if (++pages === 2) await speeding('meanwhile', 1);
    } while (cursor);
    expect(pages).toBeGreaterThan(2);
    expect(ids).toEqual(all.map(({ id }) => id));
  });

  it('takes any time that RFC 3339 allows, and so do hauls and tracks', async () => {
    const { began } = all[4]!;
    const elsewhere = `${new Date(Date.parse(began) + 23 * 3_600_000).toISOString().slice(0, -1)}+23:00`;
    const since = (await city.alerts()).filter((alert) => alert.began >= began).map(({ id }) => id);
    expect((await city.alerts(`from=${encodeURIComponent(elsewhere)}`)).map(({ id }) => id)).toEqual(since);
    for (const path of ['/alerts?', '/hauls?', '/trucks/list-1/track?']) {
      for (const [from, to] of [
        ['0000-01-01T00:00:00Z', '0000-01-02T00:00:00Z'],
        ['9999-12-31T00:00:00Z', '9999-12-31T23:59:59.999Z'],
        ['2026-01-01T00:00:00+23:59', '2026-01-01T00:00:00-23:59'],
      ]) {
        const { status, body } = await city.call('get', `${path}from=${encodeURIComponent(from!)}&to=${encodeURIComponent(to!)}`);
        expect({ path, from, status, found: body.items ?? body.points }).toEqual({ path, from, status: 200, found: [] });
      }
    }
  });

  it('refuses what it does not know, naming it', async () => {
    const cases: [string, string][] = [
      ['status=closed', 'status'],
      ['rule=gravity', 'rule'],
      ['truck=a%20b', 'truck'],
      ['contradicted=maybe', 'contradicted'],
      ['from=yesterday', 'from'],
      ['limit=0', 'limit'],
      ['limit=501', 'limit'],
    ];
    for (const [query, path] of cases) {
      const { status, body } = await city.call('get', `/alerts?${query}`);
      expect({ query, status, path: body.errors?.[0].path }).toEqual({ query, status: 400, path });
    }
    const cursor = (text: string) => Buffer.from(text).toString('base64url');
    for (const bad of ['x', cursor('nonsense'), cursor('1 a'), cursor('2026-02-30T00:00:00.000Z a'), cursor('2026-01-01T00:00:00.000Z a\u0000')]) {
      const { status } = await city.call('get', `/alerts?cursor=${bad}`);
      expect({ bad: Buffer.from(bad, 'base64url').toString(), status }).toMatchObject({ status: 400 });
    }
  });
});

describe('evidence', () => {
  const document = async (id: string) =>
    (await city.server.database.query<{ sha256: string; document: string }>('select sha256, document from alert_evidence where alert_id = $1', [id])).rows[0];

  /** The stored text is the hashed text, and says what the alert says. */
  async function verified(id: string) {
    const detail = await city.alert(id);
    const stored = (await document(id))!;
    expect(createHash('sha256').update(stored.document).digest('hex')).toBe(stored.sha256);
    expect(detail.sealed).toEqual({ at: expect.any(String), sha256: stored.sha256 });
    // The audit knows the hash too, in its own chain.
    const acts = await eventually(
      'it stands in the audit',
      async () => (await city.call('get', `/audit?action=evidence%20sealed&target=${encodeURIComponent(id)}`).expect(200)).body.items as AuditRow[],
      ({ length }) => length > 0,
    );
    expect(acts[0]).toMatchObject({ username: '(server)', role: 'system', target: id, detail: { sha256: stored.sha256 } });
    const sealed = JSON.parse(stored.document) as { sealedAt: string; alert: Record<string, unknown>; reports: Record<string, unknown>[] };
    expect(sealed.sealedAt).toBe(detail.sealed!.at);
    expect(sealed.alert).toMatchObject({
      id,
      rule: detail.rule,
      plate: detail.truck.plate,
      evidence: detail.evidence,
      limits: detail.limits,
      summary: detail.summary,
    });
    return { detail, sealed, stored };
  }

  it('is sealed 2 min after the end, not before, and only once', async () => {
    await city.trucks(['seal-1', 'seal-2', 'seal-3']);
    const evidence = city.server.app.get(EvidenceService);
    const said = drive({ at: Date.now() - 7 * MINUTE, lon: (lon += 0.2) }, [...times(36, SLOW), ...EPISODE]); // three minutes of nothing before it
    await city.upload('seal-1', said);
    const [settled] = await city.alerts('truck=seal-1');
    const [fresh] = await speeding('seal-2', 1);
    await city.upload('seal-3', drive({ at: Date.now() - 4 * MINUTE, lon: (lon += 0.2) }, times(5, FAST)));
    const [ongoing] = await city.alerts('truck=seal-3');

    const endedAt = Date.parse(settled!.ended!);
    await evidence.sealSettled(endedAt + 2 * MINUTE - 1);
    expect(await document(settled!.id)).toBeUndefined();
    await evidence.sealSettled(endedAt + 2 * MINUTE + 1);
    const { sealed, detail } = await verified(settled!.id);
    expect(sealed.reports.map((report) => Date.parse(report.at as string))).toEqual(detail.series.map(({ at }) => Date.parse(at)));
    const around = said.filter(({ time }) => Number(time) >= Date.parse(settled!.began) - 2 * MINUTE);
    expect(sealed.reports.map((report) => Date.parse(report.at as string))).toEqual(around.map(({ time }) => time));
    expect(around.length).toBeLessThan(said.length);
    expect((await city.alert(fresh!.id)).sealed).toBeNull();
    expect((await city.alert(ongoing!.id)).sealed).toBeNull();
    expect(await evidence.seal(settled!.id)).toBe(false);
  });

  it('is sealed when a person confirms, though the episode goes on; a dismissal seals nothing', async () => {
    await city.trucks(['seal-4', 'seal-5']);
    await city.upload('seal-4', drive({ at: Date.now() - MINUTE, lon: (lon += 0.2) }, times(5, FAST)));
    const [ongoing] = await city.alerts('truck=seal-4');
    expect(ongoing!.cleared).toBe(false);
    await city.step(ongoing!.id, 'confirm');
    const { sealed } = await verified(ongoing!.id);
    expect(sealed.reports).toHaveLength(5);

    const [other] = await speeding('seal-5', 1);
    await city.step(other!.id, 'dismiss', 'no');
    expect((await city.alert(other!.id)).sealed).toBeNull();
    expect(await document(other!.id)).toBeUndefined();
  });

  it('does not change when the raw reports are deleted, the alert is reopened and confirmed again', async () => {
    await city.trucks(['seal-6']);
    const [alert] = await speeding('seal-6', 1, 3 * MINUTE);
    await city.step(alert!.id, 'confirm');
    const { stored, detail } = await verified(alert!.id);
    await city.server.database.query(`delete from reports where truck_id = 'seal-6'`);
    await city.step(alert!.id, 'reopen', 'seen again');
    await city.step(alert!.id, 'confirm');
    await city.server.app.get(EvidenceService).sealSettled(Date.now() + 10 * MINUTE);
    expect(await document(alert!.id)).toEqual(stored);
    expect(await city.alert(alert!.id)).toMatchObject({ series: [], sealed: detail.sealed, status: 'confirmed' });
    expect((JSON.parse(stored.document) as { reports: unknown[] }).reports).toHaveLength(EPISODE.length);
  });
});

it('has told pages nothing that the contract does not describe', () => expect(page.faults).toEqual([]));

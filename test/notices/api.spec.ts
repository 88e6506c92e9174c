import type { Notice } from '@muckwatch/contract';
import { eventually, Street } from './street.js';
import { Page } from '../support/page.js';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let street: Street;
let manager: { id: string; token: string };
let dispatcher: { id: string; token: string };
let supervisor: { id: string; token: string };
let operator: { id: string; token: string };
let stranger: { id: string; token: string };

beforeAll(async () => {
  street = await Street.open();
  manager = await street.person('manager', 'site-manager', { placeIds: ['s1'] });
  dispatcher = await street.person('dispatcher', 'dispatcher', { companyIds: ['c1'] });
  supervisor = await street.person('supervisor', 'supervisor');
  operator = await street.person('operator', 'operator');
  stranger = await street.person('stranger', 'site-manager', { placeIds: ['yard-of-s1'] });
}, 180_000);
afterAll(() => street.close());

describe('a notice', () => {
  it('is told to the manager of the site that the load came from, on the page within a moment, and to nobody whose site it is not', async () => {
    const pages = await Promise.all([manager, stranger, operator].map(({ token }) => Page.open(street.server.url, token)));
    const alert = await street.uncovered();
    const told = await eventually(
      'the page hears it',
      () => pages[0]!.of<Notice>('notice').find(({ alertIds }) => alertIds.includes(alert.id)),
      Boolean,
      5_000,
    );
    expect(told).toMatchObject({
      kind: 'uncovered-load',
      status: 'open',
      incident: alert.incident,
      repeats: 0,
      recipient: { accountId: manager.id, role: 'site-manager' },
    });
    expect(told!.number).toMatch(/^\d{8}-\d{4}$/);
    expect(pages[2]!.of<Notice>('notice').map(({ id }) => id)).toContain(told!.id);
    expect(pages[1]!.of<Notice>('notice')).toEqual([]);
    expect(pages.flatMap(({ faults }) => faults)).toEqual([]);

    expect((await street.notices('', manager.token)).map(({ id }) => id)).toContain(told!.id);
    expect(await street.notices('', stranger.token)).toEqual([]);
    await street.call('get', `/notices/${told!.id}`, stranger.token).expect(404);
    const deliveries = await eventually(
      'the page delivery is noted',
      async () => (await street.notice(told!.id, operator.token)).deliveries,
      (all) => all[0]?.status === 'delivered',
    );
    expect(deliveries).toMatchObject([{ channel: 'page', recipient: 'manager', status: 'delivered', attempts: 1 }]);
    pages.forEach((page) => page.close());
  });

  it('waits on the page until whom it was told opens one, or reads the list', async () => {
    const page = async (id: string) => (await street.notice(id, operator.token)).deliveries.find(({ channel }) => channel === 'page');
    const waiting = async () => {
      const { id } = await street.noticeOf(await street.uncovered(), manager.id);
      await street.send();
      expect(await page(id)).toMatchObject({ status: 'sent', answer: 'waits on the page' });
      return id;
    };
    const first = await waiting();
    // Others who see it, and somebody else's page, deliver nothing.
    await street.notices('', operator.token);
    (await Page.open(street.server.url, operator.token)).close();
    await street.send();
    expect(await page(first)).toMatchObject({ status: 'sent' });
    (await Page.open(street.server.url, manager.token)).close();
    await street.send();
    const { sentAt, ...delivered } = (await page(first))!;
    expect(delivered).toMatchObject({ status: 'delivered', answer: 'shown when the page was opened', readAt: null });
    expect(sentAt).not.toBeNull();

    const second = await waiting();
    await street.notices('', manager.token);
    await street.send();
    expect(await page(second)).toMatchObject({ status: 'delivered' });
  });

  it('is read, acknowledged, answered with a photo, sent back, answered again and accepted; each step stands with its text', async () => {
    const alert = await street.uncovered();
    const { id, version } = await street.noticeOf(alert, manager.id);
    // Somebody else's look is no reading.
    expect((await street.notice(id, operator.token)).readAt).toBeNull();
    const read = await street.notice(id, manager.token);
    expect(read).toMatchObject({
      readAt: expect.any(String),
      status: 'open',
      rule: { name: { en: expect.any(String) } },
      deadlineProblem: expect.stringContaining('20'),
    });
    expect(read.version).toBeGreaterThan(version);
    expect(read.track.length).toBeGreaterThan(5);
    expect(read.deliveries).toMatchObject([{ channel: 'page', status: 'read' }]);
    expect(read.facts).toHaveProperty('durationS');

    expect((await street.answer(id, 'acknowledge', manager.token).expect(200)).body).toMatchObject({ status: 'acknowledged' });
    const { body: photo } = await street.call('post', `/notices/${id}/photos`, manager.token).set('Content-Type', 'image/jpeg').send(PNG).expect(201);
    expect(photo).toMatchObject({ type: 'image/png', bytes: PNG.length, url: `/api/v1/notices/${id}/photos/${photo.sha256}` });
    await street.answer(id, 'rectify', manager.token, { text: '已覆盖', photos: [photo.sha256] }).expect(200);
    expect((await street.answer(id, 'send-back', supervisor.token).expect(400)).body.detail).toContain('text');
    const listed = async () => (await street.notices('', operator.token)).find((one) => one.id === id)!;
    const rectified = { step: 'rectify', by: 'manager', text: '已覆盖', photos: 1, objected: false };
    expect(await listed()).toMatchObject({ answer: rectified, review: null });
    const sentBack = (await street.answer(id, 'send-back', supervisor.token, { text: '请补拍车厢' }).expect(200)).body as Notice;
    expect(sentBack).toMatchObject({ status: 'sent-back', answer: rectified, review: { step: 'send-back', by: 'supervisor', text: '请补拍车厢' } });
    // What the step answers, and pages are told, is what is read afterwards: of a long text its start, the whole of it in the notice.
    const long = `并非本工地${'👷'.repeat(200)}`;
    const objected = (await street.answer(id, 'object', manager.token, { text: long }).expect(200)).body as Notice;
    expect(objected.answer).toMatchObject({ step: 'object', photos: 0, objected: true, text: `并非本工地${'👷'.repeat(195)}…` });
    expect(await listed()).toEqual(objected);
    expect((await street.answer(id, 'accept', supervisor.token).expect(200)).body).toMatchObject({ status: 'accepted' });

    const { steps } = await street.notice(id, manager.token);
    expect(steps.map(({ step, by, text }) => [step, by, text])).toEqual([
      ['acknowledge', 'manager', null],
      ['rectify', 'manager', '已覆盖'],
      ['send-back', 'supervisor', '请补拍车厢'],
      ['object', 'manager', long],
      ['accept', 'supervisor', null],
    ]);
    expect(steps[1]!.photos).toEqual([photo]);
    const bytes = await street.call('get', photo.url.replace('/api/v1', ''), supervisor.token).buffer(true).expect(200).expect('Content-Type', 'image/png');
    expect(bytes.body).toEqual(PNG);
    await street.call('get', photo.url.replace('/api/v1', ''), stranger.token).expect(404);
  });

  it('takes a step only from where it may be taken, and only from whose it is', async () => {
    const alert = await street.uncovered();
    const { id } = await street.noticeOf(alert, manager.id);
    expect((await street.answer(id, 'acknowledge', operator.token).expect(403)).body.detail).toContain('manager');
    await street.answer(id, 'accept', operator.token).expect(403);
    await street.answer(id, 'accept', manager.token).expect(403);
    await street.answer(id, 'acknowledge', stranger.token).expect(404);
    expect((await street.answer(id, 'accept', supervisor.token).expect(409)).body.detail).toBe(
      `Notice ${id} is open; the step accept is only allowed from rectified or objected. From open it can be: acknowledge, rectify, object.`,
    );
    await street.answer(id, 'rectify', manager.token, { text: 'x', photos: ['0'.repeat(64)] }).expect(400);
    await street.answer(id, 'rectify', manager.token, { text: '' }).expect(400);
    await street.answer(id, 'rectify', manager.token, { text: 'done' }).expect(200);
    await street.answer(id, 'acknowledge', manager.token).expect(409);
  });

  it('is told to a dispatcher where it is serious, and seen by one where it is of their trucks', async () => {
    const alert = await street.uncovered();
    const told = await street.notices(`alert=${encodeURIComponent(alert.id)}`, dispatcher.token);
    expect(told.map(({ recipient }) => recipient.name).sort()).toEqual(alert.severity === 'minor' ? ['manager'] : ['dispatcher', 'manager']);
    const other = await street
      .call('post', '/companies')
      .send({ id: 'c2', name: 'c2' })
      .expect(201)
      .then(() => street.person('other-company', 'dispatcher', { companyIds: ['c2'] }));
    expect(await street.notices('', other.token)).toEqual([]);
  });

  it('is withdrawn once its alert is dismissed, and stands again when the alert is reopened', async () => {
    const alert = await street.uncovered();
    const { id } = await street.noticeOf(alert, manager.id);
    await street.step(alert.id, 'dismiss', '误报');
    const withdrawn = await street.notice(id, manager.token);
    expect(withdrawn).toMatchObject({ status: 'withdrawn', steps: [{ step: 'withdraw', by: 'admin', text: '误报' }] });
    expect((await street.answer(id, 'acknowledge', manager.token).expect(409)).body.detail).toContain('is withdrawn');
    await street.step(alert.id, 'reopen', '看错了');
    expect(await street.notice(id, manager.token)).toMatchObject({ status: 'open', steps: [{ step: 'withdraw' }, { step: 'reopen' }] });
    await street.step(alert.id, 'confirm');
    expect(await street.notice(id, manager.token)).toMatchObject({ status: 'open' });
  });

  it('is told by hand to whom the alert may be told, by those of the control room', async () => {
    const alert = await street.uncovered();
    const { body: offered } = await street.call('get', `/notices/recipients?alert=${encodeURIComponent(alert.id)}`, operator.token).expect(200);
    expect(offered.items).toContainEqual({ accountId: supervisor.id, name: 'supervisor', role: 'supervisor', told: false });
    expect(offered.items.map((one: { accountId: string }) => one.accountId)).not.toContain(stranger.id);
    const tell = (accountId: string, token = operator.token) =>
      street.call('post', '/notices/tell', token).send({ alertId: alert.id, accountId, text: '请看一下' });
    expect((await tell(supervisor.id).expect(200)).body).toMatchObject({
      toldBy: 'operator',
      recipient: { accountId: supervisor.id },
      incident: alert.incident,
    });
    expect((await tell(stranger.id).expect(400)).body.detail).toContain('scope');
    await tell('nobody').expect(400);
    await tell(supervisor.id, manager.token).expect(403);
    const again = (await tell(manager.id).expect(200)).body;
    expect(again.id).toBe((await street.noticeOf(alert, manager.id)).id);
  });
});

describe('notices', () => {
  it('are listed newest first, page by page, by what is asked', async () => {
    const all = await street.notices('', operator.token);
    expect(all.length).toBeGreaterThan(4);
    expect(all.map(({ openedAt }) => openedAt)).toEqual(
      all
        .map(({ openedAt }) => openedAt)
        .toSorted()
        .reverse(),
    );
    expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
    const { body: first } = await street.call('get', '/notices?limit=2', operator.token).expect(200);
    const { body: second } = await street.call('get', `/notices?limit=2&cursor=${first.nextCursor}`, operator.token).expect(200);
    expect([...first.items, ...second.items].map(({ id }: Notice) => id)).toEqual(all.slice(0, 4).map(({ id }) => id));
    expect((await street.notices('status=accepted', operator.token)).every(({ status }) => status === 'accepted')).toBe(true);
    expect((await street.notices('open=false', operator.token)).every(({ status }) => ['accepted', 'withdrawn'].includes(status))).toBe(true);
    expect((await street.notices('mine=true', manager.token)).every(({ recipient }) => recipient.accountId === manager.id)).toBe(true);
    expect(await street.notices('place=nowhere', operator.token)).toEqual([]);
  });
});

describe('a photo', () => {
  it('is refused by what it is, not by what it is called, and by its size', async () => {
    const { id } = await street.noticeOf(await street.uncovered(), manager.id);
    const send = (bytes: Buffer, type = 'image/png', token = manager.token) =>
      street.call('post', `/notices/${id}/photos`, token).set('Content-Type', type).send(bytes);
    await send(Buffer.from('<svg onload="alert(1)">')).expect(415);
    await send(PNG, 'application/octet-stream').expect(415);
    await send(PNG, 'image/png', operator.token).expect(403);
    await send(Buffer.concat([PNG, Buffer.alloc(4 * 1_048_576)])).expect(201);
    await send(Buffer.concat([PNG, Buffer.alloc(5 * 1_048_576)])).expect(413);
  });
});

describe('who is told of what', () => {
  it('is set by supervisors, and holds from then on', async () => {
    const rules = (await street.call('get', '/notice-rules', operator.token).expect(200)).body.items;
    expect(rules.map(({ id }: { id: string }) => id)).toContain('site-gate');
    const body = { id: 'watch', name: '督办', role: 'supervisor', kinds: ['uncovered-load'], leastSeverity: 'minor' };
    await street.call('post', '/notice-rules', operator.token).send(body).expect(403);
    await street.call('post', '/notice-rules', supervisor.token).send(body).expect(201);
    await street.call('post', '/notice-rules', supervisor.token).send(body).expect(409);
    await street.noticeOf(await street.uncovered(), supervisor.id);
    await street
      .call('put', '/notice-rules/watch', supervisor.token)
      .send({ ...body, enabled: false })
      .expect(200);
    await expect(street.noticeOf(await street.uncovered(), supervisor.id)).rejects.toThrow('0 notices');
    await street.call('delete', '/notice-rules/watch', supervisor.token).expect(204);
    await street.call('put', '/notice-rules/watch', supervisor.token).send(body).expect(404);
  });

  it('follows the account: one that is disabled is told nothing, a place names its managers', async () => {
    const named = await street.person('named', 'site-manager', { placeIds: ['yard-of-s1'] });
    const place = (await street.call('get', '/places/s1').expect(200)).body;
    await street
      .call('patch', '/places/s1')
      .send({ ...place, properties: { ...place.properties, managerIds: [named.id] } })
      .expect(200);
    await eventually('the place names its manager', async () => street.noticeOf(await street.uncovered(), named.id).catch(() => null));
    await street.call('patch', `/accounts/${named.id}`).send({ disabled: true }).expect(200);
    await expect(street.noticeOf(await street.uncovered(), named.id)).rejects.toThrow('0 notices');
  });
});

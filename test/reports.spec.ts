import type { NoticeSettings, ReportSending } from '@muckwatch/contract';
import { Outbox } from '../apps/server/src/notices/outbox.service.js';
import { Sending } from '../apps/server/src/reports/sending.service.js';
import { Weekly } from '../apps/server/src/reports/weekly.service.js';
import { weekAt, weekPeriod } from '../apps/server/src/stats/period.js';
import { strFromU8, unzipSync } from 'fflate';
import { answering, Post, Receiver } from './notices/receiver.js';
import { City, square } from './support/city.js';
import { wordsOf, whereItIsRead } from './support/paper.js';
import { startTestServer } from './support/server.js';
import { bytes } from './support/bytes.js';

/**
 * Last week: three alerts in district d1, one of them in a truck of c1, and two in d2. A supervisor of the whole city, one of d1, and the dispatcher of c1 want the
 * report; an operator does not.
 */
const HOUR = 3_600_000;
const PLUS_8 = () => 8 * 60;
const WEEK = weekAt(Date.now(), PLUS_8, -1);
const { from, to } = weekPeriod(WEEK, PLUS_8)!;
const MADE = Date.parse(to) + 7 * HOUR + 1_000;
let city: City;
let post: Post;
let receiver: Receiver;
let whole: { id: string; token: string };
let ofD1: { id: string; token: string };
let ofC1: { id: string; token: string };
let other: { id: string; token: string };

async function alert(n: number, district: string, company: string): Promise<void> {
  const at = new Date(Date.parse(from) + n * HOUR).toISOString();
  await city.server.database.query(
    `insert into alerts (id, rules_version, incident, rule, scope, severity, truck_id, company_id, district_id, began, late, opened_at, found_at, lat, lon, evidence,
       limits, summary_zh, summary_en, status)
     values ($1, 1, $1, 'spill', '-', 'serious', $2, $3, $4, $5, false, $5, $5, 31, 113, '{}', '{}', 'x', 'x', 'open')`,
    [`spill:r${n}:-:${at}`, `r${n}`, company, district, at],
  );
}

const want = (token: string, weeklyReport = true) => city.call('patch', '/me/notice-settings', token).send({ weeklyReport });
const channel = (token: string, body: object) => city.call('post', '/me/channels', token).send(body).expect(201);
const state = async (token?: string) => (await city.call('get', '/reports/sending', token).expect(200)).body as ReportSending;

/** The outbox, as if it were so many milliseconds later; returns when what it began has ended. */
async function send(laterMs = 0): Promise<void> {
  const outbox = city.server.app.get(Outbox);
  await outbox.idle(30_000);
  await outbox.turn(Date.now() + laterMs);
  await outbox.idle(30_000);
}

/** The files of a mail. */
function filesOf(source: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const [, name, content] of source.matchAll(/filename=([\w.-]+)[^]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/g))
    files.set(name!, Buffer.from(content!, 'base64'));
  return files;
}
const mailTo = (address: string) => filesOf(post.to(address).at(-1)!.source);
/** Alerts of the week by the first sheet of a mail's workbook. */
function alertsIn(address: string): number {
  const sheet = strFromU8(unzipSync(mailTo(address).get(`weekly-${WEEK}.xlsx`)!)['xl/worksheets/sheet1.xml']!);
  return Number([...sheet.matchAll(/<c ([^>]*)>\s*<v>([^<]*)<\/v>/g)].find(([, attributes]) => !/t="/.test(attributes!))![2]);
}

beforeAll(async () => {
  post = await Post.open();
  receiver = await Receiver.open();
  city = new City(await startTestServer({ SMTP_URL: `smtp://127.0.0.1:${post.port}`, NOTICE_HTTP: 'allow', PUBLIC_URL: 'https://muck.example.org' }));
  await city.trucks(['r1'], 'c1');
  const district = (id: string, lon: number) => ({ ...square(id, 'site', lon, 500), properties: { id, name: id } });
  await city
    .call('post', '/districts/import')
    .send({ type: 'FeatureCollection', features: [district('d1', 114), district('d2', 115)] })
    .expect((answer) => expect(answer.status).toBeLessThan(300));
  whole = await city.person('whole', 'supervisor');
  ofD1 = await city.person('of-d1', 'supervisor', { districtIds: ['d1'] });
  ofC1 = await city.person('of-c1', 'dispatcher', { companyIds: ['c1'] });
  other = await city.person('other', 'operator');
  for (const [n, [place, company]] of [
    ['d1', 'c1'],
    ['d1', 'c2'],
    ['d1', 'c2'],
    ['d2', 'c1'],
    ['d2', 'c2'],
  ].entries())
    await alert(n, place!, company!);
}, 180_000);
afterAll(async () => {
  await city.close();
  await post.close();
  await receiver.close();
});

describe('the weekly report', () => {
  it('is wanted by each for themselves, and offered to no site', async () => {
    const { body } = await want(whole.token).expect(200);
    expect((body as NoticeSettings).weeklyReport).toBe(true);
    await want(ofD1.token).expect(200);
    await want(ofC1.token).expect(200);
    // A change of something else leaves it.
    expect((await city.call('patch', '/me/notice-settings', whole.token).send({ messagesPerHour: 5 }).expect(200)).body.weeklyReport).toBe(true);
    await city
      .call('post', '/places')
      .send(square('s1', 'site', 116, 200, { validFrom: '2026-01-01T00:00:00Z' }))
      .expect(201);
    const site = await city.person('site', 'site-manager', { placeIds: ['s1'] });
    expect((await city.call('get', '/me/notice-settings', site.token).expect(200)).body.weeklyReport).toBeNull();
    expect((await want(site.token).expect(400)).body.errors).toEqual([{ path: 'weeklyReport', message: 'is not for the role site-manager' }]);
    await city.call('get', '/reports/sending', site.token).expect(403);
    await channel(whole.token, { kind: 'email', address: 'whole@example.org', leastSeverity: 'critical' });
    await channel(ofD1.token, { kind: 'email', address: 'd1@example.org' });
    await channel(ofC1.token, { kind: 'email', address: 'c1@example.org' });
    await channel(ofC1.token, { kind: 'webhook', address: receiver.url(), secret: 'a secret of theirs' });
    await channel(other.token, { kind: 'email', address: 'other@example.org' });
  });

  it('says beforehand who gets it by what, and when the next one comes', async () => {
    const said = await state(whole.token);
    expect(said.recipients.map(({ name, wholeCity, channels }) => [name, wholeCity, channels])).toEqual([
      ['of-c1', false, ['email', 'webhook']],
      ['of-d1', false, ['email']],
      ['whole', true, ['email']],
    ]);
    expect(new Date(Date.parse(said.next.at) + 8 * HOUR).toISOString()).toMatch(/T07:00:00/);
    expect(new Date(Date.parse(said.next.at) + 8 * HOUR).getUTCDay()).toBe(1);
    expect(Date.parse(said.next.at) - Date.now()).toBeGreaterThan(0);
    // Whoever sees a part is told of nobody else.
    expect((await state(ofD1.token)).recipients.map(({ name }) => name)).toEqual(['of-d1']);
    expect(await state(other.token)).toMatchObject({ wanted: false, unseen: null, recipients: [] });
  });

  it('comes by mail as PDF and XLSX when it is made, to each with what they see', async () => {
    post.refuse = 451;
    await city.server.app.get(Weekly).round(MADE);
    await city.server.app.get(Sending).round(Date.now());
    await send();
    expect(post.mails).toEqual([]);
    post.refuse = null;
    await send(60_000);
    expect(['whole', 'd1', 'c1', 'other'].map((name) => post.to(`${name}@example.org`).length)).toEqual([1, 1, 1, 0]);
    expect([...mailTo('whole@example.org').keys()]).toEqual([`weekly-${WEEK}.pdf`, `weekly-${WEEK}.xlsx`]);
    expect(mailTo('d1@example.org').get(`weekly-${WEEK}.pdf`)!.subarray(0, 5).toString()).toBe('%PDF-');
    expect(['whole', 'd1', 'c1'].map((name) => alertsIn(`${name}@example.org`))).toEqual([5, 3, 2]);
  });

  whereItIsRead('says on paper what the workbook says', () => {
    const alerts = (name: string) => Number(/告警（条）\s+(\d+)/.exec(wordsOf(mailTo(`${name}@example.org`).get(`weekly-${WEEK}.pdf`)!))?.[1]);
    expect(['whole', 'd1', 'c1'].map(alerts)).toEqual([5, 3, 2]);
  });

  it('comes by other ways as a link, and to the page until it is seen', async () => {
    expect(receiver.got.filter(({ body }) => body.event === 'weekly-report')).toHaveLength(1);
    expect(receiver.got[0]!.body).toMatchObject({ notice: null, title: { zh: `周报 ${WEEK}` }, url: 'https://muck.example.org/#/city/figures' });
    expect(receiver.got[0]!.text).not.toContain('附件');
    expect((await state(ofC1.token)).unseen).toBe(WEEK);
    await city.call('post', `/reports/${WEEK}/seen`, ofC1.token).expect(204);
    expect((await state(ofC1.token)).unseen).toBeNull();
    expect((await state(whole.token)).unseen).toBe(WEEK);
  });

  it('keeps what was sent for whoever takes it again', async () => {
    await alert(9, 'd1', 'c2');
    const { body } = await city.call('get', `/reports/weekly?week=${WEEK}&format=xlsx`, ofD1.token).buffer().parse(bytes).expect(200);
    const sheet = strFromU8(unzipSync(body as Buffer)['xl/worksheets/sheet1.xml']!);
    expect(sheet).toEqual(strFromU8(unzipSync(mailTo('d1@example.org').get(`weekly-${WEEK}.xlsx`)!)['xl/worksheets/sheet1.xml']!));
  });

  it('is in the audit as what was taken away, under the name of whom it went to', async () => {
    const { body } = await city.call('get', '/audit?action=weekly%20report%20mailed&limit=10').expect(200);
    const rows = (body as { items: { username: string; target: string }[] }).items;
    expect(rows.map(({ username, target }) => [username, target]).sort()).toEqual([
      ['of-c1', WEEK],
      ['of-d1', WEEK],
      ['whole', WEEK],
    ]);
  });

  it('is sent to nobody twice, not after a restart either, and not to who wants it a day later', async () => {
    await want(other.token).expect(200);
    city.server = await city.server.restart();
    await city.server.app.get(Weekly).round(MADE + HOUR);
    await city.server.app.get(Sending).round(Date.now());
    await send(2 * HOUR);
    expect(post.mails).toHaveLength(3);
    expect(receiver.got).toHaveLength(1);
  });

  it('that could not be sent goes to nobody who may not have it any more', async () => {
    await city.server.database.query('update weekly_reports set told_at = null');
    await city.server.database.query('delete from notice_deliveries');
    post.refuse = 451;
    receiver.answers = [answering(500)];
    await city.server.app.get(Sending).round(Date.now());
    await send();
    // One does not want it any more, one sees another part, one is gone.
    await want(whole.token, false).expect(200);
    await city
      .call('patch', `/accounts/${ofD1.id}`)
      .send({ districtIds: ['d2'] })
      .expect(200);
    await city.call('delete', `/accounts/${ofC1.id}`).expect(204);
    post.refuse = null;
    await send(60_000);
    expect(['whole', 'd1', 'c1', 'other'].map((name) => post.to(`${name}@example.org`).length)).toEqual([1, 2, 1, 1]);
    expect([alertsIn('d1@example.org'), alertsIn('other@example.org')]).toEqual([2, 5]);
  });
});

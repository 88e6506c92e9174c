import type { Alert, Delivery, Notice, NoticeDetail } from '@muckwatch/contract';
import type { AlertDraft } from '../../apps/server/src/alerts/alert-draft.js';
import type { AlertStore } from '../../apps/server/src/alerts/alert.store.js';
import { nextVersion, now } from '../../apps/server/src/clock.js';
import { emptyEntry, type Entry } from '../../apps/server/src/intake/entry.js';
import { Recorder } from '../../apps/server/src/intake/recorder.js';
import { NoticeDuties } from '../../apps/server/src/notices/duties.service.js';
import { Outbox } from '../../apps/server/src/notices/outbox.service.js';
import { City, drive, eastOf, eventually, square, times } from '../support/city.js';
import { startTestServer, type TestServer } from '../support/server.js';

const LOADED = { loadKg: 16_500, ignition: true };
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A site with its permit, and trucks that leave it with their cover open: each an `uncovered-load` alert of that site's haul. */
export class Street extends City {
  #lon = 113.4;
  #trucks = 0;
  siteLon = 0;

  static async open(settings: Record<string, string> = {}): Promise<Street> {
    const street = new Street(await startTestServer({ NOTICE_HTTP: 'allow', ...settings }));
    await street.site('s1');
    return street;
  }

  async site(id: string, companyId = 'c1', managerIds?: string[]): Promise<void> {
    this.siteLon = this.#lon += 0.1;
    await this.trucks([`${id}-first`], companyId);
    await this.call('post', '/places')
      .send(square(id, 'site', this.siteLon, 200, { validFrom: '2026-01-01T00:00:00Z', managerIds }))
      .expect(201);
    await this.permit(id, companyId);
  }

  /** Somebody who manages a site that is there for them alone, called after them. */
  async manager(name: string): Promise<{ id: string; token: string }> {
    await this.call('post', '/places')
      .send(square(name, 'site', (this.#lon += 0.1), 200, {}))
      .expect(201);
    return this.person(name, 'site-manager', { placeIds: [name] });
  }

  /** Loaded at the site, out of it uncovered; answers its alert. The cover stays open, so that the episode goes on. */
  async uncovered(companyId = 'c1', endedMs = 0): Promise<Alert> {
    const truck = `u${++this.#trucks}`;
    await this.trucks([truck], companyId);
    const load = { ...LOADED, cover: 'open' };
    const steps = [...times(4, { ...load, speedKmh: 0 }), ...times(12, { ...load, speedKmh: 30 })];
    await this.upload(truck, drive({ at: Date.now() - endedMs - steps.length * 5_000, lon: eastOf(this.siteLon, 100) }, steps));
    const alerts = await this.alerts(`truck=${truck}&rule=uncovered-load`);
    if (alerts.length !== 1) throw new Error(`${truck} has ${alerts.length} alerts`);
    return alerts[0]!;
  }

  /** Alerts as intake finds them, committed in one batch; what is not said is that of an uncovered load a minute ago, of a haul from s1. */
  async happens(...found: Partial<AlertDraft>[]): Promise<AlertDraft[]> {
    const drafts = found.map((fields) => draft(fields, ++this.#trucks));
    await this.commit((entry) => entry.alerts.push(...drafts));
    return drafts;
  }

  /** Judging again finds no more than this of them. */
  async contradict(ids: string[], reason = { zh: '补齐的轨迹不再支持它', en: 'the fuller track no longer supports it' }): Promise<void> {
    const contradicted: Parameters<AlertStore['contradict']>[1] = ids.map((id) => ({ id, rulesVersion: nextVersion(), at: now(), reason }));
    const judged = { subject: 'nobody', from: now(), dueVersion: '0', rewritten: [], contradicted, lostHauls: [], doubts: [] };
    await this.commit((entry) => entry.rejudged.push(judged));
  }

  /** One batch of intake, by its own way. */
  async commit(fill: (entry: Entry) => unknown): Promise<void> {
    await new Promise<void>((resolve) => {
      const entry = emptyEntry(null, resolve, now());
      fill(entry);
      this.server.app.get(Recorder).add(entry);
    });
  }

  /** The outbox, as if it were so many milliseconds later; returns when what it began has ended. */
  async send(laterMs = 0): Promise<void> {
    const outbox = this.server.app.get(Outbox);
    await outbox.idle(15_000);
    await outbox.turn(now() + laterMs);
    await outbox.idle(15_000);
  }

  /** What time asks of notices, as if it were so many milliseconds later. */
  async duties(laterMs: number): Promise<void> {
    await this.server.app.get(NoticeDuties).round(now() + laterMs);
  }

  /** Another process on the same data; sessions go on. */
  async restart(): Promise<void> {
    this.server = await this.server.restart();
  }

  /** A channel of one's own. */
  async channel(token: string, body: object): Promise<string> {
    return (await this.call('post', '/me/channels', token).send(body).expect(201)).body.id as string;
  }

  /** What was sent of a notice by other ways than the page. */
  async deliveries(noticeId: string): Promise<Delivery[]> {
    return (await this.notice(noticeId)).deliveries.filter(({ channel }) => channel !== 'page');
  }

  async notices(query = '', token?: string): Promise<Notice[]> {
    return (await this.call('get', `/notices?limit=500&${query}`, token).expect(200)).body.items as Notice[];
  }

  async notice(id: string, token?: string): Promise<NoticeDetail> {
    return (await this.call('get', `/notices/${id}`, token).expect(200)).body as NoticeDetail;
  }

  /** The one notice of an alert to a person. */
  async noticeOf(alert: { id: string }, accountId: string): Promise<Notice> {
    const told = await this.notices(`alert=${encodeURIComponent(alert.id)}`);
    const own = told.filter(({ recipient }) => recipient.accountId === accountId);
    if (own.length !== 1) throw new Error(`${own.length} notices of ${alert.id} to ${accountId}; to others: ${told.length - own.length}`);
    return own[0]!;
  }

  answer(id: string, step: string, token?: string, body: object = {}) {
    return this.call('post', `/notices/${id}/${step}`, token).send(body);
  }
}

function draft(fields: Partial<AlertDraft>, number: number): AlertDraft {
  const began = now() - MINUTE;
  const truckId = fields.truckId === undefined ? `d${number}` : fields.truckId;
  return {
    id: `${fields.rule ?? 'uncovered-load'}:${truckId}:-:${began}`,
    rulesVersion: nextVersion(),
    incident: `${truckId}:${began - 2 * MINUTE}`,
    rule: 'uncovered-load',
    scope: '-',
    severity: 'serious',
    truckId,
    plate: `鄂S-${truckId}`,
    companyId: 'c1',
    haulId: null,
    siteId: 's1',
    districtId: null,
    place: null,
    began,
    ended: null,
    late: false,
    openedAt: now(),
    foundAt: began + 20_000,
    worldVersion: 0,
    snoozed: false,
    point: [113.4, 31.69],
    evidence: { durationS: 20, distanceM: 200 },
    limits: {},
    summary: { zh: `鄂S-${truckId} 未覆盖行驶`, en: `鄂S-${truckId} drove uncovered` },
    ...fields,
  };
}

export { eventually, type TestServer };

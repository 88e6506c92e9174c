import type { Alert, Notice, NoticeDetail } from '@muckwatch/contract';
import { City, drive, eastOf, eventually, square, times } from '../support/city.js';
import { startTestServer, type TestServer } from '../support/server.js';

const LOADED = { loadKg: 16_500, ignition: true };
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

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

  async notices(query = '', token?: string): Promise<Notice[]> {
    return (await this.call('get', `/notices?limit=500&${query}`, token).expect(200)).body.items as Notice[];
  }

  async notice(id: string, token?: string): Promise<NoticeDetail> {
    return (await this.call('get', `/notices/${id}`, token).expect(200)).body as NoticeDetail;
  }

  /** The one notice of an alert to a person. */
  async noticeOf(alert: Alert, accountId: string): Promise<Notice> {
    const told = await this.notices(`alert=${encodeURIComponent(alert.id)}`);
    const own = told.filter(({ recipient }) => recipient.accountId === accountId);
    if (own.length !== 1) throw new Error(`${own.length} notices of ${alert.id} to ${accountId}; to others: ${told.length - own.length}`);
    return own[0]!;
  }

  answer(id: string, step: string, token?: string, body: object = {}) {
    return this.call('post', `/notices/${id}/${step}`, token).send(body);
  }
}

export { eventually, type TestServer };

import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { ReportRecipient, ReportSending } from '@muckwatch/contract';
import { type EpochMs, MINUTE_MS } from '@muckwatch/domain';
import { PLANNERS } from '../auth/roles.js';
import { isWholeCity, type Viewer } from '../auth/viewer.js';
import { Chore } from '../chore.js';
import { iso, now } from '../clock.js';
import { LiveService } from '../live/live.service.js';
import { Directory, type Person } from '../notices/directory.js';
import type { DeliveryDraft } from '../notices/notice-drafts.js';
import { Outbox } from '../notices/outbox.service.js';
import { SendingStore } from './sending.store.js';
import { Weekly } from './weekly.service.js';

const LOOK_EVERY_MS = MINUTE_MS;

/** The weekly report to everybody who wants it: by the channels on which they hear of notices, in the same outbox, once. */
@Injectable()
export class Sending implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #chore = new Chore('Reports', LOOK_EVERY_MS, () => this.round(now()));

  constructor(
    private readonly store: SendingStore,
    private readonly weekly: Weekly,
    private readonly directory: Directory,
    private readonly outbox: Outbox,
    private readonly live: LiveService,
  ) {}

  onApplicationBootstrap(): void {
    this.#chore.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#chore.stop();
  }

  /** Writes the messages of reports that were made since. */
  async round(at: EpochMs): Promise<void> {
    for (const week of await this.store.untold()) {
      const people = this.#wanting();
      // Before anything is written: a part that cannot be counted now is counted at the next look, and nobody is told twice.
      for (const { scope } of people) await this.weekly.settle(scope, week);
      const drafts = people.flatMap((person) => this.#messages(person, week, at));
      if (!(await this.store.tell(week, drafts, at))) continue;
      this.outbox.wake();
      this.live.changed('reports');
    }
  }

  /** Who gets it and when the next one comes: to whoever looks after the whole city everybody, to others themselves. */
  async state(viewer: Viewer, at: EpochMs): Promise<ReportSending> {
    const { accountId, role, scope } = viewer;
    const all = this.#wanting();
    const shown = PLANNERS.includes(role) && isWholeCity(scope) ? all : all.filter((person) => person.accountId === accountId);
    const sent = await this.store.ofNewest([...new Set([...shown.map((person) => person.accountId), accountId])]);
    const { week, at: nextAt } = this.weekly.next(at);
    const waiting = (sent.get(accountId) ?? []).find(({ channel, status }) => channel === 'page' && status !== 'read');
    return {
      next: { week, at: iso(nextAt) },
      wanted: all.some((person) => person.accountId === accountId),
      unseen: waiting?.week ?? null,
      recipients: shown.map((person) => this.#shown(person, sent.get(person.accountId) ?? [])),
    };
  }

  async seen(viewer: Viewer, week: string, at: EpochMs): Promise<void> {
    await this.store.seen(viewer.accountId, week, at);
  }

  #wanting(): Person[] {
    return this.directory.people.filter((person) => this.directory.weeklyReport(person));
  }

  /** Whatever severity a channel is for: this was asked for by name. */
  #messages({ accountId }: Person, week: string, at: EpochMs): DeliveryDraft[] {
    const channels: DeliveryDraft['channel'][] = [{ kind: 'page', id: 'page', address: '' }, ...this.directory.channels(accountId)];
    return channels.map((channel) => ({
      noticeId: null,
      reportWeek: week,
      accountId,
      channel,
      telling: `weekly-${week}`,
      severity: 'minor',
      urgent: false,
      at,
    }));
  }

  #shown({ accountId, name, role, scope }: Person, deliveries: ReportRecipient['deliveries']): ReportRecipient {
    const channels = [...new Set(this.directory.channels(accountId).map(({ kind }) => kind))];
    return { accountId, name, role, wholeCity: isWholeCity(scope), channels, deliveries };
  }
}

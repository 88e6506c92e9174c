import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { digestAt, type EpochMs, planSending, retryAt } from '@muckwatch/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { Chore } from '../chore.js';
import { now } from '../clock.js';
import { Config } from '../config.js';
import { FleetService } from '../fleet/fleet.service.js';
import { LiveService } from '../live/live.service.js';
import { Channels } from './channels/channels.js';
import { Directory } from './directory.js';
import { failure, type Outcome } from './channels/outcome.js';
import { digestMessage, type Message, noticeMessage } from './message.js';
import { type DueDelivery, OutboxStore } from './outbox.store.js';

const EVERY_MS = 5_000;
/** What comes together is planned together. */
const GATHER_MS = 100;
const MOST_UNDER_WAY = 16;
/** A slow receiver holds up itself alone. */
const MOST_A_HOST = 4;
const LAST_ATTEMPTS_MS = 3_000;

/** Whoever makes reports draws them too: a report is drawn when it is sent, of what its reader may see then. */
export interface ReportDrawer {
  /** Null: this person is not to have it any more. */
  message(delivery: DueDelivery): Promise<Message | null>;
  /** After an attempt. */
  attempted(delivery: DueDelivery, message: Message, outcome: Outcome): Promise<void>;
}

/**
 * Sends what the outbox holds: at least once, each message under an id of its own that is the same at every attempt. What was being sent when the process died is
 * due again a minute later.
 */
@Injectable()
export class Outbox implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('Outbox');
  readonly #chore = new Chore('Outbox', EVERY_MS, () => this.turn(now()));
  /** By id: to which host. */
  readonly #underWay = new Map<string, string>();
  readonly #stop = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #reports: ReportDrawer | null = null;
  /** Who opened a page, and which notices were read by whom they were told, since the last turn. */
  #reached = { accountIds: new Set<string>(), noticeIds: new Set<string>() };

  constructor(
    private readonly store: OutboxStore,
    private readonly directory: Directory,
    private readonly channels: Channels,
    private readonly live: LiveService,
    private readonly fleet: FleetService,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.live.onJoined(({ accountId, apiToken }) => {
      if (!apiToken) this.#reached.accountIds.add(accountId);
    });
    this.#chore.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#chore.stop();
    await this.idle(LAST_ATTEMPTS_MS);
    this.#stop.abort();
    await this.idle(LAST_ATTEMPTS_MS);
  }

  /** Who draws the reports that are to be sent. */
  reportsBy(drawer: ReportDrawer): void {
    this.#reports = drawer;
  }

  /** Something was written that is to be sent soon. */
  wake(): void {
    this.#chore.wake();
  }

  /** These were shown to whom they were told: what waited on the page for them is delivered. */
  shown(noticeIds: string[]): void {
    for (const id of noticeIds) this.#reached.noticeIds.add(id);
  }

  /** Returns when nothing is being sent, or after so long. */
  async idle(withinMs: number): Promise<void> {
    for (const until = performance.now() + withinMs; this.#underWay.size > 0 && performance.now() < until;) await sleep(10);
  }

  /** One pass as of a time, after the one before: what is due is held, folded or begun to be sent. */
  turn(at: EpochMs): Promise<void> {
    const turn = this.#last.then(() => this.#turn(at));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #turn(at: EpochMs): Promise<void> {
    await sleep(GATHER_MS);
    await this.store.showOnPage(at, [...this.live.accounts()]);
    await this.#noteReached();
    const due = (await this.store.due(at)).filter(({ id }) => !this.#underWay.has(id));
    await this.#drop(due);
    const toSend = await this.#planned(
      due.filter(({ pointless }) => pointless === null),
      at,
    );
    await this.#digests(at);
    await this.#send(toSend, at);
  }

  /** After what was queued has gone to the page: whoever came meanwhile is not missed. */
  async #noteReached(): Promise<void> {
    const { accountIds, noticeIds } = this.#reached;
    if (accountIds.size + noticeIds.size === 0) return;
    this.#reached = { accountIds: new Set(), noticeIds: new Set() };
    try {
      await this.store.reached([...accountIds], [...noticeIds]);
    } catch (error) {
      accountIds.forEach((id) => this.#reached.accountIds.add(id));
      noticeIds.forEach((id) => this.#reached.noticeIds.add(id));
      throw error;
    }
  }

  async #drop(due: DueDelivery[]): Promise<void> {
    const ids = (why: DueDelivery['pointless']) => due.filter(({ pointless }) => pointless === why).map(({ id }) => id);
    await this.store.drop(ids('withdrawn'), 'withdrawn before it was sent');
    await this.store.drop(ids('no-channel'), 'the channel was removed or switched off');
  }

  /** What was begun is gone on with; of the rest each person's budget and quiet hours decide. */
  async #planned(due: DueDelivery[], at: EpochMs): Promise<DueDelivery[]> {
    const fresh = due.filter(({ attempts }) => attempts === 0);
    const people = [...new Set(fresh.map(({ accountId }) => accountId))];
    const spent = await this.store.spent(people, at);
    const send = new Set<string>();
    const hold: { id: string; until: EpochMs }[] = [];
    const fold: string[] = [];
    for (const accountId of people) {
      const own = fresh.filter((one) => one.accountId === accountId);
      const choices = this.directory.choices(accountId);
      // A digest is what is left when the budget is gone: it waits for the morning, and counts as none of it.
      const [notices, digests] = [own.filter(({ noticeId }) => noticeId !== null), own.filter(({ noticeId }) => noticeId === null)];
      const waiting = (some: DueDelivery[]) => some.map(({ noticeId, telling, ...one }) => ({ ...one, telling: `${noticeId} ${telling}` }));
      const plans = [
        planSending(waiting(notices), choices, spent.get(accountId) ?? 0, at, this.fleet.utcOffset),
        planSending(waiting(digests), { ...choices, messagesPerHour: Infinity }, 0, at, this.fleet.utcOffset),
      ];
      for (const plan of plans) {
        plan.send.forEach((id) => send.add(id));
        hold.push(...plan.hold);
        fold.push(...plan.fold);
      }
    }
    await this.store.hold(hold);
    await this.store.fold(fold);
    return due.filter(({ id, attempts }) => attempts > 0 || send.has(id));
  }

  /** Folded messages get a digest that will count them. */
  async #digests(at: EpochMs): Promise<void> {
    for (const { accountId, urgent, firstAt, lastDigestAt } of await this.store.uncounted()) {
      const when = Math.max(at, digestAt(firstAt, lastDigestAt));
      const drafts = this.directory
        .channels(accountId)
        .map((channel) => ({ noticeId: null, accountId, channel, telling: `digest-${when}`, severity: 'minor' as const, urgent, at: when }));
      await this.store.add(drafts);
    }
  }

  async #send(due: DueDelivery[], at: EpochMs): Promise<void> {
    const chosen: DueDelivery[] = [];
    for (const one of due) {
      if (this.#underWay.size >= MOST_UNDER_WAY) break;
      const host = hostOf(one);
      if ([...this.#underWay.values()].filter((other) => other === host).length >= MOST_A_HOST) continue;
      this.#underWay.set(one.id, host);
      chosen.push(one);
    }
    try {
      const messages = await this.#messages(chosen);
      const claimed = await this.store.claim(
        chosen.map(({ id }) => id),
        at,
      );
      for (const one of chosen) {
        const message = messages.get(one.id);
        if (claimed.has(one.id) && one.reportWeek !== null) void this.#report(one);
        else if (claimed.has(one.id) && message) void this.#attempt(one, message);
        else this.#underWay.delete(one.id);
      }
    } catch (error) {
      chosen.forEach(({ id }) => this.#underWay.delete(id));
      throw error;
    }
  }

  /** Drawing takes a while, and what comes with it waits for nobody's report. */
  async #report(delivery: DueDelivery): Promise<void> {
    try {
      const message = (await this.#reports?.message(delivery)) ?? null;
      if (message) return await this.#attempt(delivery, message);
      await this.store.drop([delivery.id], 'is not to be sent to this person any more');
    } catch (error) {
      this.#logger.warn(`Report ${delivery.reportWeek} could not be drawn for ${delivery.accountId}: ${(error as Error).message}`);
      const failed = { attempts: delivery.attempts + 1, queuedAt: delivery.queuedAt, retryAfterMs: null };
      const at = now();
      // Where it cannot be noted either, its time is over in a minute and it is drawn again.
      await this.store.failed(delivery, retryAt(failed, at, Math.random()), failure((error as Error).message).answer).catch(() => undefined);
    }
    this.#underWay.delete(delivery.id);
    this.wake();
  }

  async #attempt(delivery: DueDelivery, message: Message): Promise<void> {
    try {
      const outcome = await this.channels.send(delivery.channel, message, delivery, this.#stop.signal);
      if (delivery.reportWeek !== null) await this.#reports?.attempted(delivery, message, outcome);
      // We stop: the attempt came to nothing that we know of, and is made again when its time is over.
      if (!outcome.ok && this.#stop.signal.aborted) return;
      const at = now();
      if (outcome.ok) await this.store.succeeded(delivery, at, outcome.delivered, outcome.answer);
      else {
        const failed = { attempts: delivery.attempts + 1, queuedAt: delivery.queuedAt, retryAfterMs: outcome.retryAfterMs };
        await this.store.failed(delivery, outcome.permanent ? null : retryAt(failed, at, Math.random()), outcome.answer);
      }
    } catch (error) {
      this.#logger.warn(`What became of message ${delivery.id} could not be noted, it is sent again: ${(error as Error).message}`);
    } finally {
      this.#underWay.delete(delivery.id);
      this.wake();
    }
  }

  async #messages(due: DueDelivery[]): Promise<Map<string, Message>> {
    const { publicUrl, cityTimeZone: timeZone } = this.config;
    const notices = await this.store.notices([...new Set(due.flatMap(({ noticeId }) => noticeId ?? []))]);
    const digests = new Map<string, DueDelivery['digest']>();
    const messages = new Map<string, Message>();
    for (const { id, noticeId, reportWeek, accountId, telling, digest } of due) {
      if (reportWeek !== null) continue;
      if (noticeId === null) {
        const key = `${accountId} ${telling}`;
        if (!digests.has(key)) digests.set(key, digest ?? (await this.store.settle(accountId, telling)));
        const content = digests.get(key);
        if (content) messages.set(id, digestMessage(id, content, { publicUrl, timeZone }));
        else await this.store.drop([id], 'nothing was left to be counted');
        continue;
      }
      const known = notices.get(noticeId);
      const word = /^(by-hand|sent-back)-/.test(telling) ? (known?.word ?? null) : null;
      if (known) messages.set(id, noticeMessage(id, telling, known.notice, word, { publicUrl, timeZone }));
    }
    return messages;
  }
}

function hostOf({ channel, address }: DueDelivery): string {
  return URL.canParse(address) ? new URL(address).host : channel;
}

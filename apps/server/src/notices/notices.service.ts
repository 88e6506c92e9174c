import { Injectable } from '@nestjs/common';
import { type Alert, type Notice, NOTICE_STATUS_WORDS, NOTICE_STEP_WORDS, type NoticeRecipients, type TellBody } from '@muckwatch/contract';
import { afterNoticeStep, type EpochMs, NOTICE_STEPS, NOTICE_TRANSITIONS, type NoticeStep, type Sentence } from '@muckwatch/domain';
import { randomUUID } from 'node:crypto';
import { sees, type Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { Database } from '../db/database.js';
import type { Queryable } from '../db/queryable.js';
import { LiveService } from '../live/live.service.js';
import { type AlertFacts, readAlertFacts, seenOf } from './alert-facts.js';
import { Directory } from './directory.js';
import { NoticeMaking } from './making.js';
import { insertDeliveries, insertNotices, insertSteps } from './notice-drafts.js';
import type { ToldNotice } from './notice-row.js';
import { type Cause, NoticeWriter } from './notice-writer.js';
import { maySee, NoticeStore } from './notice.store.js';
import { Outbox } from './outbox.service.js';
import { noSuch, Refusal } from '../refusal.js';

/** What happens to notices: the rules' part through `write`, people's through the rest. */
@Injectable()
export class Notices {
  constructor(
    private readonly database: Database,
    private readonly writer: NoticeWriter,
    private readonly store: NoticeStore,
    private readonly making: NoticeMaking,
    private readonly directory: Directory,
    private readonly outbox: Outbox,
    private readonly live: LiveService,
  ) {}

  /** In the transaction of the alerts. Hand what it answers to `committed` once that stands. */
  write(client: Queryable, written: { alert: Alert; opened: boolean }[], cause: Cause | null = null): Promise<ToldNotice[]> {
    return this.writer.write(client, written, cause);
  }

  /** After the commit: the page is told at once, the worker soon. */
  committed(written: { alert: Alert }[], told: ToldNotice[]): void {
    this.writer.committed(written);
    this.tellPages(told);
  }

  tellPages(told: ToldNotice[]): void {
    for (const one of told) this.live.tell('notice', one.notice, (viewer) => maySee(viewer, one));
    if (told.length > 0) this.outbox.wake();
  }

  /**
   * The driver corrected what an alert is about; `afterWord`: within the time set, after a word to him. With a client it is part of that transaction, and what is
   * answered is for `tellPages` once it is committed; without one it is done here.
   */
  async putRight(client: Queryable | null, alertId: string, at: EpochMs, afterWord: boolean): Promise<ToldNotice[]> {
    const told = await this.store.putRight(client ?? this.database, alertId, at, afterWord);
    if (client === null) this.tellPages(told);
    return told;
  }

  /**
   * A person's step: the recipient answers, a reviewer accepts or sends back.
   *
   * @throws Refusal 409 naming status and step where the status does not allow it
   */
  async step(viewer: Viewer, id: string, step: NoticeStep, said: { text: string | null; photos: string[] }): Promise<Notice> {
    const { notice, row } = await this.store.one(viewer, id);
    const { by, needsText } = NOTICE_TRANSITIONS[step];
    const isRecipient = notice.recipient.accountId === viewer.accountId;
    if (by === 'recipient' && !isRecipient)
      throw new Refusal(403, {
        en: `Notice ${id} was told to ${notice.recipient.name}; only they can ${step} it.`,
        zh: `通知 ${id} 是发给 ${notice.recipient.name} 的，只有本人能${NOTICE_STEP_WORDS[step].zh}。`,
      });
    if (by === 'reviewer' && isRecipient)
      throw new Refusal(403, { en: `Notice ${id} was told to you; somebody else reviews your answer.`, zh: `通知 ${id} 是发给您的，您的答复由别人审核。` });
    if (needsText && said.text === null)
      throw new Refusal(400, { en: `text is needed to ${step} notice ${id}.`, zh: `${NOTICE_STEP_WORDS[step].zh}必须写文字（通知 ${id}）。` });
    await this.#mustHavePhotos(id, said.photos);
    const at = now();
    const told = await this.database.transaction(async (client) => {
      const due = step === 'send-back' ? this.making.due(row.answer_hours, at) : null;
      const stepped = await this.store.step(client, id, step, { by: viewer.name, ...said }, due);
      if (stepped && step === 'send-back') {
        const { severity } = stepped.notice;
        await insertDeliveries(client, this.making.tell({ id, accountId: row.account_id, severity, late: true }, `sent-back-${at}`, at));
      }
      return stepped;
    });
    if (!told) throw new Refusal(409, refusal((await this.store.one(viewer, id)).notice, step));
    this.tellPages([told]);
    return told.notice;
  }

  /** Who can be told of an alert by hand. */
  async recipients(viewer: Viewer, alertId: string): Promise<NoticeRecipients> {
    const alert = await this.#alert(viewer, alertId);
    const { rows } = await this.database.query<{ account_id: string }>('select account_id from notices where incident = $1 or alert_ids @> array[$2]::text[]', [
      alert.incident,
      alert.id,
    ]);
    const told = new Set(rows.map(({ account_id }) => account_id));
    const people = this.directory.covering(seenOf(alert)).filter(({ accountId }) => accountId !== viewer.accountId);
    return { items: people.map(({ accountId, name, role }) => ({ accountId, name, role, told: told.has(accountId) })) };
  }

  /** Tells somebody by hand; who was told already is told again. */
  async tell(viewer: Viewer, { alertId, accountId, text }: TellBody): Promise<Notice> {
    const alert = await this.#alert(viewer, alertId);
    const person = this.directory.person(accountId);
    if (!person) throw new Refusal(400, { en: `accountId ${accountId} is no account in use.`, zh: `accountId ${accountId} 不是在用的账号。` });
    if (!sees(person.scope, seenOf(alert)))
      throw new Refusal(400, {
        en: `accountId ${accountId}: the scope of ${person.name} does not cover alert ${alertId}.`,
        zh: `accountId ${accountId}：告警 ${alertId} 不在 ${person.name} 的账号范围内。`,
      });
    const at = now();
    const id = await this.database.transaction(async (client) => {
      const { rows } = await client.query<{ id: string }>(
        'select id from notices where account_id = $1 and (incident = $2 or alert_ids @> array[$3]::text[])',
        [accountId, alert.incident, alertId],
      );
      const because = { ruleId: null, answerWithinWorkingHours: null, escalateToRole: null, escalatedFrom: null, toldBy: viewer.name };
      const draft = this.making.ofAlerts(person, [alertId], alert, because, at);
      const known = rows[0]?.id ?? (await insertNotices(client, [draft], this.making.day(at)))[0]?.notice.id;
      if (known === undefined)
        throw new Refusal(409, {
          en: `${person.name} is being told of alert ${alertId} at this moment; look again.`,
          zh: `正在把告警 ${alertId} 通知 ${person.name}，请稍后再看。`,
        });
      const { severity, late } = alert;
      await insertDeliveries(client, this.making.tell({ id: known, accountId, severity, late }, `by-hand-${randomUUID()}`, at));
      await insertSteps(client, [{ noticeId: known, at, step: 'tell', by: viewer.name, text: text ?? null }]);
      return known;
    });
    const { row, notice } = await this.store.one({ ...viewer, accountId }, id);
    this.tellPages([{ notice, siteId: row.site_id, districtId: row.district_id }]);
    return notice;
  }

  async #alert(viewer: Viewer, alertId: string): Promise<AlertFacts> {
    const [alert] = alertId.includes('\u0000') ? [] : await readAlertFacts(this.database, [alertId]);
    if (!alert || !sees(viewer.scope, seenOf(alert))) throw noSuch('alert', alertId);
    return alert;
  }

  async #mustHavePhotos(id: string, sha256s: string[]): Promise<void> {
    if (sha256s.length === 0) return;
    const known = new Set((await this.store.photos(id)).map(({ sha256 }) => sha256));
    for (const sha256 of sha256s)
      if (!known.has(sha256))
        throw new Refusal(400, { en: `photos ${sha256} was not sent to notice ${id}; send it first.`, zh: `照片 ${sha256} 没有上传到通知 ${id}，请先上传。` });
  }
}

function refusal({ id, status }: Notice, step: NoticeStep): Sentence {
  const allowed = NOTICE_STEPS.filter((other) => afterNoticeStep(status, other) !== null);
  const { from } = NOTICE_TRANSITIONS[step];
  const otherwise =
    allowed.length > 0
      ? { en: ` From ${status} it can be: ${allowed.join(', ')}.`, zh: `现在可以：${allowed.map((one) => NOTICE_STEP_WORDS[one].zh).join('、')}。` }
      : { en: '', zh: '' };
  const before = from.map((one) => `“${NOTICE_STATUS_WORDS[one].zh}”`).join('或');
  return {
    en: `Notice ${id} is ${status}; the step ${step} is only allowed from ${from.join(' or ')}.${otherwise.en}`,
    zh: `通知 ${id} 现在是“${NOTICE_STATUS_WORDS[status].zh}”，只有${before}的才能${NOTICE_STEP_WORDS[step].zh}。${otherwise.zh}`,
  };
}

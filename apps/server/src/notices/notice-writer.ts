import { Injectable } from '@nestjs/common';
import type { Alert, Role } from '@muckwatch/contract';
import { type EpochMs, fold, type Fold, type Recipient, recipients, speaks, stands } from '@muckwatch/domain';
import { sees } from '../auth/viewer.js';
import { iso, nextVersion, now } from '../clock.js';
import type { Queryable } from '../db/queryable.js';
import { type AlertFacts, readAlertFacts, seenOf } from './alert-facts.js';
import { Directory, type Person } from './directory.js';
import { isUrgent, NoticeMaking } from './making.js';
import { type DeliveryDraft, insertDeliveries, insertNotices, insertSteps, type NoticeDraft, noticeId, type StepDraft } from './notice-drafts.js';
import { NOTICE_COLUMNS, NOTICE_JOINS, type NoticeRow, type ShownNoticeRow, type ToldNotice, toldOf } from './notice-row.js';

/** Who changed the alerts, and why: a person, else the rules. */
export interface Cause {
  by: string;
  text: string | null;
}

const MOST_REMEMBERED = 20_000;
const BY_RULES = 'MuckWatch';

/** Notices and their messages, written in the transaction of the alerts that they are about: either all of it stands or nothing does. */
@Injectable()
export class NoticeWriter {
  /** How each alert stood when its notices were last written: an episode that goes on writes its alert every few seconds and tells nobody anything new. */
  readonly #known = new Map<string, string>();

  constructor(
    private readonly directory: Directory,
    private readonly making: NoticeMaking,
  ) {}

  /** Repeatable: what stands already is found by its key and changes nothing. Asks the database nothing where nobody is to be told. */
  async write(client: Queryable, written: { alert: Alert; opened: boolean }[], cause: Cause | null = null): Promise<ToldNotice[]> {
    const news = written.filter((one) => this.#isNews(one)).map(({ alert }) => alert);
    if (news.length === 0) return [];
    const at = now();
    const ids = news.map(({ id }) => id);
    const { rows: existing } = await client.query<NoticeRow>(EXISTING, [[...new Set(news.map(({ incident }) => incident))], ids]);
    const facts = await readAlertFacts(client, [...new Set([...ids, ...existing.flatMap(({ alert_ids }) => alert_ids)])]);
    const byId = new Map(facts.map((one) => [one.id, one]));
    const told = ids.flatMap((id) => byId.get(id) ?? []).flatMap((alert) => this.#recipients(alert).map((recipient) => ({ alert, recipient })));

    const changes = existing.flatMap((row) => this.#refold(row, byId, told, at, cause));
    const drafts = this.#opened(existing, told, at);
    const changed = await updateNotices(client, changes);
    const opened = await insertNotices(client, drafts, this.making.day(at));
    const isNew = new Set(opened.map(({ notice }) => notice.id));
    await insertSteps(
      client,
      changes.flatMap(({ step }) => step ?? []),
    );
    await insertDeliveries(client, [
      ...changes.flatMap(({ deliveries }) => deliveries),
      ...drafts.flatMap((draft) => (isNew.has(noticeId(draft.key)) ? this.making.tell({ ...draft, id: noticeId(draft.key) }, 'opened', at) : [])),
    ]);
    return [...changed, ...opened];
  }

  /** After the commit. */
  committed(written: { alert: Alert }[]): void {
    for (const { alert } of written) {
      this.#known.delete(alert.id); // the newest last
      this.#known.set(alert.id, standing(alert));
      if (this.#known.size > MOST_REMEMBERED) this.#known.delete(this.#known.keys().next().value!);
    }
  }

  #isNews({ alert, opened }: { alert: Alert; opened: boolean }): boolean {
    const known = this.#known.get(alert.id);
    if (known === standing(alert)) return false;
    // What changed since, or is no longer what it was, may be in a notice, told by hand even where no rule speaks.
    if (known !== undefined || (!opened && !stands({ status: alert.status, contradicted: alert.contradicted !== null }))) return true;
    const occasion = { kind: alert.rule, severity: alert.severity, sinceLeavingMs: 0 };
    return this.directory.speaking.some((rule) => speaks(rule, occasion));
  }

  #recipients(alert: AlertFacts): Recipient<Person>[] {
    // Snoozed: recorded, and rings nobody.
    if (alert.snoozed || !stands(alert)) return [];
    const { kind, severity, departedAt } = alert;
    const seen = seenOf(alert);
    const occasion = { kind, severity, sinceLeavingMs: departedAt === null ? null : Math.max(0, alert.began - departedAt) };
    return recipients(this.directory.rules, this.directory.people, occasion, ({ scope }) => sees(scope, seen));
  }

  /** What becomes of a notice that stands. */
  #refold(row: NoticeRow, byId: Map<string, AlertFacts>, told: Told[], at: EpochMs, cause: Cause | null): NoticeChange[] {
    const known = row.alert_ids.flatMap((id) => byId.get(id) ?? []);
    const added = told
      .filter(({ alert, recipient }) => isOf(row, alert, recipient.person.accountId) && !row.alert_ids.includes(alert.id))
      .map(({ alert }) => alert);
    const folded = fold({ status: row.status, severity: row.severity, alertIds: row.alert_ids }, [...known, ...added]);
    if (folded === null || saysTheSame(row, folded)) return [];
    const { lead, change } = folded;
    const reopened = change === 'reopened' ? this.making.due(row.answer_hours, at) : null;
    const notice = { id: row.id, accountId: row.account_id, severity: lead.severity, late: lead.late };
    const telling = change === 'reopened' ? `reopened-${at}` : change === 'graver' ? `graver-${lead.severity}` : null;
    const by = cause?.by ?? BY_RULES;
    const step = change === 'withdrawn' ? 'withdraw' : change === 'reopened' ? 'reopen' : null;
    return [
      {
        row,
        folded,
        reopened,
        escalateAt: this.#escalateAt(row, folded, at),
        shown: this.making.shownOf(lead),
        deliveries: telling === null ? [] : this.making.tell(notice, telling, at),
        step: step === null ? null : { noticeId: row.id, at, step, by, text: cause?.text ?? (step === 'withdraw' ? lead.reason : null) },
      },
    ];
  }

  #escalateAt(row: NoticeRow, { status, lead, change }: Fold<AlertFacts>, at: EpochMs): EpochMs | null {
    const before = row.escalate_at?.getTime() ?? null;
    if (row.escalate_to_role === null || status !== 'open') return before;
    const anew = this.making.escalateAt(row.account_id, lead.severity, isUrgent(lead), at);
    if (change === 'reopened') return anew;
    return before !== null && change === 'graver' ? Math.min(before, anew) : before;
  }

  #opened(existing: NoticeRow[], told: Told[], at: EpochMs): NoticeDraft[] {
    const drafts = new Map<string, { recipient: Recipient<Person>; alerts: AlertFacts[] }>();
    for (const { alert, recipient } of told) {
      const { accountId } = recipient.person;
      if (existing.some((row) => isOf(row, alert, accountId))) continue;
      const key = `${alert.incident} ${accountId}`;
      drafts.set(key, { recipient, alerts: [...(drafts.get(key)?.alerts ?? []), alert] });
    }
    return [...drafts.values()].flatMap(({ recipient, alerts }) => {
      const folded = fold(null, alerts);
      if (folded === null) return [];
      const because = { ...recipient, escalateToRole: recipient.escalateToRole as Role | null, escalatedFrom: null, toldBy: null };
      return [this.making.ofAlerts(recipient.person, folded.alertIds, folded.lead, because, at)];
    });
  }
}

interface Told {
  alert: AlertFacts;
  recipient: Recipient<Person>;
}

/** Judging again may give an alert another incident: the notice that has it keeps it. */
function isOf(row: NoticeRow, alert: AlertFacts, accountId: string): boolean {
  return row.account_id === accountId && (row.incident === alert.incident || row.alert_ids.includes(alert.id));
}

function saysTheSame(row: NoticeRow, { change, lead, alertIds }: Fold<AlertFacts>): boolean {
  return change === null && row.lead_alert === lead.id && row.severity === lead.severity && row.alert_ids.length === alertIds.length;
}

function standing({ severity, status, contradicted, incident }: Alert): string {
  return `${severity} ${status} ${contradicted !== null} ${incident}`;
}

// In the order of the ids, so that no two transactions lock in opposite order.
const EXISTING = 'select * from notices where incident = any($1::text[]) or alert_ids && $2::text[] order by id for update';

interface NoticeChange {
  row: NoticeRow;
  folded: Fold<AlertFacts>;
  shown: ReturnType<NoticeMaking['shownOf']>;
  reopened: ReturnType<NoticeMaking['due']> | null;
  escalateAt: EpochMs | null;
  deliveries: DeliveryDraft[];
  step: StepDraft | null;
}

async function updateNotices(client: Queryable, changes: NoticeChange[]): Promise<ToldNotice[]> {
  if (changes.length === 0) return [];
  const optional = (at: EpochMs | null | undefined) => (at === null || at === undefined ? null : iso(at));
  const rows = changes.map(({ row, folded, shown, reopened, escalateAt }) => ({
    id: row.id,
    version: nextVersion(),
    status: folded.status,
    alert_ids: folded.alertIds,
    repeats: folded.repeats,
    kind: shown.kind,
    severity: shown.severity,
    lead_alert: shown.leadAlert,
    late: shown.late,
    place_id: shown.placeId,
    place: shown.place,
    summary_zh: shown.summary.zh,
    summary_en: shown.summary.en,
    lon: shown.point[0],
    lat: shown.point[1],
    began: iso(shown.began),
    escalate_at: optional(escalateAt),
    anew: reopened !== null,
    deadline: optional(reopened?.deadline),
    deadline_problem: reopened?.deadlineProblem ?? null,
    remind_at: optional(reopened?.remindAt),
  }));
  const { rows: written } = await client.query<ShownNoticeRow>(UPDATE, [JSON.stringify(rows)]);
  return written.map(toldOf);
}

const UPDATE = `
  with written as (
    update notices n set version = greatest(n.version + 1, t.version), status = t.status, alert_ids = t.alert_ids, repeats = t.repeats, kind = t.kind,
      severity = t.severity, lead_alert = t.lead_alert, late = t.late, place_id = t.place_id, place = t.place, summary_zh = t.summary_zh, summary_en = t.summary_en,
      lat = t.lat, lon = t.lon, began = t.began, escalate_at = t.escalate_at, overdue = n.overdue and not t.anew,
      deadline = case when t.anew then t.deadline else n.deadline end, deadline_problem = case when t.anew then t.deadline_problem else n.deadline_problem end,
      remind_at = case when t.anew then t.remind_at else n.remind_at end
    from jsonb_to_recordset($1::jsonb) as t(id text, version bigint, status text, alert_ids text[], repeats int, kind text, severity text, lead_alert text, late boolean,
      place_id text, place jsonb, summary_zh text, summary_en text, lon float8, lat float8, began timestamptz, escalate_at timestamptz, anew boolean,
      deadline timestamptz, deadline_problem text, remind_at timestamptz)
    where n.id = t.id returning n.*
  )
  select ${NOTICE_COLUMNS} from written n ${NOTICE_JOINS}`;

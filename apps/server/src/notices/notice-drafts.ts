import type { Notice, Role } from '@muckwatch/contract';
import type { EpochMs, Severity } from '@muckwatch/domain';
import { createHash } from 'node:crypto';
import { iso, nextVersion } from '../clock.js';
import type { Queryable } from '../db/queryable.js';
import type { PersonalChannel } from './directory.js';
import { NOTICE_COLUMNS, NOTICE_JOINS, type ShownNoticeRow, type ToldNotice, toldOf } from './notice-row.js';

/** A new notice, but for its number. */
export interface NoticeDraft {
  /** What there is one notice of: incident and recipient; permit, level and recipient. */
  key: string;
  kind: Notice['kind'];
  severity: Severity;
  incident: string | null;
  alertIds: string[];
  leadAlert: string | null;
  repeats: number;
  late: boolean;
  accountId: string;
  recipientName: string;
  recipientRole: Role;
  ruleId: string | null;
  truckId: string | null;
  plate: string | null;
  companyId: string | null;
  placeId: string | null;
  place: Notice['place'];
  siteId: string | null;
  districtId: string | null;
  permit: Notice['permit'];
  summary: { zh: string; en: string };
  point: [lon: number, lat: number] | null;
  began: EpochMs;
  openedAt: EpochMs;
  answerHours: number | null;
  deadline: EpochMs | null;
  deadlineProblem: string | null;
  remindAt: EpochMs | null;
  escalateAt: EpochMs | null;
  escalateToRole: Role | null;
  escalatedFrom: string | null;
  toldBy: string | null;
}

/** One message to be sent. */
export interface DeliveryDraft {
  /** Null: a digest, or a report. */
  noticeId: string | null;
  /** The week of the report that it brings. */
  reportWeek?: string;
  accountId: string;
  channel: { kind: PersonalChannel['kind'] | 'page'; id: string; address: string };
  /** Why: opened, graver-critical, reminder, … The same telling by the same channel is one message, however often it is written. */
  telling: string;
  severity: Severity;
  urgent: boolean;
  at: EpochMs;
}

/** The id that a notice has by its key. */
export function noticeId(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 24);
}

export function deliveryId({ noticeId: id, accountId, channel, telling }: DeliveryDraft): string {
  return createHash('sha256')
    .update(JSON.stringify([id, accountId, channel.id, telling]))
    .digest('hex')
    .slice(0, 32);
}

/** Writes new notices and gives them the next numbers of the city's day; those whose key stands already are left as they are and not answered. */
export async function insertNotices(client: Queryable, drafts: NoticeDraft[], day: string): Promise<ToldNotice[]> {
  if (drafts.length === 0) return [];
  const optional = (at: EpochMs | null) => (at === null ? null : iso(at));
  const rows = drafts
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map((draft) => ({
      id: noticeId(draft.key),
      key: draft.key,
      version: nextVersion(),
      kind: draft.kind,
      severity: draft.severity,
      incident: draft.incident,
      alert_ids: draft.alertIds,
      lead_alert: draft.leadAlert,
      repeats: draft.repeats,
      late: draft.late,
      account_id: draft.accountId,
      recipient_name: draft.recipientName,
      recipient_role: draft.recipientRole,
      rule_id: draft.ruleId,
      truck_id: draft.truckId,
      plate: draft.plate,
      company_id: draft.companyId,
      place_id: draft.placeId,
      place: draft.place,
      site_id: draft.siteId,
      district_id: draft.districtId,
      permit: draft.permit,
      summary_zh: draft.summary.zh,
      summary_en: draft.summary.en,
      lon: draft.point?.[0] ?? null,
      lat: draft.point?.[1] ?? null,
      began: iso(draft.began),
      opened_at: iso(draft.openedAt),
      answer_hours: draft.answerHours,
      deadline: optional(draft.deadline),
      deadline_problem: draft.deadlineProblem,
      remind_at: optional(draft.remindAt),
      escalate_at: optional(draft.escalateAt),
      escalate_to_role: draft.escalateToRole,
      escalated_from: draft.escalatedFrom,
      told_by: draft.toldBy,
    }));
  const { rows: written } = await client.query<ShownNoticeRow>(INSERT, [JSON.stringify(rows), day]);
  return written.map(toldOf);
}

// What the driver has put right before anybody was told (by hand, after a reopening, by the next role) is in the notice from its first moment.
const INSERT = `
  with said as (
    select * from jsonb_to_recordset($1::jsonb) as t(${[
      'id text, key text, version bigint, kind text, severity text, incident text, alert_ids text[], lead_alert text, repeats int, late boolean',
      'account_id text, recipient_name text, recipient_role text, rule_id text, truck_id text, plate text, company_id text, place_id text, place jsonb',
      'site_id text, district_id text, permit jsonb, summary_zh text, summary_en text, lon float8, lat float8, began timestamptz, opened_at timestamptz',
      'answer_hours float8, deadline timestamptz, deadline_problem text, remind_at timestamptz, escalate_at timestamptz, escalate_to_role text',
      'escalated_from text, told_by text',
    ].join(', ')}) where not exists (select 1 from notices known where known.key = t.key)
  ), counted as (
    insert into notice_numbers (day, last) select $2, count(*) from said having count(*) > 0
    on conflict (day) do update set last = notice_numbers.last + excluded.last returning last
  ), written as (
    insert into notices (id, key, number, version, kind, severity, status, incident, alert_ids, lead_alert, repeats, late, account_id, recipient_name, recipient_role,
      rule_id, truck_id, plate, company_id, place_id, place, site_id, district_id, permit, summary_zh, summary_en, lat, lon, began, opened_at, answer_hours, deadline,
      deadline_problem, remind_at, escalate_at, escalate_to_role, escalated_from, told_by, put_right_at, after_word)
    select id, key, $2 || '-' || lpad((counted.last - count(*) over () + row_number() over (order by key))::text, 4, '0'), version, kind, severity, 'open', incident,
      alert_ids, lead_alert, repeats, late, account_id, recipient_name, recipient_role, rule_id, truck_id, plate, company_id, place_id, place, site_id, district_id,
      permit, summary_zh, summary_en, lat, lon, began, opened_at, answer_hours, deadline, deadline_problem, remind_at, escalate_at, escalate_to_role, escalated_from,
      told_by, mended.at, mended.at is not null
    from said cross join counted left join lateral (select put_right_at as at from alerts where alerts.id = said.lead_alert) mended on true
    on conflict (key) do nothing returning *
  ), recorded as (
    insert into notice_steps (notice_id, at, step, by) select id, put_right_at, 'put-right', coalesce(plate, '') from written where put_right_at is not null
    on conflict (notice_id, at, step) do nothing
  )
  select ${NOTICE_COLUMNS} from written n ${NOTICE_JOINS}`;

/** Writes messages to be sent; one that stands already is left as it is. */
export async function insertDeliveries(client: Queryable, drafts: DeliveryDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  const rows = drafts.map((draft) => ({
    id: deliveryId(draft),
    notice_id: draft.noticeId,
    report_week: draft.reportWeek ?? null,
    account_id: draft.accountId,
    channel: draft.channel.kind,
    channel_id: draft.channel.id,
    address: draft.channel.address,
    telling: draft.telling,
    severity: draft.severity,
    urgent: draft.urgent,
    queued_at: iso(draft.at),
  }));
  await client.query(
    `insert into notice_deliveries (id, notice_id, report_week, account_id, channel, channel_id, address, telling, severity, urgent, status, queued_at, next_at)
     select id, notice_id, report_week, account_id, channel, channel_id, address, telling, severity, urgent, 'queued', queued_at, queued_at
     from jsonb_to_recordset($1::jsonb) as t(id text, notice_id text, report_week text, account_id text, channel text, channel_id text, address text, telling text, severity text,
                                             urgent boolean, queued_at timestamptz)
     on conflict (id) do nothing`,
    [JSON.stringify(rows)],
  );
}

/** One step that was taken, by a person or by the rules. */
export interface StepDraft {
  noticeId: string;
  at: EpochMs;
  step: string;
  by: string;
  text: string | null;
}

export async function insertSteps(client: Queryable, steps: StepDraft[]): Promise<void> {
  if (steps.length === 0) return;
  await client.query(
    `insert into notice_steps (notice_id, at, step, by, text) select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[])
     on conflict (notice_id, at, step) do nothing`,
    [steps.map((s) => s.noticeId), steps.map((s) => iso(s.at)), steps.map((s) => s.step), steps.map((s) => s.by), steps.map((s) => s.text)],
  );
}

import type { Delivery, Notice, NoticeStepRecord } from '@muckwatch/contract';

/** As much of an answer as a list shows. */
const START_OF_TEXT = 200;
const START = `case when length(s.text) > ${START_OF_TEXT} then left(s.text, ${START_OF_TEXT}) || '…' else s.text end as text`;

/** What a notice's row says beside its columns: the company's name, the picture a gate took of it, and what was said last. Selected from `notices n`. */
export const NOTICE_COLUMNS = `n.*, c.name as company_name, seen.camera_id, seen.sighting_id, to_jsonb(answered) as answer, to_jsonb(reviewed) as review`;

// The truck's own picture, or the stranger's, nearest to where it began.
export const NOTICE_JOINS = `
  left join companies c on c.id = n.company_id
  left join lateral (
    select s.camera_id, s.id as sighting_id from sightings s
    where s.picture_sha256 is not null and s.at between n.began - interval '2 minutes' and n.began + interval '2 minutes'
      and (s.truck_id = n.truck_id or (n.truck_id is null and s.plate = n.plate))
    order by abs(extract(epoch from s.at - n.began)) limit 1) seen on n.incident is not null
  left join lateral (
    select s.step, s.at, s.by, ${START}, cardinality(s.photos) as photos,
      exists (select from notice_steps o where o.notice_id = n.id and o.step = 'object') as objected
    from notice_steps s where s.notice_id = n.id and s.step in ('rectify', 'object') order by s.at desc limit 1) answered on true
  left join lateral (
    select s.step, s.at, s.by, ${START} from notice_steps s
    where s.notice_id = n.id and s.step in ('accept', 'send-back') order by s.at desc limit 1) reviewed on true`;

export interface NoticeRow {
  id: string;
  key: string;
  number: string;
  version: string;
  kind: Notice['kind'];
  severity: Notice['severity'];
  status: Notice['status'];
  incident: string | null;
  alert_ids: string[];
  lead_alert: string | null;
  repeats: number;
  late: boolean;
  account_id: string;
  recipient_name: string;
  recipient_role: Notice['recipient']['role'];
  rule_id: string | null;
  truck_id: string | null;
  plate: string | null;
  company_id: string | null;
  place_id: string | null;
  place: Notice['place'];
  site_id: string | null;
  district_id: string | null;
  permit: Notice['permit'];
  summary_zh: string;
  summary_en: string;
  lat: number | null;
  lon: number | null;
  began: Date;
  opened_at: Date;
  read_at: Date | null;
  answer_hours: number | null;
  deadline: Date | null;
  deadline_problem: string | null;
  remind_at: Date | null;
  overdue: boolean;
  put_right_at: Date | null;
  after_word: boolean | null;
  escalate_at: Date | null;
  escalate_to_role: Notice['recipient']['role'] | null;
  escalated_from: string | null;
  told_by: string | null;
}

/** A row with what is joined to it. */
export type ShownNoticeRow = NoticeRow & {
  company_name: string | null;
  camera_id: string | null;
  sighting_id: string | null;
  answer: Notice['answer'];
  review: Notice['review'];
};

export function noticeOf(row: ShownNoticeRow): Notice {
  const optional = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: row.id,
    number: row.number,
    version: Number(row.version),
    kind: row.kind,
    severity: row.severity,
    status: row.status,
    incident: row.incident,
    alertIds: row.alert_ids,
    repeats: row.repeats,
    recipient: { accountId: row.account_id, name: row.recipient_name, role: row.recipient_role },
    truck: { id: row.truck_id, plate: row.plate },
    company: row.company_id === null ? null : { id: row.company_id, name: row.company_name ?? row.company_id },
    place: row.place && { id: row.place.id, kind: row.place.kind, name: row.place.name },
    permit: row.permit,
    summary: { zh: row.summary_zh, en: row.summary_en },
    position: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
    picture: row.camera_id === null || row.sighting_id === null ? null : { camera: row.camera_id, sighting: row.sighting_id },
    began: row.began.toISOString(),
    openedAt: row.opened_at.toISOString(),
    readAt: optional(row.read_at),
    deadline: optional(row.deadline),
    deadlineProblem: row.deadline_problem,
    overdue: row.overdue,
    putRight: row.put_right_at && { at: row.put_right_at.toISOString(), afterWord: row.after_word ?? false },
    answer: row.answer && { ...row.answer, at: new Date(row.answer.at).toISOString() },
    review: row.review && { ...row.review, at: new Date(row.review.at).toISOString() },
    escalatedFrom: row.escalated_from,
    toldBy: row.told_by,
  };
}

/** With a step that the statement which records it cannot read yet. */
export function afterStep(
  row: ShownNoticeRow,
  step: NoticeStepRecord['step'],
  said: { at: string; by: string; text: string | null; photos: string[] },
): ShownNoticeRow {
  const { at, by, photos } = said;
  // As PostgreSQL counts them: letters, not halves of them.
  const letters = [...(said.text ?? '')];
  const text = letters.length > START_OF_TEXT ? `${letters.slice(0, START_OF_TEXT).join('')}…` : said.text;
  if (step === 'rectify' || step === 'object') {
    return { ...row, answer: { step, at, by, text, photos: photos.length, objected: step === 'object' || (row.answer?.objected ?? false) } };
  }
  return step === 'accept' || step === 'send-back' ? { ...row, review: { step, at, by, text } } : row;
}

/** A notice with what decides who may see it. */
export interface ToldNotice {
  notice: Notice;
  siteId: string | null;
  districtId: string | null;
}

export function toldOf(row: ShownNoticeRow): ToldNotice {
  return { notice: noticeOf(row), siteId: row.site_id, districtId: row.district_id };
}

export interface StepRow {
  at: Date;
  by: string;
  step: NoticeStepRecord['step'];
  text: string | null;
  photos: string[];
}

export interface PhotoRow {
  notice_id: string;
  sha256: string;
  type: 'image/jpeg' | 'image/png' | 'image/webp';
  bytes: number;
}

export interface DeliveryRow {
  id: string;
  channel: Delivery['channel'];
  address: string;
  status: Delivery['status'];
  queued_at: Date;
  next_at: Date | null;
  sent_at: Date | null;
  read_at: Date | null;
  attempts: number;
  answer: string | null;
}

export function deliveryOf(row: DeliveryRow, recipient: string): Delivery {
  return {
    id: row.id,
    channel: row.channel,
    to: shortened(row.channel, row.address),
    recipient,
    status: row.status,
    queuedAt: row.queued_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    readAt: row.read_at?.toISOString() ?? null,
    attempts: row.attempts,
    nextAt: row.next_at?.toISOString() ?? null,
    answer: row.answer,
  };
}

/** Enough to know it again, too little to use it: a robot's URL bears its key. */
function shortened(channel: Delivery['channel'], address: string): string {
  if (channel === 'page') return '';
  if (channel === 'email') return address.replace(/^(.).*(@.*)$/, '$1…$2');
  if (channel === 'sms') return `…${address.slice(-4)}`;
  return URL.canParse(address) ? new URL(address).host : '…';
}

import { Injectable } from '@nestjs/common';
import type { Notice, NoticeDetail, NoticeQuery, Role } from '@muckwatch/contract';
import { type NoticeStatus, type NoticeStep, NOTICE_TRANSITIONS } from '@muckwatch/domain';
import { ofAlert } from '../auth/narrowing.js';
import { type Scope, sees, type Viewer, within } from '../auth/viewer.js';
import { iso, nextVersion, now } from '../clock.js';
import { Database } from '../db/database.js';
import type { Queryable } from '../db/queryable.js';
import { afterCursor, asked, cursorOf } from '../history/cursor.js';
import type { StoredPicture } from '../media/picture-files.js';
import type { Due } from './making.js';
import {
  afterStep,
  type DeliveryRow,
  deliveryOf,
  NOTICE_COLUMNS,
  NOTICE_JOINS,
  noticeOf,
  type NoticeRow,
  type PhotoRow,
  type ShownNoticeRow,
  type StepRow,
  type ToldNotice,
  toldOf,
} from './notice-row.js';
import { noSuch } from '../refusal.js';
import { IS_ORDER } from './orders.js';

/** These see the notices of what they see; everybody else those that were told to them. */
const SEE_OTHERS: readonly Role[] = ['admin', 'supervisor', 'operator', 'dispatcher'];
const OVER: NoticeStatus[] = ['accepted', 'withdrawn'];

export interface Found {
  row: ShownNoticeRow;
  notice: Notice;
}

/** The same as `visible`, in memory: whom the page is told. */
export function maySee({ accountId, role, scope }: Viewer, { notice, siteId, districtId }: ToldNotice): boolean {
  if (notice.recipient.accountId === accountId) return true;
  const seen = { companyId: notice.company?.id ?? null, placeIds: [notice.place?.id ?? null, siteId], districtIds: [districtId] };
  return SEE_OTHERS.includes(role) && sees(scope, seen);
}

function visible(viewer: Viewer, params: unknown[]): string {
  const own = `n.account_id = $${params.push(viewer.accountId)}`;
  return SEE_OTHERS.includes(viewer.role) ? `(${own} or (${inScope(viewer.scope, params)}))` : own;
}

function inScope(scope: Scope, params: unknown[]): string {
  return within(scope, ofAlert('n'), params);
}

/** Notices as people read and answer them. */
@Injectable()
export class NoticeStore {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(viewer: Viewer, query: NoticeQuery): Promise<{ items: Notice[]; nextCursor: string | null }> {
    const params: unknown[] = [];
    const say = (value: unknown) => `$${params.push(value)}`;
    const conditions = [visible(viewer, params)];
    if (query.status) conditions.push(`n.status = ${say(query.status)}`);
    if (query.open !== undefined) conditions.push(`${query.open ? 'not' : ''} n.status = any(${say(OVER)}::text[])`);
    if (query.mine !== undefined) conditions.push(`n.account_id ${query.mine ? '=' : '<>'} ${say(viewer.accountId)}`);
    if (query.place) {
      const place = say(query.place);
      conditions.push(`(n.place_id = ${place} or n.site_id = ${place})`);
    }
    if (query.company) conditions.push(`n.company_id = ${say(query.company)}`);
    if (query.alert) conditions.push(`n.alert_ids @> array[${say(storable(query.alert))}]::text[]`);
    if (query.incident) conditions.push(`n.incident = ${say(storable(query.incident))}`);
    if (query.orders !== undefined) conditions.push(`${query.orders ? '' : 'not '}(${IS_ORDER})`);
    if (query.from) conditions.push(`n.opened_at >= ${say(iso(asked(query.from)))}`);
    if (query.to) conditions.push(`n.opened_at < ${say(iso(asked(query.to)))}`);
    if (query.cursor) {
      const after = afterCursor(query.cursor);
      conditions.push(`(n.opened_at, n.id) < (${say(after.at)}::timestamptz, ${say(after.id)})`);
    }
    const { rows } = await this.database.query<ShownNoticeRow>(
      `select ${NOTICE_COLUMNS} from notices n ${NOTICE_JOINS} where ${conditions.join(' and ')} order by n.opened_at desc, n.id desc limit ${say(query.limit + 1)}`,
      params,
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(noticeOf), nextCursor: rows.length > page.length && last ? cursorOf(last.opened_at, last.id) : null };
  }

  /** @throws Refusal 404 for one that there is not, or that this viewer may not see */
  async one(viewer: Viewer, id: string, client: Queryable = this.database): Promise<Found> {
    const params: unknown[] = [storable(id)];
    const { rows } = await client.query<ShownNoticeRow>(
      `select ${NOTICE_COLUMNS} from notices n ${NOTICE_JOINS} where n.id = $1 and ${visible(viewer, params)}`,
      params,
    );
    if (!rows[0]) throw noSuch('notice', id);
    return { row: rows[0], notice: noticeOf(rows[0]) };
  }

  /** The gravest alert's evidence, as it is known now. */
  async facts({ lead_alert, permit }: NoticeRow): Promise<NoticeDetail['facts']> {
    if (lead_alert === null) return permit ? { ...permit, id: permit.id } : {};
    const { rows } = await this.database.query<{ evidence: NoticeDetail['facts'] }>('select evidence from alerts where id = $1', [lead_alert]);
    return rows[0]?.evidence ?? {};
  }

  async ended({ lead_alert }: NoticeRow): Promise<Date | null> {
    const { rows } = await this.database.query<{ ended: Date | null }>('select ended from alerts where id = $1', [lead_alert]);
    return rows[0]?.ended ?? null;
  }

  async steps(id: string): Promise<NoticeDetail['steps']> {
    const { rows } = await this.database.query<StepRow>('select at, by, step, text, photos from notice_steps where notice_id = $1 order by at', [id]);
    const photos = await this.photos(id);
    return rows.map((row) => ({
      at: row.at.toISOString(),
      by: row.by,
      step: row.step,
      text: row.text,
      photos: row.photos.flatMap((sha256) => photos.find((one) => one.sha256 === sha256) ?? []),
    }));
  }

  async deliveries({ id, recipient_name }: NoticeRow): Promise<NoticeDetail['deliveries']> {
    const { rows } = await this.database.query<DeliveryRow>(
      `select id, channel, address, status, queued_at, next_at, sent_at, read_at, attempts, answer from notice_deliveries
       where notice_id = $1 order by queued_at, channel, id limit 500`,
      [id],
    );
    return rows.map((row) => deliveryOf(row, recipient_name));
  }

  /** Notes that its recipient has opened it; null where that was known. */
  async read(id: string): Promise<ToldNotice | null> {
    const { rows } = await this.database.query<ShownNoticeRow>(
      `with opened as (
         update notices set read_at = $2, version = greatest(version + 1, $3) where id = $1 and read_at is null returning *
       ), shown as (
         update notice_deliveries set status = 'read', read_at = $2, sent_at = coalesce(sent_at, $2), next_at = null
         where notice_id = $1 and channel = 'page' and read_at is null
       )
       select ${NOTICE_COLUMNS} from opened n ${NOTICE_JOINS}`,
      [id, iso(now()), nextVersion()],
    );
    return rows[0] ? toldOf(rows[0]) : null;
  }

  /** One step of a person, in one statement: allowed only from the statuses of NOTICE_TRANSITIONS. Null: the status does not allow it (any more). */
  async step(
    client: Queryable,
    id: string,
    step: NoticeStep,
    said: { by: string; text: string | null; photos: string[] },
    due: Due | null,
  ): Promise<ToldNotice | null> {
    const { from, to } = NOTICE_TRANSITIONS[step];
    const at = iso(now());
    const optional = (at: number | null | undefined) => (at === null || at === undefined ? null : iso(at));
    const { rows } = await client.query<ShownNoticeRow>(
      `with stepped as (
         update notices set status = $2, version = greatest(version + 1, $3), escalate_at = null,
           deadline = case when $4 then $5 else deadline end, deadline_problem = case when $4 then $6 else deadline_problem end,
           remind_at = case when $4 then $7::timestamptz when $2 = 'acknowledged' then remind_at end, overdue = overdue and not $4
         where id = $1 and status = any($8::text[]) returning *
       ), recorded as (
         insert into notice_steps (notice_id, at, step, by, text, photos) select id, $9, $10, $11, $12, $13 from stepped
         on conflict (notice_id, at, step) do nothing
       )
       select ${NOTICE_COLUMNS} from stepped n ${NOTICE_JOINS}`,
      [
        ...[id, to, nextVersion(), due !== null, optional(due?.deadline), due?.deadlineProblem ?? null, optional(due?.remindAt)],
        ...[from, at, step, said.by, said.text, said.photos],
      ],
    );
    return rows[0] ? toldOf(afterStep(rows[0], step, { at, ...said })) : null;
  }

  /** The driver corrected what these notices are about; the first word stays. */
  async putRight(client: Queryable, alertId: string, at: number, afterWord: boolean): Promise<ToldNotice[]> {
    const { rows } = await client.query<ShownNoticeRow>(
      `with put as (
         update notices set put_right_at = $2, after_word = $3, version = greatest(version + 1, $4)
         where alert_ids @> array[$1]::text[] and put_right_at is null returning *
       ), recorded as (
         insert into notice_steps (notice_id, at, step, by) select id, $2, 'put-right', coalesce(plate, '') from put on conflict (notice_id, at, step) do nothing
       )
       select ${NOTICE_COLUMNS} from put n ${NOTICE_JOINS}`,
      [alertId, iso(at), afterWord, nextVersion()],
    );
    return rows.map(toldOf);
  }

  // Photos ---------------------------------------------------------------------------------------------------------------

  async addPhoto(id: string, { sha256, type, bytes }: StoredPicture, by: string): Promise<void> {
    await this.database.query(
      `insert into notice_photos (notice_id, sha256, type, bytes, at, by) values ($1, $2, $3, $4, $5, $6) on conflict (notice_id, sha256) do nothing`,
      [id, sha256, type, bytes, iso(now()), by],
    );
  }

  async photos(id: string) {
    const { rows } = await this.database.query<PhotoRow>('select notice_id, sha256, type, bytes from notice_photos where notice_id = $1 order by at', [id]);
    return rows.map(photoOf);
  }

  /** Which of these files some answer names. */
  async namedPhotos(sha256s: string[]): Promise<Set<string>> {
    const { rows } = await this.database.query<{ sha256: string }>('select distinct sha256 from notice_photos where sha256 = any($1::text[])', [sha256s]);
    return new Set(rows.map(({ sha256 }) => sha256));
  }
}

export function photoOf({ notice_id, sha256, type, bytes }: PhotoRow) {
  return { sha256, type, bytes, url: `/api/v1/notices/${notice_id}/photos/${sha256}` };
}

/** PostgreSQL holds no U+0000, and refuses a question with one instead of finding nothing. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}

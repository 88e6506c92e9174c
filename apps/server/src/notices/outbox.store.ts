import { Injectable } from '@nestjs/common';
import type { Severity } from '@muckwatch/domain';
import type { EpochMs } from '@muckwatch/domain';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import type { PersonalChannel } from './directory.js';
import { type DeliveryDraft, insertDeliveries } from './notice-drafts.js';
import { NOTICE_COLUMNS, NOTICE_JOINS, noticeOf, type ShownNoticeRow } from './notice-row.js';
import type { DigestContent } from './message.js';
import type { Notice } from '@muckwatch/contract';

/** Whoever was sending for longer than this is gone: the message is due again. Longer than any attempt may take. */
export const SENDING_MS = 60_000;
/** Messages that are looked at in one turn. */
const A_TURN = 500;

export interface DueDelivery {
  id: string;
  noticeId: string | null;
  reportWeek: string | null;
  accountId: string;
  channel: PersonalChannel['kind'];
  channelId: string;
  address: string;
  /** As the owner last set it; null: nothing is signed, or the channel is gone. */
  secret: string | null;
  telling: string;
  severity: Severity;
  urgent: boolean;
  queuedAt: EpochMs;
  attempts: number;
  digest: DigestContent | null;
  /** Its notice was withdrawn, or the channel was removed or switched off. */
  pointless: 'withdrawn' | 'no-channel' | null;
}

/** The outbox as rows. Claiming is one statement that names the status it found: two workers never send the same attempt. */
@Injectable()
export class OutboxStore {
  constructor(private readonly database: Database) {}

  /** The page is told by the socket and by what it reads: its messages are sent when they are written, and delivered where a page was open. */
  async showOnPage(at: EpochMs, connected: string[]): Promise<void> {
    await this.database.query(
      `update notice_deliveries set status = case when account_id = any($2::text[]) then 'delivered' else 'sent' end, sent_at = $1, next_at = null, attempts = 1,
         answer = case when account_id = any($2::text[]) then 'shown on an open page' else 'waits on the page' end
       where channel = 'page' and status = 'queued' and next_at <= $1`,
      [iso(at), connected],
    );
  }

  /** What waited on the page of these people, or of these notices. When it was sent stays; that it has come is what is new. */
  async reached(accountIds: string[], noticeIds: string[]): Promise<void> {
    await this.database.query(
      `update notice_deliveries set status = 'delivered', answer = 'shown when the page was opened'
       where channel = 'page' and status = 'sent' and (account_id = any($1::text[]) or notice_id = any($2::text[]))`,
      [accountIds, noticeIds],
    );
  }

  async due(at: EpochMs): Promise<DueDelivery[]> {
    const { rows } = await this.database.query<DueRow>(DUE, [iso(at), iso(at - SENDING_MS), A_TURN]);
    return rows.map((row) => ({
      id: row.id,
      noticeId: row.notice_id,
      reportWeek: row.report_week,
      accountId: row.account_id,
      channel: row.channel,
      channelId: row.channel_id,
      address: row.now_address ?? row.address,
      secret: row.secret,
      telling: row.telling,
      severity: row.severity,
      urgent: row.urgent,
      queuedAt: row.queued_at.getTime(),
      attempts: row.attempts,
      digest: row.digest,
      pointless: row.withdrawn ? 'withdrawn' : row.now_address === null ? 'no-channel' : null,
    }));
  }

  /** Messages of the last hour, by person: those that went, those under way, those that are being tried again. */
  async spent(accountIds: string[], at: EpochMs): Promise<Map<string, number>> {
    if (accountIds.length === 0) return new Map();
    const { rows } = await this.database.query<{ account_id: string; count: number }>(
      `select account_id, count(*)::int as count from notice_deliveries
       where account_id = any($1::text[]) and channel <> 'page' and notice_id is not null
         and ((sent_at is not null and sent_at > $2) or status = 'sending' or (status = 'queued' and attempts > 0)) group by account_id`,
      [accountIds, iso(at - 3_600_000)],
    );
    return new Map(rows.map(({ account_id, count }) => [account_id, count]));
  }

  async hold(held: { id: string; until: EpochMs }[]): Promise<void> {
    if (held.length === 0) return;
    await this.database.query(
      `update notice_deliveries d set status = 'held', next_at = t.until from unnest($1::text[], $2::timestamptz[]) as t(id, until)
       where d.id = t.id and d.status in ('queued', 'held') and d.attempts = 0`,
      [held.map(({ id }) => id), held.map(({ until }) => iso(until))],
    );
  }

  async fold(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.database.query(
      `update notice_deliveries set status = 'folded', next_at = null where id = any($1::text[]) and status in ('queued', 'held') and attempts = 0`,
      [ids],
    );
  }

  async drop(ids: string[], answer: string): Promise<void> {
    if (ids.length === 0) return;
    await this.database.query(`update notice_deliveries set status = 'given-up', next_at = null, answer = $2 where id = any($1::text[])`, [ids, answer]);
  }

  /** Takes these to be sent; answers those that nobody else took meanwhile. */
  async claim(ids: string[], at: EpochMs): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const { rows } = await this.database.query<{ id: string }>(
      `update notice_deliveries set status = 'sending', claimed_at = $2, attempts = attempts + 1, next_at = null
       where id = any($1::text[]) and (status in ('queued', 'held') or (status = 'sending' and claimed_at < $3)) returning id`,
      [ids, iso(at), iso(at - SENDING_MS)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async succeeded({ id, channelId }: DueDelivery, at: EpochMs, delivered: boolean, answer: string): Promise<void> {
    await this.database.query(
      `with sent as (update notice_deliveries set status = $2, sent_at = $3, next_at = null, answer = $4 where id = $1 and status <> 'read')
       update notice_channels set last_error = null where id = $5 and last_error is not null`,
      [id, delivered ? 'delivered' : 'sent', iso(at), storable(answer), channelId],
    );
  }

  /** `next` null: given up. */
  async failed({ id, channelId }: DueDelivery, next: EpochMs | null, answer: string): Promise<void> {
    await this.database.query(
      `with failed as (update notice_deliveries set status = $2, next_at = $3, answer = $4 where id = $1)
       update notice_channels set last_error = $4 where id = $5`,
      [id, next === null ? 'given-up' : 'queued', next === null ? null : iso(next), storable(answer), channelId],
    );
  }

  async notices(ids: string[]): Promise<Map<string, { notice: Notice; word: string | null }>> {
    if (ids.length === 0) return new Map();
    const { rows } = await this.database.query<ShownNoticeRow & { word: string | null }>(
      `select ${NOTICE_COLUMNS}, (select s.text from notice_steps s where s.notice_id = n.id and s.step in ('tell', 'send-back') order by s.at desc limit 1) as word
       from notices n ${NOTICE_JOINS} where n.id = any($1::text[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, { notice: noticeOf(row), word: row.word }]));
  }

  // Digests ----------------------------------------------------------------------------------------------------------------

  /** People with folded messages that no digest has counted, and none is to. */
  async uncounted(): Promise<{ accountId: string; urgent: boolean; firstAt: EpochMs; lastDigestAt: EpochMs | null }[]> {
    const { rows } = await this.database.query<{ account_id: string; urgent: boolean; first_at: Date; last_at: Date | null }>(
      `select f.account_id, bool_or(f.urgent) as urgent, min(f.queued_at) as first_at,
         (select max(d.sent_at) from notice_deliveries d where d.account_id = f.account_id and d.notice_id is null and d.report_week is null and d.sent_at is not null) as last_at
       from notice_deliveries f where f.status = 'folded' and f.folded_in is null
         and not exists (select 1 from notice_deliveries d where d.account_id = f.account_id and d.notice_id is null and d.report_week is null and d.status in ('queued', 'held', 'sending'))
       group by f.account_id`,
    );
    return rows.map((row) => ({
      accountId: row.account_id,
      urgent: row.urgent,
      firstAt: row.first_at.getTime(),
      lastDigestAt: row.last_at?.getTime() ?? null,
    }));
  }

  add(drafts: DeliveryDraft[]): Promise<void> {
    return insertDeliveries(this.database, drafts);
  }

  /** What a digest says, settled when it is first sent: an attempt later says the same. Null: nothing is left to be said. */
  async settle(accountId: string, telling: string): Promise<DigestContent | null> {
    const { rows } = await this.database.query<{ severity: Severity; count: number }>(
      `with counted as (
         update notice_deliveries set folded_in = $2 where account_id = $1 and status = 'folded' and folded_in is null returning notice_id, severity
       )
       select severity, count(distinct notice_id)::int as count from counted group by severity`,
      [accountId, telling],
    );
    if (rows.length === 0) return null;
    const of = (severity: Severity) => rows.find((row) => row.severity === severity)?.count ?? 0;
    const content = { critical: of('critical'), serious: of('serious'), minor: of('minor') };
    const digest = { count: content.critical + content.serious + content.minor, ...content };
    await this.database.query('update notice_deliveries set digest = $3 where account_id = $1 and telling = $2 and notice_id is null', [
      accountId,
      telling,
      JSON.stringify(digest),
    ]);
    return digest;
  }
}

const DUE = `
  select d.*, c.address as now_address, c.secret, coalesce(n.status = 'withdrawn', false) as withdrawn
  from notice_deliveries d
    left join notice_channels c on c.id = d.channel_id and c.enabled
    left join notices n on n.id = d.notice_id
  where d.channel <> 'page' and ((d.status in ('queued', 'held') and d.next_at <= $1) or (d.status = 'sending' and d.claimed_at < $2))
  order by d.urgent desc, d.queued_at, d.id limit $3`;

interface DueRow {
  id: string;
  notice_id: string | null;
  report_week: string | null;
  account_id: string;
  channel: PersonalChannel['kind'];
  channel_id: string;
  address: string;
  now_address: string | null;
  secret: string | null;
  telling: string;
  severity: Severity;
  urgent: boolean;
  queued_at: Date;
  attempts: number;
  digest: DigestContent | null;
  withdrawn: boolean;
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd').slice(0, 500);
}

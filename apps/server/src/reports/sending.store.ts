import { Injectable } from '@nestjs/common';
import type { ReportRecipient } from '@muckwatch/contract';
import type { EpochMs } from '@muckwatch/domain';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { type DeliveryDraft, insertDeliveries } from '../notices/notice-drafts.js';

type Sent = ReportRecipient['deliveries'][number];

/** To whom reports were sent, in the outbox that notices go by. */
@Injectable()
export class SendingStore {
  constructor(private readonly database: Database) {}

  /** Weeks whose report was made and that nobody has been told of, the oldest first. */
  async untold(): Promise<string[]> {
    const { rows } = await this.database.query<{ week: string }>('select week from weekly_reports where told_at is null order by week');
    return rows.map(({ week }) => week);
  }

  /** The messages and that they were written, or neither: whoever comes second, or after a restart, finds it done. */
  async tell(week: string, drafts: DeliveryDraft[], at: EpochMs): Promise<boolean> {
    return this.database.transaction(async (client) => {
      const { rowCount } = await client.query('update weekly_reports set told_at = $2 where week = $1 and told_at is null', [week, iso(at)]);
      if (rowCount !== 1) return false;
      await insertDeliveries(client, drafts);
      return true;
    });
  }

  /** What became of the newest report that was sent, by person. */
  async ofNewest(accountIds: string[]): Promise<Map<string, Sent[]>> {
    const { rows } = await this.database.query<SentRow>(
      `select account_id, report_week, channel, status, sent_at, answer from notice_deliveries
       where report_week = (select max(week) from weekly_reports where told_at is not null) and account_id = any($1::text[]) order by channel, id`,
      [accountIds],
    );
    const byPerson = new Map<string, Sent[]>();
    for (const { account_id, report_week: week, channel, status, sent_at, answer } of rows) {
      byPerson.set(account_id, [...(byPerson.get(account_id) ?? []), { week, channel, status, at: sent_at?.toISOString() ?? null, answer }]);
    }
    return byPerson;
  }

  /** A person has looked at the page that told of it. */
  async seen(accountId: string, week: string, at: EpochMs): Promise<void> {
    await this.database.query(
      `update notice_deliveries set status = 'read', read_at = $3, next_at = null, answer = 'seen'
       where account_id = $1 and report_week = $2 and channel = 'page' and status <> 'read'`,
      [accountId, week, iso(at)],
    );
  }
}

interface SentRow {
  account_id: string;
  report_week: string;
  channel: Sent['channel'];
  status: Sent['status'];
  sent_at: Date | null;
  answer: string | null;
}

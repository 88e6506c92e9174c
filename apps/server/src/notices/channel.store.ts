import { Injectable } from '@nestjs/common';
import type { Channel, ChannelBody, ChannelChange, NoticeSettings } from '@muckwatch/contract';
import { randomUUID } from 'node:crypto';
import { Database } from '../db/database.js';

const COLUMNS = 'id, kind, address, secret is not null as has_secret, least_severity, enabled, last_error';

/** How each person is told: their own rows only. A secret is never read by people. */
@Injectable()
export class ChannelStore {
  constructor(private readonly database: Database) {}

  async list(accountId: string): Promise<Channel[]> {
    const { rows } = await this.database.query<ChannelRow>(`select ${COLUMNS} from notice_channels where account_id = $1 order by created_at, id`, [accountId]);
    return rows.map(channelOf);
  }

  /** Null where the person has that many already. */
  async add(accountId: string, { kind, address, secret, leastSeverity, enabled }: ChannelBody, most: number): Promise<Channel | null> {
    const { rows } = await this.database.query<ChannelRow>(
      `insert into notice_channels (id, account_id, kind, address, secret, least_severity, enabled)
       select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from notice_channels where account_id = $2) < $8 returning ${COLUMNS}`,
      [randomUUID(), accountId, kind, address, secret ?? null, leastSeverity, enabled, most],
    );
    return rows[0] ? channelOf(rows[0]) : null;
  }

  /** What is given; another address begins without the old one's error. Null: not this person's. */
  async change(accountId: string, id: string, to: ChannelChange): Promise<Channel | null> {
    const { rows } = await this.database.query<ChannelRow>(
      `update notice_channels set address = coalesce($3, address), secret = case when $4 then $5 else secret end, least_severity = coalesce($6, least_severity),
         enabled = coalesce($7, enabled), last_error = case when $3 is not null or $4 then null else last_error end
       where id = $2 and account_id = $1 returning ${COLUMNS}`,
      [accountId, id, to.address, to.secret !== undefined, to.secret ?? null, to.leastSeverity, to.enabled],
    );
    return rows[0] ? channelOf(rows[0]) : null;
  }

  async remove(accountId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query('delete from notice_channels where id = $2 and account_id = $1', [accountId, id]);
    return rowCount === 1;
  }

  /** With its secret, to send to. */
  async target(accountId: string, id: string): Promise<{ kind: ChannelBody['kind']; address: string; secret: string | null } | null> {
    const { rows } = await this.database.query<{ kind: ChannelBody['kind']; address: string; secret: string | null }>(
      'select kind, address, secret from notice_channels where id = $2 and account_id = $1',
      [accountId, id],
    );
    return rows[0] ?? null;
  }

  async note(id: string, error: string | null): Promise<void> {
    await this.database.query('update notice_channels set last_error = $2 where id = $1', [id, error]);
  }

  async choose(accountId: string, { quietHours, messagesPerHour, weeklyReport }: Omit<NoticeSettings, 'channels'>): Promise<void> {
    await this.database.query(
      `insert into notice_settings (account_id, quiet_hours, messages_per_hour, weekly_report) values ($1, $2, $3, $4)
       on conflict (account_id) do update set quiet_hours = excluded.quiet_hours, messages_per_hour = excluded.messages_per_hour,
         weekly_report = excluded.weekly_report`,
      [accountId, quietHours === null ? null : JSON.stringify(quietHours), messagesPerHour, weeklyReport ?? false],
    );
  }
}

interface ChannelRow {
  id: string;
  kind: Channel['kind'];
  address: string;
  has_secret: boolean;
  least_severity: Channel['leastSeverity'];
  enabled: boolean;
  last_error: string | null;
}

function channelOf(row: ChannelRow): Channel {
  const { id, kind, address, has_secret: hasSecret, least_severity: leastSeverity, enabled, last_error: lastError } = row;
  return { id, kind, address, hasSecret, leastSeverity, enabled, lastError };
}

import { Injectable } from '@nestjs/common';
import type { Role, Session } from '@muckwatch/contract';
import { Database } from '../db/database.js';
import type { Viewer } from './viewer.js';

/** A session lives 12 h past its last use, and 7 days at most. */
const IDLE = `interval '12 hours'`;
const LONGEST = `interval '7 days'`;
/** Use is noted at most so often, or every request would be a write. */
const NOTED = `interval '10 minutes'`;

export interface ViewerRow {
  account_id: string;
  username: string;
  name: string;
  role: Role;
  district_ids: string[] | null;
  company_ids: string[] | null;
  place_ids: string[] | null;
}

/** Of `accounts a`. A place can name its managers, whatever their accounts say; a role without the scope that it needs sees nothing rather than all. */
export const VIEWER_COLUMNS = `a.id as account_id, a.username, a.name, a.role, a.district_ids,
  case when a.role = 'dispatcher' then coalesce(a.company_ids, '{}') else a.company_ids end as company_ids,
  case when a.role in ('site-manager', 'yard-keeper') then coalesce(a.place_ids, '{}') || array(
    select p.id from places p where not p.retired and p.feature->'properties'->'managerIds' ? a.id) else a.place_ids end as place_ids`;

export function viewerOf(row: ViewerRow, sessionId: string): Viewer {
  const { account_id: accountId, username, name, role, district_ids: districtIds, company_ids: companyIds, place_ids: placeIds } = row;
  return { accountId, username, name, role, scope: { districtIds, companyIds, placeIds }, sessionId };
}

interface SessionRow {
  token_sha256: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  user_agent: string | null;
}

/** Sessions by the SHA-256 of their token; the token itself is never stored. */
@Injectable()
export class SessionStore {
  constructor(private readonly db: Database) {}

  /** Opens one, and clears away those that have expired. */
  async open(sessionId: string, accountId: string, userAgent: string | null): Promise<void> {
    await this.db.query(
      `with expired as (delete from sessions where expires_at <= now())
       insert into sessions (token_sha256, account_id, expires_at, user_agent) values ($1, $2, now() + ${IDLE}, $3)
       on conflict do nothing`,
      [sessionId, accountId, userAgent?.slice(0, 200)],
    );
  }

  async viewer(sessionId: string): Promise<Viewer | null> {
    const { rows } = await this.db.query<ViewerRow & { stale: boolean }>(
      `select ${VIEWER_COLUMNS},
              s.last_used_at < now() - ${NOTED} or s.expires_at < least(now() + ${IDLE} - ${NOTED}, s.created_at + ${LONGEST}) as stale
       from sessions s join accounts a on a.id = s.account_id
       where s.token_sha256 = $1 and s.expires_at > now() and not a.disabled`,
      [sessionId],
    );
    const row = rows[0];
    if (!row) return null;
    if (row.stale) await this.#extend(sessionId);
    return viewerOf(row, sessionId);
  }

  /** Of one account, the one used last first. */
  async list(accountId: string): Promise<Omit<Session, 'current'>[]> {
    const { rows } = await this.db.query<SessionRow>(
      `select token_sha256, created_at, last_used_at, expires_at, user_agent from sessions
       where account_id = $1 and expires_at > now() order by last_used_at desc, created_at desc`,
      [accountId],
    );
    return rows.map((row) => ({
      id: row.token_sha256,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      userAgent: row.user_agent,
    }));
  }

  /** Whether the account had it. */
  async closeOf(accountId: string, sessionId: string): Promise<boolean> {
    const { rowCount } = await this.db.query('delete from sessions where token_sha256 = $1 and account_id = $2', [sessionId, accountId]);
    return rowCount === 1;
  }

  async close(sessionId: string): Promise<void> {
    await this.db.query('delete from sessions where token_sha256 = $1', [sessionId]);
  }

  /** Of one account, but for the one that is kept; answers which. */
  async closeAll(accountId: string, keptSessionId: string | null): Promise<string[]> {
    const { rows } = await this.db.query<{ token_sha256: string }>(
      'delete from sessions where account_id = $1 and token_sha256 is distinct from $2 returning token_sha256',
      [accountId, keptSessionId],
    );
    return rows.map((row) => row.token_sha256);
  }

  async #extend(sessionId: string): Promise<void> {
    await this.db.query(`update sessions set last_used_at = now(), expires_at = least(now() + ${IDLE}, created_at + ${LONGEST}) where token_sha256 = $1`, [
      sessionId,
    ]);
  }
}

import { Injectable } from '@nestjs/common';
import type { ApiToken } from '@muckwatch/contract';
import { Database } from '../db/database.js';
import { VIEWER_COLUMNS, type ViewerRow, viewerOf } from './session.store.js';
import type { Viewer } from './viewer.js';

interface TokenRow {
  id: string;
  name: string;
  account_id: string;
  read_only: boolean;
  created_at: Date;
  created_by: string;
  last_used_at: Date | null;
  expires_at: Date | null;
  ended_at: Date | null;
}

const COLUMNS = 'id, name, account_id, read_only, created_at, created_by, last_used_at, expires_at, ended_at';
/** Use is noted at most so often. */
const NOTED = `interval '10 minutes'`;

/** Tokens of programs by their SHA-256; the token itself is never stored. An ended one stays in the list. */
@Injectable()
export class ApiTokenStore {
  constructor(private readonly db: Database) {}

  /** By id. */
  async list(after: string | undefined, limit: number): Promise<ApiToken[]> {
    const { rows } = await this.db.query<TokenRow>(`select ${COLUMNS} from api_tokens where $1::text is null or id > $1 order by id limit $2`, [after, limit]);
    return rows.map(tokenOf);
  }

  /** Null where there is no such account in use. */
  async make(made: Pick<ApiToken, 'id' | 'name' | 'accountId' | 'readOnly' | 'createdBy' | 'expiresAt'> & { tokenSha256: string }): Promise<ApiToken | null> {
    const { rows } = await this.db.query<TokenRow>(
      `insert into api_tokens (id, token_sha256, account_id, name, read_only, created_by, expires_at)
       select $1, $2, a.id, $4, $5, $6, $7 from accounts a where a.id = $3 and not a.disabled returning ${COLUMNS}`,
      [made.id, made.tokenSha256, made.accountId, made.name, made.readOnly, made.createdBy, made.expiresAt],
    );
    return rows[0] ? tokenOf(rows[0]) : null;
  }

  /** Ends it, or finds it ended; whose it was, null where there is none. */
  async end(id: string): Promise<{ accountId: string; tokenSha256: string } | null> {
    const { rows } = await this.db.query<{ account_id: string; token_sha256: string }>(
      'update api_tokens set ended_at = coalesce(ended_at, now()) where id = $1 returning account_id, token_sha256',
      [id],
    );
    return rows[0] ? { accountId: rows[0].account_id, tokenSha256: rows[0].token_sha256 } : null;
  }

  async viewer(tokenSha256: string): Promise<Viewer | null> {
    const { rows } = await this.db.query<ViewerRow & { token_id: string; read_only: boolean; stale: boolean }>(
      `select ${VIEWER_COLUMNS}, t.id as token_id, t.read_only, coalesce(t.last_used_at < now() - ${NOTED}, true) as stale
       from api_tokens t join accounts a on a.id = t.account_id
       where t.token_sha256 = $1 and t.ended_at is null and (t.expires_at is null or t.expires_at > now()) and not a.disabled`,
      [tokenSha256],
    );
    const row = rows[0];
    if (!row) return null;
    if (row.stale) await this.db.query('update api_tokens set last_used_at = now() where id = $1', [row.token_id]);
    return { ...viewerOf(row, tokenSha256), apiToken: { id: row.token_id, readOnly: row.read_only } };
  }
}

function tokenOf(row: TokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    accountId: row.account_id,
    readOnly: row.read_only,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

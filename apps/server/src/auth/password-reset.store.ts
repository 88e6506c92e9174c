import { Injectable } from '@nestjs/common';
import { Database } from '../db/database.js';

/** Links by the SHA-256 of their token. */
@Injectable()
export class PasswordResetStore {
  constructor(private readonly db: Database) {}

  /** When it expires; null where there is no such account in use. */
  async make(accountId: string, tokenSha256: string, by: string): Promise<Date | null> {
    const { rows } = await this.db.query<{ expires_at: Date }>(
      `insert into password_resets (account_id, token_sha256, created_by, expires_at)
       select id, $2, $3, now() + interval '24 hours' from accounts where id = $1 and not disabled
       on conflict (account_id) do update set token_sha256 = excluded.token_sha256, created_by = excluded.created_by, expires_at = excluded.expires_at
       returning expires_at`,
      [accountId, tokenSha256, by],
    );
    return rows[0]?.expires_at ?? null;
  }

  async isGood(tokenSha256: string): Promise<boolean> {
    const { rowCount } = await this.db.query('select from password_resets where token_sha256 = $1 and expires_at > now()', [tokenSha256]);
    return rowCount === 1;
  }

  /** Uses it up and sets the password, in one statement; null where it was used meanwhile. */
  async use(tokenSha256: string, passwordHash: string): Promise<string | null> {
    const { rows } = await this.db.query<{ id: string }>(
      `with used as (delete from password_resets where token_sha256 = $1 and expires_at > now() returning account_id)
       update accounts a set password_hash = $2 from used where a.id = used.account_id and not a.disabled returning a.id`,
      [tokenSha256, passwordHash],
    );
    return rows[0]?.id ?? null;
  }
}

import { Injectable } from '@nestjs/common';
import type { Account, Role } from '@muckwatch/contract';
import { Database } from '../db/database.js';
import type { Scope } from './viewer.js';

interface AccountRow {
  id: string;
  username: string;
  name: string;
  role: Role;
  district_ids: string[] | null;
  company_ids: string[] | null;
  place_ids: string[] | null;
  second_factor: boolean;
  disabled: boolean;
  created_at: Date;
}

const COLUMNS = 'id, username, name, role, district_ids, company_ids, place_ids, totp_secret is not null as second_factor, disabled, created_at';

/** What is given; a narrowing of null is taken away, one that is absent stays. */
export interface AccountChanges {
  name?: string;
  role?: Role;
  disabled?: boolean;
  passwordHash?: string;
  districtIds?: string[] | null;
  companyIds?: string[] | null;
  placeIds?: string[] | null;
}

/** An account as an import writes it; `passwordHash` null: it is known, and keeps its own. */
export type WrittenAccount = Pick<Account, 'id' | 'username' | 'name' | 'role'> & Scope & { passwordHash: string | null };

class LastAdmin extends Error {}
/** Another account has the user name. */
const TAKEN = '23505';

const WRITE_ALL = `
  with said as (
    select * from jsonb_to_recordset($1::jsonb) as t(id text, username text, name text, role text, password_hash text, district_ids text[], company_ids text[], place_ids text[])
  ), changed as (
    update accounts a set name = said.name, role = said.role, district_ids = said.district_ids, company_ids = said.company_ids, place_ids = said.place_ids
    from said where said.password_hash is null and a.id = said.id
  )
  insert into accounts (id, username, name, role, password_hash, district_ids, company_ids, place_ids)
  select id, username, name, role, password_hash, district_ids, company_ids, place_ids from said where password_hash is not null`;

/** Accounts of people. Only an admin reads the list, and an admin sees the whole city, so no scope narrows it. */
@Injectable()
export class AccountStore {
  constructor(private readonly db: Database) {}

  async list(after: string | undefined, limit: number): Promise<Account[]> {
    const { rows } = await this.db.query<AccountRow>(`select ${COLUMNS} from accounts where $1::text is null or username > $1 order by username limit $2`, [
      after,
      limit,
    ]);
    return rows.map(account);
  }

  async one(id: string): Promise<Account | null> {
    const { rows } = await this.db.query<AccountRow>(`select ${COLUMNS} from accounts where id = $1`, [id]);
    return rows[0] ? account(rows[0]) : null;
  }

  /** With the hash and the secret; never leaves auth/. */
  async byUsername(username: string): Promise<{ account: Account; passwordHash: string; totpSecret: string | null } | null> {
    const { rows } = await this.db.query<AccountRow & { password_hash: string; totp_secret: string | null }>(
      `select ${COLUMNS}, password_hash, totp_secret from accounts where username = $1`,
      [username],
    );
    return rows[0] ? { account: account(rows[0]), passwordHash: rows[0].password_hash, totpSecret: rows[0].totp_secret } : null;
  }

  /** Null where the user name is taken. */
  async create(made: { id: string; username: string; name: string; role: Role; passwordHash: string } & Scope): Promise<Account | null> {
    const { rows } = await this.db.query<AccountRow>(
      `insert into accounts (id, username, name, role, password_hash, district_ids, company_ids, place_ids) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict do nothing returning ${COLUMNS}`,
      [made.id, made.username, made.name, made.role, made.passwordHash, made.districtIds, made.companyIds, made.placeIds],
    );
    return rows[0] ? account(rows[0]) : null;
  }

  /** Those of these user names that there are. */
  async named(usernames: string[]): Promise<Account[]> {
    const { rows } = await this.db.query<AccountRow>(`select ${COLUMNS} from accounts where username = any($1::text[])`, [usernames]);
    return rows.map(account);
  }

  /** Ids of those who can sign in and look after accounts. */
  async admins(): Promise<string[]> {
    const { rows } = await this.db.query<{ id: string }>(`select id from accounts where role = 'admin' and not disabled`);
    return rows.map(({ id }) => id);
  }

  /** All of them or none; refuses (`last-admin`, `taken`) what others changed meanwhile. */
  async writeAll(accounts: WrittenAccount[]): Promise<'written' | 'last-admin' | 'taken'> {
    const rows = accounts.map((one) => ({
      id: one.id,
      username: one.username,
      name: one.name,
      role: one.role,
      password_hash: one.passwordHash,
      district_ids: one.districtIds,
      company_ids: one.companyIds,
      place_ids: one.placeIds,
    }));
    try {
      await this.db.transaction(async (client) => {
        await client.query(WRITE_ALL, [JSON.stringify(rows)]);
        const { rows: left } = await client.query<{ any: boolean }>(`select exists (select from accounts where role = 'admin' and not disabled) as any`);
        if (!left[0]!.any) throw new LastAdmin();
      });
      return 'written';
    } catch (error) {
      if (error instanceof LastAdmin) return 'last-admin';
      if ((error as { code?: unknown }).code === TAKEN) return 'taken';
      throw error;
    }
  }

  /** The very first account: made only while there is none, whoever else tries at the same time. */
  async createFirst(made: { id: string; username: string; passwordHash: string }): Promise<boolean> {
    const { rowCount } = await this.db.query(
      `insert into accounts (id, username, name, role, password_hash)
       select $1, $2, $2, 'admin', $3 where not exists (select from accounts)
       on conflict do nothing`,
      [made.id, made.username, made.passwordHash],
    );
    return rowCount === 1;
  }

  /** Ids of a scope that name nothing. Retired things are still somebody's. */
  async unknownIn({ districtIds, companyIds, placeIds }: Partial<Scope>): Promise<{ field: keyof Scope; id: string }[]> {
    const { rows } = await this.db.query<{ field: keyof Scope; id: string }>(
      `select 'districtIds' as field, id from unnest($1::text[]) as id where id not in (select id from districts)
       union all select 'companyIds', id from unnest($2::text[]) as id where id not in (select id from companies)
       union all select 'placeIds', id from unnest($3::text[]) as id where id not in (select id from places)`,
      [districtIds ?? [], companyIds ?? [], placeIds ?? []],
    );
    return rows;
  }

  /** Keeps a secret that is not in force yet; false where one is. */
  async offerTotp(id: string, secret: string): Promise<boolean> {
    const { rowCount } = await this.db.query('update accounts set totp_offered = $2 where id = $1 and totp_secret is null', [id, secret]);
    return rowCount === 1;
  }

  async offeredTotp(id: string): Promise<string | null> {
    const { rows } = await this.db.query<{ totp_offered: string | null }>('select totp_offered from accounts where id = $1', [id]);
    return rows[0]?.totp_offered ?? null;
  }

  /** The code that confirmed it is used. */
  async confirmTotp(id: string, secret: string, step: number): Promise<void> {
    await this.db.query('update accounts set totp_secret = $2, totp_offered = null, totp_last_step = $3 where id = $1 and totp_offered = $2', [
      id,
      secret,
      step,
    ]);
  }

  async removeTotp(id: string): Promise<boolean> {
    const { rowCount } = await this.db.query('update accounts set totp_secret = null, totp_offered = null, totp_last_step = null where id = $1', [id]);
    return rowCount === 1;
  }

  /** Uses a step's code up; false where it or a later one was used already. */
  async takeTotpStep(id: string, step: number): Promise<boolean> {
    const { rowCount } = await this.db.query(
      'update accounts set totp_last_step = $2 where id = $1 and totp_secret is not null and (totp_last_step is null or totp_last_step < $2)',
      [id, step],
    );
    return rowCount === 1;
  }

  async hasAny(): Promise<boolean> {
    const { rows } = await this.db.query<{ any: boolean }>('select exists (select from accounts) as any');
    return rows[0]!.any;
  }

  /** Changes what is given; refuses (`last-admin`) to leave the city without an admin who can sign in. */
  async change(id: string, to: AccountChanges): Promise<Account | 'absent' | 'last-admin'> {
    const { rows } = await this.db.query<AccountRow>(
      `update accounts set name = coalesce($2, name), role = coalesce($3, role), disabled = coalesce($4, disabled), password_hash = coalesce($5, password_hash),
         district_ids = case when $6 then $7::text[] else district_ids end, company_ids = case when $8 then $9::text[] else company_ids end,
         place_ids = case when $10 then $11::text[] else place_ids end
       where id = $1
         and ((coalesce($3, role) = 'admin' and not coalesce($4, disabled)) or role <> 'admin' or disabled
              or exists (select from accounts other where other.id <> $1 and other.role = 'admin' and not other.disabled))
       returning ${COLUMNS}`,
      [
        ...[id, to.name, to.role, to.disabled, to.passwordHash],
        ...[to.districtIds, to.companyIds, to.placeIds].flatMap((ids) => [ids !== undefined, ids ?? null]),
      ],
    );
    if (rows[0]) return account(rows[0]);
    return (await this.one(id)) ? 'last-admin' : 'absent';
  }
}

function account(row: AccountRow): Account {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    role: row.role,
    districtIds: row.district_ids,
    companyIds: row.company_ids,
    placeIds: row.place_ids,
    secondFactor: row.second_factor,
    createdAt: row.created_at.toISOString(),
    disabled: row.disabled,
  };
}

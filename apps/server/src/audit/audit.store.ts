import { Injectable } from '@nestjs/common';
import type { AuditQuery, AuditRow } from '@muckwatch/contract';
import { iso } from '../clock.js';
import type { Scope } from '../auth/viewer.js';
import { Database } from '../db/database.js';
import { type ChainedRow, NOTHING_BEFORE, type Seal } from './audit-chain.js';

type Row = Omit<AuditRow, 'seq' | 'at' | 'detail'> & { seq: string; at: Date; detail: string | null };

/** The audit's two tables, to which rows are added and nothing else. */
@Injectable()
export class AuditStore {
  constructor(private readonly db: Database) {}

  /** Newest first. A viewer whose scope is narrowed sees what was done by accounts whose own scope lies within it. */
  async list(scope: Scope, { cursor, limit, username, action, target, from, to }: AuditQuery): Promise<AuditRow[]> {
    const { rows } = await this.db.query<Row>(
      `select seq, at, account_id as "accountId", username, role, address, action, target, status, detail, hash from audit_rows r
       where ($1::bigint is null or seq < $1) and ($3::text is null or username = $3)
         and ($4::text is null or position(lower($4) in lower(action)) > 0) and ($5::text is null or position($5 in target) > 0)
         and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
         and (coalesce($8::text[], $9::text[], $10::text[]) is null or exists (
           select from accounts a where a.id = r.account_id
             and ($8::text[] is null or a.district_ids <@ $8) and ($9::text[] is null or a.company_ids <@ $9) and ($10::text[] is null or a.place_ids <@ $10)))
       order by seq desc limit $2`,
      [
        ...[cursor ?? null, limit, username ?? null, action ?? null, target ?? null, from ?? null, to ?? null],
        ...[scope.districtIds, scope.companyIds, scope.placeIds],
      ],
    );
    return rows.map((row) => ({
      ...row,
      seq: Number(row.seq),
      at: row.at.toISOString(),
      detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
    }));
  }

  async tail(): Promise<{ seq: number; hash: string }> {
    const { rows } = await this.db.query<{ seq: string; hash: string }>('select seq, hash from audit_rows order by seq desc limit 1');
    return rows[0] ? { seq: Number(rows[0].seq), hash: rows[0].hash } : { seq: 0, hash: NOTHING_BEFORE };
  }

  async hashOf(seq: number): Promise<string | null> {
    const { rows } = await this.db.query<{ hash: string }>('select hash from audit_rows where seq = $1', [seq]);
    return rows[0]?.hash ?? null;
  }

  /** All or none. Fails on a number that another process has given meanwhile. */
  async add(rows: ChainedRow[]): Promise<void> {
    const column = (read: (row: ChainedRow) => unknown) => rows.map(read);
    await this.db.query(
      `insert into audit_rows (seq, at, account_id, username, role, address, action, target, status, detail, hash)
       select * from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::text[])`,
      [
        column(({ seq }) => seq),
        column(({ at }) => iso(at)),
        column(({ accountId }) => accountId),
        column(({ username }) => username),
        column(({ role }) => role),
        column(({ address }) => address),
        column(({ action }) => action),
        column(({ target }) => target),
        column(({ status }) => status),
        column(({ detail }) => detail),
        column(({ hash }) => hash),
      ],
    );
  }

  async lastSeal(): Promise<Seal | null> {
    const { rows } = await this.db.query<SealRow>(`select ${SEAL_COLUMNS} from audit_seals order by number desc limit 1`);
    return rows[0] ? sealOf(rows[0]) : null;
  }

  async hashesAfter(seq: number, limit: number): Promise<{ seq: number; hash: string }[]> {
    const { rows } = await this.db.query<{ seq: string; hash: string }>('select seq, hash from audit_rows where seq > $1 order by seq limit $2', [seq, limit]);
    return rows.map((row) => ({ seq: Number(row.seq), hash: row.hash }));
  }

  /** False where another process has sealed meanwhile. */
  async addSeal({ number, at, firstSeq, lastSeq, sha256 }: Seal): Promise<boolean> {
    const { rowCount } = await this.db.query(
      'insert into audit_seals (number, at, first_seq, last_seq, sha256) values ($1, $2, $3, $4, $5) on conflict do nothing',
      [number, iso(at), firstSeq, lastSeq, sha256],
    );
    return rowCount === 1;
  }
}

export interface SealRow {
  number: string;
  at: Date;
  firstSeq: string;
  lastSeq: string;
  sha256: string;
}
export const SEAL_COLUMNS = 'number, at, first_seq as "firstSeq", last_seq as "lastSeq", sha256';

export function sealOf({ number, at, firstSeq, lastSeq, sha256 }: SealRow): Seal {
  return { number: Number(number), at: at.getTime(), firstSeq: Number(firstSeq), lastSeq: Number(lastSeq), sha256 };
}

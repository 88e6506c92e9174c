import { Injectable } from '@nestjs/common';
import type { Quarantined, QuarantineQuery, QuarantineSummary } from '@muckwatch/contract';
import { mustSeeTheCity, type Scope } from '../auth/viewer.js';
import { Database } from '../db/database.js';
import { afterCursor, cursorOf } from './cursor.js';

/** Quarantine for people. It belongs to nobody's company: a sender that is not known has none; only the city's own people may read it. */
@Injectable()
export class QuarantineStore {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(scope: Scope, query: QuarantineQuery): Promise<{ items: Quarantined[]; nextCursor: string | null }> {
    mustSeeTheCity({ scope }, { en: 'Quarantine', zh: '隔离区' });
    const after = query.cursor === undefined ? null : afterCursor(query.cursor);
    const { rows } = await this.database.query<QuarantineRow>(
      `select id, received_at, topic, reason, detail, bytes, sha256, payload from quarantine
       where offered_at is null and ($1::text is null or reason = $1) and ($2::timestamptz is null or (received_at, id) < ($2, $3)) order by received_at desc, id desc limit $4`,
      // PostgreSQL refuses a text with U+0000; no reason has one.
      [query.reason?.replaceAll('\u0000', '\ufffd') ?? null, after?.at ?? null, after?.id ?? null, query.limit + 1],
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(quarantinedOf), nextCursor: rows.length > page.length && last ? cursorOf(last.received_at, last.id) : null };
  }

  /** Of the last 24 h: how many of each reason, and the newest as an example. */
  async summary(scope: Scope): Promise<QuarantineSummary> {
    mustSeeTheCity({ scope }, { en: 'Quarantine', zh: '隔离区' });
    const { rows } = await this.database.query<QuarantineRow & { count: number }>(
      `select q.*, counted.count from
         (select reason, count(*)::int as count, max(received_at) as last from quarantine where received_at > now() - interval '24 hours' and offered_at is null group by reason) counted
         cross join lateral (select id, received_at, topic, reason, detail, bytes, sha256, payload from quarantine
           where reason = counted.reason and received_at = counted.last and offered_at is null limit 1) q
       order by counted.count desc, counted.reason`,
    );
    return { items: rows.map((row) => ({ reason: row.reason, count: row.count, lastAt: row.received_at.toISOString(), example: quarantinedOf(row) })) };
  }

  async countLast24h(): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>(
      `select count(*)::int as count from quarantine where received_at > now() - interval '24 hours' and offered_at is null`,
    );
    return rows[0]!.count;
  }
}

interface QuarantineRow {
  id: string;
  received_at: Date;
  topic: string;
  reason: string;
  detail: string;
  bytes: number;
  sha256: string;
  payload: Buffer;
}

function quarantinedOf(row: QuarantineRow): Quarantined {
  return {
    id: row.id,
    receivedAt: row.received_at.toISOString(),
    topic: row.topic,
    reason: row.reason,
    detail: row.detail,
    bytes: row.bytes,
    sha256: row.sha256,
    payload: readable(row.payload),
  };
}

/** Bytes as a person can read them: control characters and what is no UTF-8 are escaped. */
function readable(payload: Buffer): string {
  return payload
    .toString('utf8')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

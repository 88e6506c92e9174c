import { Injectable } from '@nestjs/common';
import type { Handover, HandoverFacts } from '@muckwatch/contract';
import type { EpochMs } from '@muckwatch/domain';
import { type Scope, type Viewer, within } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import type { Queryable } from '../db/queryable.js';
import { afterCursor, cursorOf } from '../history/cursor.js';

/** A handover tells of all its districts at once: only who sees each of them reads it, and the city's only who sees the city. */
const whose = (scope: Scope, params: unknown[]): string => within(scope, { district: (ids) => `h.district_ids <@ ${ids}` }, params);

@Injectable()
export class HandoverStore {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(scope: Scope, { cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<{ items: Handover[]; nextCursor: string | null }> {
    const params: unknown[] = [];
    const say = (value: unknown) => `$${params.push(value)}`;
    const conditions = [whose(scope, params)];
    if (cursor) {
      const after = afterCursor(cursor);
      conditions.push(`(h.at, h.id) < (${say(after.at)}::timestamptz, ${say(after.id)})`);
    }
    const { rows } = await this.database.query<HandoverRow>(
      `select h.* from handovers h where ${conditions.join(' and ')} order by h.at desc, h.id desc limit ${say(limit + 1)}`,
      params,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { items: page.map(handoverOf), nextCursor: rows.length > page.length && last ? cursorOf(last.at, last.id) : null };
  }

  async one(scope: Scope, id: string): Promise<Handover | null> {
    const params: unknown[] = [id.replaceAll('\u0000', '\ufffd')];
    const { rows } = await this.database.query<HandoverRow>(`select h.* from handovers h where h.id = $1 and ${whose(scope, params)}`, params);
    return rows[0] ? handoverOf(rows[0]) : null;
  }

  async add(viewer: Viewer, made: { id: string; since: EpochMs; at: EpochMs; words: string | null; facts: HandoverFacts }): Promise<Handover> {
    const { rows } = await this.database.query<HandoverRow>(
      `insert into handovers (id, district_ids, since, at, by_id, by, words, facts) values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
      [made.id, viewer.scope.districtIds, iso(made.since), iso(made.at), viewer.accountId, viewer.name, made.words, JSON.stringify(made.facts)],
    );
    return handoverOf(rows[0]!);
  }

  /** Null where somebody has taken it already. */
  async take(client: Queryable, viewer: Viewer, id: string, at: EpochMs): Promise<Handover | null> {
    const params: unknown[] = [id, viewer.accountId, viewer.name, iso(at)];
    const { rows } = await client.query<HandoverRow>(
      `update handovers h set taken_by_id = $2, taken_by = $3, taken_at = $4 where h.id = $1 and h.taken_at is null and ${whose(viewer.scope, params)} returning h.*`,
      params,
    );
    return rows[0] ? handoverOf(rows[0]) : null;
  }
}

interface HandoverRow {
  id: string;
  since: Date;
  at: Date;
  by_id: string;
  by: string;
  words: string | null;
  facts: HandoverFacts;
  taken_by_id: string | null;
  taken_by: string | null;
  taken_at: Date | null;
}

function handoverOf(row: HandoverRow): Handover {
  return {
    id: row.id,
    since: row.since.toISOString(),
    at: row.at.toISOString(),
    by: { id: row.by_id, name: row.by },
    words: row.words,
    facts: row.facts,
    taken: row.taken_at && { by: { id: row.taken_by_id!, name: row.taken_by! }, at: row.taken_at.toISOString() },
  };
}

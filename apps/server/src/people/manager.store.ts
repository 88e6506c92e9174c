import { Injectable } from '@nestjs/common';
import { type Manager, MOST_MANAGERS, type ManagersQuery } from '@muckwatch/contract';
import { ofPlace } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { Database } from '../db/database.js';

/** Accounts that a place can name as its managers. */
@Injectable()
export class ManagerStore {
  constructor(private readonly database: Database) {}

  /** Those who answer for a place that the viewer sees, and those who answer for none yet and are not kept to another part of the city: anybody may take them on. */
  async list(scope: Scope, { q, ids }: ManagersQuery): Promise<Manager[]> {
    const params: unknown[] = [];
    const seen = within(scope, ofPlace('p'), params);
    const say = (value: unknown) => `$${params.push(value)}`;
    const free = (['district_ids', 'company_ids'] as const).map((kept, i) => {
      const own = say([scope.districtIds, scope.companyIds][i]);
      return `(${own}::text[] is null or t.${kept} is null or t.${kept} && ${own}::text[])`;
    });
    const conditions = [`(t.seen is not null or (not t.any and ${free.join(' and ')}))`];
    if (ids) conditions.push(`t.id = any(${say(ids)}::text[])`);
    // The search is for a piece of text: what LIKE takes for a sign is none.
    if (q) conditions.push(`(position(lower(${say(q)}) in lower(t.name)) > 0 or position(lower(${say(q)}) in lower(t.places)) > 0)`);
    const { rows } = await this.database.query<{ id: string; name: string; role: Manager['role']; seen: Manager['places'] | null }>(
      `with named as materialized (
         select p.id, p.name, m.account_id, ${seen} as seen from places p
           cross join lateral (select jsonb_array_elements_text(p.feature->'properties'->'managerIds') as account_id
             union select a.id from accounts a where p.id = any(a.place_ids)) m
         where not p.retired
       ), t as (
         select a.id, a.name, a.role, a.district_ids, a.company_ids, count(n.id) > 0 as any, coalesce(string_agg(n.name, ' ') filter (where n.seen), '') as places,
           jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name) order by n.name) filter (where n.seen) as seen
         from accounts a left join named n on n.account_id = a.id
         where a.role in ('site-manager', 'yard-keeper') and not a.disabled group by a.id, a.name, a.role
       )
       select id, name, role, seen from t where ${conditions.join(' and ')} order by name, id limit ${MOST_MANAGERS}`,
      params,
    );
    return rows.map(({ id, name, role, seen: places }) => ({ accountId: id, name, role, places: (places ?? []).slice(0, 3) }));
  }
}

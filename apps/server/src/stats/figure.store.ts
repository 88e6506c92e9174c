import { Injectable } from '@nestjs/common';
import { type Figure, FIGURE_IDS, type FigureId, type Period } from '@muckwatch/contract';
import { ofAlert, ofPlace } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { Database } from '../db/database.js';
import { haulsWithin } from '../history/haul.store.js';
import { IS_ORDER } from '../notices/orders.js';
import { ESTIMATED, HAULS, LEFT, TAKEN, VOLUME } from './loads.js';

interface Counts {
  numerator: number;
  denominator: number;
  /** Where it is something else than the numerator; null: it cannot be said. */
  value?: number | null;
  estimated?: number;
}

/** What leadership reports, each with what it is a share of; what they mean stands in `FIGURES` of the contract. */
@Injectable()
export class FigureStore {
  constructor(private readonly database: Database) {}

  async figures(scope: Scope, period: Period): Promise<Figure[]> {
    const counts: Record<FigureId, Counts> = {
      sites: await this.#places(scope, period, 'site'),
      lots: await this.#places(scope, period, 'parking-lot'),
      rectified: await this.#rectified(scope, period),
      cleared: await this.#cleared(scope, period),
      volume: await this.#volume(scope, period),
    };
    return FIGURE_IDS.map((id) => {
      const { numerator, denominator, value = numerator, estimated = null } = counts[id];
      return { id, value, numerator, denominator, share: denominator > 0 ? numerator / denominator : null, estimated };
    });
  }

  async #places(scope: Scope, { to }: Period, kind: 'site' | 'parking-lot'): Promise<Counts> {
    const params: unknown[] = [to, kind];
    return this.#one(
      `select count(*)::int as denominator, (count(*) filter (where (p.feature->'properties'->>'validFrom' is null or (p.feature->'properties'->>'validFrom')::timestamptz <= $1)
         and (p.feature->'properties'->>'validTo' is null or (p.feature->'properties'->>'validTo')::timestamptz > $1)))::int as numerator
       from places p where p.kind = $2 and not p.retired and ${within(scope, ofPlace('p'), params)}`,
      params,
    );
  }

  async #rectified(scope: Scope, { from, to }: Period): Promise<Counts> {
    const params: unknown[] = [from, to];
    return this.#one(
      `select count(*)::int as denominator, count(*)::int as value,
         (count(*) filter (where exists (select from notice_steps s where s.notice_id = n.id and s.step = 'rectify')))::int as numerator
       from notices n where n.opened_at >= $1 and n.opened_at < $2 and ${IS_ORDER} and ${within(scope, ofAlert('n'), params)}`,
      params,
    );
  }

  async #cleared(scope: Scope, { from, to }: Period): Promise<Counts> {
    const params: unknown[] = [from, to];
    return this.#one(
      `select count(*)::int as denominator, (count(*) filter (where a.ended is not null))::int as numerator from alerts a
       where a.began >= $1 and a.began < $2 and a.rule in ('spill', 'illegal-dumping') and a.status = 'confirmed' and a.contradicted_at is null
         and ${within(scope, ofAlert('a'), params)}`,
      params,
    );
  }

  async #volume(scope: Scope, { from, to }: Period): Promise<Counts> {
    const params: unknown[] = [from, to];
    return this.#one(
      `select count(*)::int as denominator, (count(*) filter (where ${TAKEN}))::int as numerator, ${VOLUME} as value, ${ESTIMATED} as estimated
       from ${HAULS} where ${LEFT} and ${haulsWithin(scope, params)}`,
      params,
    );
  }

  async #one(sql: string, params: unknown[]): Promise<Counts> {
    const { rows } = await this.database.query<Counts & { [column: string]: unknown }>(sql, params);
    return rows[0]!;
  }
}

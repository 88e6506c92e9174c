import { Injectable } from '@nestjs/common';
import { FEW_REVIEWED, type Period, type RulePrecision } from '@muckwatch/contract';
import { ofAlert } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { Database } from '../db/database.js';
import { wilson } from './wilson.js';

const MOST_REASONS = 5;
type Counts = Pick<RulePrecision, 'rule' | 'confirmed' | 'dismissed' | 'contradicted' | 'undecided'>;

/** How right each rule was, as people found when they looked. */
@Injectable()
export class PrecisionStore {
  constructor(private readonly database: Database) {}

  /** Of the alerts that began in the period; the most reviewed rule first. */
  async precision(scope: Scope, { from, to }: Period): Promise<RulePrecision[]> {
    const params: unknown[] = [from, to];
    const mine = within(scope, ofAlert('a'), params);
    const { rows } = await this.database.query<Counts>(
      `select a.rule, count(*) filter (where stands and a.status = 'confirmed')::int as confirmed, count(*) filter (where stands and a.status = 'dismissed')::int as dismissed,
         count(*) filter (where not stands)::int as contradicted, count(*) filter (where stands and a.status in ('open', 'acknowledged'))::int as undecided
       from alerts a cross join lateral (select a.contradicted_at is null) as c(stands)
       where a.began >= $1 and a.began < $2 and ${mine} group by a.rule order by a.rule`,
      params,
    );
    const { rows: reasons } = await this.database.query<{ rule: string; reason: string; count: number }>(
      `select a.rule, a.decided_why as reason, count(*)::int as count from alerts a
       where a.began >= $1 and a.began < $2 and a.contradicted_at is null and a.status = 'dismissed' and a.decided_why is not null and ${mine}
       group by 1, 2 order by count desc, reason limit 1000`,
      params,
    );
    const ofRule = (rule: string) => reasons.filter((one) => one.rule === rule).slice(0, MOST_REASONS);
    return rows
      .map((counts) =>
        precisionOf(
          counts,
          ofRule(counts.rule).map(({ reason, count }) => ({ reason, count })),
        ),
      )
      .sort((a, b) => b.confirmed + b.dismissed - (a.confirmed + a.dismissed));
  }
}

export function precisionOf(counts: Counts, reasons: RulePrecision['reasons']): RulePrecision {
  const reviewed = counts.confirmed + counts.dismissed;
  const between = wilson(counts.confirmed, reviewed);
  return {
    ...counts,
    precision: reviewed > 0 ? counts.confirmed / reviewed : null,
    low: between?.low ?? null,
    high: between?.high ?? null,
    few: reviewed < FEW_REVIEWED,
    reasons,
  };
}

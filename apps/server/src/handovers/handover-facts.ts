import { Injectable } from '@nestjs/common';
import type { HandoverFacts } from '@muckwatch/contract';
import type { EpochMs } from '@muckwatch/domain';
import { ofAlert, ofTruck } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';

type Counts = HandoverFacts['opened'];
type Incident = HandoverFacts['incidents'][number];

/** An undecided alert that asks for somebody, as the queue counts it. */
const ASKS = `(a.status in ('open', 'acknowledged') or a.changed_at is not null) and (a.changed_at is not null or (a.contradicted_at is null and not a.snoozed))`;
const RANK = `array_position(array['minor', 'serious', 'critical'], a.severity)`;

/** What stands undecided and what a shift did, as one scope sees it. */
@Injectable()
export class HandoverFactsReader {
  constructor(private readonly database: Database) {}

  async read(scope: Scope, since: EpochMs): Promise<HandoverFacts> {
    const [opened, decided, undecided, incidents, snoozes] = await Promise.all([
      this.#opened(scope, since),
      this.#decided(scope, since),
      this.#undecided(scope),
      this.#incidents(scope),
      this.#snoozes(scope),
    ]);
    return { opened, decided, undecided, incidents, snoozes };
  }

  async #opened(scope: Scope, since: EpochMs): Promise<Counts> {
    const params: unknown[] = [iso(since)];
    const { rows } = await this.database.query<{ severity: keyof Counts; n: number }>(
      `select a.severity, count(*)::int as n from alerts a
       where a.opened_at >= $1 and a.contradicted_at is null and not a.snoozed and ${within(scope, ofAlert('a'), params)} group by 1`,
      params,
    );
    return countsOf(rows);
  }

  async #decided(scope: Scope, since: EpochMs): Promise<HandoverFacts['decided']> {
    const params: unknown[] = [iso(since)];
    const { rows } = await this.database.query<HandoverFacts['decided'][number]>(
      `select a.rule, (count(*) filter (where a.status = 'confirmed'))::int as confirmed, (count(*) filter (where a.status = 'dismissed'))::int as dismissed
       from alerts a where a.decided_at >= $1 and a.status in ('confirmed', 'dismissed') and ${within(scope, ofAlert('a'), params)}
       group by 1 order by count(*) desc, 1`,
      params,
    );
    return rows;
  }

  async #undecided(scope: Scope): Promise<Counts> {
    const params: unknown[] = [];
    const { rows } = await this.database.query<{ severity: keyof Counts; n: number }>(
      `select (array['minor', 'serious', 'critical'])[worst] as severity, count(*)::int as n
       from (select max(${RANK}) as worst from alerts a where ${ASKS} and ${within(scope, ofAlert('a'), params)} group by a.incident) as each group by 1`,
      params,
    );
    return countsOf(rows);
  }

  async #incidents(scope: Scope): Promise<Incident[]> {
    const params: unknown[] = [];
    const { rows } = await this.database.query<Omit<Incident, 'began'> & { began: Date }>(
      `select * from (
         select distinct on (a.incident) a.incident, a.id as "alertId", a.plate, a.rule, a.severity, a.status, a.began,
           (select u.name from accounts u where u.id = a.assignee_id) as assignee
         from alerts a where ${ASKS} and ${within(scope, ofAlert('a'), params)} order by a.incident, ${RANK} desc, a.began desc
       ) as a order by ${RANK} desc, began desc limit 100`,
      params,
    );
    return rows.map((row) => ({ ...row, began: row.began.toISOString() }));
  }

  async #snoozes(scope: Scope): Promise<HandoverFacts['snoozes']> {
    const params: unknown[] = [iso(now())];
    const { rows } = await this.database.query<{ plate: string; rule: Incident['rule']; until: Date; reason: string }>(
      `select t.plate, s.rule, s.until, s.reason from snoozes s join trucks t on t.id = s.truck_id
       where s.ended_at is null and s.until > $1 and ${within(scope, ofTruck('t'), params)} order by s.until limit 100`,
      params,
    );
    return rows.map((row) => ({ ...row, until: row.until.toISOString() }));
  }
}

function countsOf(rows: { severity: keyof Counts; n: number }[]): Counts {
  const counts: Counts = { critical: 0, serious: 0, minor: 0 };
  for (const { severity, n } of rows) counts[severity] = n;
  return counts;
}

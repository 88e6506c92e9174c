import { Injectable } from '@nestjs/common';
import type { CityOverview, Period, Ranked } from '@muckwatch/contract';
import { DAY_MS } from '@muckwatch/domain';
import { ofAlert } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Config } from '../config.js';
import { Database } from '../db/database.js';
import { haulsWithin } from '../history/haul.store.js';
import { ranking } from './ranking.js';
import { ESTIMATED, HAULS, LEFT, VOLUME } from './loads.js';

type Counts = Pick<
  CityOverview,
  'open' | 'alerts' | 'confirmed' | 'loads' | 'volumeM3' | 'estimatedLoads' | 'response' | 'byRule' | 'byHour' | 'companies' | 'sites'
>;
type Stretch = Period['before'];

/** What happened in a period, from the tables of alerts and hauls: no report is read. */
@Injectable()
export class OverviewStore {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  async counts(scope: Scope, period: Period): Promise<Counts> {
    // One after the other: the embedded engine serves intake in between.
    const open = await this.#open(scope);
    const byRule = await this.#byRule(scope, period);
    const byHour = await this.#byHour(scope, period);
    const [loads, before] = [await this.#loads(scope, period), await this.#loads(scope, period.before)];
    const response = { now: await this.#response(scope, period), before: await this.#response(scope, period.before) };
    const companies = await this.#ranked(scope, period, 'company');
    const sites = await this.#ranked(scope, period, 'site');
    const sum = (of: (row: RuleRow) => number) => byRule.reduce((total, row) => total + of(row), 0);
    return {
      open,
      alerts: { now: sum((row) => row.now), before: sum((row) => row.before) },
      confirmed: { now: sum((row) => row.confirmed_now), before: sum((row) => row.confirmed_before) },
      loads: { now: loads.loads, before: before.loads },
      volumeM3: { now: loads.volume, before: before.volume },
      estimatedLoads: loads.estimated,
      response,
      byRule: byRule.map(({ rule, now, before }) => ({ rule, now, before })),
      byHour,
      companies,
      sites,
    };
  }

  /** Incidents that wait for a decision now, whenever they began: as the queue has them, what came back after a decision among them, what was snoozed or contradicted not. */
  async #open(scope: Scope): Promise<CityOverview['open']> {
    const params: unknown[] = [];
    const { rows } = await this.database.query<CityOverview['open']>(
      `select count(*) filter (where worst = 3)::int as critical, count(*) filter (where worst = 2)::int as serious, count(*) filter (where worst = 1)::int as minor
       from (select a.incident, max(case a.severity when 'critical' then 3 when 'serious' then 2 else 1 end) as worst from alerts a
             where (a.changed_at is not null or (a.status in ('open', 'acknowledged') and a.contradicted_at is null and not a.snoozed)) and ${within(scope, ofAlert('a'), params)} group by a.incident) i`,
      params,
    );
    return rows[0]!;
  }

  async #byRule(scope: Scope, { from, to, before }: Period): Promise<RuleRow[]> {
    const params: unknown[] = [from, to, before.from, before.to];
    const { rows } = await this.database.query<RuleRow>(
      `select a.rule, count(*) filter (where ${CURRENT})::int as now, count(*) filter (where ${EARLIER})::int as before,
         count(*) filter (where ${CURRENT} and a.status = 'confirmed')::int as confirmed_now,
         count(*) filter (where ${EARLIER} and a.status = 'confirmed')::int as confirmed_before
       from alerts a where (${CURRENT} or ${EARLIER}) and ${STANDS} and ${within(scope, ofAlert('a'), params)}
       group by a.rule order by now desc, before desc, a.rule`,
      params,
    );
    return rows;
  }

  async #byHour(scope: Scope, { from, to }: Period): Promise<CityOverview['byHour']> {
    const params: unknown[] = [from, to, this.config.cityTimeZone];
    const { rows } = await this.database.query<CityOverview['byHour'][number]>(
      `select to_char(a.began at time zone $3, 'YYYY-MM-DD') as day, extract(hour from a.began at time zone $3)::int as hour, count(*)::int as alerts
       from alerts a where ${CURRENT} and ${STANDS} and ${within(scope, ofAlert('a'), params)} group by 1, 2 order by 1, 2`,
      params,
    );
    return rows;
  }

  async #loads(scope: Scope, { from, to }: Stretch): Promise<LoadRow> {
    const params: unknown[] = [from, to];
    const { rows } = await this.database.query<LoadRow>(
      `select count(*)::int as loads, ${VOLUME} as volume, ${ESTIMATED} as estimated
       from ${HAULS} where ${LEFT} and ${haulsWithin(scope, params)}`,
      params,
    );
    return rows[0]!;
  }

  /** From opened to the first step of a person, of the alerts that began in the period. Each asks for its steps: some days a statement. */
  async #response(scope: Scope, { from, to }: Stretch): Promise<CityOverview['response']['now']> {
    let waits: number[] = [];
    let waiting = 0;
    for (let at = Date.parse(from); at < Date.parse(to); at += SLICE_MS) {
      const params: unknown[] = [iso(at), iso(Math.min(Date.parse(to), at + SLICE_MS))];
      const { rows } = await this.database.query<{ waits: number[] | null; waiting: number }>(
        `select array_agg(seconds) filter (where seconds is not null) as waits, (count(*) filter (where seconds is null))::int as waiting
         from (select extract(epoch from (select min(s.at) from alert_steps s where s.alert_id = a.id) - a.opened_at)::float8 as seconds
               from alerts a where ${CURRENT} and ${STANDS} and not a.snoozed and ${within(scope, ofAlert('a'), params)}) r`,
        params,
      );
      waits = waits.concat(rows[0]!.waits ?? []);
      waiting += rows[0]!.waiting;
    }
    waits.sort((a, b) => a - b);
    return { count: waits.length, waiting, medianS: quantile(waits, 0.5), p95S: quantile(waits, 0.95) };
  }

  /** Companies by whose trucks it was, sites by where the load came from. */
  async #ranked(scope: Scope, { from, to }: Period, by: 'company' | 'site'): Promise<Ranked[]> {
    const names = by === 'company' ? 'companies' : 'places';
    const params: unknown[] = [from, to];
    const { rows } = await this.database.query<RankedRow>(
      `with wrongs as (
         select a.${by}_id as id, count(*)::int as alerts, count(*) filter (where a.status = 'confirmed')::int as confirmed,
           count(*) filter (where a.status = 'confirmed' and a.rule = 'spill')::int as spilt
         from alerts a where ${CURRENT} and ${STANDS} and a.${by}_id is not null and ${within(scope, ofAlert('a'), params)} group by 1
       ), loads as (
         select h.${by}_id as id, count(*)::int as loads, ${VOLUME} as volume
         from ${HAULS} where ${LEFT} and h.${by}_id is not null and ${haulsWithin(scope, params)} group by 1
       )
       select id, coalesce(n.name, id) as name, coalesce(loads, 0) as loads, case when loads is null then 0 else volume end as volume,
         coalesce(alerts, 0) as alerts, coalesce(confirmed, 0) as confirmed, coalesce(spilt, 0) as spilt
       from wrongs full join loads using (id) left join ${names} n using (id)`,
      params,
    );
    return ranking(rows.map(({ volume, ...row }) => ({ ...row, volumeM3: volume })));
  }
}

/** Of sorted seconds, between the two that it lies between; whole. */
export function quantile(sorted: number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return Math.max(0, Math.round(below + (above - below) * (place % 1)));
}

const SLICE_MS = 4 * DAY_MS;
const CURRENT = 'a.began >= $1::timestamptz and a.began < $2::timestamptz';
const EARLIER = 'a.began >= $3::timestamptz and a.began < $4::timestamptz';
const STANDS = 'a.contradicted_at is null';

interface RuleRow {
  rule: CityOverview['byRule'][number]['rule'];
  now: number;
  before: number;
  confirmed_now: number;
  confirmed_before: number;
}
interface LoadRow {
  loads: number;
  volume: number | null;
  estimated: number;
}
type RankedRow = Pick<Ranked, 'id' | 'name' | 'loads' | 'alerts' | 'confirmed' | 'spilt'> & { volume: number | null };

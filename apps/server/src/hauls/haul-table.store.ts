import { Injectable } from '@nestjs/common';
import type { HaulAlert, HaulFilter, HaulOutcome, HaulRow, HaulTableQuery, HaulTotals } from '@muckwatch/contract';
import { type EpochMs, MINUTE_MS } from '@muckwatch/domain';
import { ofAlert } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import { afterCursor, asked, cursorOf } from '../history/cursor.js';
import { HAUL_COLUMNS, HAUL_JOINS, haulOf, type HaulRow as Stored, haulsWithin } from '../history/haul.store.js';
import { ESTIMATED, FLEET, tenths, VOLUME_M3 } from '../fleet/haul-volume.js';
import { OUTCOME_JOINS, outcomeAt } from './outcome.js';
import { type Stretch, stretchOf } from './stretch.js';

/** Nulls last either way; a departure is always there, and its index is read in either direction. Of equals the times are compared: texts would cost more. */
const SORTS: Record<HaulTableQuery['sort'], (order: string) => string> = {
  departed: (order) => `h.departed_at ${order}`,
  minutes: (order) => `coalesce(h.ended_at, h.unloaded_at) - h.departed_at ${order} nulls last`,
  km: (order) => `(case when h.arrived_at is not null or h.ended_at is not null then h.distance_km end) ${order} nulls last`,
  load: (order) => `h.peak_load_kg ${order} nulls last`,
  volume: (order) => `${VOLUME_M3} ${order} nulls last`,
};
const FROM = `${HAUL_JOINS} cross join (${FLEET}) fleet ${OUTCOME_JOINS}`;

/** Delivered to a yard, and not refused there. */
const TAKEN = `h.ended = 'delivered' and r.haul_id is null`;

/** Loads looked back on. */
@Injectable()
export class HaulTableStore {
  constructor(private readonly database: Database) {}

  /**
   * A page of the table, sorted as asked.
   *
   * @throws Refusal 400 for a stretch longer than 31 days
   */
  async table(scope: Scope, query: HaulTableQuery): Promise<HaulRow[]> {
    const at = now();
    const asking = new Asking(scope, query, stretchOf(query, at), at);
    const { sort, order, offset, limit } = query;
    return this.#rows(
      scope,
      asking,
      `order by ${SORTS[sort](order)}, h.departed_at ${order}, h.id ${order}`,
      `offset ${asking.say(offset)} limit ${asking.say(limit)}`,
    );
  }

  /** Newest departure first, page by page and however long the stretch: for a file. */
  async list(scope: Scope, filter: HaulFilter, cursor: string | undefined, limit: number): Promise<{ items: HaulRow[]; nextCursor: string | null }> {
    const asking = new Asking(scope, filter, openStretch(filter), now());
    if (cursor !== undefined) {
      const after = afterCursor(cursor);
      asking.conditions.push(`(h.departed_at, h.id) < (${asking.say(after.at)}::timestamptz, ${asking.say(after.id)})`);
    }
    const rows = await this.#rows(scope, asking, `order by h.departed_at desc, h.id desc`, `limit ${asking.say(limit + 1)}`);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? cursorOf(new Date(last.departedAt), last.id) : null };
  }

  /**
   * Everything of a filter, summed.
   *
   * @throws Refusal 400 for a stretch longer than 31 days
   */
  async totals(scope: Scope, filter: HaulFilter): Promise<HaulTotals> {
    const at = now();
    const asking = new Asking(scope, filter, stretchOf(filter, at), at);
    const { rows } = await this.database.query<FlowRow>(
      `select h.site_id, h.yard_id, count(*)::int as loads, (count(*) filter (where ${ESTIMATED}))::int as estimated, sum(${VOLUME_M3}) as volume_m3,
         case when count(*) filter (where ${TAKEN}) > 0 then sum(${VOLUME_M3}) filter (where ${TAKEN}) else 0 end as taken_m3, count(h.peak_load_kg)::int as weighed, coalesce(sum(h.peak_load_kg), 0) as load_kg, coalesce(sum(h.distance_km) filter (where h.arrived_at is not null or h.ended_at is not null), 0) as distance_km
       ${FROM} where ${asking.conditions.join(' and ')} group by h.site_id, h.yard_id order by loads desc, h.site_id, h.yard_id`,
      asking.params,
    );
    const flows = rows.map(flowOf);
    const sum = (of: (flow: (typeof flows)[number]) => number) => flows.reduce((all, flow) => all + of(flow), 0);
    return {
      loads: sum(({ loads }) => loads),
      estimated: sum(({ estimated }) => estimated),
      volumeM3: rows.some(({ volume_m3 }) => volume_m3 === null) ? null : tenths(sum(({ volumeM3 }) => volumeM3!)),
      takenM3: rows.some(({ taken_m3 }) => taken_m3 === null) ? null : tenths(rows.reduce((all, { taken_m3 }) => all + taken_m3!, 0)),
      weighed: sum(({ weighed }) => weighed),
      loadKg: sum(({ loadKg }) => loadKg),
      distanceKm: Math.round(sum(({ distanceKm }) => distanceKm) * 100) / 100,
      flows,
    };
  }

  /** What is sorted is ids alone, and what no condition reads is not joined: whole rows of a month would take 250 ms. */
  async #rows(scope: Scope, asking: Asking, order: string, page: string): Promise<HaulRow[]> {
    const picked = await this.database.query<{ id: string }>(`select h.id ${FROM} where ${asking.conditions.join(' and ')} ${order} ${page}`, asking.params);
    const ids = picked.rows.map(({ id }) => id);
    if (ids.length === 0) return [];
    const { rows } = await this.database.query<Row>(
      `select ${HAUL_COLUMNS}, ${VOLUME_M3} as volume_m3, ${ESTIMATED} as estimated, ${outcomeAt('$2')} as outcome
       ${FROM} where h.id = any($1::text[]) order by array_position($1::text[], h.id)`,
      [ids, asking.at],
    );
    const alerts = await this.#alerts(scope, ids);
    return rows.map((row) => ({
      ...haulOf(row),
      outcome: row.outcome,
      minutes: minutesOf(row),
      volumeM3: tenths(row.volume_m3),
      estimated: row.estimated,
      alerts: alerts.get(row.id) ?? [],
    }));
  }

  /** Those that still hold, worst first; what a person dismissed stands last. */
  async #alerts(scope: Scope, haulIds: string[]): Promise<Map<string, HaulAlert[]>> {
    const byHaul = new Map<string, HaulAlert[]>();
    if (haulIds.length === 0) return byHaul;
    const params: unknown[] = [haulIds];
    const { rows } = await this.database.query<AlertRow>(
      `select a.id, a.haul_id, a.incident, a.rule, a.severity, a.status, a.began, a.ended from alerts a
       where a.haul_id = any($1::text[]) and a.contradicted_at is null and ${within(scope, ofAlert('a'), params)}
       order by a.status = 'dismissed', array_position(array['critical', 'serious', 'minor'], a.severity), a.began, a.id`,
      params,
    );
    for (const { haul_id, began, ended, ...alert } of rows) {
      const all = byHaul.get(haul_id) ?? [];
      byHaul.set(haul_id, [...all, { ...alert, began: began.toISOString(), ended: ended?.toISOString() ?? null }]);
    }
    return byHaul;
  }
}

/** A filter and a scope as conditions of SQL, with their parameters. */
class Asking {
  readonly params: unknown[] = [];
  readonly conditions: string[];
  /** The time as of which outcomes are said. */
  readonly at: string;

  constructor(scope: Scope, { truck, company, site, yard, ended, by }: HaulFilter, { from, to }: Partial<Stretch>, at: EpochMs) {
    this.at = iso(at);
    this.conditions = [haulsWithin(scope, this.params), 'h.contradicted_at is null'];
    const time = by === 'unloaded' ? 'h.unloaded_at' : 'h.departed_at';
    const equal: Record<string, string | undefined> = { truck_id: truck, company_id: company, site_id: site, yard_id: yard };
    for (const [column, id] of Object.entries(equal)) if (id !== undefined) this.conditions.push(`h.${column} = ${this.say(id)}`);
    if (from !== undefined) this.conditions.push(`${time} >= ${this.say(iso(from))}`);
    if (to !== undefined && to !== null) this.conditions.push(`${time} < ${this.say(iso(to))}`);
    if (ended === 'delivered') this.conditions.push(`h.ended = 'delivered'`);
    else if (ended === 'taken') this.conditions.push(TAKEN);
    else if (ended !== undefined) this.conditions.push(`${outcomeAt(this.say(this.at))} = ${this.say(ended)}`);
  }

  say(value: unknown): string {
    return `$${this.params.push(value)}`;
  }
}

function openStretch({ from, to }: HaulFilter): Partial<Stretch> {
  return { from: from === undefined ? undefined : asked(from), to: to === undefined ? undefined : asked(to) };
}

interface Row extends Stored {
  volume_m3: number | null;
  estimated: boolean;
  outcome: HaulOutcome;
}

interface AlertRow extends Omit<HaulAlert, 'began' | 'ended'> {
  haul_id: string;
  began: Date;
  ended: Date | null;
}

interface FlowRow {
  site_id: string | null;
  yard_id: string | null;
  loads: number;
  estimated: number;
  volume_m3: number | null;
  taken_m3: number | null;
  weighed: number;
  load_kg: number;
  distance_km: number;
}

function flowOf(row: FlowRow): HaulTotals['flows'][number] {
  return {
    siteId: row.site_id,
    yardId: row.yard_id,
    loads: row.loads,
    estimated: row.estimated,
    volumeM3: tenths(row.volume_m3),
    weighed: row.weighed,
    loadKg: Math.round(row.load_kg),
    distanceKm: Math.round(row.distance_km * 100) / 100,
  };
}

function minutesOf({ outcome, departed_at, ended_at, unloaded_at }: Row): number | null {
  const ended = ended_at ?? unloaded_at;
  const until = ended ? ended.getTime() : outcome === 'under-way' || outcome === 'arrived' ? now() : null;
  return until === null ? null : Math.max(0, Math.round(((until - departed_at.getTime()) / MINUTE_MS) * 10) / 10);
}

import { Injectable } from '@nestjs/common';
import type { HaulTally, HaulYards } from '@muckwatch/contract';
import { DAY_MS, type EpochMs, HOUR_MS } from '@muckwatch/domain';
import { ofPermit, ofPlace } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { FLEET, hauledOn, NO_HAULS, TALLY, tallyOf, type TallyRow } from '../fleet/haul-volume.js';
import { TAKEN } from '../yards/yard.store.js';
import type { Stretch } from './stretch.js';

/** So many permits are counted by one statement: the embedded engine serves nobody else meanwhile. */
const PERMITS_AT_ONCE = 20;

type Waits = HaulYards['yards'][number]['waits']['today'];

/** Sites and yards, and the sums of hauls at them. Who sees one company sees its loads only: `companyIds`, null for all. */
@Injectable()
export class HaulPlacesStore {
  constructor(private readonly database: Database) {}

  /** In use and within the scope, by name. */
  async places(scope: Scope, kind: 'site' | 'yard'): Promise<{ id: string; name: string; capacityM3: number | null }[]> {
    const params: unknown[] = [kind];
    const { rows } = await this.database.query<{ id: string; name: string; capacity: number | null }>(
      `select p.id, p.name, (p.feature->'properties'->>'capacityM3')::float8 as capacity from places p
       where p.kind = $1 and not p.retired and ${within(scope, ofPlace('p'), params)} order by p.name, p.id`,
      params,
    );
    return rows.map(({ id, name, capacity }) => ({ id, name, capacityM3: capacity }));
  }

  /** Delivered loads by the site that they left in a stretch. */
  async fromSites(siteIds: string[], { from, to }: Stretch, companyIds: string[] | null): Promise<Map<string, HaulTally>> {
    const { rows } = await this.database.query<TallyRow & { site_id: string }>(
      `select h.site_id, ${TALLY} from hauls h left join trucks t on t.id = h.truck_id cross join (${FLEET}) fleet
       where h.site_id = any($1::text[]) and h.departed_at >= $2 and ($3::timestamptz is null or h.departed_at < $3)
         and h.ended = 'delivered' and h.contradicted_at is null and ($4::text[] is null or h.company_id = any($4)) group by h.site_id`,
      [siteIds, iso(from), to === null ? null : iso(to), companyIds],
    );
    const found = new Map(rows.map((row) => [row.site_id, tallyOf(row)]));
    return new Map(siteIds.map((id) => [id, found.get(id) ?? tallyOf(NO_HAULS)]));
  }

  /** In force at a time, by site, each with all that was delivered under it: the very count that its notices are made of. */
  async permits(scope: Scope, siteIds: string[], at: EpochMs): Promise<Map<string, SitePermit[]>> {
    const params: unknown[] = [siteIds, iso(at)];
    const { rows } = await this.database.query<PermitRow>(
      `select pm.id, pm.site_id, pm.company_id, c.name as company_name, pm.volume_m3, pm.valid_to from permits pm left join companies c on c.id = pm.company_id
       where pm.site_id = any($1::text[]) and not pm.retired and (pm.valid_from is null or pm.valid_from <= $2) and (pm.valid_to is null or pm.valid_to > $2)
         and ${within(scope, ofPermit('pm'), params)} order by pm.id`,
      params,
    );
    const hauled = await this.#hauled(rows.map(({ id }) => id));
    const bySite = new Map<string, SitePermit[]>(siteIds.map((id) => [id, []]));
    for (const row of rows) {
      bySite.get(row.site_id)!.push({
        id: row.id,
        company: { id: row.company_id, name: row.company_name ?? row.company_id },
        allowedM3: row.volume_m3 !== null && row.volume_m3 > 0 ? row.volume_m3 : null,
        validTo: row.valid_to?.toISOString() ?? null,
        ...(hauled.get(row.id) ?? tallyOf(NO_HAULS)),
      });
    }
    return bySite;
  }

  async #hauled(permitIds: string[]): Promise<Map<string, HaulTally>> {
    const found = new Map<string, HaulTally>();
    for (let first = 0; first < permitIds.length; first += PERMITS_AT_ONCE) {
      const hauled = await hauledOn(this.database, permitIds.slice(first, first + PERMITS_AT_ONCE));
      for (const [permitId, { hauls, estimatedHauls, hauledM3 }] of hauled) found.set(permitId, { hauls, estimated: estimatedHauls, volumeM3: hauledM3 });
    }
    return found;
  }

  /** From arrival until the bed went up, by yard, today and over the seven days that end now. */
  async waits(yardIds: string[], today: EpochMs, at: EpochMs, companyIds: string[] | null): Promise<Map<string, { today: Waits; last7d: Waits }>> {
    const since = at - 7 * DAY_MS;
    const stats = (name: string, when: string) =>
      `(count(*) filter (where ${when}))::int as ${name}_arrived, (count(wait_s) filter (where ${when}))::int as ${name}_measured,
       percentile_cont(array[0.5, 0.95]) within group (order by wait_s) filter (where ${when}) as ${name}_at`;
    const { rows } = await this.database.query<WaitRow>(
      `select yard_id, ${stats('today', 'arrived_at >= $2')}, ${stats('week', 'true')} from (
         select h.yard_id, h.arrived_at, case when h.bed_up_at >= h.arrived_at then extract(epoch from h.bed_up_at - h.arrived_at)::float8 end as wait_s
         from hauls h where h.yard_id = any($1::text[]) and h.arrived_at >= $3 and h.departed_at >= $3::timestamptz - interval '1 day'
           and h.contradicted_at is null and ($4::text[] is null or h.company_id = any($4))) arrivals
       group by yard_id`,
      [yardIds, iso(today), iso(since), companyIds],
    );
    const found = new Map(rows.map((row) => [row.yard_id, row]));
    return new Map(
      yardIds.map((id) => {
        const row = found.get(id);
        return [
          id,
          {
            today: waitsOf(row?.today_arrived, row?.today_measured, row?.today_at),
            last7d: waitsOf(row?.week_arrived, row?.week_measured, row?.week_at),
          },
        ];
      }),
    );
  }

  /** Loads tipped in each hour of today that has begun, by yard. */
  async hours(yardIds: string[], today: EpochMs, at: EpochMs, companyIds: string[] | null): Promise<Map<string, number[]>> {
    const { rows } = await this.database.query<{ yard_id: string; hour: number; loads: number }>(
      `select h.yard_id, floor(extract(epoch from h.unloaded_at - $2::timestamptz) / 3600)::int as hour, count(*)::int as loads
       from hauls h left join haul_refusals r on r.haul_id = h.id
       where h.yard_id = any($1::text[]) and h.unloaded_at >= $2 and h.unloaded_at <= $3 and ${TAKEN} and ($4::text[] is null or h.company_id = any($4))
       group by 1, 2`,
      [yardIds, iso(today), iso(at), companyIds],
    );
    const begun = Math.floor((at - today) / HOUR_MS) + 1;
    const hours = new Map(yardIds.map((id) => [id, new Array<number>(begun).fill(0)]));
    for (const { yard_id, hour, loads } of rows) hours.get(yard_id)![Math.min(hour, begun - 1)]! += loads;
    return hours;
  }
}

export interface SitePermit extends HaulTally {
  id: string;
  company: { id: string; name: string };
  allowedM3: number | null;
  validTo: string | null;
}

interface PermitRow {
  id: string;
  site_id: string;
  company_id: string;
  company_name: string | null;
  volume_m3: number | null;
  valid_to: Date | null;
}

interface WaitRow {
  yard_id: string;
  today_arrived: number;
  today_measured: number;
  today_at: (number | null)[] | null;
  week_arrived: number;
  week_measured: number;
  week_at: (number | null)[] | null;
}

function waitsOf(arrived = 0, measured = 0, at: (number | null)[] | null = null): Waits {
  const [medianS, p95S] = (at ?? []).map((seconds) => (seconds === null ? null : Math.round(seconds)));
  return { arrived, measured, medianS: medianS ?? null, p95S: p95S ?? null };
}

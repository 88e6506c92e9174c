import { Injectable } from '@nestjs/common';
import type { HaulResource, HaulTally, YardDesk, YardLoad } from '@muckwatch/contract';
import { DAY_MS, type EpochMs } from '@muckwatch/domain';
import { type Scope, type Viewer, within } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import { ESTIMATED, FLEET, tallyOf, type TallyRow, VOLUME_M3 } from '../fleet/haul-volume.js';
import { HAUL_COLUMNS, HAUL_JOINS, haulOf, type HaulRow, haulsWithin } from '../history/haul.store.js';
import { noSuch, Refusal } from '../refusal.js';

const MOST_LOADS = 500;
const MOST_COMING = 1_000;
/** A haul that has not been heard to end for so long is not expected any more. */
export const EXPECTED_FOR_MS = DAY_MS / 4;

/** Loads that the yard has: tipped there, and neither taken back by judging again nor refused. */
export const TAKEN = `h.contradicted_at is null and h.unloaded_at is not null and r.haul_id is null`;

/** Loads that came and were not refused. */
interface Taken {
  ever: HaulTally;
  today: HaulTally;
  stretch: HaulTally;
  refused: number;
}

type RefusedLoad = { at: string; by: string; reason: string };

/** What came to a yard. */
@Injectable()
export class YardStore {
  constructor(private readonly database: Database) {}

  /** @throws Refusal 404 for a yard that there is not, or not in the viewer's scope */
  async yard(scope: Scope, id: string): Promise<YardDesk['yard']> {
    const params: unknown[] = [id.replaceAll('\u0000', '\ufffd')];
    const { rows } = await this.database.query<{ id: string; name: string; capacity: number | null }>(
      `select p.id, p.name, (p.feature->'properties'->>'capacityM3')::float8 as capacity from places p
       where p.id = $1 and p.kind = 'yard' and not p.retired and ${within(scope, { place: 'p.id', district: 'p.district_id' }, params)}`,
      params,
    );
    if (!rows[0]) throw noSuch('yard', id);
    return { id: rows[0].id, name: rows[0].name, capacityM3: rows[0].capacity };
  }

  /** Under way from a site by a permit that names the yard, by yard, the longest on its way first. `companyIds` null: of every company. */
  async coming(yardIds: string[], companyIds: string[] | null = null): Promise<Map<string, HaulResource[]>> {
    const { rows } = await this.database.query<HaulRow & { yard_ids: string[] }>(
      `select ${HAUL_COLUMNS}, p.yard_ids ${HAUL_JOINS} join permits p on p.id = h.permit_id
       where h.ended_at is null and h.arrived_at is null and h.contradicted_at is null and h.departed_at > $2 and p.yard_ids && $1::text[]
         and ($3::text[] is null or h.company_id = any($3)) order by h.departed_at limit ${MOST_COMING}`,
      [yardIds, iso(now() - EXPECTED_FOR_MS), companyIds],
    );
    return new Map(yardIds.map((id) => [id, rows.filter((row) => row.yard_ids.includes(id)).map(haulOf)]));
  }

  /** What arrived since a time, newest first; refused loads too. */
  async loads(yardId: string, since: EpochMs): Promise<YardLoad[]> {
    const { rows } = await this.database.query<HaulRow & { volume_m3: number; estimated: boolean; refusal: RefusedLoad | null }>(
      `select ${HAUL_COLUMNS}, coalesce(${VOLUME_M3}, 0) as volume_m3, ${ESTIMATED} as estimated,
         case when r.haul_id is not null then jsonb_build_object('at', r.at, 'by', r.by, 'reason', r.reason) end as refusal
       ${HAUL_JOINS} cross join (${FLEET}) fleet left join haul_refusals r on r.haul_id = h.id
       where h.yard_id = $1 and h.contradicted_at is null and coalesce(h.arrived_at, h.unloaded_at) >= $2
       order by coalesce(h.arrived_at, h.unloaded_at) desc, h.id limit ${MOST_LOADS}`,
      [yardId, iso(since)],
    );
    return rows.map((row) => {
      const refusal = row.refusal && { ...row.refusal, at: new Date(row.refusal.at).toISOString() };
      return { ...haulOf(row), volumeM3: row.volume_m3, estimated: row.estimated, refusal };
    });
  }

  /** What the yard has taken: ever, since a time, and in a stretch (`to` null: until now); and how many loads were refused since that time. */
  async taken(yardId: string, since: EpochMs, stretch: { from: EpochMs; to: EpochMs | null } | null, companyIds: string[] | null = null): Promise<Taken> {
    const tally = (name: string, when: string) =>
      `(count(*) filter (where ${when}))::int as ${name}_hauls, (count(*) filter (where ${when} and ${ESTIMATED}))::int as ${name}_estimated,
       sum(${VOLUME_M3}) filter (where ${when}) as ${name}_m3`;
    const { rows } = await this.database.query<Record<string, number | null>>(
      `select ${tally('ever', TAKEN)}, ${tally('today', `${TAKEN} and h.unloaded_at >= $2`)},
         ${tally('stretch', `${TAKEN} and h.unloaded_at >= $3 and ($4::timestamptz is null or h.unloaded_at < $4)`)},
         (count(*) filter (where r.at >= $2))::int as refused
       from hauls h left join trucks t on t.id = h.truck_id cross join (${FLEET}) fleet left join haul_refusals r on r.haul_id = h.id
       where h.yard_id = $1 and ($5::text[] is null or h.company_id = any($5))`,
      [yardId, iso(since), iso(stretch?.from ?? since), stretch?.to ? iso(stretch.to) : null, companyIds],
    );
    const row = rows[0]!;
    const said = (name: string) => tallyOf({ hauls: row[`${name}_hauls`], estimated: row[`${name}_estimated`], volume_m3: row[`${name}_m3`] } as TallyRow);
    return { ever: said('ever'), today: said('today'), stretch: said('stretch'), refused: row.refused! };
  }

  /**
   * A load that the keeper did not take. Said again it is the same refusal with its new reason.
   *
   * @throws Refusal 404 for a haul that there is not, or not in the viewer's scope
   * @throws Refusal 409 for a haul that has come to no yard
   */
  async refuse(viewer: Viewer, haulId: string, reason: string): Promise<YardLoad> {
    const params: unknown[] = [haulId.replaceAll('\u0000', '\ufffd')];
    const { rows } = await this.database.query<HaulRow & { volume_m3: number; estimated: boolean }>(
      `select ${HAUL_COLUMNS}, coalesce(${VOLUME_M3}, 0) as volume_m3, ${ESTIMATED} as estimated ${HAUL_JOINS} cross join (${FLEET}) fleet where h.id = $1 and ${haulsWithin(viewer.scope, params)}`,
      params,
    );
    const row = rows[0];
    if (!row) throw noSuch('haul', haulId);
    if (row.yard_id === null)
      throw new Refusal(409, {
        en: `Haul ${haulId} has come to no yard; only a load that is there can be refused.`,
        zh: `趟次 ${haulId} 没有到达消纳场；只有到场的才能拒收。`,
      });
    const at = iso(now());
    await this.database.query(
      `insert into haul_refusals (haul_id, at, by, reason) values ($1, $2, $3, $4) on conflict (haul_id) do update set by = excluded.by, reason = excluded.reason`,
      [row.id, at, viewer.name, reason],
    );
    return { ...haulOf(row), volumeM3: row.volume_m3, estimated: row.estimated, refusal: { at, by: viewer.name, reason } };
  }
}

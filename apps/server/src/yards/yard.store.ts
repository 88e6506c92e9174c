import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import type { YardDesk, YardLoad } from '@muckwatch/contract';
import { DAY_MS, type EpochMs } from '@muckwatch/domain';
import { type Scope, type Viewer, within } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import { HAUL_COLUMNS, HAUL_JOINS, haulOf, type HaulRow, haulsWithin } from '../history/haul.store.js';

const MOST_LOADS = 500;
/** A haul that has not been heard to end for so long is not expected any more. */
const EXPECTED_FOR_MS = DAY_MS / 4;

/** A truck without a known box counts as the fleet's median, and is counted as estimated. */
const VOLUME = `coalesce(t.box_m3, (select percentile_cont(0.5) within group (order by box_m3) from trucks where box_m3 is not null and not retired), 0)`;
/** Loads that the yard has: tipped there, and neither taken back by judging again nor refused. */
const TAKEN = `h.contradicted_at is null and h.unloaded_at is not null and r.haul_id is null`;

type Refusal = { at: string; by: string; reason: string };

/** What came to a yard. */
@Injectable()
export class YardStore {
  constructor(private readonly database: Database) {}

  /** @throws NotFoundException for a yard that there is not, or not in the viewer's scope */
  async yard(scope: Scope, id: string): Promise<YardDesk['yard']> {
    const params: unknown[] = [id.replaceAll('\u0000', '\ufffd')];
    const { rows } = await this.database.query<{ id: string; name: string; capacity: number | null }>(
      `select p.id, p.name, (p.feature->'properties'->>'capacityM3')::float8 as capacity from places p
       where p.id = $1 and p.kind = 'yard' and not p.retired and ${within(scope, { place: 'p.id', district: 'p.district_id' }, params)}`,
      params,
    );
    if (!rows[0]) throw new NotFoundException(`There is no yard ${id}.`);
    return { id: rows[0].id, name: rows[0].name, capacityM3: rows[0].capacity };
  }

  /** Under way from a site by a permit that names this yard, the longest on its way first. */
  async coming(yardId: string): Promise<YardDesk['coming']> {
    const { rows } = await this.database.query<HaulRow>(
      `select ${HAUL_COLUMNS} ${HAUL_JOINS} join permits p on p.id = h.permit_id
       where h.ended_at is null and h.arrived_at is null and h.contradicted_at is null and h.departed_at > $2 and $1 = any(p.yard_ids)
       order by h.departed_at limit 200`,
      [yardId, iso(now() - EXPECTED_FOR_MS)],
    );
    return rows.map(haulOf);
  }

  /** What arrived since a time, newest first; refused loads too. */
  async loads(yardId: string, since: EpochMs): Promise<YardLoad[]> {
    const { rows } = await this.database.query<HaulRow & { volume_m3: number; estimated: boolean; refusal: Refusal | null }>(
      `select ${HAUL_COLUMNS}, ${VOLUME} as volume_m3, t.box_m3 is null as estimated,
         case when r.haul_id is not null then jsonb_build_object('at', r.at, 'by', r.by, 'reason', r.reason) end as refusal
       ${HAUL_JOINS} left join haul_refusals r on r.haul_id = h.id
       where h.yard_id = $1 and h.contradicted_at is null and coalesce(h.arrived_at, h.unloaded_at) >= $2
       order by coalesce(h.arrived_at, h.unloaded_at) desc, h.id limit ${MOST_LOADS}`,
      [yardId, iso(since)],
    );
    return rows.map((row) => {
      const refusal = row.refusal && { ...row.refusal, at: new Date(row.refusal.at).toISOString() };
      return { ...haulOf(row), volumeM3: row.volume_m3, estimated: row.estimated, refusal };
    });
  }

  /** All that was ever tipped there, and since a time. */
  async volumes(yardId: string, since: EpochMs): Promise<{ everM3: number; today: YardDesk['today'] }> {
    const { rows } = await this.database.query<{ ever: number; volume: number; loads: number; estimated: number; refused: number }>(
      `select coalesce(sum(${VOLUME}) filter (where ${TAKEN}), 0)::float8 as ever,
         coalesce(sum(${VOLUME}) filter (where ${TAKEN} and h.unloaded_at >= $2), 0)::float8 as volume,
         count(*) filter (where ${TAKEN} and h.unloaded_at >= $2)::int as loads,
         count(*) filter (where ${TAKEN} and h.unloaded_at >= $2 and t.box_m3 is null)::int as estimated,
         count(*) filter (where r.at >= $2)::int as refused
       from hauls h left join trucks t on t.id = h.truck_id left join haul_refusals r on r.haul_id = h.id where h.yard_id = $1`,
      [yardId, iso(since)],
    );
    const { ever, volume, loads, estimated, refused } = rows[0]!;
    return { everM3: ever, today: { loads, volumeM3: volume, estimatedLoads: estimated, refused } };
  }

  /**
   * A load that the keeper did not take. Said again it is the same refusal with its new reason.
   *
   * @throws NotFoundException for a haul that there is not, or not in the viewer's scope
   * @throws ConflictException for a haul that has come to no yard
   */
  async refuse(viewer: Viewer, haulId: string, reason: string): Promise<YardLoad> {
    const params: unknown[] = [haulId.replaceAll('\u0000', '\ufffd')];
    const { rows } = await this.database.query<HaulRow & { volume_m3: number; estimated: boolean }>(
      `select ${HAUL_COLUMNS}, ${VOLUME} as volume_m3, t.box_m3 is null as estimated ${HAUL_JOINS} where h.id = $1 and ${haulsWithin(viewer.scope, params)}`,
      params,
    );
    const row = rows[0];
    if (!row) throw new NotFoundException(`There is no haul ${haulId}.`);
    if (row.yard_id === null) throw new ConflictException(`Haul ${haulId} has come to no yard; only a load that is there can be refused.`);
    const at = iso(now());
    await this.database.query(
      `insert into haul_refusals (haul_id, at, by, reason) values ($1, $2, $3, $4) on conflict (haul_id) do update set by = excluded.by, reason = excluded.reason`,
      [row.id, at, viewer.name, reason],
    );
    return { ...haulOf(row), volumeM3: row.volume_m3, estimated: row.estimated, refusal: { at, by: viewer.name, reason } };
  }
}

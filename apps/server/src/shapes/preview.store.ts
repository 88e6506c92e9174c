import { Injectable } from '@nestjs/common';
import type { EpochMs, Point, TrackFix } from '@muckwatch/domain';
import { ofAlert, ofTruck } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { manyRows } from '../db/many-rows.js';

/** A box in degrees. */
export type Box = [west: number, south: number, east: number, north: number];

export interface TerminalOf {
  source: string;
  truckId: string;
  plate: string;
}

/** A terminal's reports as far as they were read. */
export interface Track {
  source: string;
  /** Those after it. */
  since: EpochMs;
  /** Where the last that was read lay. */
  last: Point | null;
}

export interface Near extends TrackFix {
  source: string;
  truckId: string;
  /** Reports of this track that were read with it. */
  read: number;
}

export interface Load {
  truckId: string;
  departedAt: EpochMs;
  unloadedAt: EpochMs | null;
  endedAt: EpochMs | null;
}

/** More alerts than this of one day inside of one box are no question of a shape. */
const MOST_ALERTS = 5_000;

/** What is stored round a shape. */
@Injectable()
export class PreviewStore {
  constructor(private readonly database: Database) {}

  /** Whoever reads keeps everybody else waiting. */
  get oneForAll(): boolean {
    return this.database.kind === 'embedded';
  }

  /** Terminals whose trucks the viewer may see, retired ones too: they reported in their time. */
  async terminals(scope: Scope): Promise<TerminalOf[]> {
    const params: unknown[] = [];
    const rows = await manyRows<{ source: string; truck_id: string; plate: string }>(
      this.database,
      ['source', 'truck_id', 'plate'],
      `select te.id as source, t.id as truck_id, t.plate from terminals te join trucks t on t.id = te.truck_id where ${within(scope, ofTruck('t'), params)}`,
      params,
    );
    return rows.map(({ source, truck_id, plate }) => ({ source, truckId: truck_id, plate }));
  }

  /**
   * The next `most` believed reports of each of these tracks before `until`, of them those in the box, those from or to which a straight line touches it, and the last
   * of each, from which on to ask again. By the key, which needs no decompressing of other terminals' reports; lines are held against the box here, since a report
   * that is sent costs the engine more than ten that are not. Of two reports of the same instant that a page ends between, the second is not seen.
   */
  async near(tracks: readonly Track[], [west, south, east, north]: Box, until: EpochMs, most: number): Promise<Near[]> {
    const touches = (other: string) =>
      `(least(lon, lon_${other}) <= $6 and greatest(lon, lon_${other}) >= $5 and least(lat, lat_${other}) <= $8 and greatest(lat, lat_${other}) >= $7)`;
    const rows = await manyRows<NearRow>(
      this.database,
      ['source', 'truck_id', 'at', 'lon', 'lat', 'heading_deg', 'read'],
      `select r.source, r.truck_id, r.at, r.lon, r.lat, r.heading_deg, r.read
       from unnest($1::text[], $2::timestamptz[], $3::float8[], $4::float8[]) s (id, since, lon, lat)
       cross join lateral (
         select * from (
           select source, truck_id, at, lon, lat, heading_deg, (count(*) over ())::int as read,
             lag(lon, 1, s.lon) over track as lon_before, lag(lat, 1, s.lat) over track as lat_before, lead(lon) over track as lon_after, lead(lat) over track as lat_after
           from (
             select source, truck_id, at, lon, lat, heading_deg from reports
             where source = s.id and at > s.since and at < $9 and doubt is null and (accuracy_m is null or accuracy_m <= 50) order by at limit $10) t
           window track as (order by at)) l
         where ${touches('before')} or ${touches('after')} or lon_after is null) r
       order by r.source, r.at`,
      [
        tracks.map(({ source }) => source),
        tracks.map(({ since }) => iso(since)),
        tracks.map(({ last }) => last?.[0] ?? null),
        tracks.map(({ last }) => last?.[1] ?? null),
        ...[west, east, south, north, iso(until), most],
      ],
    );
    return rows.map(({ source, truck_id, at, lon, lat, heading_deg, read }) => ({
      ...{ source, truckId: truck_id, at: at.getTime(), point: [lon, lat], headingDeg: heading_deg, read },
    }));
  }

  /** Hauls of trucks that were under way in a stretch; those that count, as everywhere. */
  async loads(scope: Scope, truckIds: string[], from: EpochMs, until: EpochMs): Promise<Load[]> {
    const params: unknown[] = [truckIds, iso(from), iso(until)];
    const mine = within(scope, { company: 'h.company_id', place: ['h.site_id', 'h.yard_id'], district: ['s.district_id', 'y.district_id'] }, params);
    const { rows } = await this.database.query<{ truck_id: string; departed_at: Date; unloaded_at: Date | null; ended_at: Date | null }>(
      `select h.truck_id, h.departed_at, h.unloaded_at, h.ended_at from hauls h left join places s on s.id = h.site_id left join places y on y.id = h.yard_id
       where h.truck_id = any($1::text[]) and h.departed_at >= $2::timestamptz - interval '1 day' and h.departed_at < $3 and h.contradicted_at is null and ${mine}`,
      params,
    );
    return rows.map((row) => ({
      truckId: row.truck_id,
      departedAt: row.departed_at.getTime(),
      unloadedAt: row.unloaded_at?.getTime() ?? null,
      endedAt: row.ended_at?.getTime() ?? null,
    }));
  }

  /** Alerts whose position lies in the box. */
  async alerts(scope: Scope, [west, south, east, north]: Box, from: EpochMs, until: EpochMs): Promise<AlertAt[]> {
    const params: unknown[] = [iso(from), iso(until), west, east, south, north];
    const { rows } = await this.database.query<{ id: string; rule: string; began: Date; lon: number; lat: number }>(
      `select a.id, a.rule, a.began, a.lon, a.lat from alerts a
       where a.began >= $1 and a.began < $2 and a.lon between $3 and $4 and a.lat between $5 and $6 and a.contradicted_at is null
         and ${within(scope, ofAlert('a'), params)} order by a.began desc limit ${MOST_ALERTS}`,
      params,
    );
    return rows.map(({ id, rule, began, lon, lat }) => ({ id, rule, at: began.getTime(), lon, lat }));
  }
}

interface NearRow {
  source: string;
  truck_id: string;
  at: Date;
  lon: number;
  lat: number;
  heading_deg: number | null;
  read: number;
}

export interface AlertAt {
  id: string;
  rule: string;
  at: EpochMs;
  lon: number;
  lat: number;
}

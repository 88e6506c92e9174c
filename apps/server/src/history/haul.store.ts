import { Injectable } from '@nestjs/common';
import type { HaulQuery, HaulResource } from '@muckwatch/contract';
import { type Scope, within } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { afterCursor, asked, cursorOf } from './cursor.js';

/** Hauls as rows, for people. */
@Injectable()
export class HaulStore {
  constructor(private readonly database: Database) {}

  /** Newest departure first. */
  async list(scope: Scope, query: HaulQuery): Promise<{ items: HaulResource[]; nextCursor: string | null }> {
    const params: unknown[] = [];
    const say = (value: unknown) => `$${params.push(value)}`;
    const conditions = [haulsWithin(scope, params), 'h.contradicted_at is null'];
    if (query.truck) conditions.push(`h.truck_id = ${say(query.truck)}`);
    if (query.company) conditions.push(`h.company_id = ${say(query.company)}`);
    if (query.site) conditions.push(`h.site_id = ${say(query.site)}`);
    if (query.yard) conditions.push(`h.yard_id = ${say(query.yard)}`);
    if (query.from) conditions.push(`h.departed_at >= ${say(iso(asked(query.from)))}`);
    if (query.to) conditions.push(`h.departed_at < ${say(iso(asked(query.to)))}`);
    if (query.cursor) {
      const after = afterCursor(query.cursor);
      conditions.push(`(h.departed_at, h.id) < (${say(after.at)}::timestamptz, ${say(after.id)})`);
    }
    const { rows } = await this.database.query<HaulRow>(
      `${SELECT} where ${conditions.join(' and ')} order by h.departed_at desc, h.id desc limit ${say(query.limit + 1)}`,
      params,
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(haulOf), nextCursor: rows.length > page.length && last ? cursorOf(last.departed_at, last.id) : null };
  }

  async one(scope: Scope, id: string): Promise<HaulResource | null> {
    const params: unknown[] = [id];
    const { rows } = await this.database.query<HaulRow>(`${SELECT} where h.id = $1 and ${haulsWithin(scope, params)}`, params);
    return rows[0] ? haulOf(rows[0]) : null;
  }
}

/** Columns of a haul as every query of it selects them. */
export const HAUL_COLUMNS = `h.*, t.plate, c.name as company_name, s.name as site_name, y.name as yard_name`;
export const HAUL_JOINS = `from hauls h left join trucks t on t.id = h.truck_id left join companies c on c.id = h.company_id
  left join places s on s.id = h.site_id left join places y on y.id = h.yard_id`;
const SELECT = `select ${HAUL_COLUMNS} ${HAUL_JOINS}`;

/** A company sees its trucks' hauls, a place and its district those that left it or came to it. */
export function haulsWithin(scope: Scope, params: unknown[]): string {
  return within(scope, { company: 'h.company_id', place: ['h.site_id', 'h.yard_id'], district: ['s.district_id', 'y.district_id'] }, params);
}

/** A row under way was last written when something changed, as a rule at its departure: what it has driven since is not known from it. */
export function drivenKm(row: { arrived_at: Date | null; ended_at: Date | null; distance_km: number }): number | null {
  return row.arrived_at === null && row.ended_at === null ? null : Math.round(row.distance_km * 100) / 100;
}

export interface HaulRow {
  id: string;
  truck_id: string;
  plate: string | null;
  company_id: string | null;
  company_name: string | null;
  site_id: string | null;
  site_name: string | null;
  yard_id: string | null;
  yard_name: string | null;
  departed_at: Date;
  arrived_at: Date | null;
  bed_up_at: Date | null;
  unloaded_at: Date | null;
  ended_at: Date | null;
  ended: HaulResource['ended'];
  distance_km: number;
  peak_load_kg: number | null;
  inferred: boolean;
  permit_id: string | null;
}

export function haulOf(row: HaulRow): HaulResource {
  const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? id });
  return {
    id: row.id,
    truck: { id: row.truck_id, plate: row.plate ?? row.truck_id },
    company: named(row.company_id, row.company_name),
    site: named(row.site_id, row.site_name),
    yard: named(row.yard_id, row.yard_name),
    departedAt: row.departed_at.toISOString(),
    arrivedAt: row.arrived_at?.toISOString() ?? null,
    bedUpAt: row.bed_up_at?.toISOString() ?? null,
    unloadedAt: row.unloaded_at?.toISOString() ?? null,
    distanceKm: drivenKm(row),
    peakLoadKg: row.peak_load_kg,
    ended: row.ended,
    endedAt: row.ended_at?.toISOString() ?? null,
    inferred: row.inferred,
    permitId: row.permit_id,
  };
}

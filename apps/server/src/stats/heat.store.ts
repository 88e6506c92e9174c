import { Injectable } from '@nestjs/common';
import { type Heat, HEAT_CELL_DEG, type HeatCell, type HeatQuery } from '@muckwatch/contract';
import { ofAlert } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { Database } from '../db/database.js';

/** A city of 60 × 60 km has some 46,000 cells; more than these no map can show apart. */
const MOST_CELLS = 5_000;

/** Where it happened: alerts counted in cells that lie still on the ground. */
@Injectable()
export class HeatStore {
  constructor(private readonly database: Database) {}

  /** What people dismissed and what fuller data took back is not counted; the fullest cells first. */
  async heat(scope: Scope, { rules, from, to }: HeatQuery): Promise<Heat> {
    const params: unknown[] = [from, to, rules, HEAT_CELL_DEG.lat, HEAT_CELL_DEG.lon];
    const mine = within(scope, ofAlert('a'), params);
    const { rows } = await this.database.query<HeatCell & { cells: number; all: number }>(
      `select avg(a.lat)::float8 as lat, avg(a.lon)::float8 as lon, count(*)::int as count, (count(*) filter (where a.status = 'confirmed'))::int as confirmed,
         (count(*) over ())::int as cells, (sum(count(*)) over ())::int as all
       from alerts a
       where a.began >= $1 and a.began < $2 and a.rule = any($3::text[]) and a.status <> 'dismissed' and a.contradicted_at is null and ${mine}
       group by floor(a.lat / $4::float8), floor(a.lon / $5::float8)
       order by count desc, lat, lon limit ${MOST_CELLS}`,
      params,
    );
    const items = rows.map(({ lat, lon, count, confirmed }) => ({ lat, lon, count, confirmed }));
    return { rules, from, to, count: rows[0]?.all ?? 0, left: (rows[0]?.cells ?? 0) - items.length, items };
  }
}

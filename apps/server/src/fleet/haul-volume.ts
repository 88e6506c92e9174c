import type { Queryable } from '../db/queryable.js';

/**
 * How much a haul carried: the box of its truck, and of a truck without one the fleet's median box; such hauls are counted as estimated. One way to count for
 * notices, desks and pages. Of an even count the lower of the two in the middle, as everywhere here; null where no truck's box is known.
 *
 * `cross join (${FLEET}) fleet`, with `trucks t` left joined by the haul's truck.
 */
export const FLEET = `select percentile_disc(0.5) within group (order by box_m3) as box_m3 from trucks where not retired and box_m3 is not null`;
export const VOLUME_M3 = `coalesce(t.box_m3, fleet.box_m3)`;
export const ESTIMATED = `(t.box_m3 is null)`;

/** Sums of hauls under these names. */
export const TALLY = `count(h.id)::int as hauls, (count(h.id) filter (where ${ESTIMATED}))::int as estimated, sum(${VOLUME_M3}) as volume_m3`;

export interface TallyRow {
  hauls: number;
  estimated: number;
  volume_m3: number | null;
}

export const NO_HAULS: TallyRow = { hauls: 0, estimated: 0, volume_m3: 0 };

export function tallyOf({ hauls, estimated, volume_m3 }: TallyRow): { hauls: number; estimated: number; volumeM3: number | null } {
  return { hauls, estimated, volumeM3: hauls === 0 ? 0 : tenths(volume_m3) };
}

export function tenths(m3: number | null): number | null {
  return m3 === null ? null : Math.round(m3 * 10) / 10;
}

/** How much was hauled on a permit: delivered hauls × the truck's box, a truck without one as the fleet's median. */
export interface Hauled {
  /** m³, to a tenth. Null: of no truck is the box known, so that there is no median either. */
  hauledM3: number | null;
  hauls: number;
  /** By trucks without a known box. */
  estimatedHauls: number;
}

/** What HAULED answers. */
export interface HauledRow {
  permit_id: string;
  hauled_m3: number | null;
  hauls: number;
  estimated: number;
}

/**
 * Of each permit of `$1::text[]`, whether anything was hauled on it or not. Hauls are counted a truck first, from the index alone (`hauls_counted`): a city's
 * permits have a million of them.
 */
export const HAULED = `
  select p.permit_id, coalesce(sum(h.n), 0)::int as hauls, coalesce(sum(h.n) filter (where t.box_m3 is null), 0)::int as estimated,
    case when count(h.n) = 0 then 0 else sum(h.n * coalesce(t.box_m3, fleet.box_m3)) end as hauled_m3
  from unnest($1::text[]) p (permit_id)
    cross join (${FLEET}) fleet
    left join (
      select permit_id, truck_id, count(*) as n from hauls
      where permit_id = any($1::text[]) and ended = 'delivered' and contradicted_at is null group by permit_id, truck_id) h on h.permit_id = p.permit_id
    left join trucks t on t.id = h.truck_id
  group by p.permit_id`;

export function hauledOf({ hauled_m3, hauls, estimated }: Omit<HauledRow, 'permit_id'>): Hauled {
  return { hauledM3: tenths(hauled_m3), hauls, estimatedHauls: estimated };
}

/** One statement for a whole page of permits. */
export async function hauledOn(db: Queryable, permitIds: string[]): Promise<Map<string, Hauled>> {
  const { rows } = await db.query<HauledRow>(HAULED, [permitIds]);
  return new Map(rows.map((row) => [row.permit_id, hauledOf(row)]));
}

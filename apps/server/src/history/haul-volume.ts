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

/** What has been delivered under each of the permits `$1::text[]`, ever; a permit without any has no row. */
export const HAULED_BY_PERMIT = `select h.permit_id, ${TALLY} from hauls h left join trucks t on t.id = h.truck_id cross join (${FLEET}) fleet
  where h.permit_id = any($1::text[]) and h.ended = 'delivered' and h.contradicted_at is null group by h.permit_id`;

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

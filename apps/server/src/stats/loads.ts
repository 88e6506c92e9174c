/** A haul `h` with its truck `t`, its refusal `r` and its places. */
export const HAULS = `hauls h left join trucks t on t.id = h.truck_id left join haul_refusals r on r.haul_id = h.id
  left join places s on s.id = h.site_id left join places y on y.id = h.yard_id`;
/** Loads that left in the period `$1`, `$2` and that judging again has not taken back. */
export const LEFT = 'h.departed_at >= $1::timestamptz and h.departed_at < $2::timestamptz and h.contradicted_at is null';
/** Tipped, and not refused by the yard. */
export const TAKEN = 'h.unloaded_at is not null and r.haul_id is null';

// Of an even count the lower of the two in the middle, as everywhere here.
const FLEET_BOX = '(select percentile_disc(0.5) within group (order by box_m3) from trucks where box_m3 is not null and not retired)';
/** m³ of what was taken; a truck without a known box counts as the fleet’s median. */
export const VOLUME = `coalesce(sum(coalesce(t.box_m3, ${FLEET_BOX})) filter (where ${TAKEN}), 0)::float8`;
/** Of these, by trucks without a known box. */
export const ESTIMATED = `(count(*) filter (where ${TAKEN} and t.box_m3 is null))::int`;

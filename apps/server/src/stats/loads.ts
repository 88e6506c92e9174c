import { ESTIMATED as IS_ESTIMATED, FLEET, VOLUME_M3 } from '../fleet/haul-volume.js';

/** A haul `h` with its truck `t`, its refusal `r` and its places. */
export const HAULS = `hauls h cross join (${FLEET}) fleet left join trucks t on t.id = h.truck_id left join haul_refusals r on r.haul_id = h.id
  left join places s on s.id = h.site_id left join places y on y.id = h.yard_id`;
/** Loads that left in the period `$1`, `$2` and that judging again has not taken back. */
export const LEFT = 'h.departed_at >= $1::timestamptz and h.departed_at < $2::timestamptz and h.contradicted_at is null';
/** Delivered to a yard, and not refused there. */
export const TAKEN = `h.ended = 'delivered' and r.haul_id is null`;
/** m³ of what was taken; null where of one load it cannot be said, not even by the fleet's median. */
export const VOLUME = `case when count(*) filter (where ${TAKEN} and ${VOLUME_M3} is null) = 0 then coalesce(sum(${VOLUME_M3}) filter (where ${TAKEN}), 0)::float8 end`;
/** Of these, by trucks without a known box. */
export const ESTIMATED = `(count(*) filter (where ${TAKEN} and ${IS_ESTIMATED}))::int`;

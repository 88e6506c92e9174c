import { EXPECTED_FOR_MS } from '../yards/yard.store.js';

/** What `OUTCOME` reads beside `hauls h`. */
export const OUTCOME_JOINS = `left join permits pm on pm.id = h.permit_id left join haul_refusals r on r.haul_id = h.id`;

/** What became of a load, as of the time `at` (an SQL parameter). Which yards are its own is what its permit says today. */
export const outcomeAt = (at: string) => `case
  when r.haul_id is not null then 'refused'
  when h.ended = 'delivered' then case when pm.id is null then 'yard' when h.yard_id = any(pm.yard_ids) then 'own-yard' else 'other-yard' end
  when h.ended is not null then h.ended
  when h.departed_at < ${at}::timestamptz - interval '${EXPECTED_FOR_MS} milliseconds' then 'lost'
  when h.arrived_at is not null then 'arrived'
  else 'under-way' end`;

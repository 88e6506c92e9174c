/** A notice `n` that tells somebody to put a truck right, and stands. */
export const IS_ORDER = `n.truck_id is not null and n.status <> 'withdrawn'`;

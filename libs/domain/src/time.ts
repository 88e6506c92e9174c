/** Milliseconds since 1970-01-01T00:00:00Z. All time in the domain is this: it survives JSON and compares with `<`. */
export type EpochMs = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A truck that moves less than this between two pictures looks as if it glides. */
const STEP_PX = 0.5;
/** Thirty pictures a second are smooth for trucks, and half the painting of sixty on a desk without a graphics card. */
const FASTEST_MS = 33;
const SLOWEST_MS = 200;
/** At most this share of the main thread goes into drawing trucks. */
const SHARE = 0.025;

/**
 * How long to wait until the next picture: as often as the eye needs at this zoom (far out a truck crosses one pixel a second, so 60 pictures a
 * second would be 59 for nothing), never more often than the last pictures' cost allows.
 */
export function waitMs(fastestPxPerS: number, costMs: number): number {
  const smooth = Math.min(SLOWEST_MS, (STEP_PX / Math.max(fastestPxPerS, 0.001)) * 1000);
  return Math.max(FASTEST_MS, smooth, costMs / SHARE);
}

/** Standing on one already, one wants the next. */
const HERE_MS = 1_500;

/** The next or the previous of some times, from where one is; null: there is none that way. Before an event by `lead`, it is seen to begin. */
export function jumpTo(times: readonly number[], now: number, direction: 1 | -1, leadMs = 0): number | null {
  const starts = [...new Set(times.map((time) => time - leadMs))].sort((a, b) => a - b);
  return (direction > 0 ? starts.find((time) => time > now + HERE_MS) : starts.findLast((time) => time < now - HERE_MS)) ?? null;
}

/** A week of eight trucks is a million reports: of more than this many expected ones the server is asked to thin them out. */
const MOST_EXPECTED = 150_000;
const USUAL_INTERVAL_S = 5;

/** Seconds of which a few reports are enough; 0: all of them. */
export function everySOf(trucks: number, spanMs: number): number {
  const expected = (trucks * spanMs) / 1_000 / USUAL_INTERVAL_S;
  if (expected <= MOST_EXPECTED) return 0;
  return expected <= 3 * MOST_EXPECTED ? 15 : 30;
}

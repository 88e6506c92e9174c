/** Main-thread milliseconds that the page itself spent on live data and drawing, by second: the number the benches hold against 50 ms a second. */
const WINDOW_S = 10;
const bySecond = new Float64Array(WINDOW_S);
let second = 0;
const startedAt = Math.floor(performance.now() / 1000);

export function worked(ms: number): void {
  moveTo(Math.floor(performance.now() / 1000));
  bySecond[second % WINDOW_S]! += ms;
}

/** Averaged over the last nine whole seconds (fewer just after the start). */
export function frameWorkMs(): number {
  const now = Math.floor(performance.now() / 1000);
  moveTo(now);
  let sum = 0;
  for (let i = 1; i < WINDOW_S; i++) sum += bySecond[(now - i + WINDOW_S) % WINDOW_S]!;
  return sum / Math.max(1, Math.min(WINDOW_S - 1, now - startedAt));
}

function moveTo(now: number): void {
  if (now - second >= WINDOW_S) bySecond.fill(0);
  else for (let s = second + 1; s <= now; s++) bySecond[s % WINDOW_S] = 0;
  second = now;
}

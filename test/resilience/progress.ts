import { setTimeout as sleep } from 'node:timers/promises';

/** How long nothing may move before a wait is given up. Long: what is slow is the machine. */
const STANDSTILL_MS = 60_000;

/** Waits until it holds, for as long as anything moves; fails when the measure of progress has stood still for a minute, and then says how things are. */
export async function untilIt(
  what: string,
  holds: () => boolean | Promise<boolean>,
  measure: () => unknown = () => 0,
  state: () => unknown = measure,
): Promise<void> {
  let last = measure();
  let movedAt = performance.now();
  while (!(await holds())) {
    const now = measure();
    if (now !== last) movedAt = performance.now();
    last = now;
    if (performance.now() - movedAt > STANDSTILL_MS)
      throw new Error(`Nothing has moved for ${STANDSTILL_MS / 1_000} s while waiting until ${what} (${JSON.stringify(state())}).`);
    await sleep(10);
  }
}

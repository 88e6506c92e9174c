import { performance } from 'node:perf_hooks';
import type { EpochMs } from '@muckwatch/domain';

const startedAt = Date.now();
const startedMono = performance.now();

/** The server's time: the monotonic clock anchored at start, so that a stepped clock does not turn a city into the future. */
export function now(): EpochMs {
  return startedAt + Math.floor(performance.now() - startedMono);
}

let lastVersion = 0;

/** A number that never repeats or falls: the time, or one more than the last. */
export function nextVersion(): number {
  lastVersion = Math.max(lastVersion + 1, now());
  return lastVersion;
}

export function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}

import { fstatSync } from 'node:fs';

/** Calls `stop` when whoever started this goes away or asks for the end: a signal, the IPC channel, a piped stdin. */
export function whenToldToStop(stop: (why: string) => void): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  process.on('disconnect', () => stop('the parent is gone'));
  if (!stdinIsPipe()) return;
  const started = Date.now();
  // A stdin that is at its end from the start (a job in the background, CI) says nothing about the parent.
  const ended = (): void => {
    if (Date.now() - started > 1000) stop('stdin is closed');
  };
  process.stdin.on('end', ended).on('error', () => undefined);
  process.stdin.resume();
}

function stdinIsPipe(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

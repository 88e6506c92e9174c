import { fstatSync } from 'node:fs';

/** How long a stdin that was never open takes to show it. */
const FIRST_LOOK_MS = 150;

/** Calls `stop` when whoever started this goes away or asks for the end: a signal, the IPC channel, a piped stdin. Takes a moment, in which nothing else may block. */
export async function whenToldToStop(stop: (why: string) => void): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  process.on('disconnect', () => stop('the parent is gone'));
  // It may have gone while this was still being loaded, when nobody listened.
  if (process.send && !process.connected) return stop('the parent is gone');
  if (!stdinIsPipe()) return;
  const parent = process.ppid;
  let looked = false;
  const ended = (): void => {
    if (looked) return stop('stdin is closed');
    // At its end from the start (a job in the background, CI), it says nothing about the parent: another parent does.
    setInterval(() => process.ppid !== parent && stop('the parent is gone'), 2000).unref();
  };
  process.stdin.on('end', ended).on('error', () => undefined);
  process.stdin.resume();
  await new Promise((resolve) => setTimeout(resolve, FIRST_LOOK_MS));
  looked = true;
}

function stdinIsPipe(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

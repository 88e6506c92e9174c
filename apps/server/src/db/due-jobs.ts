/** A job as TimescaleDB lists it; times in milliseconds. */
export interface Job {
  id: number;
  procedure: string;
  everyMs: number;
  retryMs: number;
  /** Not before, epoch ms; null: at once. */
  firstAt: number | null;
}

/** When a job last ran, and how many times in a row it has failed. */
export interface JobRun {
  id: number;
  startedAt: number;
  failures: number;
}

/** The job that has been due for longest, or null. A failed one waits its retry period, longer with each failure, never longer than its interval. */
export function dueJob(jobs: readonly Job[], runs: readonly JobRun[], now: number): Job | null {
  let due: Job | null = null;
  let dueSince = now;
  for (const job of jobs) {
    const at = dueAt(
      job,
      runs.find((run) => run.id === job.id),
    );
    if (at > now || (due && at >= dueSince)) continue;
    due = job;
    dueSince = at;
  }
  return due;
}

function dueAt(job: Job, run: JobRun | undefined): number {
  if (!run) return job.firstAt ?? 0;
  const waitMs = run.failures > 0 ? Math.min(job.retryMs * run.failures, job.everyMs) : job.everyMs;
  return run.startedAt + waitMs;
}

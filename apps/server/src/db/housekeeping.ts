import { dueJob, type Job, type JobRun } from './due-jobs.js';
import { dueVacuum, type TableWrites } from './due-vacuum.js';

/** Intervals of what a server would do by itself, in milliseconds. */
export interface HousekeepingSettings {
  /** How often the write-ahead log is looked at. */
  lookMs: number;
  /** At most this long between writing and a checkpoint. */
  checkpointMs: number;
  /** A checkpoint at once when this much log was written. */
  checkpointBytes: number;
  jobsMs: number;
  vacuumMs: number;
}

export const HOUSEKEEPING: HousekeepingSettings = {
  lookMs: 5_000,
  checkpointMs: 30_000,
  checkpointBytes: 64 * 1024 * 1024,
  jobsMs: 60_000,
  vacuumMs: 60_000,
};

/** The engine between two clients' turns: a statement, and its rows. */
export interface OwnTurn {
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
}

export interface HousekeepingReport {
  checkpoints: number;
  checkpointedAt: number | null;
  /** Log written since the last checkpoint. */
  walBytes: number;
  jobsRun: number;
  jobsFailed: number;
  lastJobError: string | null;
  vacuums: number;
}

/**
 * What a PostgreSQL server's background processes do and this engine has none for: checkpoints (without them the log grows without end),
 * TimescaleDB's jobs, vacuum and analyze. Each is a turn of its own in the queue of the front.
 */
export class Housekeeping {
  readonly report: HousekeepingReport = {
    checkpoints: 0,
    checkpointedAt: null,
    walBytes: 0,
    jobsRun: 0,
    jobsFailed: 0,
    lastJobError: null,
    vacuums: 0,
  };
  #timers: NodeJS.Timeout[] = [];
  #checkpointLsn = '0/0';
  #vacuumed = new Map<string, TableWrites>();

  constructor(
    private readonly settings: HousekeepingSettings,
    /** Waits for a turn of our own and runs the task in it. */
    private readonly inOwnTurn: <T>(task: (turn: OwnTurn) => Promise<T>) => Promise<T>,
    private readonly warn: (sentence: string) => void,
  ) {}

  start(): void {
    const { lookMs, jobsMs, vacuumMs } = this.settings;
    this.#every(lookMs, 'checkpoint', () => this.checkpointIfDue());
    this.#every(jobsMs, 'jobs', () => this.runDueJobs());
    this.#every(vacuumMs, 'vacuum', () => this.vacuumIfDue());
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  async checkpointIfDue(now = Date.now()): Promise<void> {
    await this.inOwnTurn(async (turn) => {
      const [wal] = await turn.query<{ bytes: string }>(`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1) as bytes`, [this.#checkpointLsn]);
      this.report.walBytes = Number(wal?.bytes ?? 0);
      const waited = now - (this.report.checkpointedAt ?? 0) >= this.settings.checkpointMs;
      if (this.report.walBytes === 0 || !(waited || this.report.walBytes >= this.settings.checkpointBytes)) return;

      await turn.query('checkpoint');
      const [after] = await turn.query<{ lsn: string }>('select pg_current_wal_insert_lsn()::text as lsn');
      this.#checkpointLsn = after?.lsn ?? this.#checkpointLsn;
      this.report.checkpointedAt = now;
      this.report.checkpoints += 1;
      this.report.walBytes = 0;
    });
  }

  /** Runs the jobs that are due, each in its own turn, so that clients are served in between. */
  async runDueJobs(now = Date.now()): Promise<void> {
    for (let job = await this.#nextJob(now); job; job = await this.#nextJob(now)) await this.#run(job, now);
  }

  /** Vacuums or analyzes the table that needs it most: one a turn. */
  async vacuumIfDue(): Promise<void> {
    await this.inOwnTurn(async (turn) => {
      const tables = await turn.query<TableWrites>(TABLE_WRITES);
      const due = dueVacuum(tables, this.#vacuumed);
      if (!due) return;
      await turn.query(`${due.what === 'vacuum' ? 'vacuum (analyze)' : 'analyze'} ${due.table.name}`);
      this.#vacuumed.set(due.table.name, due.what === 'vacuum' ? due.table : { ...due.table, dead: this.#vacuumed.get(due.table.name)?.dead ?? 0 });
      this.report.vacuums += 1;
    });
  }

  #every(ms: number, what: string, task: () => Promise<void>): void {
    let running = false;
    const turn = async () => {
      if (running) return;
      running = true;
      await task()
        .catch((error: unknown) => this.warn(`Housekeeping (${what}) failed: ${(error as Error).message}`))
        .finally(() => (running = false));
    };
    this.#timers.push(setInterval(() => void turn(), ms));
  }

  #nextJob(now: number): Promise<Job | null> {
    return this.inOwnTurn(async (turn) => dueJob(await turn.query<Job>(JOBS), await turn.query<JobRun>(JOB_RUNS), now));
  }

  async #run(job: Job, now: number): Promise<void> {
    const error = await this.inOwnTurn((turn) => turn.query(`call run_job(${job.id})`)).then(
      () => null,
      (reason: unknown) => (reason as Error).message,
    );
    this.report.jobsRun += 1;
    if (error !== null) {
      this.report.jobsFailed += 1;
      this.report.lastJobError = `Job ${job.id} (${job.procedure}): ${error}`;
      this.warn(this.report.lastJobError);
    }
    await this.inOwnTurn((turn) => turn.query(NOTE_JOB_RUN, [job.id, new Date(now).toISOString(), error]));
  }
}

/** Ids below 1000 are TimescaleDB's own (telemetry, its job history): not ours to run. */
const JOBS = `
  select job_id as id, proc_name::text as procedure,
         (extract(epoch from schedule_interval) * 1000)::float8 as "everyMs",
         (extract(epoch from retry_period) * 1000)::float8 as "retryMs",
         (extract(epoch from initial_start) * 1000)::float8 as "firstAt"
    from timescaledb_information.jobs
   where scheduled and job_id >= 1000
   order by job_id`;

const JOB_RUNS = `
  select job_id as id, (extract(epoch from started_at) * 1000)::float8 as "startedAt", failures
    from embedded.job_run`;

const NOTE_JOB_RUN = `
  insert into embedded.job_run (job_id, started_at, failures, error)
  values ($1, $2, case when $3::text is null then 0 else 1 end, $3)
  on conflict (job_id) do update
     set started_at = excluded.started_at, error = excluded.error,
         failures = case when excluded.error is null then 0 else embedded.job_run.failures + 1 end`;

/**
 * Rows written in each table since the engine was opened. pg_stat_user_tables would know the dead ones, but this engine never flushes its
 * counts there: they stay visible as those of «the current transaction».
 */
const TABLE_WRITES = `
  select format('%I.%I', stat.schemaname, stat.relname) as name, greatest(class.reltuples, 0)::float8 as rows,
         (stat.n_tup_upd + stat.n_tup_del)::float8 as dead,
         (stat.n_tup_ins + stat.n_tup_upd + stat.n_tup_del)::float8 as changed
    from pg_stat_xact_user_tables stat
    join pg_class class on class.oid = stat.relid
   where class.relkind in ('r', 'm') and class.relpersistence = 'p'`;

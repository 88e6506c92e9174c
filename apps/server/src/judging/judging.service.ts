import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '@muckwatch/domain';
import { Chore } from '../chore.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import { type DueRow, TruckJudge } from './truck-judge.js';

const EVERY_MS = 3 * SECOND_MS;
/** A truck's late reports have settled when none came for so long, */
const QUIET_MS = 30 * SECOND_MS;
/** or when the first of them is so old. */
const LONGEST_WAIT_MS = 2 * MINUTE_MS;

/** Judges trucks again whose late reports have settled, one after the other. */
@Injectable()
export class JudgingService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('Judging');
  readonly #chore = new Chore('Judging', EVERY_MS, async () => void (await this.judgeSettled(now())));

  constructor(
    private readonly database: Database,
    private readonly judge: TruckJudge,
  ) {}

  onApplicationBootstrap(): void {
    this.#chore.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#chore.stop();
  }

  /** Since start. */
  readonly counts = { trucks: 0, reports: 0 };

  /** Trucks that wait to be judged again. */
  async due(): Promise<number> {
    const { rows } = await this.database.query<{ due: number }>('select count(*)::int as due from judge_due');
    return rows[0]!.due;
  }

  /** Every truck whose late reports have settled by a time. Answers how many were judged. */
  async judgeSettled(at: EpochMs): Promise<number> {
    const { rows } = await this.database.query<{ subject: string; earliest_at: Date; version: string }>(
      `select subject, earliest_at, xmin::text as version from judge_due where last_heard < $1 or first_heard < $2 order by first_heard`,
      [iso(at - QUIET_MS), iso(at - LONGEST_WAIT_MS)],
    );
    let judged = 0;
    for (const row of rows) {
      if (this.#chore.stopping) break;
      const due: DueRow = { subject: row.subject, earliestAt: row.earliest_at.getTime(), version: row.version };
      try {
        this.counts.reports += await this.judge.again(due);
        this.counts.trucks++;
        judged++;
      } catch (error) {
        if (this.#chore.stopping) break;
        this.#logger.error(`${row.subject} could not be judged again; it stays due: ${(error as Error).stack ?? String(error)}`);
      }
    }
    return judged;
  }
}

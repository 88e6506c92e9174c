import { Injectable } from '@nestjs/common';
import type { ReportRow, WeeklyNumbers } from '@muckwatch/contract';
import { Database } from '../db/database.js';

const MOST = 520;

/** Weekly reports that were made: one row a week. */
@Injectable()
export class ReportStore {
  constructor(private readonly database: Database) {}

  /** The newest first; ten years of them. */
  async list(): Promise<ReportRow[]> {
    const { rows } = await this.database.query<{ week: string; from_at: Date; to_at: Date; made_at: Date }>(
      `select week, from_at, to_at, made_at from weekly_reports order by week desc limit ${MOST}`,
    );
    return rows.map(({ week, from_at, to_at, made_at }) => ({
      week,
      from: from_at.toISOString(),
      to: to_at.toISOString(),
      madeAt: made_at.toISOString(),
    }));
  }

  async one(week: string): Promise<WeeklyNumbers | null> {
    const { rows } = await this.database.query<{ numbers: WeeklyNumbers }>('select numbers from weekly_reports where week = $1', [week]);
    return rows[0]?.numbers ?? null;
  }

  async has(week: string): Promise<boolean> {
    const { rowCount } = await this.database.query('select from weekly_reports where week = $1', [week]);
    return rowCount === 1;
  }

  /** What was made first stays: numbers that were handed on do not change. */
  async keep({ week, madeAt, figures, ...numbers }: WeeklyNumbers): Promise<void> {
    await this.database.query('insert into weekly_reports (week, from_at, to_at, made_at, numbers) values ($1, $2, $3, $4, $5) on conflict (week) do nothing', [
      week,
      figures.period.from,
      figures.period.to,
      madeAt,
      JSON.stringify({ week, madeAt, figures, ...numbers }),
    ]);
  }
}

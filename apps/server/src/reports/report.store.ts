import { Injectable } from '@nestjs/common';
import type { ReportRow, WeeklyNumbers } from '@muckwatch/contract';
import { createHash } from 'node:crypto';
import type { Scope } from '../auth/viewer.js';
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

  /** The numbers of those who see just this part of the city, where a report of them was sent. */
  async part(week: string, scope: Scope): Promise<WeeklyNumbers | null> {
    const { rows } = await this.database.query<{ numbers: WeeklyNumbers }>('select numbers from weekly_report_parts where week = $1 and scope_sha256 = $2', [
      week,
      partOf(scope),
    ]);
    return rows[0]?.numbers ?? null;
  }

  async keepPart(scope: Scope, numbers: WeeklyNumbers): Promise<void> {
    await this.database.query('insert into weekly_report_parts (week, scope_sha256, numbers) values ($1, $2, $3) on conflict do nothing', [
      numbers.week,
      partOf(scope),
      JSON.stringify(numbers),
    ]);
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

/** Names a part of the city, in whatever order its districts, companies and places are said. */
function partOf({ districtIds, companyIds, placeIds }: Scope): string {
  const said = [districtIds, companyIds, placeIds].map((ids) => ids && [...new Set(ids)].sort());
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

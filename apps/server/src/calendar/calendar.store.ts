import { Injectable } from '@nestjs/common';
import type { WorkingHoursBody, WorkingYear } from '@muckwatch/contract';
import { Database } from '../db/database.js';

type YearRow = Required<WorkingYear>;

/** The calendar is the whole city's and no secret of anybody: no scope narrows it. */
@Injectable()
export class CalendarStore {
  constructor(private readonly db: Database) {}

  /** Null where nobody has set any. */
  async hours(): Promise<WorkingHoursBody | null> {
    const { rows } = await this.db.query<WorkingHoursBody>('select hours, weekdays from working_hours');
    return rows[0] ?? null;
  }

  async years(): Promise<WorkingYear[]> {
    const { rows } = await this.db.query<YearRow>('select year, holidays, workdays, names, source from working_years order by year');
    return rows.map(({ names, ...year }) => (Object.keys(names).length > 0 ? { ...year, names } : year));
  }

  async setHours({ hours, weekdays }: WorkingHoursBody): Promise<void> {
    await this.db.query(
      `insert into working_hours (hours, weekdays) values ($1::jsonb, $2::int[])
       on conflict (single) do update set hours = excluded.hours, weekdays = excluded.weekdays`,
      [JSON.stringify(hours), weekdays],
    );
  }

  /** All of them or none. */
  async publish(years: WorkingYear[]): Promise<void> {
    await this.db.query(
      `insert into working_years (year, holidays, workdays, names, source)
       select year, holidays, workdays, names, source
       from jsonb_to_recordset($1::jsonb) as y (year int, holidays text[], workdays text[], names jsonb, source text)
       on conflict (year) do update
         set holidays = excluded.holidays, workdays = excluded.workdays, names = excluded.names, source = excluded.source`,
      [JSON.stringify(years.map((year) => ({ ...year, names: year.names ?? {} })))],
    );
  }

  async withdraw(year: number): Promise<boolean> {
    const { rowCount } = await this.db.query('delete from working_years where year = $1', [year]);
    return rowCount === 1;
  }
}

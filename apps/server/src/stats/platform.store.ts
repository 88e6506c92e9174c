import { Injectable } from '@nestjs/common';
import type { Ratio } from '@muckwatch/contract';
import type { EpochMs } from '@muckwatch/domain';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { ratioOf } from './quality.js';

/** When the platform was there. */
@Injectable()
export class PlatformStore {
  constructor(private readonly database: Database) {}

  async write(began: EpochMs, until: EpochMs): Promise<void> {
    await this.database.query('insert into platform_stretches (began, until) values ($1, $2) on conflict (began) do update set until = excluded.until', [
      iso(began),
      iso(until),
    ]);
  }

  /** Minutes there of all minutes, from when it was there for the first time. */
  async availability(from: EpochMs, to: EpochMs): Promise<Ratio> {
    const { rows } = await this.database.query<{ there: number; whole: number }>(
      `select coalesce(sum(extract(epoch from least(until, $2::timestamptz) - greatest(began, $1::timestamptz))) filter (where until > $1 and began < $2), 0)::float8 / 60 as there,
         case when count(*) = 0 then 0 else greatest(0, extract(epoch from least($2::timestamptz, now()) - greatest($1::timestamptz, min(began))))::float8 / 60 end as whole
       from platform_stretches`,
      [iso(from), iso(to)],
    );
    const { there, whole } = rows[0]!;
    // The last half minute has not been said yet.
    return ratioOf(Math.round(Math.min(there, whole)), Math.round(whole));
  }
}

import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DAY_MS, type EpochMs, HOUR_MS } from '@muckwatch/domain';
import { Chore } from '../chore.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';

const SNAPSHOT_DAYS = 3;
const PICTURE_DAYS = 30;
const SIGHTING_DAYS = 400;
/** Rows a statement: the embedded engine serves nobody else meanwhile. */
const A_ROUND = 2_000;

/** Throws away what ordinary tables have kept long enough. Reports and quarantine are hypertables: TimescaleDB drops their chunks by its own policies. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #chore = new Chore('Retention', HOUR_MS, () => this.sweep(now()));

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.#chore.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#chore.stop();
  }

  /** One pass as of a time. */
  async sweep(at: EpochMs): Promise<void> {
    for (const [sql, days] of SWEEPS)
      while (!this.#chore.stopping && ((await this.database.query(sql, [iso(at - days * DAY_MS), A_ROUND])).rowCount ?? 0) === A_ROUND);
  }
}

const SWEEPS: [sql: string, days: number][] = [
  // The newest snapshot of a truck stays however old it is: a truck parked for a month starts from it.
  [
    `delete from snapshots where ctid in (select s.ctid from snapshots s where s.hour < $1 and exists
       (select 1 from snapshots newer where newer.subject = s.subject and newer.hour > s.hour) limit $2)`,
    SNAPSHOT_DAYS,
  ],
  [
    `update sightings set picture = null, picture_type = null where ctid in (select ctid from sightings where at < $1 and picture is not null limit $2)`,
    PICTURE_DAYS,
  ],
  [`delete from sightings where ctid in (select ctid from sightings where at < $1 limit $2)`, SIGHTING_DAYS],
];

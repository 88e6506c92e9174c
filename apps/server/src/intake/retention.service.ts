import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DAY_MS, type EpochMs, HOUR_MS } from '@muckwatch/domain';
import { Audit } from '../audit/audit.service.js';
import { Chore } from '../chore.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import { PictureFiles } from '../media/picture-files.js';
import { strangerOf } from './log.store.js';

const SNAPSHOT_DAYS = 3;
const PICTURE_DAYS = 30;
const SIGHTING_DAYS = 400;
/** Three years, as long as what a violation was followed by has to be kept, and evidence is. */
const HANDLING_DAYS = 1_096;
/** Rows a statement: the embedded engine serves nobody else meanwhile. */
const A_ROUND = 2_000;
/** Each of these looks for alerts beside it. */
const PICTURES_A_ROUND = 200;
/** Each takes its steps, photos and deliveries with it. */
const HANDLED_A_ROUND = 100;

/** Throws away what ordinary tables, and the folder of pictures, have kept long enough. Reports and quarantine are hypertables: TimescaleDB drops their chunks by its own policies. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #chore = new Chore('Retention', HOUR_MS, () => this.sweep(now()));

  constructor(
    private readonly database: Database,
    private readonly pictures: PictureFiles,
    private readonly audit: Audit,
  ) {}

  onApplicationBootstrap(): void {
    this.#chore.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#chore.stop();
  }

  /** One pass as of a time. */
  async sweep(at: EpochMs): Promise<void> {
    for (const [sql, days, aRound] of SWEEPS)
      while (!this.#chore.stopping && ((await this.database.query(sql, [iso(at - days * DAY_MS), aRound])).rowCount ?? 0) === aRound);
    await this.#forget(at);
    await this.pictures.clear(at, (sha256s) => this.#named(sha256s));
  }

  /** What people were told, answered and asked of trucks; that it was removed stays in the audit. */
  async #forget(at: EpochMs): Promise<void> {
    const before = iso(at - HANDLING_DAYS * DAY_MS);
    const removed: Record<string, number> = {};
    for (const [what, sql] of Object.entries(HANDLED)) {
      let rows = HANDLED_A_ROUND;
      while (rows === HANDLED_A_ROUND && !this.#chore.stopping) {
        rows = (await this.database.query(sql, [before, HANDLED_A_ROUND])).rowCount ?? 0;
        if (rows > 0) removed[what] = (removed[what] ?? 0) + rows;
      }
    }
    if (Object.keys(removed).length > 0) await this.audit.system('retention', null, { before, ...removed });
  }

  async #named(sha256s: string[]): Promise<Set<string>> {
    const { rows } = await this.database.query<{ sha256: string }>(
      `select picture_sha256 as sha256 from sightings where picture_sha256 = any($1::text[])
       union select photo_sha256 from commands where photo_sha256 = any($1::text[])`,
      [sha256s],
    );
    return new Set(rows.map(({ sha256 }) => sha256));
  }
}

/**
 * Whether an alert rests on a picture: one that is sealed or confirmed, at the camera's place, within 2 min of it, about the same truck or plate, or about
 * nobody that could be named. Alerts are looked for a day back, which is longer than an episode that a gate sees.
 */
const RESTED_ON = `exists (
  select 1 from alerts a join cameras c on c.id = s.camera_id
  where (a.sealed_at is not null or a.status = 'confirmed') and a.place_id = c.place_id
    and a.began between s.at - interval '1 day' and s.at + interval '2 minutes' and coalesce(a.ended, a.began) >= s.at - interval '2 minutes'
    and (a.truck_id = s.truck_id or a.plate = s.plate or (a.truck_id is null and a.plate is null)))`;

const SWEEPS: [sql: string, days: number, aRound: number][] = [
  // The newest snapshot of a truck stays however old it is: a truck parked for a month starts from it.
  [
    `delete from snapshots where ctid in (select s.ctid from snapshots s where s.hour < $1 and exists
       (select 1 from snapshots newer where newer.subject = s.subject and newer.hour > s.hour) limit $2)`,
    SNAPSHOT_DAYS,
    A_ROUND,
  ],
  // A stranger's plate is none of ours: what was known of it is forgotten, or every misread plate would be remembered for ever.
  [`delete from snapshots where ctid in (select ctid from snapshots where hour < $1 and subject like '${strangerOf('%')}' limit $2)`, SNAPSHOT_DAYS, A_ROUND],
  [`delete from sightings where ctid in (select ctid from sightings where at < $1 limit $2)`, SIGHTING_DAYS, A_ROUND],
  // Decided once: what is kept is marked, or each hour would look again at all that was ever kept.
  [
    `with due as (select s.camera_id, s.id, ${RESTED_ON} as kept from sightings s
       where s.at < $1 and s.picture_sha256 is not null and not s.picture_kept order by s.at limit $2)
     update sightings s set picture_kept = due.kept, picture_sha256 = case when due.kept then s.picture_sha256 end,
       picture_type = case when due.kept then s.picture_type end, picture_bytes = case when due.kept then s.picture_bytes end
     from due where s.camera_id = due.camera_id and s.id = due.id`,
    PICTURE_DAYS,
    PICTURES_A_ROUND,
  ],
];

/** What goes a while after the last word about it: $1, at most $2 rows. Photos, as files, go once no row names them. */
const HANDLED = {
  // That a permit's volume runs out is told once: as long as the permit is in use, what was told is known.
  notices: `delete from notices where id in (select n.id from notices n
    where n.opened_at < $1 and not exists (select from notice_steps s where s.notice_id = n.id and s.at >= $1)
      and not exists (select from permits p where p.id = n.permit->>'id' and not p.retired) order by n.opened_at limit $2)`,
  digests: `delete from notice_deliveries where id in (select id from notice_deliveries where notice_id is null and queued_at < $1 limit $2)`,
  // A control that may be in force is not forgotten.
  commands: `delete from commands where id in (select id from commands
    where asked_at < $1 and (over_at is not null or kind not in ('limit-lift', 'limit-speed')) order by asked_at limit $2)`,
};

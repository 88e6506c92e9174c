import { Injectable } from '@nestjs/common';
import { type EpochMs, MINUTE_MS } from '@muckwatch/domain';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { COMMAND_COLUMNS, COMMAND_TABLES, type CommandRow } from './command-row.js';

/** A terminal that took a command just before it expired may still answer so much later. */
const ANSWER_MS = MINUTE_MS;
/** A release that came to nothing is followed by another after this. */
const RELEASE_AGAIN_MS = 5 * MINUTE_MS;

/**
 * What happens to commands on their way down. Every statement is repeatable: it moves a row only from the status that it names.
 *
 *     queued ──claim──► (tried_at) ──publish──► sent
 *
 * `tried_at` is written before the broker is given anything. A process that dies in between finds `queued` with `tried_at`: it may have been sent, so it is sent
 * again with the same id, and a control is released in any case.
 */
@Injectable()
export class WayStore {
  constructor(private readonly database: Database) {}

  /** What waits to be sent, oldest first, and what was sent and not answered: that goes again when the connection it was sent on is gone. Not a control that is being released. */
  async waiting(at: EpochMs): Promise<CommandRow[]> {
    const { rows } = await this.database.query<CommandRow>(
      `select ${COMMAND_COLUMNS} from ${COMMAND_TABLES}
       where c.status in ('queued', 'sent') and c.expires_at > $1 and (c.releases_at is null or c.releases_at > $1) and c.released_by is null
       order by c.asked_at, c.id`,
      [iso(at)],
    );
    return rows;
  }

  /** The last look before it is sent: false where it has expired or gone on meanwhile. */
  async claim(id: string, status: 'queued' | 'sent', at: EpochMs): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `update commands set tried_at = coalesce(tried_at, $2) where id = $1 and status = $3 and expires_at > $2
         and (releases_at is null or releases_at > $2) and released_by is null`,
      [id, iso(at), status],
    );
    return rowCount === 1;
  }

  /** The broker has it. An answer may have been quicker: then it is further already. */
  async sent(id: string, again: boolean, at: EpochMs): Promise<void> {
    await this.database.query(
      `with moved as (
         update commands set status = 'sent', sent_at = $2, version = greatest(version + 1, $3) where id = $1 and status in ('queued', 'sent') returning id
       )
       insert into command_steps (command_id, n, at, status, detail)
       select id, (select max(s.n) + 1 from command_steps s where s.command_id = id), $2, 'sent', $4 from moved`,
      [id, iso(at), at, again ? 'again: not answered' : null],
    );
  }

  /** The truck has another terminal now. What the old one never had goes to the new one. */
  async readdress(id: string, terminalId: string): Promise<void> {
    await this.database.query(`update commands set terminal_id = $2, version = version + 1 where id = $1 and status = 'queued' and tried_at is null`, [
      id,
      terminalId,
    ]);
  }

  /** Ends what has expired; answers whose rows changed. A control that may have been sent stays in force until it is released. */
  async expire(at: EpochMs): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `with moved as (
         update commands c set status = 'expired', version = greatest(c.version + 1, $3),
           over_at = case when c.releases_at is not null and c.tried_at is null then $1::timestamptz else c.over_at end
         where (c.status in ('asked', 'queued') and (c.expires_at <= $1 or c.releases_at <= $1)) or (c.status in ('sent', 'received') and c.expires_at <= $2)
         returning c.id
       )
       insert into command_steps (command_id, n, at, status)
       select id, (select max(s.n) + 1 from command_steps s where s.command_id = id), $1, 'expired' from moved returning command_id as id`,
      [iso(at), iso(at - ANSWER_MS), at],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Controls that the terminal may have, whose time is over, and of which no release is on its way. That holds whether the terminal ever answered or not; only one that
   * it said it could not do is over already. Where a release expired or failed, another follows; where the terminal knows no release, none would help.
   */
  async toRelease(at: EpochMs): Promise<CommandRow[]> {
    const { rows } = await this.database.query<CommandRow>(
      `select ${COMMAND_COLUMNS} from ${COMMAND_TABLES}
       where c.kind in ('limit-lift', 'limit-speed') and c.over_at is null and c.tried_at is not null and c.releases_at <= $1
         and not exists (select from commands r where r.truck_id = c.truck_id and r.kind = 'release' and r.asked_at >= c.tried_at
           and (r.status in ('queued', 'sent', 'received', 'done', 'unsupported') or r.asked_at > $2))`,
      [iso(at), iso(at - RELEASE_AGAIN_MS)],
    );
    return rows;
  }
}

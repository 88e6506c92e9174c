import { Injectable } from '@nestjs/common';
import { DAY_MS, type EpochMs, HOUR_MS, NEW_TRUCK, STATE_SHAPE, type TruckState } from '@muckwatch/domain';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';

/** A past state to judge again from. */
export interface Checkpoint {
  at: EpochMs;
  state: TruckState;
}

/** What is known of a truck is a day old at most: its load, its bed's rest, its haul. */
const RUN_IN_MS = DAY_MS;

/** The past states of trucks, one an hour for three days. */
@Injectable()
export class CheckpointStore {
  constructor(private readonly database: Database) {}

  /** The newest between two times that may be judged again from. */
  async between(subject: string, earliest: EpochMs, latest: EpochMs): Promise<Checkpoint | null> {
    const { rows } = await this.database.query<{ at: Date; state: TruckState & { shape: number; cut: boolean } }>(
      `select at, state from snapshots where subject = $1 and at <= $2 and at >= $3 and (state->>'shape')::int = $4 and (state->>'cut')::boolean
       order by hour desc limit 1`,
      [subject, iso(latest), iso(earliest), STATE_SHAPE],
    );
    if (!rows[0]) return null;
    const { shape: _shape, cut: _cut, ...state } = rows[0].state;
    return { at: rows[0].at.getTime(), state };
  }

  /** Where to begin in order to judge from a time on; past the checkpoints a day earlier, from nothing. */
  async before(subject: string, from: EpochMs): Promise<Checkpoint> {
    return (await this.between(subject, from - 3 * HOUR_MS, from)) ?? { at: from - RUN_IN_MS, state: NEW_TRUCK };
  }
}

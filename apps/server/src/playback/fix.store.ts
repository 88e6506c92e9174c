import { Injectable } from '@nestjs/common';
import { PLAYBACK_DAYS } from '@muckwatch/contract';
import { DAY_MS, type EpochMs, HOUR_MS, type Report } from '@muckwatch/domain';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { manyRows } from '../db/many-rows.js';
import { Refusal } from '../refusal.js';

/** One statement reads at most this much: the embedded engine serves nobody else meanwhile. An hour of a truck that reports each second is 3,600 reports. */
export const SLICE_MS = HOUR_MS;

/** A report as it is looked back at: what it said, when it was heard, and what was thought of it. */
export interface Fix extends Omit<Report, 'fix' | 'extra'> {
  heardAt: EpochMs;
  late: boolean;
  doubt: string | null;
}

/** What is looked at of a report; the rest is for files. Each value costs the embedded engine some microseconds. */
export type Seen = Pick<
  Fix,
  'at' | 'point' | 'speedKmh' | 'headingDeg' | 'accuracyM' | 'ignition' | 'bed' | 'bedAngleDeg' | 'cover' | 'loadKg' | 'loadState' | 'late' | 'doubt'
>;

const SEEN: readonly (keyof SeenRow)[] = [
  ...(['at', 'lat', 'lon', 'speed_kmh', 'heading_deg', 'accuracy_m', 'ignition', 'bed', 'bed_angle_deg', 'cover', 'load_kg', 'load_state'] as const),
  ...(['late', 'doubt'] as const),
];
const WHOLE: readonly (keyof FixRow)[] = [
  ...SEEN,
  ...(['source', 'digest', 'heard_at', 'altitude_m', 'satellites', 'odometer_km', 'seq', 'buffered'] as const),
];

/** Raw reports of single trucks, in order of time. Whether the viewer may see the truck the caller has asked. */
@Injectable()
export class FixStore {
  constructor(private readonly database: Database) {}

  /** From `since` on and before `until`, an hour at most. */
  async seen(truckId: string, since: EpochMs, until: EpochMs): Promise<Seen[]> {
    return (await this.#slice<SeenRow>(SEEN, truckId, since, until)).map(seenOf);
  }

  /** Whole reports, slice by slice, so that neither a statement nor memory grows with the stretch. */
  async *slices(truckId: string, since: EpochMs, until: EpochMs): AsyncGenerator<Fix[], void, undefined> {
    for (let from = since; from < until; from += SLICE_MS) yield (await this.#slice<FixRow>(WHOLE, truckId, from, until)).map(fixOf);
  }

  /** How many reports the stretch has, counted a day a statement by the index alone. */
  async count(truckId: string, since: EpochMs, until: EpochMs): Promise<number> {
    let count = 0;
    for (let from = since; from < until; from += DAY_MS) {
      const { rows } = await this.database.query<{ n: number }>(`select count(*)::int as n from reports where truck_id = $1 and at >= $2 and at < $3`, [
        truckId,
        iso(from),
        iso(Math.min(until, from + DAY_MS)),
      ]);
      count += rows[0]!.n;
    }
    return count;
  }

  #slice<Row extends SeenRow>(columns: readonly (keyof Row & string)[], truckId: string, since: EpochMs, until: EpochMs): Promise<Row[]> {
    return manyRows<Row>(
      this.database,
      columns,
      `select ${columns.join(', ')} from reports where truck_id = $1 and at >= $2 and at < $3 order by at, seq nulls first, digest`,
      [truckId, iso(since), iso(Math.min(until, since + SLICE_MS))],
    );
  }
}

/** A stretch that is asked for; @throws Refusal 400 where it is none, or too long. */
export function stretchOf(from: string, to: string): { since: EpochMs; until: EpochMs } {
  const [since, until] = [Date.parse(from), Date.parse(to)];
  if (since >= until) throw new Refusal(400, { en: `from ${from} is not before to ${to}.`, zh: `开始 ${from} 不在结束 ${to} 之前。` });
  if (until - since > PLAYBACK_DAYS * DAY_MS)
    throw new Refusal(400, { en: `from ${from} to ${to} is longer than ${PLAYBACK_DAYS} days.`, zh: `从 ${from} 到 ${to} 超过 ${PLAYBACK_DAYS} 天。` });
  // What no clock of a terminal says, and the database would refuse.
  if (since < 0 || until > Date.UTC(9999, 0))
    throw new Refusal(400, {
      en: `from ${from} to ${to} has no reports: ask for a time between 1970 and 9998.`,
      zh: `从 ${from} 到 ${to} 没有上报：请选 1970 年至 9998 年之间的时间。`,
    });
  return { since, until };
}

interface SeenRow {
  at: Date;
  lat: number;
  lon: number;
  speed_kmh: number | null;
  heading_deg: number | null;
  accuracy_m: number | null;
  ignition: boolean | null;
  bed: Report['bed'];
  bed_angle_deg: number | null;
  cover: Report['cover'];
  load_kg: number | null;
  load_state: Report['loadState'];
  late: boolean;
  doubt: string | null;
}

interface FixRow extends SeenRow {
  source: string;
  digest: string;
  heard_at: Date;
  altitude_m: number | null;
  satellites: number | null;
  odometer_km: number | null;
  seq: string | null;
  buffered: boolean;
}

function seenOf(row: SeenRow): Seen {
  return {
    at: row.at.getTime(),
    point: [row.lon, row.lat],
    speedKmh: row.speed_kmh,
    headingDeg: row.heading_deg,
    accuracyM: row.accuracy_m,
    ignition: row.ignition,
    bed: row.bed,
    bedAngleDeg: row.bed_angle_deg,
    cover: row.cover,
    loadKg: row.load_kg,
    loadState: row.load_state,
    late: row.late,
    doubt: row.doubt,
  };
}

function fixOf(row: FixRow): Fix {
  return {
    ...seenOf(row),
    source: row.source,
    digest: row.digest,
    altitudeM: row.altitude_m,
    satellites: row.satellites,
    odometerKm: row.odometer_km,
    seq: row.seq === null ? null : Number(row.seq),
    buffered: row.buffered,
    heardAt: row.heard_at.getTime(),
  };
}

import { Injectable } from '@nestjs/common';
import { SERIES_MOST, type Track, type TrackPoint } from '@muckwatch/contract';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@muckwatch/domain';
import { ofTruck } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import { manyRows } from '../db/many-rows.js';
import { asked } from './cursor.js';
import { simplified } from './simplify.js';
import { noSuch, Refusal } from '../refusal.js';

const LONGEST_MS = 31 * DAY_MS;
/** One statement reads at most this much: the embedded engine serves nobody else meanwhile. Of a truck that reports each second it is 10,800 reports. */
const PAGE_MS = 3 * HOUR_MS;
const AROUND_MS = 2 * MINUTE_MS;

/** Where trucks were, from the log. */
@Injectable()
export class TrackStore {
  constructor(private readonly database: Database) {}

  /** The track of one truck, late and doubted points marked; simplified to `maxPoints` by keeping the points that bend it most. */
  async track(scope: Scope, truckId: string, from: string | undefined, to: string | undefined, maxPoints: number): Promise<Track> {
    await this.mustSee(scope, truckId);
    const until = to === undefined ? now() : asked(to);
    const since = from === undefined ? until - DAY_MS : asked(from);
    if (since > until) throw new Refusal(400, { en: `from ${iso(since)} is after to ${iso(until)}.`, zh: `开始 ${iso(since)} 在结束 ${iso(until)} 之后。` });
    if (until - since > LONGEST_MS)
      throw new Refusal(400, { en: `from ${iso(since)} to ${iso(until)} is longer than 31 days.`, zh: `从 ${iso(since)} 到 ${iso(until)} 超过 31 天。` });
    const points = await this.#read(truckId, since, until);
    return { truckId, from: iso(since), to: iso(until), total: points.length, points: simplified(points, maxPoints) };
  }

  /** The reports from 2 min before to 2 min after an episode. The caller has asked whether the viewer may see the truck. */
  async around(truckId: string, began: EpochMs, ended: EpochMs): Promise<TrackPoint[]> {
    return simplified(await this.#read(truckId, began - AROUND_MS, ended + AROUND_MS), SERIES_MOST);
  }

  /** @throws Refusal 404 for a truck that there is not, or whose day is not this viewer's to know */
  async mustSee(scope: Scope, truckId: string): Promise<void> {
    const params: unknown[] = [truckId];
    // Where a truck went is its company's and the city's to know; who sees a place sees the truck there, on its alerts and hauls, and not its day.
    const mayBe = scope.placeIds === null && !truckId.includes('\u0000');
    const found = mayBe && (await this.database.query(`select 1 from trucks t where t.id = $1 and ${within(scope, ofTruck('t'), params)}`, params));
    if (!found || found.rowCount === 0) throw noSuch('truck', truckId);
  }

  async #read(truckId: string, since: EpochMs, until: EpochMs): Promise<TrackPoint[]> {
    const points: TrackPoint[] = [];
    for (let from = since; from <= until; from += PAGE_MS) {
      const rows = await manyRows<TrackRow>(
        this.database,
        POINT,
        `select ${POINT.join(', ')} from reports where truck_id = $1 and at >= $2 and at < $3 order by at, seq nulls first, digest`,
        [truckId, iso(from), iso(Math.min(from + PAGE_MS, until + 1))],
      );
      for (const row of rows) points.push(pointOf(row));
    }
    return points;
  }
}

const POINT: readonly (keyof TrackRow)[] = [
  ...(['at', 'lat', 'lon', 'speed_kmh', 'heading_deg', 'load_kg', 'load_state', 'bed_angle_deg', 'bed', 'cover', 'ignition', 'late', 'doubt'] as const),
];

interface TrackRow {
  at: Date;
  lat: number;
  lon: number;
  speed_kmh: number | null;
  heading_deg: number | null;
  load_kg: number | null;
  load_state: TrackPoint['loadState'];
  bed_angle_deg: number | null;
  bed: TrackPoint['bed'];
  cover: TrackPoint['cover'];
  ignition: boolean | null;
  late: boolean;
  doubt: string | null;
}

function pointOf(row: TrackRow): TrackPoint {
  return {
    at: row.at.toISOString(),
    lat: row.lat,
    lon: row.lon,
    speedKmh: row.speed_kmh,
    headingDeg: row.heading_deg,
    loadKg: row.load_kg,
    loadState: row.load_state,
    bedAngleDeg: row.bed_angle_deg,
    bed: row.bed,
    cover: row.cover,
    ignition: row.ignition,
    late: row.late,
    doubt: row.doubt,
  };
}

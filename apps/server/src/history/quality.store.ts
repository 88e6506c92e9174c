import { Injectable } from '@nestjs/common';
import { type Clocks, type Sensor, SENSORS, type TruckSensors } from '@muckwatch/contract';
import { DAY_MS, type EpochMs, HOUR_MS } from '@muckwatch/domain';
import { ofTruck } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Database } from '../db/database.js';
import { TrackStore } from './track.store.js';

/** The kinds of `sensor-contradiction` and whose sensor they are about. */
const CONTRADICTS: Record<string, Sensor> = { camera: 'cover', load: 'load', bed: 'bed', 'bed-word': 'bed', ignition: 'ignition', still: 'odometer' };
const CLOCK_WINDOW_MS = HOUR_MS;

type Numbers = { heardS: number } & Record<`${Sensor}${'Unknown' | 'Faulty'}`, number>;

/** How good the data are that devices send. */
@Injectable()
export class QualityStore {
  constructor(
    private readonly database: Database,
    private readonly tracks: TrackStore,
  ) {}

  /** One truck's sensors over the last 24 h and 7 days. */
  async sensors(scope: Scope, truckId: string): Promise<TruckSensors> {
    await this.tracks.mustSee(scope, truckId);
    const at = now();
    const days: Numbers[] = [];
    // A day a statement: the embedded engine serves nobody else meanwhile.
    for (let day = 0; day < 7; day++) days.push(await this.#day(truckId, at - (day + 1) * DAY_MS, at - day * DAY_MS));
    const contradictions = await this.#contradictions(truckId, at - 7 * DAY_MS);
    const stretch = (count: number) => ({
      heardS: sum(days.slice(0, count), 'heardS'),
      sensors: SENSORS.map((sensor) => ({
        sensor,
        unknownS: sum(days.slice(0, count), `${sensor}Unknown`),
        faultyS: sum(days.slice(0, count), `${sensor}Faulty`),
        contradictingS: contradictingS(contradictions, sensor, at - count * DAY_MS, at),
      })),
    });
    return { truckId, at: iso(at), last24h: stretch(1), last7d: stretch(7) };
  }

  /** Every terminal's and camera's clock that was heard in the last hour. */
  async clocks(scope: Scope): Promise<Clocks> {
    const since = iso(now() - CLOCK_WINDOW_MS);
    const params: unknown[] = [since];
    const mine = within(scope, ofTruck('t'), params);
    const terminals = await this.database.query<ClockRow>(
      `select 'terminal' as kind, r.source as id, max(r.truck_id) as truck_id, count(*)::int as samples,
              percentile_cont(0.5) within group (order by extract(epoch from r.heard_at - r.at) * 1000) as offset_ms
       from reports r join trucks t on t.id = r.truck_id where r.at >= $1 and r.heard_at >= $1 and not r.buffered and ${mine} group by r.source order by r.source`,
      params,
    );
    const cameraParams: unknown[] = [since];
    const cameras = await this.database.query<ClockRow>(
      `select 'camera' as kind, s.camera_id as id, null as truck_id, count(*)::int as samples,
              percentile_cont(0.5) within group (order by extract(epoch from s.heard_at - s.at) * 1000) as offset_ms
       from sightings s join cameras c on c.id = s.camera_id join places p on p.id = c.place_id
       where s.at >= $1 and ${within(scope, { place: 'c.place_id', district: 'p.district_id' }, cameraParams)}
       group by s.camera_id order by s.camera_id`,
      cameraParams,
    );
    return {
      items: [...terminals.rows, ...cameras.rows].map((row) => ({
        kind: row.kind,
        id: row.id,
        truckId: row.truck_id,
        offsetMs: Math.round(row.offset_ms),
        samples: row.samples,
      })),
    };
  }

  async #day(truckId: string, from: EpochMs, to: EpochMs): Promise<Numbers> {
    const { rows } = await this.database.query<Numbers>(SENSOR_SECONDS, [truckId, iso(from), iso(to)]);
    return rows[0]!;
  }

  async #contradictions(truckId: string, since: EpochMs): Promise<Contradiction[]> {
    const { rows } = await this.database.query<{ scope: string; began: Date; ended: Date | null; duration_s: number | null }>(
      `select scope, began, ended, (evidence->>'durationS')::float8 as duration_s from alerts
       where rule = 'sensor-contradiction' and truck_id = $1 and contradicted_at is null and (ended is null or ended >= $2)`,
      [truckId, iso(since)],
    );
    return rows.map((row) => {
      const began = row.began.getTime();
      return { sensor: CONTRADICTS[row.scope] ?? null, began, ended: row.ended?.getTime() ?? began + Number(row.duration_s ?? 0) * 1_000 };
    });
  }
}

interface Contradiction {
  sensor: Sensor | null;
  began: EpochMs;
  ended: EpochMs;
}

interface ClockRow {
  kind: 'terminal' | 'camera';
  id: string;
  truck_id: string | null;
  offset_ms: number;
  samples: number;
}

function sum(days: Numbers[], field: keyof Numbers): number {
  return Math.round(days.reduce((total, day) => total + day[field], 0));
}

function contradictingS(contradictions: Contradiction[], sensor: Sensor, from: EpochMs, to: EpochMs): number {
  const within = contradictions.filter((one) => one.sensor === sensor).map(({ began, ended }) => Math.max(0, Math.min(ended, to) - Math.max(began, from)));
  return Math.round(within.reduce((total, ms) => total + ms, 0) / 1_000);
}

const seconds = (sensor: Sensor, unknown: string, faulty: string) =>
  `coalesce(sum(s) filter (where ${unknown}), 0)::float8 as "${sensor}Unknown", coalesce(sum(s) filter (where ${faulty}), 0)::float8 as "${sensor}Faulty"`;

// What a report says holds until the next one, for 10 min at most.
const SENSOR_SECONDS = `
  select coalesce(sum(s), 0)::float8 as "heardS",
    ${seconds('load', 'load_kg is null and load_state is null', `load_state = 'fault'`)},
    ${seconds('bed', 'bed is null and bed_angle_deg is null', `bed = 'fault'`)},
    ${seconds('cover', 'cover is null', `cover = 'fault'`)},
    ${seconds('ignition', 'ignition is null', 'false')},
    ${seconds('odometer', 'odometer_km is null', 'false')},
    ${seconds('position', 'accuracy_m is null', 'accuracy_m > 50')}
  from (select *, least(extract(epoch from lead(at, 1, $3::timestamptz) over (order by at) - at), 600) as s from reports
        where truck_id = $1 and at >= $2 and at < $3) r`;

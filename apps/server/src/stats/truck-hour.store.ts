import { Injectable } from '@nestjs/common';
import { GAP, LATENCY_CLASSES_S } from '@muckwatch/contract';
import { DAY_MS, type EpochMs, HOUR_MS } from '@muckwatch/domain';
import { type Scope, within } from '../auth/viewer.js';
import { ofTruck } from '../auth/narrowing.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import type { Counted, CountedTruck } from './quality.js';

/** A terminal's hour that is to be counted. */
export interface DueHour {
  source: string;
  hour: Date;
  asked: number;
  follows: boolean;
}

/** What is read of a month is read so many days a statement: the embedded engine serves nobody else meanwhile. */
const SLICE_MS = 4 * DAY_MS;
const KEPT_MS = 400 * DAY_MS;
/** What an installation that has run without counting counts first of its past. */
const BACK_MS = 31 * DAY_MS;

/** Reports counted by terminal and hour. */
@Injectable()
export class TruckHourStore {
  constructor(private readonly database: Database) {}

  /** Asks for the next hour that has ended before a time; null: all are asked for. An hour too old to be kept goes. */
  async askNext(before: EpochMs): Promise<Date | null> {
    const last = Math.floor(before / HOUR_MS) * HOUR_MS;
    const { rows: known } = await this.database.query<{ until: Date | null }>(
      `select coalesce((select until from truck_hours_until), (select date_trunc('hour', min(at), 'UTC') from reports where at >= $1)) as until`,
      [iso(last - BACK_MS)],
    );
    const hour = known[0]!.until;
    if (hour === null || hour.getTime() >= last) return null;
    // Told from the terminals, so that each is one look into the key and not a walk through the hour.
    await this.database.query(
      `with asked as (
         insert into truck_hours_due (source, hour, follows)
         select id, $1::timestamptz, false from terminals t
         where exists (select from reports r where r.source = t.id and r.at >= $1::timestamptz and r.at < $1::timestamptz + interval '1 hour') order by id
         on conflict (source, hour) do update set asked = truck_hours_due.asked + 1
       ), gone as (
         delete from truck_hours where hour < $2
       )
       insert into truck_hours_until (until) values ($1::timestamptz + interval '1 hour') on conflict (single) do update set until = excluded.until`,
      [hour.toISOString(), iso(last - KEPT_MS)],
    );
    return hour;
  }

  async due(limit: number): Promise<DueHour[]> {
    const { rows } = await this.database.query<DueHour>(`select source, hour, asked, follows from truck_hours_due order by hour, source limit $1`, [limit]);
    return rows;
  }

  /** Counts one hour and is done with it, unless it was asked for anew meanwhile. */
  async count({ source, hour, asked, follows }: DueHour): Promise<void> {
    await this.database.query(COUNT, [source, hour.toISOString()]);
    await this.database.query(
      `with done as (
         delete from truck_hours_due where source = $1 and hour = $2 and asked = $3 returning source
       )
       insert into truck_hours_due (source, hour, follows)
       select h.source, min(h.hour), false from truck_hours h join done d on d.source = h.source
       where $4::boolean and h.hour > $2::timestamptz and h.hour <= $2::timestamptz + interval '1 day' group by h.source
       on conflict (source, hour) do update set asked = truck_hours_due.asked + 1`,
      [source, hour.toISOString(), asked, follows],
    );
  }

  /** Hours before it are asked for; null: none yet. */
  async until(): Promise<Date | null> {
    const { rows } = await this.database.query<{ until: Date }>('select until from truck_hours_until');
    return rows[0]?.until ?? null;
  }

  async trucks(scope: Scope): Promise<CountedTruck[]> {
    const params: unknown[] = [];
    const { rows } = await this.database.query<CountedTruck>(
      `select t.id, t.plate, t.company_id as "companyId", c.name as company,
         exists (select from truck_hours h where h.truck_id = t.id and h.valid > 0) as "everHeard"
       from trucks t join companies c on c.id = t.company_id where not t.retired and ${within(scope, ofTruck('t'), params)} order by t.id`,
      params,
    );
    return rows;
  }

  /** By terminal and truck, of hours that begin from `from` on and before `to`. */
  async counted(scope: Scope, from: EpochMs, to: EpochMs): Promise<Counted[]> {
    const total = new Map<string, Counted>();
    for (let at = from; at < to; at += SLICE_MS) {
      const params: unknown[] = [iso(at), iso(Math.min(to, at + SLICE_MS))];
      const { rows } = await this.database.query<Counted>(
        `${SUMS} from truck_hours h join trucks t on t.id = h.truck_id
         where h.hour >= $1 and h.hour < $2 and not t.retired and ${within(scope, ofTruck('t'), params)} group by h.source, h.truck_id order by h.source, h.truck_id`,
        params,
      );
      for (const row of rows) {
        const key = `${row.source} ${row.truckId}`;
        const known = total.get(key);
        total.set(key, known ? added(known, row) : row);
      }
    }
    return [...total.values()];
  }
}

function added(a: Counted, b: Counted): Counted {
  const { source, truckId } = a;
  return {
    source,
    truckId,
    reports: a.reports + b.reports,
    valid: a.valid + b.valid,
    jumps: a.jumps + b.jumps,
    late: a.late + b.late,
    buffered: a.buffered + b.buffered,
    minutes: a.minutes + b.minutes,
    km: a.km + b.km,
    completeKm: a.completeKm + b.completeKm,
    sensorSlots: a.sensorSlots + b.sensorSlots,
    sensorUnknown: a.sensorUnknown + b.sensorUnknown,
    latency: a.latency.map((count, i) => count + (b.latency[i] ?? 0)),
  };
}

const ints = (...columns: [column: string, as: string][]) => columns.map(([column, as]) => `sum(h.${column})::int as "${as}"`).join(', ');
const SUMS = `select h.source, h.truck_id as "truckId",
  ${ints(['reports', 'reports'], ['valid', 'valid'], ['jumps', 'jumps'], ['late', 'late'], ['buffered', 'buffered'], ['minutes', 'minutes'])},
  ${ints(['sensor_slots', 'sensorSlots'], ['sensor_unknown', 'sensorUnknown'])}, sum(h.km) as km, sum(h.complete_km) as "completeKm",
  array[${LATENCY_CLASSES_S.map((_, i) => `sum(h.latency[${i + 1}])::int`).join(', ')}] as latency`;

const LATENCY_S = `greatest(0, extract(epoch from heard_at - at))`;
const inClass = (i: number) => {
  const above = i === 0 ? 'true' : `${LATENCY_S} > ${LATENCY_CLASSES_S[i - 1]}`;
  const last = i === LATENCY_CLASSES_S.length - 1;
  return `count(*) filter (where not buffered and ${above}${last ? '' : ` and ${LATENCY_S} <= ${LATENCY_CLASSES_S[i]}`})::int`;
};

// A parked truck's fixes wander by some metres: what is less than 15 m is not driven.
const COUNT = `
  with hour as (
    select * from reports where source = $1 and at >= $2::timestamptz and at < $2::timestamptz + interval '1 hour'
  ), believed as (
    (select truck_id, at, lat, lon, odometer_km from reports
     where source = $1 and at < $2::timestamptz and at >= $2::timestamptz - interval '1 day' and doubt is null order by at desc limit 1)
    union all
    select truck_id, at, lat, lon, odometer_km from hour where doubt is null
  ), legs as (
    select truck_id, at,
      12742.0176 * asin(sqrt(least(1, power(sin(radians(lat - lag(lat) over w) / 2), 2)
        + cos(radians(lat)) * cos(radians(lag(lat) over w)) * power(sin(radians(lon - lag(lon) over w) / 2), 2)))) as km,
      case when odometer_km - lag(odometer_km) over w between 0 and 500 then odometer_km - lag(odometer_km) over w end as odometer_km,
      extract(epoch from at - lag(at) over w) / 60 as minutes, lag(truck_id) over w as truck_before
    from believed window w as (order by at)
  ), driven as (
    select truck_id, km > ${GAP.km} or (minutes > ${GAP.minutes} and km > ${GAP.movedM / 1_000}) as gap, km, odometer_km
    from legs where at >= $2::timestamptz and km >= 0.015 and truck_id = truck_before
  ), ways as (
    select truck_id, sum(case when gap then greatest(km, odometer_km) else km end) as km, coalesce(sum(km) filter (where not gap), 0) as complete_km
    from driven group by truck_id
  ), counted as (
    select truck_id, count(*)::int as reports, count(*) filter (where doubt is null)::int as valid, count(*) filter (where doubt = 'jump')::int as jumps,
      count(*) filter (where late)::int as late, count(*) filter (where buffered)::int as buffered,
      count(distinct date_trunc('minute', at)) filter (where doubt is null)::int as minutes,
      (count(*) * 3)::int as sensor_slots,
      (count(*) filter (where load_kg is null and coalesce(load_state, 'fault') = 'fault')
        + count(*) filter (where bed_angle_deg is null and coalesce(bed, 'fault') = 'fault')
        + count(*) filter (where coalesce(cover, 'fault') = 'fault'))::int as sensor_unknown,
      array[${LATENCY_CLASSES_S.map((_, i) => inClass(i)).join(', ')}] as latency
    from hour group by truck_id
  )
  insert into truck_hours (source, hour, truck_id, reports, valid, jumps, late, buffered, minutes, km, complete_km, sensor_slots, sensor_unknown, latency)
  select $1, $2::timestamptz, c.truck_id, c.reports, c.valid, c.jumps, c.late, c.buffered, c.minutes, coalesce(w.km, 0), coalesce(w.complete_km, 0),
    c.sensor_slots, c.sensor_unknown, c.latency
  from counted c left join ways w on w.truck_id = c.truck_id
  on conflict (source, hour, truck_id) do update set reports = excluded.reports, valid = excluded.valid, jumps = excluded.jumps, late = excluded.late,
    buffered = excluded.buffered, minutes = excluded.minutes, km = excluded.km, complete_km = excluded.complete_km, sensor_slots = excluded.sensor_slots,
    sensor_unknown = excluded.sensor_unknown, latency = excluded.latency`;

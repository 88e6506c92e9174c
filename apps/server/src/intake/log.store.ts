import { Injectable } from '@nestjs/common';
import type { Doubt, EpochMs, Report, Sighted } from '@muckwatch/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';

/** Rows a statement: the embedded engine serves nobody else meanwhile. */
const A_PAGE = 250;

/** A report as the log has it. */
export interface LogReport {
  truckId: string;
  heardAt: EpochMs;
  report: Report;
  late: boolean;
  doubt: Doubt | null;
}

/** What a camera saw of a truck or of a stranger. */
export interface LogSighting {
  subject: string;
  sighting: Sighted;
}

/** What devices said, as it is judged: once more at start, and again when late reports come. */
@Injectable()
export class LogStore {
  constructor(private readonly database: Database) {}

  /** The reports of many trucks that moved their states, each from a time of its own on; in no order. */
  async believedSince(since: ReadonlyMap<string, EpochMs>): Promise<LogReport[]> {
    const times = [...since.values()];
    const { rows } = await this.database.query<LogRow>(
      // Late ones never moved the state. Truck by truck, whatever the planner thinks of a day of which it has no figures yet.
      `select r.* from unnest($1::text[], $2::timestamptz[]) as t(id, since)
       cross join lateral (select * from reports where truck_id = t.id and at >= t.since and not late and at >= $3 offset 0) r`,
      [[...since.keys()], times.map(iso), iso(Math.min(...times))],
    );
    return rows.map(logReportOf);
  }

  /** Everything that one truck reported from a time on and before another, page by page in order of time; late and doubted ones too. */
  async *reports(truckId: string, from: EpochMs, to: EpochMs): AsyncGenerator<LogReport[], void, undefined> {
    let after: { at: EpochMs; source: string; digest: string } = { at: from, source: '', digest: '' };
    for (;;) {
      const began = performance.now();
      const { rows } = await this.database.query<LogRow>(
        `select * from reports where truck_id = $1 and at >= $2 and at < $3 and (at, source, digest) > ($2, $4, $5) order by at, source, digest limit ${A_PAGE}`,
        [truckId, iso(after.at), iso(to), after.source, after.digest],
      );
      const page = rows.map(logReportOf);
      if (page.length > 0) yield page;
      if (page.length < A_PAGE) return;
      after = page.at(-1)!.report;
      // Half of the time belongs to live reports: the embedded engine does one thing at a time.
      await sleep(performance.now() - began);
    }
  }

  /** What cameras saw of many subjects, of each from a time of its own on, in order of time. */
  async sightingsSince(since: ReadonlyMap<string, EpochMs>): Promise<LogSighting[]> {
    const subjects = [...since.keys()];
    const { rows } = await this.database.query<{ subject: string; at: Date; sighting: Sighted }>(
      `select t.subject, s.at, s.sighting from unnest($1::text[], $2::text[], $3::timestamptz[]) as t(subject, plate_key, since)
       cross join lateral (
         select at, camera_id, id, sighting from sightings where t.plate_key is null and truck_id = t.subject and at >= t.since
         union all
         select at, camera_id, id, sighting from sightings where plate_key = t.plate_key and truck_id is null and at >= t.since) s
       order by s.at, s.camera_id, s.id`,
      [subjects, subjects.map(plateOf), [...since.values()].map(iso)],
    );
    return rows.map((row) => ({ subject: row.subject, sighting: { ...row.sighting, at: row.at.getTime() } }));
  }

  /** What cameras saw of one subject from a time on, in order of time. */
  async sightings(subject: string, from: EpochMs, to: EpochMs | null): Promise<{ sighting: Sighted; heardAt: EpochMs }[]> {
    const plateKey = plateOf(subject);
    const { rows } = await this.database.query<{ at: Date; heard_at: Date; sighting: Sighted }>(
      `select at, heard_at, sighting from sightings
       where ${plateKey === null ? 'truck_id = $1' : 'plate_key = $1 and truck_id is null'} and at >= $2 and ($3::timestamptz is null or at < $3) order by at, camera_id, id`,
      [plateKey ?? subject, iso(from), to === null ? null : iso(to)],
    );
    return rows.map((row) => ({ sighting: { ...row.sighting, at: row.at.getTime() }, heardAt: row.heard_at.getTime() }));
  }
}

/** A stranger is a subject by its plate; no truck's id has a colon. */
export function strangerOf(plateKey: string): string {
  return `plate:${plateKey}`;
}

export function plateOf(subject: string): string | null {
  return subject.startsWith('plate:') ? subject.slice(6) : null;
}

interface LogRow {
  source: string;
  at: Date;
  digest: string;
  truck_id: string;
  heard_at: Date;
  lat: number;
  lon: number;
  speed_kmh: number | null;
  heading_deg: number | null;
  altitude_m: number | null;
  accuracy_m: number | null;
  satellites: number | null;
  odometer_km: number | null;
  ignition: boolean | null;
  bed: Report['bed'];
  bed_angle_deg: number | null;
  cover: Report['cover'];
  load_kg: number | null;
  load_state: Report['loadState'];
  seq: string | null;
  buffered: boolean;
  extra: Record<string, unknown> | null;
  late: boolean;
  doubt: Doubt | null;
}

function logReportOf(row: LogRow): LogReport {
  return { truckId: row.truck_id, heardAt: row.heard_at.getTime(), late: row.late, doubt: row.doubt, report: reportOf(row) };
}

function reportOf(row: LogRow): Report {
  return {
    source: row.source,
    at: row.at.getTime(),
    digest: row.digest,
    point: [row.lon, row.lat],
    fix: true,
    speedKmh: row.speed_kmh,
    headingDeg: row.heading_deg,
    altitudeM: row.altitude_m,
    accuracyM: row.accuracy_m,
    satellites: row.satellites,
    odometerKm: row.odometer_km,
    ignition: row.ignition,
    bed: row.bed,
    bedAngleDeg: row.bed_angle_deg,
    cover: row.cover,
    loadKg: row.load_kg,
    loadState: row.load_state,
    seq: row.seq === null ? null : Number(row.seq),
    buffered: row.buffered,
    extra: row.extra,
  };
}

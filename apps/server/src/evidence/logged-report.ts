import type { EpochMs } from '@muckwatch/domain';

/** A report as it stands in the log, raw: what was doubted too, and nothing computed. `null` is «not said». */
export interface LoggedReport {
  /** The terminal. */
  source: string;
  /** When the fix was taken; with source and digest the key of the log. */
  at: EpochMs;
  digest: string;
  heardAt: EpochMs;
  lat: number;
  lon: number;
  speedKmh: number | null;
  headingDeg: number | null;
  altitudeM: number | null;
  accuracyM: number | null;
  satellites: number | null;
  odometerKm: number | null;
  ignition: boolean | null;
  bed: string | null;
  bedAngleDeg: number | null;
  cover: string | null;
  loadKg: number | null;
  loadState: string | null;
  seq: number | null;
  buffered: boolean;
  late: boolean;
  doubt: string | null;
}

/** A row of the log, as SQL gives it or as a seal holds it (times as text there). */
export interface ReportRow {
  source: string;
  at: Date | string;
  digest: string;
  heard_at: Date | string;
  lat: number;
  lon: number;
  speed_kmh: number | null;
  heading_deg: number | null;
  altitude_m: number | null;
  accuracy_m: number | null;
  satellites: number | null;
  odometer_km: number | null;
  ignition: boolean | null;
  bed: string | null;
  bed_angle_deg: number | null;
  cover: string | null;
  load_kg: number | null;
  load_state: string | null;
  seq: string | number | null;
  buffered: boolean;
  late: boolean;
  doubt: string | null;
}

export const REPORT_COLUMNS = `source, at, digest, heard_at, lat, lon, speed_kmh, heading_deg, altitude_m, accuracy_m, satellites, odometer_km, ignition, bed, bed_angle_deg, cover,
  load_kg, load_state, seq, buffered, late, doubt`;

export function reportOf(row: ReportRow): LoggedReport {
  return {
    source: row.source,
    at: new Date(row.at).getTime(),
    digest: row.digest,
    heardAt: new Date(row.heard_at).getTime(),
    lat: row.lat,
    lon: row.lon,
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
    late: row.late,
    doubt: row.doubt,
  };
}

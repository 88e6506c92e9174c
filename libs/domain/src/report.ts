import type { EpochMs } from './time.js';

/** Longitude and latitude in degrees WGS-84, in GeoJSON order. */
export type Point = [lon: number, lat: number];

export type BedSaid = 'down' | 'raised' | 'fault';
export type CoverSaid = 'closed' | 'open' | 'fault';
export type LoadSaid = 'empty' | 'half' | 'full' | 'fault';

/** What a terminal said at one instant. `null` means «not said», never 0. */
export interface Report {
  /** Terminal id. */
  source: string;
  /** When the fix was taken, by the terminal's clock. */
  at: EpochMs;
  /** Over the decoded content without `buffered`: (source, at, digest) is the key of a report. */
  digest: string;
  point: Point;
  /** False where the terminal says that it has no satellite fix. */
  fix: boolean;
  speedKmh: number | null;
  /** 0…360 from north, clockwise. */
  headingDeg: number | null;
  altitudeM: number | null;
  accuracyM: number | null;
  satellites: number | null;
  odometerKm: number | null;
  ignition: boolean | null;
  bed: BedSaid | null;
  /** 0 = flat. */
  bedAngleDeg: number | null;
  cover: CoverSaid | null;
  loadKg: number | null;
  loadState: LoadSaid | null;
  /** The terminal's own counter. */
  seq: number | null;
  /** True where the terminal stored the report while out of coverage. */
  buffered: boolean;
  /** Fields we do not know, kept as they came. */
  extra: Record<string, unknown> | null;
}

/** What the order of reports is made of. */
export type ReportOrder = Pick<Report, 'source' | 'at' | 'seq' | 'digest'>;

/**
 * The order in which reports are judged, never that of arrival: by time, terminal by terminal, by `seq` where both say it, else by content. Those without a `seq`
 * come after those with one: «seq where both say it, else digest» alone is no order, three reports could each come before the next.
 */
export function compareReports(a: ReportOrder, b: ReportOrder): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  if (a.seq !== b.seq) return (a.seq ?? Infinity) < (b.seq ?? Infinity) ? -1 : 1;
  return a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0;
}

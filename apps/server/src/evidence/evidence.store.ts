import { Injectable } from '@nestjs/common';
import { type EpochMs, HOUR_MS } from '@muckwatch/domain';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import type { VersionKind } from '../fleet/registry.store.js';
import { type LoggedReport, REPORT_COLUMNS, reportOf, type ReportRow } from './logged-report.js';

/** One statement reads at most this much: the embedded engine serves nobody else meanwhile. */
const PAGE_MS = 6 * HOUR_MS;
/** More would be no episode: two weeks at one report in 30 s, half a day at one a second. */
export const MOST_REPORTS = 40_000;

/** One sealing of an alert's evidence. */
export interface Sealing {
  at: EpochMs;
  sha256: string;
}

/** How a thing stood that an alert was judged by. */
export interface VersionInForce {
  kind: VersionKind;
  id: string;
  version: number;
  /** Null: reaches back without end. */
  fromAt: string | null;
  enteredAt: string;
  data: Record<string, unknown> | null;
}

/** What only an evidence pack asks for. The caller has asked whether the viewer may see the alert. */
@Injectable()
export class EvidenceStore {
  constructor(private readonly database: Database) {}

  /** When the alert was found by event time, and the number of the world it was judged by. */
  async judged(alertId: string): Promise<{ foundAt: EpochMs; worldVersion: number }> {
    const { rows } = await this.database.query<{ found_at: Date; world_version: string }>('select found_at, world_version from alerts where id = $1', [
      alertId,
    ]);
    return { foundAt: rows[0]!.found_at.getTime(), worldVersion: Number(rows[0]!.world_version) };
  }

  /** Newest first: an alert that judging again changed is sealed anew, the earlier seal stays. */
  async sealings(alertId: string): Promise<Sealing[]> {
    const { rows } = await this.database.query<{ sealed_at: Date; sha256: string }>(
      'select sealed_at, sha256 from alert_evidence where alert_id = $1 order by sealed_at desc limit 100',
      [alertId],
    );
    return rows.map((row) => ({ at: row.sealed_at.getTime(), sha256: row.sha256 }));
  }

  /** The very text that the newest seal is the hash of. */
  async sealedDocument(alertId: string): Promise<string | null> {
    const { rows } = await this.database.query<{ document: string }>(
      'select document from alert_evidence where alert_id = $1 order by sealed_at desc limit 1',
      [alertId],
    );
    return rows[0]?.document ?? null;
  }

  /** In the log's own order; `whole` is false where there are more than 40,000. */
  async reports(truckId: string, since: EpochMs, until: EpochMs): Promise<{ reports: LoggedReport[]; whole: boolean }> {
    const reports: LoggedReport[] = [];
    for (let from = since; from <= until; from += PAGE_MS) {
      const { rows } = await this.database.query<ReportRow>(
        `select ${REPORT_COLUMNS} from reports where truck_id = $1 and at >= $2 and at < $3 order by at, seq nulls first, digest limit $4`,
        [truckId, iso(from), iso(Math.min(from + PAGE_MS, until + 1)), MOST_REPORTS + 1 - reports.length],
      );
      reports.push(...rows.map(reportOf));
      if (reports.length > MOST_REPORTS) return { reports: reports.slice(0, MOST_REPORTS), whole: false };
    }
    return { reports, whole: true };
  }

  /** The version of each thing in force at a time; what had none then is left out. */
  async inForce(things: { kind: VersionKind; id: string }[], at: EpochMs): Promise<VersionInForce[]> {
    const { rows } = await this.database.query<Omit<VersionInForce, 'fromAt' | 'enteredAt'> & { fromAt: Date | number; enteredAt: Date }>(
      `select distinct on (v.kind, v.id) v.kind, v.id, v.version, v.from_at as "fromAt", v.entered_at as "enteredAt", v.data
       from world_versions v join unnest($1::text[], $2::text[]) as asked(kind, id) on asked.kind = v.kind and asked.id = v.id
       where v.from_at <= $3 order by v.kind, v.id, v.from_at desc, v.version desc`,
      [things.map(({ kind }) => kind), things.map(({ id }) => id), iso(at)],
    );
    // «-infinity» comes as a number.
    return rows.map((row) => ({ ...row, fromAt: row.fromAt instanceof Date ? row.fromAt.toISOString() : null, enteredAt: row.enteredAt.toISOString() }));
  }
}

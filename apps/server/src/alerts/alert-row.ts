import type { Alert } from '@muckwatch/contract';
import type { Owned } from '../live/board.js';

/** Columns of an alert as every query of it selects them, from `alerts a` and `companies c`. */
export const ALERT_COLUMNS = `a.id, a.version, a.incident, a.rule, a.severity, a.status, a.truck_id, a.plate, a.company_id, a.haul_id, a.site_id, a.district_id, a.place, a.began, a.ended, a.late,
  a.contradicted_at, a.contradicted_reason, a.contradicted_reason_zh, a.changed_at, a.snoozed, a.opened_at, a.lat, a.lon, a.evidence, a.limits, a.summary_zh, a.summary_en, a.decided_by, a.decided_at, a.decided_why, a.put_right_at, a.put_right_by,
  a.assignee_id, (select u.name from accounts u where u.id = a.assignee_id) as assignee_name,
  a.sealed_at, a.sealed_sha256, c.name as company_name`;

export interface AlertRow {
  id: string;
  version: string;
  incident: string;
  rule: Alert['rule'];
  severity: Alert['severity'];
  status: Alert['status'];
  truck_id: string | null;
  plate: string | null;
  company_id: string | null;
  company_name: string | null;
  haul_id: string | null;
  site_id: string | null;
  district_id: string | null;
  place: Alert['place'];
  began: Date;
  ended: Date | null;
  late: boolean;
  contradicted_at: Date | null;
  contradicted_reason: string | null;
  contradicted_reason_zh: string | null;
  changed_at: Date | null;
  snoozed: boolean;
  opened_at: Date;
  lat: number;
  lon: number;
  evidence: Alert['evidence'];
  limits: Record<string, number>;
  summary_zh: string;
  summary_en: string;
  decided_by: string | null;
  decided_at: Date | null;
  decided_why: string | null;
  assignee_id: string | null;
  assignee_name: string | null;
  put_right_at: Date | null;
  put_right_by: string | null;
  sealed_at: Date | null;
  sealed_sha256: string | null;
}

export function ownedAlertOf(row: AlertRow): Owned {
  return { alert: alertOf(row), companyId: row.company_id, siteId: row.site_id, districtId: row.district_id };
}

export function alertOf(row: AlertRow): Alert {
  return {
    id: row.id,
    version: Number(row.version),
    incident: row.incident,
    rule: row.rule,
    severity: row.severity,
    status: row.status,
    cleared: row.ended !== null,
    truck: { id: row.truck_id, plate: row.plate },
    company: row.company_id === null ? null : { id: row.company_id, name: row.company_name ?? row.company_id },
    place: row.place,
    began: row.began.toISOString(),
    ended: row.ended?.toISOString() ?? null,
    late: row.late,
    contradicted: row.contradicted_at && {
      at: row.contradicted_at.toISOString(),
      reason: row.contradicted_reason ?? '',
      reasonZh: row.contradicted_reason_zh ?? row.contradicted_reason ?? '',
    },
    changedSinceDecided: row.changed_at !== null,
    snoozed: row.snoozed,
    openedAt: row.opened_at.toISOString(),
    summary: { zh: row.summary_zh, en: row.summary_en },
    position: { lat: row.lat, lon: row.lon },
    evidence: row.evidence,
    putRight: row.put_right_at && { at: row.put_right_at.toISOString(), commandId: row.put_right_by! },
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? row.assignee_id },
    decision: row.decided_by === null || row.decided_at === null ? null : { by: row.decided_by, at: row.decided_at.toISOString(), reason: row.decided_why },
  };
}

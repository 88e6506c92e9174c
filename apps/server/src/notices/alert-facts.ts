import type { Notice } from '@muckwatch/contract';
import type { AlertStatus, EpochMs, NoticedAlert, RuleCode, Severity } from '@muckwatch/domain';
import type { Seen } from '../auth/viewer.js';
import type { Queryable } from '../db/queryable.js';

/** An alert with all that decides who is told of it and what they are told. */
export interface AlertFacts extends NoticedAlert {
  incident: string;
  kind: RuleCode;
  late: boolean;
  snoozed: boolean;
  truckId: string | null;
  plate: string | null;
  companyId: string | null;
  placeId: string | null;
  place: Notice['place'];
  /** It lies in the place, not just near it. */
  inside: boolean;
  siteId: string | null;
  districtId: string | null;
  /** When its haul left the site. */
  departedAt: EpochMs | null;
  point: [lon: number, lat: number];
  summary: { zh: string; en: string };
  /** Why it is contradicted. */
  reason: string | null;
}

export async function readAlertFacts(client: Queryable, ids: string[]): Promise<AlertFacts[]> {
  const { rows } = await client.query<FactsRow>(FACTS, [ids]);
  return rows.map((row) => ({
    id: row.id,
    severity: row.severity,
    began: row.began.getTime(),
    status: row.status,
    contradicted: row.contradicted_at !== null,
    incident: row.incident,
    kind: row.rule,
    late: row.late,
    snoozed: row.snoozed,
    truckId: row.truck_id,
    plate: row.plate,
    companyId: row.company_id,
    placeId: row.place_id,
    place: row.place && { id: row.place.id, kind: row.place.kind, name: row.place.name },
    inside: row.place?.distanceM === 0,
    siteId: row.site_id,
    districtId: row.district_id,
    departedAt: row.departed_at?.getTime() ?? null,
    point: [row.lon, row.lat],
    summary: { zh: row.summary_zh, en: row.summary_en },
    reason: row.contradicted_reason === null ? null : `${row.contradicted_reason_zh ?? ''} / ${row.contradicted_reason}`,
  }));
}

/** Whose it is: what happened in a place or with a load from it, not what happened to be near it. */
export function seenOf({ companyId, placeId, inside, siteId, districtId }: AlertFacts): Seen {
  return { companyId, placeIds: [inside ? placeId : null, siteId], districtIds: [districtId] };
}

const FACTS = `
  select a.id, a.incident, a.rule, a.severity, a.status, a.contradicted_at, a.contradicted_reason, a.contradicted_reason_zh, a.late, a.snoozed, a.truck_id, a.plate,
    a.company_id, a.place_id, a.place, a.began, a.lat, a.lon, a.summary_zh, a.summary_en, coalesce(a.site_id, h.site_id) as site_id,
    coalesce(a.district_id, p.district_id) as district_id, h.departed_at
  from alerts a left join hauls h on h.id = a.haul_id left join places p on p.id = a.place_id
  where a.id = any($1::text[]) order by a.opened_at, a.began, a.id`;

interface FactsRow {
  id: string;
  incident: string;
  rule: RuleCode;
  severity: Severity;
  status: AlertStatus;
  contradicted_at: Date | null;
  contradicted_reason: string | null;
  contradicted_reason_zh: string | null;
  late: boolean;
  snoozed: boolean;
  truck_id: string | null;
  plate: string | null;
  company_id: string | null;
  place_id: string | null;
  place: (NonNullable<Notice['place']> & { distanceM: number }) | null;
  began: Date;
  lat: number;
  lon: number;
  summary_zh: string;
  summary_en: string;
  site_id: string | null;
  district_id: string | null;
  departed_at: Date | null;
}

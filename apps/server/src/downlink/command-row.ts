import type { CommandResource } from '@muckwatch/contract';
import type { CommandKind, CommandStatus } from '@muckwatch/domain';
import { type Scope, sees, type Viewer, within } from '../auth/viewer.js';

/** What `COMMAND_COLUMNS` are selected from. */
export const COMMAND_TABLES = 'commands c left join companies co on co.id = c.company_id left join alerts al on al.id = c.alert_id';

/** A command as every query of it selects it, with its steps and what decides who may see it. */
export const COMMAND_COLUMNS = `c.*, co.district_id as company_district, al.district_id as alert_district, al.ended as alert_ended,
  (select coalesce(json_agg(json_build_object('at', s.at, 'status', s.status, 'detail', s.detail) order by s.n), '[]') from command_steps s where s.command_id = c.id) as steps`;

export interface CommandRow {
  id: string;
  version: string;
  kind: CommandKind;
  status: CommandStatus;
  truck_id: string;
  plate: string;
  company_id: string | null;
  terminal_id: string;
  text: string | null;
  seconds: number | null;
  kmh: number | null;
  alert_id: string | null;
  rule: string | null;
  reason: string | null;
  automatic: boolean;
  asked_by: string;
  asked_by_id: string | null;
  asked_at: Date;
  decided_by: string | null;
  decided_by_id: string | null;
  decided_at: Date | null;
  expires_at: Date;
  releases_at: Date | null;
  released_by: string | null;
  tried_at: Date | null;
  sent_at: Date | null;
  done_at: Date | null;
  correct_until: Date | null;
  put_right_at: Date | null;
  over_at: Date | null;
  photo_sha256: string | null;
  photo_type: 'image/jpeg' | 'image/png' | 'image/webp' | null;
  photo_bytes: number | null;
  company_district: string | null;
  alert_district: string | null;
  alert_ended: Date | null;
  steps: { at: string; status: CommandStatus; detail: string | null }[];
}

/** Roles that read what is asked of trucks: the city's own, and the company whose trucks they are. */
export const READS_COMMANDS = ['admin', 'supervisor', 'operator', 'viewer', 'dispatcher'] as const;

/** The condition of SQL over `COMMAND_TABLES`: whose trucks they are, or where the alert happened that it is about. Places have no part in it. */
export function commandsWithin(scope: Scope, params: unknown[]): string {
  return within(scope, { company: 'c.company_id', district: ['co.district_id', 'al.district_id'], place: () => 'false' }, params);
}

/** The same for whom a socket tells. */
export function mayRead({ role, scope }: Viewer, row: CommandRow): boolean {
  if (!(READS_COMMANDS as readonly string[]).includes(role)) return false;
  return sees(scope, { companyId: row.company_id, districtIds: [row.company_district, row.alert_district], placeIds: [] });
}

export function commandOf(row: CommandRow, waitsFor: CommandResource['waitsFor']): CommandResource {
  const optional = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: row.id,
    version: Number(row.version),
    kind: row.kind,
    status: row.status,
    truck: { id: row.truck_id, plate: row.plate },
    terminalId: row.terminal_id,
    text: row.text,
    seconds: row.seconds,
    kmh: row.kmh,
    alertId: row.alert_id,
    reason: row.reason,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    decidedBy: row.decided_by,
    decidedAt: optional(row.decided_at),
    expiresAt: row.expires_at.toISOString(),
    releasesAt: optional(row.releases_at),
    releasedBy: row.released_by,
    waitsFor,
    automatic: row.automatic,
    steps: row.steps.map((step) => ({ ...step, at: new Date(step.at).toISOString() })),
    correction: row.correct_until && { until: row.correct_until.toISOString(), putRightAt: optional(row.put_right_at) },
    photo: row.photo_sha256 === null ? null : { url: `/api/v1/commands/${row.id}/photo?sha256=${row.photo_sha256}` },
  };
}

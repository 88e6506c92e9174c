import { alertId, describe, type EpochMs, MINUTE_MS, type PlacedFinding, RULES, type Truck, whereIs, type Whereabout, type World } from '@muckwatch/domain';
import { nextVersion } from '../clock.js';

/** Completed by a report heard later than this after its fix: the alert is late and rings no siren. */
const LATE_MS = 5 * MINUTE_MS;

/** What a batch says of one alert: the rules' columns, absolute, so that the same batch twice changes nothing. */
export interface AlertDraft {
  id: string;
  rulesVersion: number;
  incident: string;
  rule: string;
  scope: string;
  severity: string;
  truckId: string;
  plate: string;
  companyId: string;
  haulId: string | null;
  place: Whereabout | null;
  began: EpochMs;
  ended: EpochMs | null;
  /** Taken when the alert is opened, kept afterwards. */
  late: boolean;
  openedAt: EpochMs;
  point: [lon: number, lat: number];
  evidence: Record<string, unknown>;
  limits: Record<string, number>;
  summary: { zh: string; en: string };
}

/** The alert that a finding opens, or what it now says of the one it opened before. */
export function draftAlert(finding: PlacedFinding, truck: Truck, world: World, heardAt: EpochMs): AlertDraft {
  const rule = RULES.find(({ code }) => code === finding.rule)!;
  const place = whereIs(finding, world);
  return {
    id: alertId(finding.rule, truck.id, finding.scope, finding.began),
    rulesVersion: nextVersion(),
    incident: finding.incident,
    rule: finding.rule,
    scope: finding.scope,
    severity: finding.severity,
    truckId: truck.id,
    plate: truck.plate,
    companyId: truck.companyId,
    haulId: finding.haulId,
    place,
    began: finding.began,
    ended: finding.ended,
    late: heardAt - finding.at > LATE_MS,
    openedAt: heardAt,
    point: finding.point,
    evidence: finding.evidence,
    limits: world.limits(finding.rule, rule.limits),
    summary: describe(finding, rule, truck.plate, place, world),
  };
}

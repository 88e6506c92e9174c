import {
  describe,
  type EpochMs,
  MINUTE_MS,
  type PlacedFinding,
  type RuleCode,
  RULES,
  type Severity,
  type Truck,
  whereIs,
  type Whereabout,
  type World,
} from '@muckwatch/domain';
import { nextVersion } from '../clock.js';

/** Completed by a report heard later than this after its fix: the alert is late and rings no siren. */
const LATE_MS = 5 * MINUTE_MS;

/** What a batch says of one alert: the rules' columns, absolute, so that the same batch twice changes nothing. */
export interface AlertDraft {
  id: string;
  rulesVersion: number;
  incident: string;
  rule: RuleCode;
  scope: string;
  severity: Severity;
  /** Null where no registered truck is known. */
  truckId: string | null;
  plate: string | null;
  companyId: string | null;
  haulId: string | null;
  /** Where the load came from. */
  siteId: string | null;
  /** Where it happened. */
  districtId: string | null;
  place: Whereabout | null;
  began: EpochMs;
  ended: EpochMs | null;
  /** Taken when the alert is opened, kept afterwards. */
  late: boolean;
  openedAt: EpochMs;
  /** Event time of the moment that opened it; taken when it is opened. */
  foundAt: EpochMs;
  /** The world it was judged by. */
  worldVersion: number;
  /** Its truck and rule were snoozed when it was opened. */
  snoozed: boolean;
  point: [lon: number, lat: number];
  evidence: Record<string, unknown>;
  limits: Record<string, number>;
  summary: { zh: string; en: string };
}

/** Whom an alert is about: a registered truck, or a plate as it was read, or nobody that can be named. */
export type Accused = Pick<Truck, 'id' | 'plate' | 'companyId'> | { id: null; plate: string | null; companyId: null };

/** What a finding is seen in. */
export interface Circumstances {
  accused: Accused;
  world: World;
  heardAt: EpochMs;
  districtId: string | null;
  snoozed: boolean;
}

/** The alert that a finding opens, or what it now says of the one it opened before. */
export function draftAlert(finding: PlacedFinding, { accused, world, heardAt, districtId, snoozed }: Circumstances): AlertDraft {
  const rule = RULES.find(({ code }) => code === finding.rule)!;
  const place = whereIs(finding, world);
  return {
    id: finding.id,
    rulesVersion: nextVersion(),
    incident: finding.incident,
    rule: finding.rule,
    scope: finding.scope,
    severity: finding.severity,
    truckId: accused.id,
    plate: accused.plate,
    companyId: accused.companyId,
    haulId: finding.haulId,
    siteId: finding.siteId,
    districtId,
    place,
    began: finding.began,
    ended: finding.ended,
    late: heardAt - finding.at > LATE_MS,
    openedAt: heardAt,
    foundAt: finding.at,
    worldVersion: world.version,
    snoozed,
    point: finding.point,
    evidence: finding.evidence,
    limits: world.limits(finding.rule, rule.limits),
    summary: describe(finding, rule, accused.plate, place, world),
  };
}

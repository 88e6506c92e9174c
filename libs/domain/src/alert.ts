import type { Point } from './report.js';
import type { EpochMs } from './time.js';

export const SEVERITIES = ['minor', 'serious', 'critical'] as const;
/** critical (act now), serious (violation), minor (watch or data quality). */
export type Severity = (typeof SEVERITIES)[number];

export const RULE_CODES = [
  'uncovered-load',
  'spill',
  'illegal-dumping',
  'wrong-yard',
  'unpermitted-loading',
  'off-route',
  'out-of-hours',
  'no-go',
  'speeding',
  'unwashed-departure',
  'uncovered-departure',
  'unregistered-truck',
  'no-permit',
  'overload',
  'long-stop',
  'silent-terminal',
  'platform-outage',
  'track-gap',
  'sensor-contradiction',
  'cloned-plate',
  'curfew',
] as const;
export type RuleCode = (typeof RULE_CODES)[number];

export const ALERT_STATUSES = ['open', 'acknowledged', 'confirmed', 'dismissed'] as const;
/** Status is people's; cleared, contradicted, late and severity are the rules'. */
export type AlertStatus = (typeof ALERT_STATUSES)[number];

export const ALERT_STEPS = ['acknowledge', 'dismiss', 'confirm', 'reopen'] as const;
export type AlertStep = (typeof ALERT_STEPS)[number];

/** Which step leads where, from where. A step that is not listed for a status is refused. */
export const ALERT_TRANSITIONS: Record<AlertStep, { from: readonly AlertStatus[]; to: AlertStatus; needsReason: boolean }> = {
  acknowledge: { from: ['open'], to: 'acknowledged', needsReason: false },
  dismiss: { from: ['open', 'acknowledged'], to: 'dismissed', needsReason: true },
  confirm: { from: ['open', 'acknowledged'], to: 'confirmed', needsReason: false },
  reopen: { from: ['dismissed', 'confirmed'], to: 'open', needsReason: true },
};

/** The status after a step, or null where the status does not allow it. */
export function afterStep(status: AlertStatus, step: AlertStep): AlertStatus | null {
  const transition = ALERT_TRANSITIONS[step];
  return transition.from.includes(status) ? transition.to : null;
}

/** Numbers and short words a rule found, by name with their units. */
export type EvidenceNumbers = Record<string, number | string | boolean | null>;

/** What one step of a rule found: an episode that opened, grew graver or longer, or ended. */
export interface Finding {
  rule: RuleCode;
  /** The place, camera or kind where a rule can hold twice at once, else `-`. */
  scope: string;
  /** First moment of the hold: with rule, subject and scope the identity of the alert. */
  began: EpochMs;
  /** End of the episode, null while it goes on. */
  ended: EpochMs | null;
  severity: Severity;
  /** Event time of the moment that found this. */
  at: EpochMs;
  /** Where the episode began. */
  point: Point;
  placeId: string | null;
  evidence: EvidenceNumbers;
  /** True for the step that opened the episode. */
  opened: boolean;
}

/** Identity `rule:subject:scope:began` as first opened; a finding made again after a restart is the same row. */
export function alertId(rule: RuleCode, subject: string, scope: string, began: EpochMs): string {
  return `${rule}:${subject}:${scope}:${began}`;
}

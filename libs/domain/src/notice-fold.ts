import { type AlertStatus, type Severity, SEVERITIES } from './alert.js';
import type { NoticeStatus } from './notice.js';
import type { EpochMs } from './time.js';

/** An alert as a notice goes by it. */
export interface NoticedAlert {
  id: string;
  severity: Severity;
  began: EpochMs;
  status: AlertStatus;
  contradicted: boolean;
}

/** What a notice says of its alerts so far. */
export interface NoticeSoFar {
  status: NoticeStatus;
  severity: Severity;
  alertIds: readonly string[];
}

/** What becomes of a notice when its alerts are what they are now. */
export interface Fold<A> {
  status: NoticeStatus;
  /** Every alert it was ever told of, in the order they came. */
  alertIds: string[];
  /** The gravest that stands, the earliest of those; once nothing stands, of all. */
  lead: A;
  /** Alerts past the first. */
  repeats: number;
  change: 'opened' | 'graver' | 'repeated' | 'withdrawn' | 'reopened' | null;
}

/** It holds until a person dismisses it or fuller data contradicts it; what a person confirmed holds whatever the data. */
export function stands({ status, contradicted }: Pick<NoticedAlert, 'status' | 'contradicted'>): boolean {
  return status === 'confirmed' || (status !== 'dismissed' && !contradicted);
}

/**
 * One notice an incident and recipient: further alerts are folded into it, it bears the gravest that stands, and it is withdrawn once none does. Null: there is
 * nothing to tell of. `alerts` holds every alert of the notice, those that are new to it last.
 */
export function fold<A extends NoticedAlert>(before: NoticeSoFar | null, alerts: readonly A[]): Fold<A> | null {
  const standing = alerts.filter(stands);
  const lead = gravest(standing.length > 0 ? standing : alerts);
  if (lead === null) return null;
  if (before === null) {
    if (standing.length === 0) return null;
    return { status: 'open', alertIds: alerts.map(({ id }) => id), lead, repeats: alerts.length - 1, change: 'opened' };
  }
  const alertIds = [...before.alertIds, ...alerts.map(({ id }) => id).filter((id) => !before.alertIds.includes(id))];
  const isRepeat = alertIds.length > before.alertIds.length;
  const result = { alertIds, lead, repeats: alertIds.length - 1 };
  if (standing.length === 0) {
    const ends = before.status !== 'withdrawn' && before.status !== 'accepted';
    return { ...result, status: ends ? 'withdrawn' : before.status, change: ends ? 'withdrawn' : isRepeat ? 'repeated' : null };
  }
  // What was withdrawn stands again, or happened again after its answer was accepted: it wants an answer of its own.
  const reopens = before.status === 'withdrawn' || (before.status === 'accepted' && isRepeat);
  if (reopens) return { ...result, status: 'open', change: 'reopened' };
  const graver = rank(lead.severity) > rank(before.severity);
  return { ...result, status: before.status, change: graver ? 'graver' : isRepeat ? 'repeated' : null };
}

function gravest<A extends NoticedAlert>(alerts: readonly A[]): A | null {
  let found: A | null = null;
  for (const alert of alerts) {
    const graver = found === null ? 1 : rank(alert.severity) - rank(found.severity);
    if (graver > 0 || (graver === 0 && alert.began < found!.began)) found = alert;
  }
  return found;
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

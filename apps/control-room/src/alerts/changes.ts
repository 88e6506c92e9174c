import type { Alert, Severity } from '@muckwatch/contract';

/** What judging again did to an alert after a person had decided it. */
export type Change = { kind: 'contradicted'; reason: { zh: string; en: string } } | { kind: 'graver'; severity: Severity };

/**
 * Only two things bring a decided alert back: what was confirmed is no longer supported, or what was dismissed is graver than it was then.
 * null: nothing changed since.
 */
export function changeOf(alert: Pick<Alert, 'changedSinceDecided' | 'status' | 'contradicted' | 'severity'>): Change | null {
  if (!alert.changedSinceDecided) return null;
  if (alert.contradicted && alert.status === 'confirmed') {
    return { kind: 'contradicted', reason: { zh: alert.contradicted.reasonZh, en: alert.contradicted.reason } };
  }
  return { kind: 'graver', severity: alert.severity };
}

import type { Alert, Severity } from '@muckwatch/contract';
import { SEVERITY_RANK } from '../theme/tokens.js';

/** One alert of an incident as a stretch of a thin bar, in percent of the bar. */
export interface Stripe {
  id: string;
  severity: Severity;
  leftPct: number;
  widthPct: number;
}

/** Something without length is still seen. */
const LEAST_PCT = 1.5;

/** An incident's alerts on one axis of time, the worst drawn last and so uppermost; null where they are all of one moment. What goes on ends now. */
export function stripOf(
  alerts: readonly Pick<Alert, 'id' | 'severity' | 'began' | 'ended'>[],
  now: number,
): { from: number; to: number; stripes: Stripe[] } | null {
  const spans = alerts.map(({ id, severity, began, ended }) => ({ id, severity, from: Date.parse(began), to: ended === null ? now : Date.parse(ended) }));
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => Math.max(span.from, span.to)));
  if (to - from < 1_000) return null;
  const pct = (ms: number) => (ms / (to - from)) * 100;
  const stripes = spans
    .sort((a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity])
    .map((span) => {
      const widthPct = Math.max(LEAST_PCT, pct(Math.max(0, span.to - span.from)));
      return { id: span.id, severity: span.severity, leftPct: Math.min(pct(span.from - from), 100 - widthPct), widthPct };
    });
  return { from, to, stripes };
}

import type { Alert, RuleCode, Severity } from '@muckwatch/contract';
import { SEVERITY_RANK } from '../theme/tokens.js';

/** Where an incident stands: as far as its least settled alert. */
export type Stage = 'open' | 'acknowledged' | 'decided';
export const STAGES: readonly Stage[] = ['open', 'acknowledged', 'decided'];

/** The alerts of one haul (or of one truck within 2 h): what an operator decides about. */
export interface Incident {
  id: string;
  stage: Stage;
  severity: Severity;
  /** The alert to look at first. */
  lead: Alert;
  /** The rest, worst first. */
  others: Alert[];
  /** All that is undecided was found late: it made no noise and shows in violet. */
  late: boolean;
  /** When the last decision was taken; null while undecided. */
  decidedAt: number | null;
}

export function groupIncidents(alerts: Iterable<Alert>): Incident[] {
  const byIncident = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const group = byIncident.get(alert.incident);
    if (group) group.push(alert);
    else byIncident.set(alert.incident, [alert]);
  }
  return [...byIncident].map(([id, group]) => incidentOf(id, group));
}

function incidentOf(id: string, alerts: Alert[]): Incident {
  const stage = stageOf(alerts);
  const undecided = alerts.filter((alert) => !isDecided(alert));
  const ranked = [...alerts].sort((a, b) => Number(isDecided(a)) - Number(isDecided(b)) || compareAlerts(a, b));
  const [lead, ...others] = ranked as [Alert, ...Alert[]];
  return {
    id,
    stage,
    severity: lead.severity,
    lead,
    others,
    late: (undecided.length > 0 ? undecided : alerts).every((alert) => alert.late),
    decidedAt: stage === 'decided' ? Math.max(...alerts.map((alert) => Date.parse(alert.decision?.at ?? alert.openedAt))) : null,
  };
}

function stageOf(alerts: Alert[]): Stage {
  if (alerts.some((alert) => alert.status === 'open')) return 'open';
  return alerts.some((alert) => alert.status === 'acknowledged') ? 'acknowledged' : 'decided';
}

export const isDecided = (alert: Pick<Alert, 'status'>): boolean => alert.status === 'confirmed' || alert.status === 'dismissed';

/** Worst first, then newest; the id settles what is left, so that the order never flickers. */
function compareAlerts(a: Alert, b: Alert): number {
  return SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity] || Date.parse(b.began) - Date.parse(a.began) || (a.id < b.id ? -1 : 1);
}

export interface QueueFilter {
  /** Empty: all. */
  rules: RuleCode[];
  severities: Severity[];
  includeLate: boolean;
}

export const NO_FILTER: QueueFilter = { rules: [], severities: [], includeLate: true };

export function passes(incident: Incident, filter: QueueFilter): boolean {
  if (incident.late && !filter.includeLate) return false;
  if (filter.severities.length > 0 && !filter.severities.includes(incident.severity)) return false;
  return filter.rules.length === 0 || [incident.lead, ...incident.others].some((alert) => filter.rules.includes(alert.rule));
}

/** Undecided incidents worst first; decided ones by when they were decided, newest first. */
export function queueOrder(incidents: Incident[]): Incident[] {
  return [...incidents].sort((a, b) => (b.decidedAt ?? 0) - (a.decidedAt ?? 0) || compareAlerts(a.lead, b.lead));
}

/** The rules of the incident's other alerts, each once, without the lead's own. */
export function otherRules(incident: Incident): RuleCode[] {
  return [...new Set(incident.others.map((alert) => alert.rule))].filter((rule) => rule !== incident.lead.rule);
}

/** For the head line: undecided alerts by severity. */
export function undecidedCounts(alerts: Iterable<Alert>): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, serious: 0, minor: 0 };
  for (const alert of alerts) if (!isDecided(alert)) counts[alert.severity]++;
  return counts;
}

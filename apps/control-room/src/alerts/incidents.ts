import type { Alert, RuleCode, Severity } from '@muckwatch/contract';
import { SEVERITY_RANK } from '../theme/tokens.js';

/** Where an incident stands: as far as its least settled alert. */
export type Stage = 'open' | 'acknowledged' | 'decided';
export const STAGES: readonly Stage[] = ['open', 'acknowledged', 'decided'];

/** Why an undecided alert is out of the way: fuller data no longer supports it, or its truck and rule were snoozed. */
export type Quiet = 'contradicted' | 'snoozed';

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
  /** Nothing that is undecided asks for anybody: greyed, below everything else. */
  quiet: Quiet | null;
  /** The lead came back after it had been decided. */
  changed: boolean;
  /** Who has it in hand: what joined it later is theirs too. */
  assignee: Alert['assignee'];
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
  const [lead, ...others] = [...alerts].sort(compareInIncident) as [Alert, ...Alert[]];
  return {
    id,
    stage,
    severity: lead.severity,
    lead,
    others,
    late: (undecided.length > 0 ? undecided : alerts).every((alert) => alert.late),
    // The lead is the loudest of what is undecided.
    quiet: stage === 'decided' ? null : quietOf(lead),
    changed: lead.changedSinceDecided,
    assignee: alerts.find(({ assignee }) => assignee !== null)?.assignee ?? null,
    decidedAt: stage === 'decided' ? Math.max(...alerts.map((alert) => Date.parse(alert.decision?.at ?? alert.openedAt))) : null,
  };
}

function stageOf(alerts: Alert[]): Stage {
  if (alerts.some((alert) => alert.status === 'open' || alert.changedSinceDecided)) return 'open';
  return alerts.some((alert) => alert.status === 'acknowledged') ? 'acknowledged' : 'decided';
}

export const isClosed = (alert: Pick<Alert, 'status'>): boolean => alert.status === 'confirmed' || alert.status === 'dismissed';

/** Closed, and nothing has changed since: what judging again changed afterwards is to be decided anew. */
export const isDecided = (alert: Pick<Alert, 'status' | 'changedSinceDecided'>): boolean => isClosed(alert) && !alert.changedSinceDecided;

/** Something in it that nobody has decided holds at this moment, as the map shows of its truck. */
export function goesOn({ lead, others }: Pick<Incident, 'lead' | 'others'>): boolean {
  return [lead, ...others].some((alert) => alert.ended === null && !alert.cleared && !isDecided(alert) && quietOf(alert) === null);
}

/** What came back after a decision is looked at again, even where the reason for its return is that it is contradicted. */
export function quietOf(alert: Pick<Alert, 'contradicted' | 'snoozed' | 'changedSinceDecided'>): Quiet | null {
  if (alert.changedSinceDecided) return null;
  return alert.contradicted ? 'contradicted' : alert.snoozed ? 'snoozed' : null;
}

/** What is undecided first, what is quiet behind what is not, then the worst. */
function compareInIncident(a: Alert, b: Alert): number {
  return Number(isDecided(a)) - Number(isDecided(b)) || compareLoudness(a, b) || compareAlerts(a, b);
}

const compareLoudness = (a: Alert, b: Alert) => Number(quietOf(a) !== null) - Number(quietOf(b) !== null);

/** Worst first, then newest; the id settles what is left, so that the order never flickers. */
function compareAlerts(a: Alert, b: Alert): number {
  return SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity] || Date.parse(b.began) - Date.parse(a.began) || (a.id < b.id ? -1 : 1);
}

export interface QueueFilter {
  /** Empty: all. */
  rules: RuleCode[];
  severities: Severity[];
  includeLate: boolean;
  /** Only what this account has in hand; null: everybody's. */
  assigneeId: string | null;
}

export const NO_FILTER: QueueFilter = { rules: [], severities: [], includeLate: true, assigneeId: null };

export function passes(incident: Incident, filter: QueueFilter): boolean {
  if (incident.late && !filter.includeLate) return false;
  if (filter.assigneeId !== null && incident.assignee?.id !== filter.assigneeId) return false;
  if (filter.severities.length > 0 && !filter.severities.includes(incident.severity)) return false;
  return filter.rules.length === 0 || [incident.lead, ...incident.others].some((alert) => filter.rules.includes(alert.rule));
}

/** Undecided incidents worst first, the quiet ones last; decided ones by when they were decided, newest first. */
export function queueOrder(incidents: Incident[]): Incident[] {
  return [...incidents].sort(
    (a, b) => (b.decidedAt ?? 0) - (a.decidedAt ?? 0) || Number(a.quiet !== null) - Number(b.quiet !== null) || compareAlerts(a.lead, b.lead),
  );
}

/** The incident's other alerts, each rule once by its worst, without the lead's own rule. */
export function otherRules(incident: Incident): Alert[] {
  const seen = new Set<RuleCode>([incident.lead.rule]);
  return incident.others.filter(({ rule }) => !seen.has(rule) && seen.add(rule));
}

/** For the head line: undecided incidents, each by its gravest undecided alert, without the quiet ones; as the server counts them for the city's pages. */
export function undecidedCounts(alerts: Iterable<Alert>): Record<Severity, number> {
  const worst = new Map<string, Severity>();
  for (const alert of alerts) {
    if (isDecided(alert) || quietOf(alert) !== null) continue;
    const known = worst.get(alert.incident);
    if (known === undefined || SEVERITY_RANK[alert.severity] > SEVERITY_RANK[known]) worst.set(alert.incident, alert.severity);
  }
  const counts: Record<Severity, number> = { critical: 0, serious: 0, minor: 0 };
  for (const severity of worst.values()) counts[severity]++;
  return counts;
}

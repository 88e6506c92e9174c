import type { AlertDetail, AlertStepRecord, RuleCode, Severity, SightingResource } from '@muckwatch/contract';

/** One line of what happened in which order, the system's own acts included. */
export type TimelineEntry = { at: number } & (
  | { kind: 'departed'; site: string; loadKg: number | null }
  | { kind: 'arrived'; yard: string }
  | { kind: 'unloaded' }
  | { kind: 'began' | 'ended'; rule: RuleCode; severity: Severity; alertId: string; own: boolean }
  | { kind: 'opened'; late: boolean; snoozed: boolean }
  | { kind: 'contradicted'; reason: string; reasonZh: string }
  | { kind: 'step'; by: string; step: AlertStepRecord['step']; reason: string | null }
  | { kind: 'sighting'; sighting: SightingResource }
  | { kind: 'sealed' }
);

export function timelineOf(detail: AlertDetail, sightings: readonly SightingResource[] = []): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const at = (time: string) => Date.parse(time);

  const { haul } = detail;
  if (haul?.site) entries.push({ at: at(haul.departedAt), kind: 'departed', site: haul.site.name, loadKg: haul.peakLoadKg });
  if (haul?.yard && haul.arrivedAt) entries.push({ at: at(haul.arrivedAt), kind: 'arrived', yard: haul.yard.name });
  if (haul?.unloadedAt) entries.push({ at: at(haul.unloadedAt), kind: 'unloaded' });

  for (const sighting of sightings) entries.push({ at: at(sighting.at), kind: 'sighting', sighting });

  for (const alert of [detail, ...detail.related]) {
    const about = { rule: alert.rule, severity: alert.severity, alertId: alert.id, own: alert.id === detail.id };
    entries.push({ at: at(alert.began), kind: 'began', ...about });
    if (alert.ended && alert.ended !== alert.began) entries.push({ at: at(alert.ended), kind: 'ended', ...about });
  }

  entries.push({ at: at(detail.openedAt), kind: 'opened', late: detail.late, snoozed: detail.snoozed });
  if (detail.contradicted) entries.push({ at: at(detail.contradicted.at), kind: 'contradicted', ...reasonsOf(detail.contradicted) });
  for (const step of detail.steps) entries.push({ at: at(step.at), kind: 'step', by: step.by, step: step.step, reason: step.reason });
  if (detail.sealed) entries.push({ at: at(detail.sealed.at), kind: 'sealed' });

  // A stable sort: what bears the same time stays in the order of the telling above, cause before effect.
  return entries.sort((a, b) => a.at - b.at);
}

const reasonsOf = ({ reason, reasonZh }: { reason: string; reasonZh: string }) => ({ reason, reasonZh });

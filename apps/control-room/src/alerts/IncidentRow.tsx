import type { Alert } from '@muckwatch/contract';
import { memo } from 'react';
import { plateWords } from '../app/plate.js';
import { useWords, type Words } from '../i18n/index.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { type Incident, otherRules } from './incidents.js';
import { metres } from './measures.js';

interface Props {
  incident: Incident;
  left: boolean;
  chosen: boolean;
  age: string;
  onChoose: (incidentId: string, alertId: string) => void;
}

/** Drawn again only when something in it changed: the ages of a long list tick at different seconds. */
export const IncidentRow = memo(function IncidentRow({ incident, left, chosen, age, onChoose }: Props) {
  const t = useWords();
  const { lead, severity } = incident;
  const others = otherRules(incident);
  const settled = incident.stage === 'decided' || left;
  return (
    <div
      id={`row-${incident.id}`}
      role="option"
      aria-selected={chosen}
      className={`row ${chosen ? 'on' : ''} ${left ? 'left' : ''} s-${severity}`}
      onClick={() => onChoose(incident.id, lead.id)}
      data-testid="alert-row"
      data-alert-id={lead.id}
      data-rule={lead.rule}
      data-severity={severity}
      data-incident={incident.id}
      data-alert-ids={[lead, ...incident.others].map((alert) => alert.id).join(' ')}
    >
      <span className={`row-shape c-${severity}`} role="img" aria-label={t.severity[severity]}>
        {SEVERITY_SHAPE[severity]}
      </span>
      <span className="row-plate">{lead.truck.plate ? plateWords(lead.truck.plate) : t.queue.unknownTruck}</span>
      <span className="row-age">{age}</span>
      <span className="row-line">
        <span className={`row-rule c-${severity}`}>{t.rule[lead.rule]}</span>
        <span className="row-place">{placeWords(lead, t)}</span>
      </span>
      {others.length > 0 && <span className="row-line row-also">{t.queue.also(t.list(others.map((rule) => t.rule[rule])))}</span>}
      {incident.late && (
        <span className="row-line">
          <span className="tag late">{t.queue.late}</span>
          <span>{t.queue.lateWhy}</span>
        </span>
      )}
      {lead.contradicted && (
        <span className="row-line">
          <span className="tag">{t.queue.contradicted}</span>
          <span>{t.queue.contradictedWhy}</span>
        </span>
      )}
      {(settled || incident.stage === 'acknowledged') && lead.decision && (
        <span className="row-line row-by">
          {lead.status === 'confirmed' ? '✓' : lead.status === 'dismissed' ? '✕' : '…'} {t.queue.by(lead.decision.by, t.status[lead.status])}
          {lead.decision.reason ? ` · ${lead.decision.reason}` : ''}
        </span>
      )}
    </div>
  );
});

export function placeWords(alert: Pick<Alert, 'place'>, t: Words): string {
  if (!alert.place) return t.queue.onRoad;
  return alert.place.distanceM > 0 ? t.queue.near(alert.place.name, metres(alert.place.distanceM, t)) : t.queue.inside(alert.place.name);
}

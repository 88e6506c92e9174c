import type { Alert } from '@muckwatch/contract';
import { memo } from 'react';
import { useWords, type Words } from '../i18n/index.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { changeOf } from './changes.js';
import { goesOn, type Incident } from './incidents.js';
import { IncidentStrip } from './IncidentStrip.js';
import { metres } from './measures.js';
import { whoWords } from './who.js';

interface Props {
  incident: Incident;
  left: boolean;
  chosen: boolean;
  age: string;
  ticked: boolean;
  onChoose: (incidentId: string, alertId: string) => void;
  /** Absent where nothing may be decided. */
  onTick?: ((incidentId: string, range: boolean) => void) | undefined;
}

/** Drawn again only when something in it changed: the ages of a long list tick at different seconds. */
export const IncidentRow = memo(function IncidentRow({ incident, left, chosen, age, ticked, onChoose, onTick }: Props) {
  const t = useWords();
  const { lead, severity } = incident;
  const settled = incident.stage === 'decided' || left;
  return (
    <div
      id={`row-${incident.id}`}
      role="option"
      aria-selected={chosen}
      className={`row ${chosen ? 'on' : ''} ${ticked ? 'ticked' : ''} ${left ? 'left' : ''} ${incident.quiet ? 'quiet' : ''} s-${severity}`}
      onClick={() => onChoose(incident.id, lead.id)}
      data-testid="alert-row"
      data-alert-id={lead.id}
      data-rule={lead.rule}
      data-severity={severity}
      data-quiet={incident.quiet ?? ''}
      data-incident={incident.id}
      data-alert-ids={[lead, ...incident.others].map((alert) => alert.id).join(' ')}
    >
      <span className={`row-shape c-${severity}`} role="img" aria-label={t.severity[severity]}>
        {SEVERITY_SHAPE[severity]}
      </span>
      {onTick && (
        <span
          className="row-tick"
          title={t.shifts.select(whoWords(lead, t))}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            onTick(incident.id, event.shiftKey);
          }}
          data-testid="row-tick"
        >
          {ticked ? '☑' : '☐'}
        </span>
      )}
      <span className="row-plate">{whoWords(lead, t)}</span>
      <span className="row-age">
        {!left && goesOn(incident) && (
          <span className={`row-on c-${severity}`} data-testid="row-on">
            {t.queue.ongoing}
          </span>
        )}
        {age}
      </span>
      <span className="row-line">
        <span className={`row-rule c-${severity}`}>{t.rule[lead.rule]}</span>
        <span className="row-place">{placeWords(lead, t)}</span>
      </span>
      {incident.others.length > 0 && <IncidentStrip incident={incident} />}
      {incident.late && (
        <span className="row-line">
          <span className="tag late">{t.queue.late}</span>
          <span>{t.queue.lateWhy}</span>
        </span>
      )}
      {lead.changedSinceDecided && (
        <span className="row-line">
          <span className="tag changed">{t.queue.changed}</span>
          <span>{changeWords(lead, t)}</span>
        </span>
      )}
      {lead.contradicted && !lead.changedSinceDecided && (
        <span className="row-line">
          <span className="tag">{t.queue.contradicted}</span>
          <span>{contradictionWords(lead.contradicted, t)}</span>
        </span>
      )}
      {lead.snoozed && (
        <span className="row-line">
          <span className="tag">{t.queue.snoozed}</span>
          <span>{t.queue.snoozedWhy}</span>
        </span>
      )}
      {incident.assignee && !settled && <span className="row-line row-by">→ {t.shifts.inHand(incident.assignee.name)}</span>}
      {(settled || incident.stage === 'acknowledged' || incident.changed) && lead.decision && (
        <span className="row-line row-by">
          {lead.status === 'confirmed' ? '✓' : lead.status === 'dismissed' ? '✕' : '…'} {t.queue.by(lead.decision.by, t.decided[lead.status])}
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

/** Why, in the viewer's language. */
export function contradictionWords({ reason, reasonZh }: { reason: string; reasonZh: string }, t: Words): string {
  return t.code === 'zh-CN' ? reasonZh : reason;
}

export function changeWords(alert: Alert, t: Words): string {
  const change = changeOf(alert);
  if (change === null) return '';
  return change.kind === 'graver' ? t.detail.changedGraver(t.severity[change.severity]) : t.code === 'zh-CN' ? change.reason.zh : change.reason.en;
}

import type { AlertDetail, AlertStepRecord, SightingResource } from '@muckwatch/contract';
import { useFocus } from '../app/focus.js';
import { timeWords } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { useWords, type Words } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { Picture } from '../sightings/Picture.js';
import { SightingSays } from '../sightings/SightingList.js';
import { cameraWords, sightingsOf } from '../sightings/sightings.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { contradictionWords } from './IncidentRow.js';
import { tonnes } from './measures.js';
import { type TimelineEntry, timelineOf } from './timeline.js';

const STEP_MARK: Record<AlertStepRecord['step'], string> = { acknowledge: '…', confirm: '✓', dismiss: '✕', reopen: '↺', assign: '→' };

/** What happened in which order, the system's own acts included. Another alert of the incident opens from its line. */
export function TimeLine({ detail }: { detail: AlertDetail }) {
  const t = useWords();
  const zone = useZone();
  const now = serverNow();
  const seen = useRead<{ items: SightingResource[] }>(sightingsOf(detail));
  const sightings = seen.state === 'read' ? seen.answer.items : [];
  return (
    <section>
      <h3 className="detail-title">{t.detail.timeLine}</h3>
      <ol className="steps">
        {timelineOf(detail, sightings).map((entry, i) => (
          <li key={i}>
            <time>{timeWords(entry.at, now, zone, t)}</time>
            <span className={markClass(entry)} aria-hidden>
              {mark(entry)}
            </span>
            <span className={entry.kind === 'opened' || entry.kind === 'ended' ? 'soft' : ''}>
              <Telling entry={entry} t={t} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Telling({ entry, t }: { entry: TimelineEntry; t: Words }) {
  switch (entry.kind) {
    case 'departed':
      return t.detail.departed(entry.site, entry.loadKg === null ? null : tonnes(entry.loadKg, t));
    case 'arrived':
      return t.detail.arrived(entry.yard);
    case 'unloaded':
      return t.detail.unloaded;
    case 'began':
      if (entry.own) return <b>{t.detail.began(t.rule[entry.rule])}</b>;
      return (
        <button className="plain steps-link" title={t.detail.openRelated} onClick={() => useFocus.setState({ alertId: entry.alertId })}>
          {t.detail.began(t.rule[entry.rule])} →
        </button>
      );
    case 'ended':
      return t.detail.endedAt(t.rule[entry.rule]);
    case 'opened':
      return entry.late ? t.detail.openedLate : entry.snoozed ? t.detail.openedSnoozed : t.detail.opened;
    case 'contradicted':
      return t.detail.contradictedAt(contradictionWords(entry, t));
    case 'step':
      if (entry.step === 'assign') return t.shifts.assignedBy(entry.by, entry.reason);
      return (
        <>
          {t.detail.stepBy(entry.by, t.step[entry.step])}
          {entry.reason && <em>{t.detail.reasonOf(entry.reason)}</em>}
        </>
      );
    case 'sighting':
      return (
        <span className="steps-seen">
          {t.sightings.seenBy(cameraWords(entry.sighting))}
          <SightingSays sighting={entry.sighting} />
          <Picture sighting={entry.sighting} />
        </span>
      );
    case 'sealed':
      return t.detail.sealed;
  }
}

function mark(entry: TimelineEntry): string {
  if (entry.kind === 'began') return SEVERITY_SHAPE[entry.severity];
  if (entry.kind === 'step') return STEP_MARK[entry.step];
  return entry.kind === 'ended' ? '–' : entry.kind === 'opened' ? '·' : entry.kind === 'sighting' ? '◉' : '○';
}

const markClass = (entry: TimelineEntry) => (entry.kind === 'began' ? `c-${entry.severity}` : 'soft');

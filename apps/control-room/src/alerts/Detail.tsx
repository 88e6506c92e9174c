import type { Alert, AlertDetail } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { closePanel, useFocus } from '../app/focus.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { CommandList } from '../commands/CommandList.js';
import { currentMap } from '../map/current.js';
import { AlertSnooze } from '../snooze/AlertSnooze.js';
import { Assignee } from '../shift/Assignee.js';
import { replayOf } from '../playback/address.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { PutRight } from '../told/PutRight.js';
import { Told } from '../told/Told.js';
import { ToldStrip } from '../told/ToldStrip.js';
import { useAlerts } from './alertStore.js';
import { Decisions } from './Decisions.js';
import './detail.css';
import { EvidencePack } from './EvidencePack.js';
import { FactList } from './FactList.js';
import { SeriesChart } from './SeriesChart.js';
import { incidentTrack } from './stretches.js';
import { TimeLine } from './TimeLine.js';
import { useAlertDetail } from './useAlertDetail.js';
import { contradictionWords } from './IncidentRow.js';
import { whoWords } from './who.js';
import { Why } from './Why.js';

/** The incident panel answers in the order an operator asks: who and what, what happened, the facts, the series, the order of things, who was told and how they answered, the decision. */
export function Detail({ onSeeMap }: { onSeeMap: () => void }) {
  const t = useWords();
  const alertId = useFocus((s) => s.alertId);
  const alert = useAlerts((s) => (alertId === null ? undefined : s.alerts.get(alertId)));
  const read = useAlertDetail(alertId);
  const detail = read.state === 'read' ? read.detail : null;
  useTrackOnMap(alertId, alert, detail, read.state === 'failed');

  if (alertId === null) {
    return (
      <div className="detail-empty">
        <p>{t.detail.empty}</p>
        <p className="mute">{t.detail.emptyKeys}</p>
      </div>
    );
  }
  const shown = alert ?? detail;
  if (!shown) return <Missing read={read} />;
  return (
    <article className="detail" data-testid="alert-detail" data-alert-id={shown.id} data-status={shown.status} aria-label={t.rule[shown.rule]}>
      <div className="detail-scroll" key={shown.id}>
        <Head alert={shown} detail={detail} onSeeMap={onSeeMap} />
        {detail ? (
          <Body detail={{ ...detail, ...shown }} />
        ) : read.state === 'failed' || read.state === 'gone' ? (
          <Missing read={read} />
        ) : (
          <Waiting what={t.detail.timeLine} small />
        )}
      </div>
      <ToldStrip alert={shown} alertIds={alertIdsOf(shown, detail)} onOpen={() => document.getElementById('told')?.scrollIntoView({ block: 'start' })} />
      <Decisions alert={shown} />
    </article>
  );
}

function Head({ alert, detail, onSeeMap }: { alert: Alert; detail: AlertDetail | null; onSeeMap: () => void }) {
  const t = useWords();
  const [why, setWhy] = useState(false);
  // Chinese is the record's language and comes first; an English page turns the two round.
  const [first, second] = t.code === 'zh-CN' ? [alert.summary.zh, alert.summary.en] : [alert.summary.en, alert.summary.zh];
  return (
    <>
      <header className="detail-head">
        <div className="detail-who">
          <h2>{whoWords(alert, t)}</h2>
          <span className="detail-company">{alert.company?.name ?? ''}</span>
        </div>
        <button className={`detail-rule s-${alert.severity}`} aria-expanded={why} onClick={() => setWhy(!why)} title={t.detail.whyOpen}>
          <span aria-hidden>{SEVERITY_SHAPE[alert.severity]}</span> {t.rule[alert.rule]} <span aria-hidden>{why ? '▴' : '▾'}</span>
        </button>
        <button className="detail-close" onClick={closePanel} aria-label={t.close}>
          ✕
        </button>
      </header>
      <Assignee alert={alert} />
      {(alert.late || alert.contradicted || alert.snoozed) && (
        <div className="detail-tags">
          {alert.late && <span className="tag late">{t.queue.late}</span>}
          {alert.late && <span>{t.queue.lateWhy}</span>}
          {alert.contradicted && <span className="tag">{t.queue.contradicted}</span>}
          {alert.contradicted && <span>{contradictionWords(alert.contradicted, t)}</span>}
          {alert.snoozed && <span className="tag">{t.queue.snoozed}</span>}
          {alert.snoozed && <span>{t.queue.snoozedWhy}</span>}
        </div>
      )}
      {why && <Why alert={alert} limits={detail?.limits ?? null} />}
      <PutRight alert={alert} alertIds={alertIdsOf(alert, detail)} />
      <p className="detail-say">
        {first}
        <small>{second}</small>
      </p>
      <button
        className="detail-see plain c-minor"
        onClick={() => {
          onSeeMap();
          closePanel();
        }}
      >
        {t.phone.map} →
      </button>
    </>
  );
}

function Body({ detail }: { detail: AlertDetail }) {
  const t = useWords();
  const now = useNow();
  const { truck } = detail;
  return (
    <>
      <FactList detail={detail} now={now} />
      {truck.id !== null && <SeriesChart detail={detail} now={now} />}
      {truck.id !== null && (
        <a className="c-minor detail-replay" href={replayOf(truck.id, Date.parse(detail.began), untilOf(detail, now), now)} data-testid="alert-playback">
          {t.playback.link}
        </a>
      )}
      <TimeLine detail={detail} />
      <Told alert={detail} />
      {truck.id !== null && (
        <CommandList
          truck={{ id: truck.id, plate: truck.plate ?? truck.id }}
          about={{ alertId: detail.id, alertIds: alertIdsOf(detail, detail), rule: detail.rule }}
        />
      )}
      <EvidencePack detail={detail} />
      <AlertSnooze alert={detail} />
    </>
  );
}

const untilOf = ({ ended }: Alert, now: number) => (ended === null ? now : Date.parse(ended));

const alertIdsOf = (alert: Alert, detail: AlertDetail | null): string[] => [alert.id, ...(detail?.related ?? []).map(({ id }) => id)];

function Missing({ read }: { read: ReturnType<typeof useAlertDetail> }) {
  const t = useWords();
  if (read.state === 'reading') return <Waiting what={t.detail.timeLine} />;
  return (
    <div className="detail-empty" role="alert">
      <p>{read.state === 'gone' ? t.detail.gone : t.detail.failed}</p>
      <p className="mute">{read.state === 'failed' ? read.words : t.detail.goneWhy}</p>
      {read.state === 'failed' && (
        <button className="plain c-minor" onClick={read.again}>
          {t.retry}
        </button>
      )}
    </div>
  );
}

/** The track lies on the map as long as the panel shows its alert; the map goes to it once, and again when asked (Enter). */
function useTrackOnMap(alertId: string | null, alert: Alert | undefined, detail: AlertDetail | null, noTrack: boolean): void {
  const look = useFocus((s) => s.look);
  const truckId = useFocus((s) => s.truckId);
  const shownId = detail?.id ?? null;

  useEffect(() => {
    if (truckId !== null) return; // a truck was clicked: its own last half hour is on the map
    currentMap()?.showTrack(detail ? incidentTrack(detail.series, [detail, ...detail.related]) : []);
  }, [detail, truckId]);

  useEffect(() => {
    if (alertId === null) return;
    if (!detail && !noTrack) return; // the track is on its way: one flight, not two
    const points = detail && detail.series.length > 1 ? detail.series.filter((point) => point.doubt === null) : alert ? [alert.position] : [];
    currentMap()?.lookAt(points, false);
    // Once for each alert whose track has come, and for each wish; not for every report that lengthens the track.
  }, [alertId, shownId, noTrack]);

  useEffect(() => {
    if (look > 0 && detail && useFocus.getState().truckId === null) currentMap()?.lookAt(detail.series, true);
  }, [look]);
}

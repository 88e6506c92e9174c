import type { LabAlert } from '@muckwatch/contract';
import { useEffect, useMemo, useRef } from 'react';
import { go } from '../app/router.js';
import { useWords } from '../i18n/index.js';
import { MapFrame } from '../map/MapFrame.js';
import { readPlaces, useMap } from '../map/mapStore.js';
import { useGroundMap } from '../map/useGroundMap.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { keyOf } from './lab.js';
import { LabMap, setLabMap } from './labMap.js';
import { useLab } from './labStore.js';

const CHANGES = ['gained', 'lost', 'kept'] as const;
const NOTHING: LabAlert[] = [];

export function LabMapPane() {
  const t = useWords();
  const element = useRef<HTMLDivElement>(null);
  const run = useLab((s) => s.run);
  const chosen = useLab((s) => s.chosen);
  const map = useLabMap(element);

  const alerts = run?.alerts ?? NOTHING;
  useEffect(() => map?.show(alerts), [map, alerts]);
  // The map goes to a run's alerts once it has ended, and never while somebody may be looking at one of them.
  const ended = run !== null && run.state !== 'running' ? run.id : null;
  useEffect(() => {
    if (ended !== null) map?.showAll();
  }, [map, ended]);
  useEffect(() => {
    if (!map) return;
    map.layer.chosen = chosen;
    map.layer.redraw();
  }, [map, chosen]);

  const alert = useMemo(() => alerts.find((one) => keyOf(one) === chosen) ?? null, [alerts, chosen]);
  return (
    <MapFrame
      box={element}
      map={map}
      testid="lab-map"
      buttons={
        <button className="map-box" onClick={() => map?.showAll()}>
          {t.lab.whole}
        </button>
      }
    >
      <div className="lab-under">
        {alerts.length > 0 && <Sentence alert={alert} />}
        <div className="map-box lab-legend">
          {CHANGES.map((change) => (
            <span key={change} title={t.lab.changeWhy[change]}>
              <i className={`ch-mark ch-${change}`} /> {t.lab.change[change]}
            </span>
          ))}
        </div>
      </div>
    </MapFrame>
  );
}

function Sentence({ alert }: { alert: LabAlert | null }) {
  const t = useWords();
  if (!alert) return <div className="map-box lab-say mute">{t.lab.chosenHint}</div>;
  const [first, second] = t.code === 'zh-CN' ? [alert.summary.zh, alert.summary.en] : [alert.summary.en, alert.summary.zh];
  return (
    <div className="map-box lab-say" data-testid="lab-sentence">
      <strong className={`c-${alert.severity}`}>
        {SEVERITY_SHAPE[alert.severity]} {t.rule[alert.rule]}
      </strong>{' '}
      <span className={`ch-${alert.change}`}>{t.lab.changeWhy[alert.change]}</span>
      <p>{first}</p>
      <small>{second}</small>
      {alert.alertId !== null && (
        <button className="plain c-minor" onClick={() => go(`#/alert/${encodeURIComponent(alert.alertId!)}`)} data-testid="lab-open">
          {t.lab.open}
        </button>
      )}
    </div>
  );
}

function useLabMap(element: React.RefObject<HTMLDivElement | null>): LabMap | null {
  const map = useGroundMap(element, (box, still) => new LabMap(box, still));
  const { base, places, placesRead } = useMap();
  useEffect(() => map?.showGround({ base, places }), [map, base, places]);
  const known = places.length > 0 || placesRead === 'failed';
  useEffect(() => {
    if (known) map?.showAll(false);
  }, [map, known]);
  useEffect(() => {
    if (placesRead !== 'read') void readPlaces();
  }, []);
  useEffect(() => {
    setLabMap(map);
    return () => setLabMap(null);
  }, [map]);
  return map;
}

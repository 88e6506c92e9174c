import type { LabAlert } from '@muckwatch/contract';
import type L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { go } from '../app/router.js';
import { useWords } from '../i18n/index.js';
import '../map/map.css';
import { MapCorner } from '../map/MapCorner.js';
import { readBase, readPlaces, readSettings, useMap } from '../map/mapStore.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { keyOf } from './lab.js';
import { LabMap, labMap, setLabMap } from './labMap.js';
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
  useEffect(() => labMap()?.show(alerts), [alerts]);
  // The map goes to a run's alerts once it has ended, and never while somebody may be looking at one of them.
  const ended = run !== null && run.state !== 'running' ? run.id : null;
  useEffect(() => {
    if (ended !== null) labMap()?.showAll();
  }, [ended]);
  useEffect(() => {
    const map = labMap();
    if (!map) return;
    map.layer.chosen = chosen;
    map.layer.redraw();
  }, [chosen]);

  const alert = useMemo(() => alerts.find((one) => keyOf(one) === chosen) ?? null, [alerts, chosen]);
  return (
    <div className="map">
      <div ref={element} className="map-canvas" data-testid="lab-map" />
      <div className="layers">
        <button className="map-box" onClick={() => labMap()?.showAll()}>
          {t.lab.whole}
        </button>
        <button className="map-box square" onClick={() => labMap()?.map.zoomIn()} aria-label={t.map.zoomIn}>
          +
        </button>
        <button className="map-box square" onClick={() => labMap()?.map.zoomOut()} aria-label={t.map.zoomOut}>
          −
        </button>
      </div>
      <MapCorner map={map} />
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
    </div>
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

function useLabMap(element: React.RefObject<HTMLDivElement | null>): L.Map | null {
  const [shown, setShown] = useState<L.Map | null>(null);
  useEffect(() => {
    const map = new LabMap(element.current!, window.matchMedia('(prefers-reduced-motion: reduce)').matches);
    setLabMap(map);
    setShown(map.map);
    const resized = new ResizeObserver(() => map.map.invalidateSize({ pan: false, animate: false }));
    resized.observe(element.current!);
    const onMap = ({ base, places, placesRead }: ReturnType<typeof useMap.getState>) => {
      const first = map.ground.places.length === 0 && places.length > 0;
      Object.assign(map.ground, { base, places });
      map.ground.redraw();
      if (first || placesRead === 'failed') map.showAll(false);
    };
    onMap(useMap.getState());
    const stop = useMap.subscribe(onMap);
    if (useMap.getState().placesRead !== 'read') void readPlaces();
    if (useMap.getState().baseRead !== 'read') void readBase();
    void readSettings();
    return () => {
      stop();
      resized.disconnect();
      setLabMap(null);
      map.destroy();
    };
  }, [element]);
  return shown;
}

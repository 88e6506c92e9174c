import 'leaflet/dist/leaflet.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { spanWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import '../map/map.css';
import { MapCorner } from '../map/MapCorner.js';
import { readBase, readPlaces, readSettings, useMap } from '../map/mapStore.js';
import { readRoutes, useRoutes } from '../map/routeStore.js';
import type { Arrow } from './arrowCanvas.js';
import { clock } from './clock.js';
import { colourOf, HELD_COLOUR, LATE_COLOUR } from './colours.js';
import { HELD, heldOf } from './held.js';
import { PlayMap } from './playMap.js';
import { inOrder, usePlay } from './playStore.js';
import { untilOf } from './readTruck.js';
import { usePlateOf } from './usePlateOf.js';

export function PlayMapPane() {
  const t = useWords();
  const element = useRef<HTMLDivElement>(null);
  const map = usePlayMap(element);
  const { shown, recordings, follow, chartOf } = usePlay();
  const plateOf = usePlateOf();
  const arrows = useMemo(() => {
    const all = inOrder({ shown, recordings });
    const single = shown?.trucks.length === 1;
    return all.map(({ truckId, tape, stays, alerts }): Arrow => {
      const episodes = alerts.map((alert) => ({ from: Date.parse(alert.began), to: untilOf(alert), severity: alert.severity }));
      return { tape, held: single ? heldOf(tape, stays?.loads ?? [], episodes) : null, colour: colourOf(shown!.trucks, truckId), name: plateOf(truckId) };
    });
  }, [shown, recordings, plateOf]);

  useEffect(() => {
    if (!map) return;
    map.arrows.silence = (ms) => (Number.isFinite(ms) ? t.playback.silent(spanWords(ms, t)) : t.playback.silentSince);
    map.show(arrows);
    if (shown && arrows.some(({ tape }) => tape.at.length > 1))
      map.fit(`${shown.trucks.join()} ${shown.from} ${shown.to} ${arrows.length === shown.trucks.length}`);
  }, [map, arrows, t]);
  useEffect(() => {
    if (map) map.followed = follow ? arrows.filter(({ tape }) => shown?.trucks.length === 1 || tape.truckId === chartOf) : [];
  }, [map, arrows, follow, chartOf]);

  return (
    <div className="map play-map">
      <div ref={element} className="map-canvas" data-testid="play-map" />
      <div className="layers">
        <button className="map-box" onClick={() => map?.fit('', true)} data-testid="play-fit">
          {t.playback.fit}
        </button>
        <button className="map-box square" onClick={() => map?.map.zoomIn(1)} aria-label={t.map.zoomIn}>
          +
        </button>
        <button className="map-box square" onClick={() => map?.map.zoomOut(1)} aria-label={t.map.zoomOut}>
          −
        </button>
      </div>
      <MapCorner map={map?.map ?? null} />
      {arrows.length > 0 && <Legend single={shown?.trucks.length === 1} arrows={arrows} />}
    </div>
  );
}

/** Only what is on the map. */
function Legend({ single, arrows }: { single: boolean; arrows: readonly Arrow[] }) {
  const t = useWords();
  const held = single ? HELD.filter((_, code) => arrows[0]!.held?.includes(code)) : [];
  const entries = [
    ...held.map((name) => ({ key: name, words: t.playback.held[name], colour: HELD_COLOUR[name], look: 'line' })),
    { key: 'gap', words: t.playback.gapLegend, colour: 'var(--soft)', look: 'dashed' },
    ...(arrows.some(({ tape }) => tape.doubted.length > 0) ? [{ key: 'doubt', words: t.playback.doubtLegend, colour: 'var(--soft)', look: 'hollow' }] : []),
    ...(arrows.some(({ tape }) => tape.lateCount > 0) ? [{ key: 'late', words: t.queue.late, colour: LATE_COLOUR, look: 'line' }] : []),
  ];
  return (
    <div className="map-box play-legend">
      {entries.map(({ key, words, colour, look }) => (
        <span key={key}>
          <i className={`play-look ${look}`} style={{ borderColor: colour }} /> {words}
        </span>
      ))}
    </div>
  );
}

function usePlayMap(element: React.RefObject<HTMLDivElement | null>): PlayMap | null {
  const [map, setMap] = useState<PlayMap | null>(null);
  useEffect(() => {
    const made = new PlayMap(element.current!, window.matchMedia('(prefers-reduced-motion: reduce)').matches, (at) => clock.seek(at));
    setMap(made);
    const resized = new ResizeObserver(() => made.map.invalidateSize({ pan: false, animate: false }));
    resized.observe(element.current!);
    const onMap = ({ base, places, hidden, names, routes }: ReturnType<typeof useMap.getState>) => {
      Object.assign(made.ground, { base, places, names, hidden: new Set(hidden) });
      made.ground.redraw();
      made.routes.hidden = !routes;
      made.routes.redraw();
    };
    const onRoutes = ({ routes }: ReturnType<typeof useRoutes.getState>) => {
      made.routes.routes = routes;
      made.routes.redraw();
    };
    onMap(useMap.getState());
    onRoutes(useRoutes.getState());
    const stops = [
      useMap.subscribe(onMap),
      useRoutes.subscribe(onRoutes),
      clock.listen((at) => made.moveTo(at)),
      usePlay.subscribe((now, was) => {
        if (now.hover === was.hover) return;
        made.arrows.hover = now.hover;
        made.arrows.redraw();
      }),
    ];
    if (useMap.getState().placesRead !== 'read') void readPlaces();
    if (useMap.getState().baseRead !== 'read') void readBase();
    void readSettings();
    if (useRoutes.getState().read !== 'read') void readRoutes();
    return () => {
      stops.forEach((stop) => stop());
      resized.disconnect();
      made.destroy();
    };
  }, [element]);
  return map;
}

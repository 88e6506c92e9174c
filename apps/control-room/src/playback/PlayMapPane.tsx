import { useEffect, useMemo, useRef } from 'react';
import { spanWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { MapFrame } from '../map/MapFrame.js';
import { readPlaces, useMap } from '../map/mapStore.js';
import { readRoutes, useRoutes } from '../map/routeStore.js';
import { useGroundMap } from '../map/useGroundMap.js';
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
    map.arrows.lost = ({ silentMs, jumps }) => {
      if (jumps) return t.playback.jumps;
      return Number.isFinite(silentMs) ? t.playback.silent(spanWords(silentMs, t)) : t.playback.silentSince;
    };
    map.show(arrows);
    if (shown && arrows.some(({ tape }) => tape.at.length > 1))
      map.fit(`${shown.trucks.join()} ${shown.from} ${shown.to} ${arrows.length === shown.trucks.length}`);
  }, [map, arrows, t]);
  useEffect(() => {
    if (map) map.followed = follow ? arrows.filter(({ tape }) => shown?.trucks.length === 1 || tape.truckId === chartOf) : [];
  }, [map, arrows, follow, chartOf]);

  return (
    <MapFrame
      box={element}
      map={map}
      className="play-map"
      testid="play-map"
      buttons={
        <button className="map-box" onClick={() => map?.fit('', true)} data-testid="play-fit">
          {t.playback.fit}
        </button>
      }
    >
      {arrows.length > 0 && <Legend single={shown?.trucks.length === 1} arrows={arrows} />}
    </MapFrame>
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
  const map = useGroundMap(element, (box, still) => new PlayMap(box, still, (at) => clock.seek(at)));
  const { base, places, placesRead, hidden, names, routes: routesShown } = useMap();
  useEffect(() => map?.showGround({ base, places, names, hidden: new Set(hidden) }), [map, base, places, names, hidden]);
  const { routes, read } = useRoutes();
  useEffect(() => {
    if (!map) return;
    Object.assign(map.routes, { routes, hidden: !routesShown });
    map.routes.redraw();
  }, [map, routes, routesShown]);
  useEffect(() => {
    if (placesRead !== 'read') void readPlaces();
    if (read !== 'read') void readRoutes();
  }, []);
  useEffect(() => {
    if (!map) return;
    const stops = [
      clock.listen((at) => map.moveTo(at)),
      usePlay.subscribe((now, was) => {
        if (now.hover === was.hover) return;
        map.arrows.hover = now.hover;
        map.arrows.redraw();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [map]);
  return map;
}

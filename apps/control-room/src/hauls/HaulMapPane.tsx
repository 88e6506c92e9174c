import type { HaulRow, HaulTotals, Track } from '@muckwatch/contract';
import 'leaflet/dist/leaflet.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { clockTime } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import '../map/map.css';
import { MapCorner } from '../map/MapCorner.js';
import { readBase, readSettings, useMap } from '../map/mapStore.js';
import { linesOf } from './flows.js';
import { HaulMap } from './haulMap.js';
import { cubic, number } from './numbers.js';
import { refined, type Sought } from './sought.js';

const NO_FLOWS: HaulTotals['flows'] = [];

/** From where to where the loads of the conditions went, or the way of the one that is chosen. */
export default function HaulMapPane({
  flows,
  chosen,
  sought,
  onChange,
}: {
  flows: HaulTotals['flows'] | null;
  chosen: HaulRow | null;
  sought: Sought;
  onChange: (sought: Sought) => void;
}) {
  const t = useWords();
  const zone = useZone();
  const element = useRef<HTMLDivElement>(null);
  const map = useHaulMap(element);
  const places = useMap((s) => s.places);
  const { lines, without } = useMemo(() => linesOf(flows ?? NO_FLOWS, places), [flows, places]);
  const track = useRead<Track>(chosen ? trackPath(chosen) : null);
  const answer = chosen && track.state === 'read' ? track.answer : null;

  // Where one looks is kept while the same thing is read again.
  const shown = useRef('');
  const seen = useRef({ sought, onChange });
  seen.current = { sought, onChange };
  useEffect(() => {
    if (!map) return;
    if (chosen) {
      const clock = (at: string) => clockTime(Date.parse(at), zone);
      map.showLoad(chosen, answer, {
        departed: t.hauls.departedMark(clock(chosen.departedAt)),
        ended: chosen.endedAt ? t.hauls.endedMark(clock(chosen.endedAt)) : t.hauls.nowMark,
        bedUp: chosen.bedUpAt ? t.hauls.bedUp(clock(chosen.bedUpAt)) : '',
      });
    } else {
      const say = ({ flow, site, yard }: (typeof lines)[number]) => t.hauls.flowOf(site.name, yard.name, number(flow.loads, t), cubic(flow.volumeM3, t));
      map.showFlows(lines, say, ({ site, yard }) => seen.current.onChange(refined(seen.current.sought, { site: site.id, yard: yard.id })));
    }
    const showing = chosen ? `${chosen.id} ${answer ? 'track' : ''}` : `flows ${lines.map(({ flow }) => `${flow.siteId}>${flow.yardId}`).join()}`;
    if (shown.current !== showing) {
      map.fit(shown.current !== '');
      // On a phone the map is further up the page; on a desk it is in view and nothing moves.
      if (chosen) map.map.getContainer().scrollIntoView({ block: 'nearest' });
    }
    shown.current = showing;
  }, [map, chosen, answer, lines, places, t, zone]);

  return (
    <div className="map">
      <div ref={element} className="map-canvas" data-testid="hauls-map" />
      <div className="layers">
        {chosen && (
          <button className="map-box" onClick={() => onChange({ ...sought, haul: '' })} data-testid="hauls-unchoose">
            {t.hauls.unchoose}
          </button>
        )}
        <button className="map-box square" onClick={() => map?.map.zoomIn()} aria-label={t.map.zoomIn}>
          +
        </button>
        <button className="map-box square" onClick={() => map?.map.zoomOut()} aria-label={t.map.zoomOut}>
          −
        </button>
      </div>
      <MapCorner map={map?.map ?? null} />
      <p className="map-box hauls-say" role="status">
        {!chosen
          ? [t.hauls.flowsHint, without > 0 ? t.hauls.without(number(without, t)) : ''].join(' ')
          : track.state === 'reading'
            ? t.loading(t.hauls.trackReading)
            : track.state === 'failed'
              ? `${t.hauls.trackFailed} ${track.words}`
              : track.answer.points.length === 0
                ? t.hauls.trackNone
                : chosen.bedUpAt
                  ? t.hauls.bedUp(clockTime(Date.parse(chosen.bedUpAt), zone))
                  : t.hauls.bedUpUnknown}
      </p>
    </div>
  );
}

function trackPath({ truck, departedAt, endedAt }: HaulRow): string {
  const to = endedAt === null ? '' : `&to=${encodeURIComponent(endedAt)}`;
  return `/trucks/${encodeURIComponent(truck.id)}/track?from=${encodeURIComponent(departedAt)}${to}`;
}

function useHaulMap(element: React.RefObject<HTMLDivElement | null>): HaulMap | null {
  const [map, setMap] = useState<HaulMap | null>(null);
  useEffect(() => {
    const made = new HaulMap(element.current!, window.matchMedia('(prefers-reduced-motion: reduce)').matches);
    const resized = new ResizeObserver(() => {
      const hidden = made.map.getSize().x === 0;
      made.map.invalidateSize({ pan: false, animate: false });
      if (hidden) made.fit(false);
    });
    resized.observe(element.current!);
    const onMap = ({ base, places }: ReturnType<typeof useMap.getState>) => {
      const first = made.ground.places.length === 0 && places.length > 0;
      Object.assign(made.ground, { base, places });
      made.ground.redraw();
      if (first) made.fit(false);
    };
    onMap(useMap.getState());
    const stop = useMap.subscribe(onMap);
    if (useMap.getState().baseRead !== 'read') void readBase();
    void readSettings();
    setMap(made);
    return () => {
      stop();
      resized.disconnect();
      setMap(null);
      made.destroy();
    };
  }, [element]);
  return map;
}

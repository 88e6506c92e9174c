import 'leaflet/dist/leaflet.css';
import type { ReactNode, RefObject } from 'react';
import { useWords } from '../i18n/index.js';
import type { GroundMap } from './groundMap.js';
import './map.css';
import { MapCorner } from './MapCorner.js';

interface Props {
  box: RefObject<HTMLDivElement | null>;
  map: GroundMap | null;
  /** What the map is called aloud, where «map» does not say it. */
  label?: string;
  className?: string;
  testid: string;
  /** It is drawn on: what it is drawn by is always there. */
  drawn?: boolean;
  /** Before the two of the zoom. */
  buttons?: ReactNode;
  /** What lies on the map. */
  children?: ReactNode;
}

/** A map's box with its buttons. */
export function MapFrame({ box, map, label, className = '', testid, drawn, buttons, children }: Props) {
  const t = useWords();
  return (
    <div className={`map ${className}`}>
      <div ref={box} className="map-canvas" role="region" tabIndex={-1} aria-label={label ?? t.phone.map} data-testid={testid} />
      <div className="layers">
        {buttons}
        <button className="map-box square" onClick={() => map?.map.zoomIn(1)} aria-label={t.map.zoomIn}>
          +
        </button>
        <button className="map-box square" onClick={() => map?.map.zoomOut(1)} aria-label={t.map.zoomOut}>
          −
        </button>
      </div>
      <MapCorner map={map?.map ?? null} always={drawn} />
      {children}
    </div>
  );
}

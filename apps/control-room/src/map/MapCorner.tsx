import type L from 'leaflet';
import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.js';
import { useRaster } from './useRaster.js';

/** Where the pointer is, in which datum everything on the map is, and whose the tiles below are, which it lays there. */
export function MapCorner({ map, always = false }: { map: L.Map | null; always?: boolean }) {
  const t = useWords().mapTools;
  const raster = useRaster(map, always);
  const words = [t.datum, raster?.attribution, raster?.datum === 'gcj02' && t.shifted].filter(Boolean);
  return (
    <div className="map-corner" title={t.datumWhy} data-testid="map-corner">
      <Pointer map={map} />
      {words.join(' · ')}
    </div>
  );
}

/** To five digits: about a metre. Written past React, since a pointer moves a hundred times a second. */
function Pointer({ map }: { map: L.Map | null }) {
  const shown = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!map) return;
    const say = (words: string) => {
      if (shown.current) shown.current.textContent = words;
    };
    const onMove = ({ latlng }: L.LeafletMouseEvent) => say(pointWords(latlng.lat, latlng.lng));
    const onOut = () => say('');
    map.on('mousemove', onMove).on('mouseout', onOut);
    return () => void map.off('mousemove', onMove).off('mouseout', onOut);
  }, [map]);
  return <span ref={shown} className="map-pointer" data-testid="map-pointer" />;
}

/** Latitude first, as people here read coordinates out. */
export const pointWords = (lat: number, lon: number): string => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

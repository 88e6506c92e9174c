import type { DistrictFeature } from '@muckwatch/contract';
import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/index.js';
import { GroundLayer } from '../map/groundLayer.js';
import '../map/map.css';
import { readBase, useMap } from '../map/mapStore.js';
import { makeMap } from '../map/nightMap.js';
import { ROUTE_COLOUR } from '../theme/tokens.js';

/** The city with its districts in outline; what is to be imported is dashed. */
export function DistrictMap({
  districts,
  preview,
  hovered,
}: {
  districts: readonly DistrictFeature[];
  preview: readonly DistrictFeature[];
  hovered: string | null;
}) {
  const t = useWords();
  const element = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<{ map: L.Map; ground: GroundLayer } | null>(null);
  const { base, places } = useMap();

  useEffect(() => {
    const made = makeMap(element.current!, true);
    made.setView([31.69, 113.37], 11);
    const ground = new GroundLayer();
    ground.addTo(made);
    const resized = new ResizeObserver(() => made.invalidateSize({ pan: false, animate: false }));
    resized.observe(element.current!);
    void readBase();
    setMap({ map: made, ground });
    return () => {
      resized.disconnect();
      made.remove();
    };
  }, []);

  useEffect(() => {
    if (!map) return;
    Object.assign(map.ground, { base, places });
    map.ground.redraw();
  }, [map, base, places]);

  // Once there is something to see it is shown whole; after that the map stays where a hand has put it, until a file is chosen.
  const shown = preview.length > 0 ? 'preview' : districts.length > 0 ? 'districts' : places.length > 0 ? 'places' : '';
  useEffect(() => {
    if (!map || shown === '') return;
    const of = preview.length > 0 ? preview : districts;
    const bounds = of.length > 0 ? L.geoJSON(of as unknown as GeoJSON.GeoJsonObject).getBounds() : null;
    if (bounds?.isValid()) map.map.fitBounds(bounds, { padding: [40, 40], animate: false });
  }, [map, shown, districts.length]);

  useEffect(() => {
    if (!map) return;
    const layer = L.geoJSON([...districts, ...preview], {
      interactive: false,
      style: (feature) => {
        const isNew = preview.includes(feature as unknown as DistrictFeature);
        const on = hovered !== null && (feature?.properties as { id?: string }).id === hovered;
        return {
          color: ROUTE_COLOUR,
          weight: on ? 3 : 1.6,
          opacity: on ? 1 : 0.75,
          fillOpacity: on ? 0.2 : isNew ? 0.14 : 0.06,
          dashArray: isNew ? '7 6' : undefined,
        };
      },
      onEachFeature: (feature, of) =>
        of.bindTooltip(document.createTextNode((feature.properties as { name: string }).name) as unknown as HTMLElement, {
          permanent: true,
          direction: 'center',
          className: 'district-name',
        }),
    }).addTo(map.map);
    return () => void layer.remove();
  }, [map, districts, preview, hovered]);

  return (
    <div className="map districts-map">
      <div ref={element} className="map-canvas" tabIndex={-1} role="img" aria-label={t.people.parts.districts} data-testid="district-map" />
      <div className="layers">
        <button className="map-box square" onClick={() => map?.map.zoomIn(1)} aria-label={t.map.zoomIn}>
          +
        </button>
        <button className="map-box square" onClick={() => map?.map.zoomOut(1)} aria-label={t.map.zoomOut}>
          −
        </button>
      </div>
    </div>
  );
}

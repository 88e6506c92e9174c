import type { DistrictFeature } from '@muckwatch/contract';
import L from 'leaflet';
import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.js';
import { GroundMap } from '../map/groundMap.js';
import { MapFrame } from '../map/MapFrame.js';
import { useMap } from '../map/mapStore.js';
import { useGroundMap } from '../map/useGroundMap.js';
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
  const map = useGroundMap(element, (box, still) => new GroundMap(box, still));
  const { base, places } = useMap();
  useEffect(() => map?.showGround({ base, places }), [map, base, places]);

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

  return <MapFrame box={element} map={map} label={t.people.parts.districts} className="districts-map" testid="district-map" />;
}

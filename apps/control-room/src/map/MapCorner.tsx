import { useWords } from '../i18n/index.js';
import { useMap } from './mapStore.js';

/** In which datum everything on the map is, and whose the tiles below are. */
export function MapCorner() {
  const t = useWords().mapTools;
  const raster = useMap((s) => (s.tiles ? s.raster : null));
  const words = [t.datum, raster?.attribution, raster?.datum === 'gcj02' && t.shifted].filter(Boolean);
  return (
    <div className="map-corner" title={t.datumWhy} data-testid="map-corner">
      {words.join(' · ')}
    </div>
  );
}

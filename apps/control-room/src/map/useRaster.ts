import type L from 'leaflet';
import { useEffect } from 'react';
import { useMap } from './mapStore.js';
import { tileLayerOf, type Tiles } from './tiles.js';

/** The raster base map below what a map shows, as the server was set to it; `always` where it is drawn by and no switch is at hand. Answers what lies there. */
export function useRaster(map: L.Map | null, always: boolean): Tiles | null {
  const raster = useMap((s) => (s.tiles || always ? s.raster : null));
  useEffect(() => {
    if (!map || !raster) return;
    let left = false;
    let layer: L.TileLayer | null = null;
    void tileLayerOf(raster).then((made) => {
      // In the meantime somebody may have switched it off again, or left.
      if (!left) layer = made.addTo(map);
    });
    return () => {
      left = true;
      layer?.remove();
    };
  }, [map, raster]);
  return raster;
}

import L from 'leaflet';
// Types alone: what reckons in the other datum is loaded where a city has such tiles.
import type { shownAt as ShownAt, tileRect as TileRect } from './gcj02.js';

/** A raster base map: where its tiles are, in which datum they are drawn, and whose they are. */
export interface Tiles {
  url: string;
  datum: 'wgs84' | 'gcj02';
  attribution: string | null;
}

// Leaflet has no public place for a tile that does not lie on the grid; these two are what it asks itself.
interface Grid {
  _level: { origin: L.Point };
  _tileZoom: number;
  _getTilePos(coords: L.Coords): L.Point;
  _getTiledPixelBounds(center: L.LatLng): L.Bounds;
}
const GRID = L.GridLayer.prototype as unknown as Grid;

/**
 * The tiles below our layers. Our layers, the map and every click are in WGS-84: it is the tiles
 * in the other datum that are put where they belong.
 */
export async function tileLayerOf({ url, datum }: Tiles): Promise<L.TileLayer> {
  const layer = L.tileLayer(url, { maxZoom: 19, opacity: 0.45, className: 'night-tiles' });
  if (datum === 'wgs84') return layer;
  const { tileRect, shownAt } = await import('./gcj02.js');
  return shifted(layer, tileRect, shownAt);
}

function shifted(layer: L.TileLayer, tileRect: typeof TileRect, shownAt: typeof ShownAt): L.TileLayer {
  const grid = layer as unknown as Grid;
  grid._getTilePos = (coords) => {
    const { left, top } = tileRect(coords);
    return L.point(left, top).subtract(grid._level.origin);
  };
  // Which tiles are in the picture is asked by pixels: by those of the tiles' own datum.
  grid._getTiledPixelBounds = (center) => {
    const { min, max } = GRID._getTiledPixelBounds.call(grid, center);
    if (!min || !max) return L.bounds([]);
    const middle = min.add(max).divideBy(2);
    const [x, y] = shownAt(middle.x, middle.y, grid._tileZoom);
    const shift = L.point(Math.floor(x), Math.floor(y)).subtract(middle.floor());
    return L.bounds(min.add(shift), max.add(shift));
  };
  layer.on('tileloadstart', ({ tile, coords }) => {
    const { width, height } = tileRect(coords);
    tile.style.width = `${width}px`;
    tile.style.height = `${height}px`;
  });
  return layer;
}

import gcoord from 'gcoord';
import { latOf, lonOf, worldX, worldY } from './projection.js';

const TILE_PX = 256;

/** The pixel of the world at a zoom, where WGS-84 has what a map in GCJ-02 shows at its pixel `x`, `y`. */
export function trueAt(x: number, y: number, zoom: number): [x: number, y: number] {
  const scale = TILE_PX * 2 ** zoom;
  const [lon, lat] = gcoord.transform([lonOf(x / scale), latOf(y / scale)], gcoord.GCJ02, gcoord.WGS84);
  return [worldX(lon) * scale, worldY(lat) * scale];
}

/** The other way: at which pixel a map in GCJ-02 shows it. */
export function shownAt(x: number, y: number, zoom: number): [x: number, y: number] {
  const scale = TILE_PX * 2 ** zoom;
  const [lon, lat] = gcoord.transform([lonOf(x / scale), latOf(y / scale)], gcoord.WGS84, gcoord.GCJ02);
  return [worldX(lon) * scale, worldY(lat) * scale];
}

/**
 * Where a tile of a map in GCJ-02 belongs: half pixels of the world in WGS-84. The shift differs by some metres from one end of a city to the other, so
 * every tile gets its own: each edge lies in the middle between its two corners, as the neighbour's does. Hence no seam, and nothing to move when the map
 * moves. What remains inside a tile, its slant and the rounding, is below 1 px.
 */
export function tileRect({ x, y, z }: { x: number; y: number; z: number }): { left: number; top: number; width: number; height: number } {
  const corner = (dx: 0 | 1, dy: 0 | 1) => trueAt((x + dx) * TILE_PX, (y + dy) * TILE_PX, z);
  const [nw, ne, sw, se] = [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)];
  const left = halved(nw[0] + sw[0]);
  const top = halved(nw[1] + ne[1]);
  return { left, top, width: halved(ne[0] + se[0]) - left, height: halved(sw[1] + se[1]) - top };
}

/** Of two, the middle, to half a pixel: finer places only blur. */
const halved = (sum: number): number => Math.round(sum) / 2;

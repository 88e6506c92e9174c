/** Degrees, as GeoJSON writes them. */
export type LonLat = readonly [lon: number, lat: number];
/** x, y in pixels. */
export type Px = readonly [x: number, y: number];

/** The web's mercator on a square of side 1: x east, y south. Leaflet's pixels at zoom z are these times 256 · 2^z. */
export const worldX = (lon: number): number => (lon + 180) / 360;

export function worldY(lat: number): number {
  const sin = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

export const lonOf = (x: number): number => x * 360 - 180;
export const latOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** Metres on the ground of one unit of the square, at the given y. */
export const metresPerUnit = (y: number): number => 40_075_017 / Math.cosh(Math.PI * (1 - 2 * y));

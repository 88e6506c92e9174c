import type { RouteFeature } from '@muckwatch/contract';
import { type Path, pathOf } from './baseParts.js';
import { metresPerUnit, worldX, worldY } from './projection.js';

/** A route made ready for drawing and for asking what lies under a click. */
export interface MapRoute {
  id: string;
  name: string;
  feature: RouteFeature;
  paths: Path[];
  /** The whole width that is allowed, m. */
  widthM: number;
  /** Of all its lines together, m. */
  lengthM: number;
  west: number;
  north: number;
  east: number;
  south: number;
}

/** What a route is wide that says nothing of it. */
export const USUAL_WIDTH_M = 100;

export function mapRouteOf(feature: RouteFeature): MapRoute {
  const { properties } = feature;
  const lines = linesOf(feature);
  const paths = lines.map(pathOf);
  return {
    id: properties.id ?? properties.name,
    name: properties.name,
    feature,
    paths,
    widthM: properties.widthM ?? USUAL_WIDTH_M,
    lengthM: lines.reduce((sum, line) => sum + lineLengthM(line), 0),
    west: Math.min(...paths.map((path) => path.west)),
    north: Math.min(...paths.map((path) => path.north)),
    east: Math.max(...paths.map((path) => path.east)),
    south: Math.max(...paths.map((path) => path.south)),
  };
}

export function linesOf({ geometry }: Pick<RouteFeature, 'geometry'>): number[][][] {
  return geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
}

export function lineLengthM(line: readonly (readonly number[])[]): number {
  let metres = 0;
  for (let i = 1; i < line.length; i++) metres += apartM(line[i - 1]!, line[i]!);
  return metres;
}

/** Over the ground, on a ball of 6371 km. */
function apartM([lonA, latA]: readonly number[], [lonB, latB]: readonly number[]): number {
  const rad = Math.PI / 180;
  const a = Math.sin(((latB! - latA!) * rad) / 2) ** 2 + Math.cos(latA! * rad) * Math.cos(latB! * rad) * Math.sin(((lonB! - lonA!) * rad) / 2) ** 2;
  return 2 * 6_371_009 * Math.asin(Math.sqrt(a));
}

/** The band's width on the screen; `scale` as the layers' views have it. */
export function bandPx(route: Pick<MapRoute, 'widthM' | 'north' | 'south'>, scale: number): number {
  return (route.widthM / metresPerUnit((route.north + route.south) / 2)) * scale;
}

/** The route whose centre line is nearest to a point and within its band or `reachPx` pixels; with how far that is, px. */
export function routeAt(
  routes: readonly MapRoute[],
  lat: number,
  lon: number,
  scale: number,
  reachPx = 8,
): { route: MapRoute; distancePx: number; onLine: boolean } | null {
  const x = worldX(lon);
  const y = worldY(lat);
  let found: { route: MapRoute; distancePx: number; onLine: boolean } | null = null;
  for (const route of routes) {
    const reach = Math.max(reachPx, bandPx(route, scale) / 2) / scale;
    if (x < route.west - reach || x > route.east + reach || y < route.north - reach || y > route.south + reach) continue;
    const distance = Math.min(...route.paths.map(({ line }) => distanceTo(line, x, y)));
    if (distance > reach) continue;
    const distancePx = distance * scale;
    if (found === null || distancePx < found.distancePx) found = { route, distancePx, onLine: distancePx <= reachPx };
  }
  return found;
}

/** How far a point of the world square is from a line on it, in the square's units; of a ring, from its border. */
export function distanceTo(line: Float64Array, x: number, y: number): number {
  let nearest = Infinity;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const ax = line[i]!;
    const ay = line[i + 1]!;
    const dx = line[i + 2]! - ax;
    const dy = line[i + 3]! - ay;
    const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    nearest = Math.min(nearest, Math.hypot(ax + along * dx - x, ay + along * dy - y));
  }
  return nearest;
}

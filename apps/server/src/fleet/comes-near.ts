import {
  borderCrossings,
  borderDistanceM,
  contains,
  lineDistanceM,
  linesOf,
  METRES_PER_DEGREE_LAT,
  metresPerDegreeLon,
  type Point,
  ringsOf,
} from '@muckwatch/domain';
import type { LineString, MultiLineString, MultiPolygon, Polygon } from 'geojson';

/** Whether a line comes anywhere within so many metres of a polygon. */
export function comesNear(line: LineString | MultiLineString, polygon: Polygon | MultiPolygon, withinM: number): boolean {
  const corners = ringsOf(polygon).flat() as Point[];
  const [west, south, east, north] = boxAround(corners, withinM);
  for (const points of linesOf(line) as Point[][]) {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1]!, points[i]!];
      const passes = Math.max(a[0], b[0]) >= west && Math.min(a[0], b[0]) <= east && Math.max(a[1], b[1]) >= south && Math.min(a[1], b[1]) <= north;
      if (passes && pieceNear(a, b, polygon, corners, withinM)) return true;
    }
  }
  return false;
}

/** Two straight pieces that do not cross are nearest at an end of one of them. */
function pieceNear(a: Point, b: Point, polygon: Polygon | MultiPolygon, corners: Point[], withinM: number): boolean {
  if ([a, b].some((end) => contains(polygon, end) || borderDistanceM(polygon, end) <= withinM)) return true;
  if (borderCrossings(polygon, a, b).length > 0) return true;
  const piece: LineString = { type: 'LineString', coordinates: [a, b] };
  return corners.some((corner) => lineDistanceM(piece, corner) <= withinM);
}

function boxAround(corners: Point[], marginM: number): [west: number, south: number, east: number, north: number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of corners) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const x = marginM / metresPerDegreeLon(Math.max(Math.abs(south), Math.abs(north)));
  const y = marginM / METRES_PER_DEGREE_LAT;
  return [west - x, south - y, east + x, north + y];
}

import { firstCrossing, type Sentence } from '@muckwatch/domain';
import { area } from '@turf/turf';
import type { MultiPolygon, Polygon, Position } from 'geojson';

/** A polygon's bounds: smaller is a slip of the pen, larger than any city. */
const SMALLEST_M2 = 1;
const LARGEST_M2 = 1e11;
/** Of one place. Every report in its box is tested against all of them. */
const MOST_CORNERS = 20_000;

/** What is wrong with a geometry, in both languages; null when it can be judged by. */
export function geometryFault(geometry: Polygon | MultiPolygon): Sentence | null {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const corners = polygons.flat().reduce((sum, ring) => sum + ring.length, 0);
  if (corners > MOST_CORNERS) return { en: `has ${corners} corners; at most ${MOST_CORNERS} can be used`, zh: `有 ${corners} 个角点，最多 ${MOST_CORNERS} 个` };
  for (const [p, rings] of polygons.entries()) {
    for (const [r, ring] of rings.entries()) {
      const isOneOfMany = geometry.type === 'MultiPolygon';
      const en = `${isOneOfMany ? `polygon ${p + 1}, ` : ''}ring ${r + 1}`;
      const zh = `${isOneOfMany ? `第 ${p + 1} 个多边形的` : ''}第 ${r + 1} 圈`;
      const [first, last] = [ring[0]!, ring.at(-1)!];
      if (first[0] !== last[0] || first[1] !== last[1])
        return {
          en: `${en} is not closed: it begins at ${said(first)} and ends at ${said(last)}`,
          zh: `${zh}没有闭合：起点 ${said(first)}，终点 ${said(last)}`,
        };
      if (ring.length < 4) return { en: `${en} has fewer than 3 different corners`, zh: `${zh}不足 3 个不同的角点` };
    }
    const crossing = firstCrossing(rings);
    if (crossing) return { en: `crosses itself near ${said(crossing)}`, zh: `边界在 ${said(crossing)} 附近自相交` };
  }
  const m2 = area(geometry);
  if (m2 < SMALLEST_M2) return { en: `has an area of ${m2.toPrecision(2)} m²`, zh: `面积只有 ${m2.toPrecision(2)} m²` };
  if (m2 > LARGEST_M2) {
    const km2 = Math.round(m2 / 1e6);
    return { en: `has an area of ${km2} km², more than any city; are lon and lat swapped?`, zh: `面积 ${km2} km²，比任何城市都大；经度与纬度写反了吗？` };
  }
  return null;
}

/** Altitude is dropped, and corners that repeat the one before. */
export function cleaned(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const ring = (positions: Position[]) =>
    positions.map(([lon, lat]): Position => [lon!, lat!]).filter(([lon, lat], i, all) => i === 0 || lon !== all[i - 1]![0] || lat !== all[i - 1]![1]);
  if (geometry.type === 'Polygon') return { type: 'Polygon', coordinates: geometry.coordinates.map(ring) };
  return { type: 'MultiPolygon', coordinates: geometry.coordinates.map((rings) => rings.map(ring)) };
}

function said(position: Position): string {
  return `[${position.map((degrees) => Number(degrees.toFixed(6))).join(', ')}]`;
}

import { firstCrossing } from '@muckwatch/domain';
import { area } from '@turf/turf';
import type { MultiPolygon, Polygon, Position } from 'geojson';

/** A polygon's bounds: smaller is a slip of the pen, larger than any city. */
const SMALLEST_M2 = 1;
const LARGEST_M2 = 1e11;
/** Of one place. Every report in its box is tested against all of them. */
const MOST_CORNERS = 20_000;

/** What is wrong with a geometry, in a sentence; null when it can be judged by. */
export function geometryFault(geometry: Polygon | MultiPolygon): string | null {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const corners = polygons.flat().reduce((sum, ring) => sum + ring.length, 0);
  if (corners > MOST_CORNERS) return `has ${corners} corners; at most ${MOST_CORNERS} can be used`;
  for (const [p, rings] of polygons.entries()) {
    for (const [r, ring] of rings.entries()) {
      const name = `${geometry.type === 'MultiPolygon' ? `polygon ${p + 1}, ` : ''}ring ${r + 1}`;
      const [first, last] = [ring[0]!, ring.at(-1)!];
      if (first[0] !== last[0] || first[1] !== last[1]) return `${name} is not closed: it begins at ${said(first)} and ends at ${said(last)}`;
      if (ring.length < 4) return `${name} has fewer than 3 different corners`;
    }
    const crossing = firstCrossing(rings);
    if (crossing) return `crosses itself near ${said(crossing)}`;
  }
  const m2 = area(geometry);
  if (m2 < SMALLEST_M2) return `has an area of ${m2.toPrecision(2)} m²`;
  if (m2 > LARGEST_M2) return `has an area of ${Math.round(m2 / 1e6)} km², more than any city; are lon and lat swapped?`;
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

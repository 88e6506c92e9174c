import { feature, featureCollection, intersect } from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import { areaM2 } from './geo.js';

/** Square metres that lie in both; 0 where they only touch. Costs milliseconds: for two places, not for every report. */
export function sharedM2(a: Polygon | MultiPolygon, b: Polygon | MultiPolygon): number {
  const shared = intersect(featureCollection([feature(a), feature(b)]));
  return shared ? areaM2(shared.geometry) : 0;
}

import type { PlaceFeature, PlaceKind } from '@muckwatch/contract';
import { type Path, pathOf } from './baseParts.js';
import { worldX, worldY } from './projection.js';

/** A place made ready for drawing and for asking what lies under a click. */
export interface MapPlace {
  id: string;
  kind: PlaceKind;
  name: string;
  properties: PlaceFeature['properties'];
  geometry: PlaceFeature['geometry'];
  /** Outer rings and holes of all its polygons: drawn and picked by the even-odd rule. */
  rings: Path[];
  west: number;
  north: number;
  east: number;
  south: number;
}

/** Drawn first lies lowest; named first gets its room first. */
const DRAW_ORDER: PlaceKind[] = ['speed-zone', 'parking-lot', 'wash-bay', 'yard', 'site', 'no-go'];

export function mapPlacesOf(features: readonly PlaceFeature[]): MapPlace[] {
  return features.map(mapPlaceOf).sort((a, b) => DRAW_ORDER.indexOf(a.kind) - DRAW_ORDER.indexOf(b.kind) || area(b) - area(a));
}

function mapPlaceOf(feature: PlaceFeature): MapPlace {
  const { geometry, properties } = feature;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.flat().map(pathOf);
  return {
    id: properties.id ?? properties.name,
    kind: properties.kind,
    name: properties.name,
    properties,
    geometry,
    rings,
    west: Math.min(...rings.map((ring) => ring.west)),
    north: Math.min(...rings.map((ring) => ring.north)),
    east: Math.max(...rings.map((ring) => ring.east)),
    south: Math.max(...rings.map((ring) => ring.south)),
  };
}

const area = (place: MapPlace) => (place.east - place.west) * (place.south - place.north);

/** The topmost place at a point: the smallest of those that hold it, since a large zone would hide the site within. */
export function placeAt(places: readonly MapPlace[], lat: number, lon: number): MapPlace | null {
  const x = worldX(lon);
  const y = worldY(lat);
  let found: MapPlace | null = null;
  for (const place of places) {
    if (x < place.west || x > place.east || y < place.north || y > place.south) continue;
    if (holds(place, x, y) && (found === null || area(place) < area(found))) found = place;
  }
  return found;
}

/** Even-odd: a point in a hole is outside, one in a second polygon inside. */
export function holds(place: MapPlace, x: number, y: number): boolean {
  let inside = false;
  for (const { line } of place.rings) {
    for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
      const yi = line[i + 1]!;
      const yj = line[j + 1]!;
      if (yi > y !== yj > y && x < ((line[j]! - line[i]!) * (y - yi)) / (yj - yi) + line[i]!) inside = !inside;
    }
  }
  return inside;
}

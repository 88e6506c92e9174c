import type { BaseMap } from '@muckwatch/contract';
import { worldX, worldY } from './projection.js';

export type RoadClass = 'trunk' | 'primary' | 'secondary' | 'street';

export interface Path {
  /** x, y, x, y … on the world square. */
  line: Float64Array;
  west: number;
  north: number;
  east: number;
  south: number;
}

export interface BasePart {
  kind: 'road' | 'water' | 'green' | 'built';
  roadClass: RoadClass;
  name: string | null;
  closed: boolean;
  paths: Path[];
}

/** The base map projected once, so that drawing is only multiplying. */
export function partsOf(base: BaseMap): BasePart[] {
  return base.features.map(({ geometry, properties }) => ({
    kind: properties.kind,
    roadClass: classOf(properties.class),
    name: properties.name ?? null,
    closed: geometry.type.endsWith('Polygon'),
    paths: linesOf(geometry.type, geometry.coordinates).map(pathOf),
  }));
}

/** A class we have no width for is drawn as the quietest. */
function classOf(said: string | null | undefined): RoadClass {
  return said === 'trunk' || said === 'primary' || said === 'secondary' ? said : 'street';
}

type Ring = [number, number][];

function linesOf(type: string, coordinates: unknown[]): Ring[] {
  if (type === 'LineString') return [coordinates as Ring];
  if (type === 'MultiPolygon') return (coordinates as Ring[][]).flat();
  return coordinates as Ring[];
}

export function pathOf(ring: readonly (readonly number[])[]): Path {
  const line = new Float64Array(ring.length * 2);
  let west = Infinity;
  let north = Infinity;
  let east = -Infinity;
  let south = -Infinity;
  ring.forEach(([lon, lat], i) => {
    const x = worldX(lon!);
    const y = worldY(lat!);
    line[2 * i] = x;
    line[2 * i + 1] = y;
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  });
  return { line, west, north, east, south };
}

/** The widest stretch of the line at `y` that lies inside the rings (even-odd) and between `west` and `east`; null where there is none. */
export function widestInside(paths: readonly Path[], y: number, west: number, east: number): { middle: number; width: number } | null {
  const crossings: number[] = [];
  for (const { line, north, south } of paths) {
    if (y < north || y > south) continue;
    for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
      const yi = line[i + 1]!;
      const yj = line[j + 1]!;
      if (yi > y !== yj > y) crossings.push(((line[j]! - line[i]!) * (y - yi)) / (yj - yi) + line[i]!);
    }
  }
  crossings.sort((a, b) => a - b);
  let best: { middle: number; width: number } | null = null;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = Math.max(west, crossings[i]!);
    const to = Math.min(east, crossings[i + 1]!);
    if (to > from && (!best || to - from > best.width)) best = { middle: (from + to) / 2, width: to - from };
  }
  return best;
}

const WIDTH_AT_12: Record<RoadClass, number> = { trunk: 2.8, primary: 2.2, secondary: 1.3, street: 0.9 };

/** Pixels, growing more slowly than the ground so that far out the net stays quiet; null where the class is not drawn. */
export function roadWidth(roadClass: RoadClass, zoom: number): number | null {
  if (roadClass === 'street' && zoom < 12) return null;
  if (roadClass === 'secondary' && zoom < 10.5) return null;
  return Math.min(26, WIDTH_AT_12[roadClass] * 1.42 ** (zoom - 12));
}

/** The first class is drawn in the lighter of the two greys. */
export const isMajor = (roadClass: RoadClass): boolean => roadClass === 'trunk' || roadClass === 'primary';

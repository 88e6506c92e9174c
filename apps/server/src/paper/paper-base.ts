import type { BaseMap } from '@muckwatch/contract';
import { type BaseLine, frameOf, type Mapped } from './paper-map.js';

const MAIN = new Set(['trunk', 'primary', 'secondary']);
/** A little more than the map on paper shows. */
const SHAPE = { width: 483, height: 200 };

/** The lines and borders of the background that the map of a notice shows: one that only passes by may cross it, so its box counts and not its points. */
export function linesNear(baseMap: BaseMap, notice: Mapped): BaseLine[] {
  const { west, south, east, north } = frameOf(notice, SHAPE);
  const lines: BaseLine[] = [];
  for (const { geometry, properties } of baseMap.features) {
    for (const points of linesOf(geometry)) {
      const box = boxOf(points);
      if (box.east < west || box.west > east || box.north < south || box.south > north) continue;
      lines.push({ kind: properties.kind, main: MAIN.has(properties.class ?? ''), points });
    }
  }
  return lines;
}

type Line = [lon: number, lat: number][];

function linesOf({ type, coordinates }: BaseMap['features'][number]['geometry']): Line[] {
  if (type === 'LineString') return [coordinates as Line];
  return type === 'MultiPolygon' ? (coordinates as Line[][]).flat() : (coordinates as Line[]);
}

function boxOf(points: Line) {
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const [lon, lat] of points) {
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

import type { Feature, FeatureCollection, Position } from 'geojson';
import type { City } from './city.js';
import { simplify } from './lines.js';
import { distance, toLonLat } from './plane.js';
import type { Area, Point } from './plane.js';
import type { Edge } from './roads.js';

/** The map's background: water, parks, and roads by class, each road in as few lines as it hangs together in. */
export function baseMap(city: City): FeatureCollection {
  const { rivers, lakes, greens } = city.terrain;
  return {
    type: 'FeatureCollection',
    features: [
      ...greens.map(({ name, area }) => ground({ kind: 'green', class: 'park', name }, area)),
      ...[...rivers, ...lakes].map(({ name, area }) => ground({ kind: 'water', class: 'water', name }, area)),
      ...roadFeatures(city),
    ],
  };
}

function roadFeatures(city: City): Feature[] {
  const byRoad = new Map<number, Edge[]>();
  for (const edge of city.roads.allEdges()) {
    if (edge.road >= 0) byRoad.set(edge.road, [...(byRoad.get(edge.road) ?? []), edge]);
  }
  return [...byRoad].map(([number, edges]) => {
    const { name, class: kind } = city.roads.roads[number]!;
    const coordinates = chains(edges).map((line) => simplify(line, 1.5).map(toLonLat));
    return { type: 'Feature', properties: { kind: 'road', class: kind, name }, geometry: { type: 'MultiLineString', coordinates } };
  });
}

/** Pieces of a road, end to end. */
function chains(edges: readonly Edge[]): Point[][] {
  const left = [...edges];
  const out: Point[][] = [];
  for (let first = left.shift(); first; first = left.shift()) {
    let line = [...first.points];
    for (let grown = true; grown;) {
      grown = false;
      for (const [i, edge] of left.entries()) {
        const joined = join(line, edge.points);
        if (!joined) continue;
        line = joined;
        left.splice(i, 1);
        grown = true;
        break;
      }
    }
    out.push(line);
  }
  return out;
}

function join(line: Point[], more: Point[]): Point[] | null {
  const [head, tail] = [line[0]!, line.at(-1)!];
  const [first, last] = [more[0]!, more.at(-1)!];
  if (distance(tail, first) < 0.5) return [...line, ...more.slice(1)];
  if (distance(tail, last) < 0.5) return [...line, ...more.slice(0, -1).reverse()];
  if (distance(head, last) < 0.5) return [...more.slice(0, -1), ...line];
  if (distance(head, first) < 0.5) return [...more.slice(1).reverse(), ...line];
  return null;
}

function ground(properties: Record<string, string>, area: Area): Feature {
  return { type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates: area.map((rings) => rings.map(closedRing)) } };
}

/** A ring as GeoJSON has it: closed, whatever way round. */
export function closedRing(ring: readonly Point[]): Position[] {
  return [...ring, ring[0]!].map(toLonLat);
}

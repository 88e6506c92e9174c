import type { BaseMap, NoticeDetail, PlaceFeature } from '@muckwatch/contract';
import { metresPerUnit, worldX, worldY } from '../map/projection.js';

type LonLat = readonly number[];

/** A map of one notice as lines of an SVG, without a map library: what was driven, the place, the spot, a scale. */
export interface Sketch {
  track: string;
  /** Rings of the place, closed. */
  place: string;
  start: Point | null;
  here: Point | null;
  /** A length that is a round number of metres. */
  scale: { metres: number; px: number };
  /** West, south, east, north of what is shown. */
  shown: readonly [number, number, number, number];
  project: (lon: number, lat: number) => Point;
}
export interface Point {
  x: number;
  y: number;
}

const ROOM = 22;
/** What is smaller than this is not worth a whole map: the surroundings say where it is. */
const LEAST_METRES = 300;
/** A corner of a large place far from the truck must not shrink the track to a dot. */
const MOST_OF_PLACE = 4;

export function sketchOf(
  { track, position }: Pick<NoticeDetail, 'track' | 'position'>,
  place: PlaceFeature | null,
  width: number,
  height: number,
): Sketch | null {
  const path = track.map(({ lon, lat }): LonLat => [lon, lat]);
  const spot: LonLat | null = position ? [position.lon, position.lat] : null;
  const rings = place === null ? [] : ringsOf(place);
  const core = [...path, ...(spot ? [spot] : [])];
  if (core.length === 0 && rings.length === 0) return null;

  const project = fitted(core.length > 0 ? widened(core, rings) : rings.flat(), width, height);
  const points = path.map(([lon, lat]) => project(lon!, lat!));
  return {
    track: lineOf(points),
    place: rings.map((ring) => `${lineOf(ring.map(([lon, lat]) => project(lon!, lat!)))}Z`).join(''),
    start: points.length > 1 ? points[0]! : null,
    here: spot ? project(spot[0]!, spot[1]!) : null,
    scale: scaleOf(project.metresPerPx),
    shown: project.shown,
    project,
  };
}

/** The roads that cross what is shown: a city's base map is large, a notice's corner of it is not. */
export function roadsOf(base: BaseMap, { shown, project }: Pick<Sketch, 'shown' | 'project'>): { major: string; minor: string } {
  const roads = { major: '', minor: '' };
  for (const { geometry, properties } of base.features) {
    if (properties.kind !== 'road') continue;
    const lines = (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates) as LonLat[][];
    const kind = properties.class === 'trunk' || properties.class === 'primary' ? 'major' : 'minor';
    for (const line of lines) if (crosses(line, shown)) roads[kind] += lineOf(line.map(([lon, lat]) => project(lon!, lat!)));
  }
  return roads;
}

function crosses(line: readonly LonLat[], [west, south, east, north]: Sketch['shown']): boolean {
  const lons = line.map(([lon]) => lon!);
  const lats = line.map(([, lat]) => lat!);
  return Math.min(...lons) <= east && Math.max(...lons) >= west && Math.min(...lats) <= north && Math.max(...lats) >= south;
}

function ringsOf({ geometry }: PlaceFeature): LonLat[][] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
}

/** The place belongs into the picture as long as it does not dwarf what happened. */
function widened(core: readonly LonLat[], rings: readonly LonLat[][]): readonly LonLat[] {
  const all = [...core, ...rings.flat()];
  const span = (points: readonly LonLat[]) => {
    const [west, south, east, north] = boxOf(points);
    return Math.max(worldX(east) - worldX(west), worldY(south) - worldY(north));
  };
  const least = LEAST_METRES / metresPerUnit(worldY(core[0]![1]!));
  return span(all) <= MOST_OF_PLACE * Math.max(span(core), least) ? all : core;
}

function boxOf(points: readonly LonLat[]): [number, number, number, number] {
  const lons = points.map(([lon]) => lon!);
  const lats = points.map(([, lat]) => lat!);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function fitted(points: readonly LonLat[], width: number, height: number) {
  const [west, south, east, north] = boxOf(points);
  const [left, right, top, bottom] = [worldX(west), worldX(east), worldY(north), worldY(south)];
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const metres = metresPerUnit(middle.y);
  const least = LEAST_METRES / metres;
  const unitsPerPx = Math.max(Math.max(right - left, least) / (width - 2 * ROOM), Math.max(bottom - top, least * 0.4) / (height - 2 * ROOM));
  const project = (lon: number, lat: number): Point => ({
    x: round(width / 2 + (worldX(lon) - middle.x) / unitsPerPx),
    y: round(height / 2 + (worldY(lat) - middle.y) / unitsPerPx),
  });
  const lonAt = (x: number) => (middle.x + (x - width / 2) * unitsPerPx) * 360 - 180;
  const latAt = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * (middle.y + (y - height / 2) * unitsPerPx)))) * 180) / Math.PI;
  return Object.assign(project, { metresPerPx: unitsPerPx * metres, shown: [lonAt(0), latAt(height), lonAt(width), latAt(0)] as const });
}

const round = (px: number) => Math.round(px * 10) / 10;
const lineOf = (points: readonly Point[]) => points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');

/** The largest of 1, 2, 5 · 10ⁿ metres that is at most 90 px long. */
function scaleOf(metresPerPx: number): Sketch['scale'] {
  const most = 90 * metresPerPx;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((n) => n * power).find((n) => n <= most) ?? power;
  return { metres, px: Math.round(metres / metresPerPx) };
}

import { HEAT_CELL_DEG, type HeatCell } from '@muckwatch/contract';
import type { BasePart } from './baseParts.js';
import { holds, type MapPlace } from './places.js';
import { metresPerUnit, worldX, worldY } from './projection.js';
import { distanceTo } from './routes.js';

const SMALLEST_PX = 16;
const LARGEST_PX = 110;
/** Soft cells reach over their edge, so that neighbours run into each other. */
const REACH = 0.85;
const HEAT_CELL = HEAT_CELL_DEG.lon / 360;

/** A cell on the world square, and how hot it is beside the hottest, 0…1. */
export interface Spot {
  x: number;
  y: number;
  heat: number;
  cell: HeatCell;
}

/** The hottest first. By the root: beside one place with fifty, those with two are still to be seen. */
export function spotsOf(cells: readonly HeatCell[]): Spot[] {
  const most = Math.max(1, ...cells.map((cell) => cell.count));
  return cells.map((cell) => ({ x: worldX(cell.lon), y: worldY(cell.lat), heat: Math.sqrt(cell.count / most), cell })).sort((a, b) => b.heat - a.heat);
}

/** Px. Far out a cell would be a dot: there all are as large as can be seen, hotter ones larger. */
export function spotRadius(scale: number, heat: number): number {
  return Math.min(LARGEST_PX, Math.max(SMALLEST_PX * (0.7 + 0.5 * heat), HEAT_CELL * scale * REACH));
}

/** What is under a pixel of the canvas: the nearest whose spot reaches there. */
export function spotAt(spots: readonly Spot[], x: number, y: number, scale: number, left: number, top: number): Spot | null {
  let best: Spot | null = null;
  let nearest = Infinity;
  for (const spot of spots) {
    const distance = Math.hypot(spot.x * scale - left - x, spot.y * scale - top - y);
    if (distance >= nearest || distance > spotRadius(scale, spot.heat)) continue;
    nearest = distance;
    best = spot;
  }
  return best;
}

/** How many are named one by one: for those who cannot see the map or point at it, and for a drive round in the morning. */
export const WORST = 10;

/** The fullest first; of equal ones those with more confirmed. */
export function worstOf(cells: readonly HeatCell[]): HeatCell[] {
  return [...cells].sort((a, b) => b.count - a.count || b.confirmed - a.confirmed).slice(0, WORST);
}

interface Near {
  name: string;
  metres: number;
}

/** How people say where a cell is: in a place, on a road and how far from a place (roads are long), or by its coordinates. */
export type Where =
  { at: 'place'; name: string } | { at: 'road'; name: string; near: Near | null } | ({ at: 'near' } & Near) | { at: 'point'; lat: number; lon: number };

/** A cell is the mean of what was counted: within a road's width and the jitter of a receiver it was on the road. */
const ON_ROAD_M = 60;
const NEAR_M = 2_000;

export function whereIs({ lat, lon }: Pick<HeatCell, 'lat' | 'lon'>, places: readonly MapPlace[], base: readonly BasePart[]): Where {
  const [x, y] = [worldX(lon), worldY(lat)];
  const metre = 1 / metresPerUnit(y);
  const inside = places.filter((place) => reaches(place, x, y, 0) && holds(place, x, y));
  // A zone holds half a city: what is smallest says most.
  const smallest = nearestOf(inside, ({ west, east, north, south }) => (east - west) * (south - north));
  if (smallest) return { at: 'place', name: smallest.one.name };

  const nearest = nearestOf(places, ({ rings }) => away(rings, x, y, NEAR_M * metre));
  const near = nearest && nearest.value <= NEAR_M * metre ? { name: nearest.one.name, metres: nearest.value / metre } : null;
  const roads = base.filter(({ kind, name }) => kind === 'road' && name !== null);
  const road = nearestOf(roads, ({ paths }) => away(paths, x, y, ON_ROAD_M * metre));
  if (road && road.value <= ON_ROAD_M * metre) return { at: 'road', name: road.one.name!, near };
  return near ? { at: 'near', ...near } : { at: 'point', lat, lon };
}

type Bounded = Pick<MapPlace, 'west' | 'east' | 'north' | 'south'>;

const reaches = ({ west, east, north, south }: Bounded, x: number, y: number, by: number) =>
  x >= west - by && x <= east + by && y >= north - by && y <= south + by;

/** Of lines that are not within `by` nothing is reckoned. */
const away = (paths: readonly (Bounded & { line: Float64Array })[], x: number, y: number, by: number) =>
  Math.min(...paths.map((path) => (reaches(path, x, y, by) ? distanceTo(path.line, x, y) : Infinity)));

function nearestOf<T>(all: readonly T[], far: (one: T) => number): { one: T; value: number } | null {
  let best: { one: T; value: number } | null = null;
  for (const one of all) {
    const value = far(one);
    if (best === null || value < best.value) best = { one, value };
  }
  return best;
}

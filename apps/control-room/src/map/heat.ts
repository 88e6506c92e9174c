import { HEAT_CELL_DEG, type HeatCell } from '@muckwatch/contract';
import { worldX, worldY } from './projection.js';

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

/** Side of a counting cell, px: two discs of neighbouring cells cannot touch. */
export const CELL_PX = 92;

/** The order of states here is the order of the ring's parts: calm ones first. */
export const COUNTED = ['loaded', 'empty', 'unknown', 'silent', 'minor', 'serious', 'critical'] as const;
export type Counted = (typeof COUNTED)[number];

export interface Cell {
  x: number;
  y: number;
  /** The box round its trucks, in the same pixels. */
  west: number;
  east: number;
  north: number;
  south: number;
  total: number;
  by: Record<Counted, number>;
}

type Sum = Omit<Cell, 'x' | 'y'> & { sumX: number; sumY: number; column: number; row: number };

/**
 * Counts trucks by state in cells that lie still on the ground, so that panning does not reshuffle them. A disc stands half way between the
 * middle of its cell and the middle of its trucks: it says where they are and keeps clear of its neighbours.
 */
export class CellCounter {
  private readonly cells = new Map<number, Sum>();

  constructor(
    private readonly left: number,
    private readonly top: number,
  ) {}

  /** `x`, `y`: pixels of the canvas. */
  add(x: number, y: number, counted: Counted): void {
    const column = Math.floor((x + this.left) / CELL_PX);
    const row = Math.floor((y + this.top) / CELL_PX);
    const key = column * 4_194_304 + row;
    let cell = this.cells.get(key);
    if (!cell) this.cells.set(key, (cell = emptyCell(column, row)));
    cell.sumX += x;
    cell.sumY += y;
    cell.west = Math.min(cell.west, x);
    cell.east = Math.max(cell.east, x);
    cell.north = Math.min(cell.north, y);
    cell.south = Math.max(cell.south, y);
    cell.total++;
    cell.by[counted]++;
  }

  all(): Cell[] {
    return [...this.cells.values()].map(({ sumX, sumY, column, row, total, ...rest }) => ({
      ...rest,
      x: (sumX / total + (column + 0.5) * CELL_PX - this.left) / 2,
      y: (sumY / total + (row + 0.5) * CELL_PX - this.top) / 2,
      total,
    }));
  }
}

const emptyCell = (column: number, row: number): Sum => ({
  sumX: 0,
  sumY: 0,
  column,
  row,
  west: Infinity,
  east: -Infinity,
  north: Infinity,
  south: -Infinity,
  total: 0,
  by: { loaded: 0, empty: 0, unknown: 0, silent: 0, minor: 0, serious: 0, critical: 0 },
});

export const cellRadius = (total: number): number => Math.min(24, 10 + 2.2 * Math.log2(total + 1));

/** More than one truck to this much of the picture cannot be told apart. Two thresholds, so that the picture does not flicker between the two ways. */
const CROWDED_PX2 = 1_100;
const ROOMY_PX2 = 1_500;

/** The same of the ground that the trucks themselves take: a whole city in a corner of the picture is a heap, however empty the rest is. */
const HEAPED_PX2 = 260;
const SPREAD_PX2 = 360;

/** `spreadPx2`: of the box round the trucks that are seen. */
export function shouldCount(counting: boolean, visible: number, areaPx2: number, spreadPx2 = Infinity): boolean {
  if (visible <= 40) return false;
  return areaPx2 / visible < (counting ? ROOMY_PX2 : CROWDED_PX2) || spreadPx2 / visible < (counting ? SPREAD_PX2 : HEAPED_PX2);
}

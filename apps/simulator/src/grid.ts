import type { Point } from './plane.js';

const { ceil, floor, max, min } = Math;

/** Half the city's size: 24 × 18 km. */
export const HALF_WIDTH_M = 12_000;
export const HALF_HEIGHT_M = 9_000;

/** Things found by where they lie: a hash of square cells. */
export class Cells<T> {
  private readonly cells = new Map<number, T[]>();

  constructor(private readonly sizeM: number) {}

  add(p: Point, item: T): void {
    const key = this.key(floor(p.x / this.sizeM), floor(p.y / this.sizeM));
    const cell = this.cells.get(key);
    if (cell) cell.push(item);
    else this.cells.set(key, [item]);
  }

  /** Everything in the cells that a circle touches, and a little more. */
  near(p: Point, radiusM: number): T[] {
    const found: T[] = [];
    const [x0, x1] = [floor((p.x - radiusM) / this.sizeM), floor((p.x + radiusM) / this.sizeM)];
    const [y0, y1] = [floor((p.y - radiusM) / this.sizeM), floor((p.y + radiusM) / this.sizeM)];
    for (let x = x0; x <= x1; x++) {
      for (let y = y0; y <= y1; y++) {
        const cell = this.cells.get(this.key(x, y));
        if (cell) found.push(...cell);
      }
    }
    return found;
  }

  private key(x: number, y: number): number {
    return (x + 4096) * 8192 + y + 4096;
  }
}

/** A number a cell over the whole city; 0 outside. */
export class Raster {
  private readonly width: number;
  private readonly height: number;
  private readonly values: Float32Array;

  constructor(readonly sizeM: number) {
    this.width = ceil((2 * HALF_WIDTH_M) / sizeM) + 2;
    this.height = ceil((2 * HALF_HEIGHT_M) / sizeM) + 2;
    this.values = new Float32Array(this.width * this.height);
  }

  at(p: Point): number {
    const i = this.index(p);
    return i < 0 ? 0 : this.values[i]!;
  }

  /** Between the four middles of cells around the point. */
  smoothAt(p: Point): number {
    const column = (p.x + HALF_WIDTH_M) / this.sizeM - 0.5;
    const row = (p.y + HALF_HEIGHT_M) / this.sizeM - 0.5;
    const x = min(this.width - 2, max(0, floor(column)));
    const y = min(this.height - 2, max(0, floor(row)));
    const fx = min(1, max(0, column - x));
    const fy = min(1, max(0, row - y));
    const i = y * this.width + x;
    const v = this.values;
    return (v[i]! * (1 - fx) + v[i + 1]! * fx) * (1 - fy) + (v[i + this.width]! * (1 - fx) + v[i + this.width + 1]! * fx) * fy;
  }

  /** Sets every cell whose middle satisfies `value`, within a distance of `middle`; null leaves a cell alone. */
  stamp(middle: Point, radiusM: number, value: (p: Point) => number | null): void {
    for (let y = middle.y - radiusM; y <= middle.y + radiusM + this.sizeM; y += this.sizeM) {
      for (let x = middle.x - radiusM; x <= middle.x + radiusM + this.sizeM; x += this.sizeM) {
        const i = this.index({ x, y });
        if (i < 0) continue;
        const set = value(this.middleOf(i));
        if (set !== null) this.values[i] = set;
      }
    }
  }

  set(p: Point, value: number): void {
    const i = this.index(p);
    if (i >= 0) this.values[i] = value;
  }

  fill(value: (p: Point) => number): void {
    for (let i = 0; i < this.values.length; i++) this.values[i] = value(this.middleOf(i));
  }

  private middleOf(i: number): Point {
    return { x: ((i % this.width) + 0.5) * this.sizeM - HALF_WIDTH_M, y: (floor(i / this.width) + 0.5) * this.sizeM - HALF_HEIGHT_M };
  }

  private index(p: Point): number {
    const x = floor((p.x + HALF_WIDTH_M) / this.sizeM);
    const y = floor((p.y + HALF_HEIGHT_M) / this.sizeM);
    return x < 0 || y < 0 || x >= this.width || y >= this.height ? -1 : y * this.width + x;
  }
}

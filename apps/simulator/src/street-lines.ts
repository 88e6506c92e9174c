import type { Field } from './field.js';
import { Cells, HALF_HEIGHT_M, HALF_WIDTH_M } from './grid.js';
import type { Raster } from './grid.js';
import { spline, tangent } from './lines.js';
import { distance } from './plane.js';
import type { Point } from './plane.js';
import type { Random } from './random.js';
import { jog } from './terrain.js';
import type { Terrain } from './terrain.js';

const { abs, cos, hypot, min, sin } = Math;

export type RoadClass = 'trunk' | 'primary' | 'secondary' | 'street';

/** A road as drawn, before it is cut at its crossings. */
export interface Line {
  class: RoadClass;
  points: Point[];
  /** Its ends leave the city: they are not cut back to the last crossing. */
  leaves: boolean;
}

/** How a class of road is laid: metres between neighbours in the country and in town, and where it stops. */
const LAYING = {
  primary: { countryM: 3300, townM: 1150, leastUrbanity: 0, bridgeApartM: 1300, tries: 900 },
  secondary: { countryM: 1800, townM: 520, leastUrbanity: 0.01, bridgeApartM: 1900, tries: 3000 },
  street: { countryM: 620, townM: 215, leastUrbanity: 0.14, bridgeApartM: Infinity, tries: 9000 },
} as const;

const STEP_M = 30;

interface Sample {
  p: Point;
  direction: Point;
  line: number;
}

/** Lays roads along the field, the great ones first; each keeps its distance from those beside it and ends on those across. */
export class StreetLines {
  readonly lines: Line[] = [];
  private readonly samples = new Cells<Sample>(200);
  private readonly bridges: Point[] = [];

  constructor(
    private readonly terrain: Terrain,
    private readonly field: Field,
    private readonly random: Random,
  ) {}

  /** The ring, the two great axes, the ways out of town and the links between them: drawn by hand, moved a little by the seed. */
  layTrunks(): void {
    const random = this.random.fork('trunks');
    const ring = Array.from({ length: 14 }, (_, i) => {
      const angle = (i / 14) * 2 * Math.PI;
      const reach = 1 + random.between(-0.06, 0.06);
      return { x: 300 + cos(angle) * 6700 * reach, y: -200 + sin(angle) * 5000 * reach };
    });
    const through = (points: number[][]): Point[] => points.map(([x, y]) => jog({ x: x!, y: y! }, 220, random));
    this.addHandMade('trunk', spline(ring, STEP_M, true), false);
    const ways = [
      [
        [-12400, -700],
        [-9300, -500],
        [-6300, -300],
        [-3300, -450],
        [-400, -700],
        [2900, -300],
        [6900, 300],
        [9600, 700],
        [12400, 1300],
      ],
      [
        [900, 9400],
        [400, 6900],
        [800, 4700],
        [500, 2300],
        [300, -500],
        [700, -2700],
        [300, -5200],
        [-700, -7400],
        [-500, -9400],
      ],
      [
        [-9300, 9400],
        [-9700, 6200],
        [-9000, 3000],
        [-9300, -500],
        [-8700, -3300],
        [-9300, -6300],
        [-8900, -9400],
      ],
      [
        [4300, 2900],
        [6600, 4700],
        [8400, 7000],
        [9900, 9400],
      ],
      [
        [-3700, 2700],
        [-5900, 5200],
        [-6500, 7300],
        [-7900, 9400],
      ],
      [
        [4700, -2900],
        [7100, -5000],
        [9300, -6100],
        [12400, -7600],
      ],
      [
        [-3500, -2900],
        [-5300, -5600],
        [-7000, -7400],
        [-7300, -9400],
      ],
    ];
    for (const way of ways) this.addHandMade('trunk', spline(through(way), STEP_M), true);
    const links = [
      [
        [-9700, 6200],
        [-7400, 5200],
        [-5300, 5600],
        [-2600, 6600],
        [600, 6400],
        [4000, 7100],
        [7500, 6100],
        [8900, 3400],
        [9500, 300],
        [9200, -2600],
        [8800, -6300],
      ],
      [
        [-9300, -3100],
        [-6900, -4300],
        [-4400, -6600],
        [-600, -7100],
        [3400, -6600],
        [6200, -5100],
        [7100, -4600],
      ],
      [
        [-9500, 1000],
        [-8200, 300],
        [-6300, 1100],
      ],
      [
        [-2500, 5100],
        [-2300, 2500],
        [-1900, 0],
        [-2300, -2400],
        [-2500, -5300],
      ],
      [
        [3300, 5100],
        [3000, 2700],
        [2700, -400],
        [3200, -2700],
        [2900, -5000],
      ],
      [
        [6300, 4400],
        [8900, 3500],
        [10600, 3900],
        [12400, 3300],
      ],
      [
        [-9400, -5900],
        [-10900, -6400],
        [-12400, -6100],
      ],
    ];
    for (const way of links) this.addHandMade('primary', spline(through(way), STEP_M), true);
  }

  /** Metres to the nearest road laid so far; `withinM` when none is nearer. */
  clearance(p: Point, withinM: number): number {
    let least = withinM;
    for (const sample of this.samples.near(p, withinM)) least = min(least, distance(sample.p, p));
    return least;
  }

  /** Lays one class of road by throwing seeds; `blocked` is what the roads of this class may not run through. */
  lay(kind: keyof typeof LAYING, blocked: Raster): void {
    const random = this.random.fork(kind);
    for (let i = 0; i < LAYING[kind].tries; i++) {
      const seed = { x: random.between(-HALF_WIDTH_M, HALF_WIDTH_M), y: random.between(-HALF_HEIGHT_M, HALF_HEIGHT_M) };
      const family = random.chance(0.5) ? 0 : 1;
      if (this.terrain.urbanity(seed) < LAYING[kind].leastUrbanity + 0.02 || this.forbidden(seed, blocked)) continue;
      const direction = this.field.direction(seed, family, null);
      if (this.crowded(seed, direction, this.spacing(seed, kind) * 0.9)) continue;
      const back = this.walk(seed, family, { x: -direction.x, y: -direction.y }, kind, blocked);
      const points = [...back.reverse(), seed, ...this.walk(seed, family, direction, kind, blocked)];
      if (points.length * STEP_M < this.spacing(seed, kind) * 0.8) continue;
      this.add({ class: kind, points, leaves: false });
    }
  }

  private addHandMade(kind: RoadClass, points: Point[], leaves: boolean): void {
    this.add({ class: kind, points: points.filter((p) => abs(p.x) <= HALF_WIDTH_M && abs(p.y) <= HALF_HEIGHT_M), leaves });
    for (const p of points) if (this.terrain.wet.at(p) > 0 && this.bridges.every((b) => distance(b, p) > 500)) this.bridges.push(p);
  }

  private add(line: Line): void {
    const number = this.lines.push(line) - 1;
    line.points.forEach((p, i) => this.samples.add(p, { p, direction: tangent(line.points, i), line: number }));
  }

  private spacing(p: Point, kind: keyof typeof LAYING): number {
    const { countryM, townM } = LAYING[kind];
    return countryM + (townM - countryM) * min(1, this.terrain.urbanity(p) * 1.15);
  }

  private forbidden(p: Point, blocked: Raster): boolean {
    return abs(p.x) > HALF_WIDTH_M || abs(p.y) > HALF_HEIGHT_M || this.terrain.wet.at(p) > 0 || blocked.at(p) > 0;
  }

  /** Is a road that runs much the same way nearer than `apartM`? */
  private crowded(p: Point, direction: Point, apartM: number): boolean {
    for (const sample of this.samples.near(p, apartM)) {
      if (abs(sample.direction.x * direction.x + sample.direction.y * direction.y) > 0.72 && distance(sample.p, p) < apartM) return true;
    }
    return false;
  }

  private walk(seed: Point, family: 0 | 1, first: Point, kind: keyof typeof LAYING, blocked: Raster): Point[] {
    const out: Point[] = [];
    let p = seed;
    let direction = first;
    for (let step = 0; step < 900; step++) {
      const middle = { x: p.x + (direction.x * STEP_M) / 2, y: p.y + (direction.y * STEP_M) / 2 };
      direction = this.field.direction(middle, family, direction);
      const next = { x: p.x + direction.x * STEP_M, y: p.y + direction.y * STEP_M };
      if (this.terrain.wet.at(next) > 0) {
        const bank = this.bridge(p, direction, kind, blocked);
        if (!bank) break;
        out.push(...bank);
        p = bank.at(-1)!;
        continue;
      }
      if (this.forbidden(next, blocked) || this.terrain.urbanity(next) < LAYING[kind].leastUrbanity) break;
      if (step > 20 && out.some((o, i) => i < out.length - 20 && distance(o, next) < this.spacing(next, kind) * 0.5)) break;
      if (this.crowded(next, direction, this.spacing(next, kind) * 0.42)) break;
      out.push(next);
      p = next;
    }
    return [...out, ...this.reach(p, direction, kind, blocked)];
  }

  /** Straight over the water, where this class of road may have a bridge and none is near. */
  private bridge(p: Point, direction: Point, kind: keyof typeof LAYING, blocked: Raster): Point[] | null {
    if (this.bridges.some((b) => distance(b, p) < LAYING[kind].bridgeApartM)) return null;
    const out: Point[] = [];
    for (let gone = STEP_M; gone <= 600; gone += STEP_M) {
      const next = { x: p.x + direction.x * gone, y: p.y + direction.y * gone };
      if (blocked.at(next) > 0 || abs(next.x) > HALF_WIDTH_M || abs(next.y) > HALF_HEIGHT_M) return null;
      out.push(next);
      if (this.terrain.wet.at(next) > 0) continue;
      this.bridges.push(p);
      return out;
    }
    return null;
  }

  /** From where a road stopped, straight on to the next road that it can join, a little past it so that they surely cross. */
  private reach(p: Point, direction: Point, kind: keyof typeof LAYING, blocked: Raster): Point[] {
    const out: Point[] = [];
    for (let gone = 15; gone <= this.spacing(p, kind) * 1.5; gone += 15) {
      const next = { x: p.x + direction.x * gone, y: p.y + direction.y * gone };
      if (this.forbidden(next, blocked)) return [];
      for (const sample of this.samples.near(next, 20)) {
        const d = distance(sample.p, next);
        if (d > 20) continue;
        const over = { x: sample.p.x - p.x, y: sample.p.y - p.y };
        const length = hypot(over.x, over.y) || 1;
        return [...out, sample.p, { x: sample.p.x + (over.x / length) * 4, y: sample.p.y + (over.y / length) * 4 }];
      }
      if (gone % 30 === 0) out.push(next);
    }
    return [];
  }
}

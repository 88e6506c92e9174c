import { Raster } from './grid.js';
import { band, spline, tangent } from './lines.js';
import { distance, distanceToArea } from './plane.js';
import type { Area, Point } from './plane.js';
import type { Random } from './random.js';
import { blob } from './shapes.js';

const { atan2, exp, max, min, sin } = Math;

/** What was there before the roads: rivers, a lake, parks and hills, and how built-up each spot is. */
export interface Terrain {
  rivers: River[];
  lakes: { name: string; area: Area }[];
  greens: { name: string; area: Area }[];
  /** 0 open country … 1 the middle of town. */
  urbanity: (p: Point) => number;
  /** 1 within 40 m of water. */
  wet: Raster;
  /** 1 in a park or on a wooded hill. */
  green: Raster;
}

export interface River {
  name: string;
  line: Point[];
  widthM: number[];
  area: Area;
}

const BANK_M = 40;

export function makeTerrain(random: Random): Terrain {
  const rivers = makeRivers(random.fork('rivers'));
  const lakes = [{ name: '白云湖', area: [[blob(jog({ x: 4300, y: 2100 }, 200, random), 720, random)]] }];
  const greens = makeGreens(random.fork('greens'));
  const wet = new Raster(20);
  for (const river of rivers)
    river.line.forEach((p, i) => wet.stamp(p, river.widthM[i]! / 2 + BANK_M, (cell) => (distance(cell, p) < river.widthM[i]! / 2 + BANK_M ? 1 : null)));
  for (const { area } of lakes) stampArea(wet, area, BANK_M);
  const green = new Raster(40);
  for (const { area } of greens) stampArea(green, area, 0);
  return { rivers, lakes, greens, urbanity: makeUrbanity(random.fork('urbanity')), wet, green };
}

/** Marks every cell within `marginM` of the area. */
export function stampArea(raster: Raster, area: Area, marginM: number, value = 1): void {
  for (const [outer] of area) {
    if (!outer) continue;
    const middle = middleOf(outer);
    const reach = max(...outer.map((p) => distance(p, middle))) + marginM;
    raster.stamp(middle, reach, (cell) => (distanceToArea(cell, area) <= marginM ? value : null));
  }
}

export function middleOf(ring: readonly Point[]): Point {
  return { x: ring.reduce((sum, p) => sum + p.x, 0) / ring.length, y: ring.reduce((sum, p) => sum + p.y, 0) / ring.length };
}

function makeRivers(random: Random): River[] {
  const main = [
    [-13400, 4300],
    [-10800, 2500],
    [-8200, 3100],
    [-5600, 1900],
    [-3600, 2000],
    [-1700, 700],
    [500, 200],
    [2000, -1500],
    [4100, -1900],
    [5600, -3500],
    [8300, -3700],
    [10400, -5600],
    [13400, -6400],
  ];
  const feeder = [
    [-4300, 10200],
    [-3300, 7600],
    [-4300, 5600],
    [-3000, 4000],
  ];
  const great = river('府河', main, 130, 250, 260, random);
  const mouth = great.line.reduce((best, p) => (distance(p, { x: -3300, y: 2200 }) < distance(best, { x: -3300, y: 2200 }) ? p : best));
  return [great, river('㵐水', [...feeder, [mouth.x, mouth.y]], 60, 95, 180, random)];
}

function river(name: string, through: number[][], narrowM: number, wideM: number, wanderM: number, random: Random): River {
  const last = through.length - 1;
  const points = through.map(([x, y], i) => jog({ x: x!, y: y! }, i === 0 || i === last ? 0 : wanderM, random));
  const line = spline(points, 60);
  const phase = random.between(0, 6);
  const widthM = line.map((_, i) => narrowM + (wideM - narrowM) * (0.5 + 0.3 * sin(i / 17 + phase) + 0.2 * sin(i / 6.3)));
  return { name, line, widthM, area: [[band(line, (i) => widthM[i]! / 2)]] };
}

function makeGreens(random: Random): { name: string; area: Area }[] {
  const spots: [string, number, number, number][] = [
    ['白云公园', 2300, 3300, 420],
    ['文峰塔公园', -900, -1500, 330],
    ['神农公园', 1500, 1500, 300],
    ['大洪山余脉', -8600, -5200, 2300],
    ['厉山林场', 7400, 6300, 2000],
    ['城南森林公园', 900, -6700, 1200],
    ['西郊郊野公园', -7200, 6600, 1500],
  ];
  return spots.map(([name, x, y, radiusM]) => ({ name, area: [[blob(jog({ x, y }, 150, random), radiusM, random, 48)]] }));
}

function makeUrbanity(random: Random): (p: Point) => number {
  const hubs = [
    { x: 200, y: 300, spreadX: 3300, spreadY: 2600, weight: 1 },
    { x: 4900, y: -700, spreadX: 1900, spreadY: 1700, weight: 0.75 },
    { x: -4600, y: -1300, spreadX: 1700, spreadY: 1500, weight: 0.6 },
    { x: 2600, y: 5600, spreadX: 1100, spreadY: 900, weight: 0.5 },
    { x: 8600, y: -6300, spreadX: 900, spreadY: 800, weight: 0.5 },
  ].map((hub) => ({ ...hub, ...jog(hub, 250, random) }));
  const raster = new Raster(150);
  raster.fill((p) => {
    const sum = hubs.reduce((total, hub) => total + hub.weight * exp(-(((p.x - hub.x) / hub.spreadX) ** 2) - ((p.y - hub.y) / hub.spreadY) ** 2), 0);
    return min(1, sum);
  });
  return (p) => raster.smoothAt(p);
}

/** The point, moved by up to `byM` each way. */
export function jog(p: Point, byM: number, random: Random): Point {
  return { x: p.x + random.between(-byM, byM), y: p.y + random.between(-byM, byM) };
}

/** The directions that a river would have streets keep: along it, weaker with distance. */
export function alongRiver(terrain: Terrain, p: Point): { angle: number; weight: number } {
  let nearest = Infinity;
  let angle = 0;
  for (const { line } of terrain.rivers) {
    for (let i = 0; i < line.length; i += 4) {
      const d = distance(p, line[i]!);
      if (d >= nearest) continue;
      nearest = d;
      const t = tangent(line, i);
      angle = atan2(t.y, t.x);
    }
  }
  return { angle, weight: 1.3 * exp(-((nearest / 1000) ** 2)) };
}

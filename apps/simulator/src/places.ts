import type { Raster } from './grid.js';
import { HALF_HEIGHT_M, HALF_WIDTH_M } from './grid.js';
import { LOT_NAMES, SITE_NAMES, YARD_NAMES } from './names.js';
import { distance, distanceToBorder, inside } from './plane.js';
import type { Area, Point } from './plane.js';
import type { Random } from './random.js';
import { plot } from './shapes.js';
import type { StreetLines } from './street-lines.js';
import type { Terrain } from './terrain.js';

export type PlaceKind = 'site' | 'yard' | 'parking-lot' | 'wash-bay' | 'no-go' | 'speed-zone';

/** `from`–`to` in the city's time; `days` 1 = Monday, absent = every day. As wire.md has it. */
export interface Hours {
  days?: number[];
  from: string;
  to: string;
}

export interface Place {
  id: string;
  kind: PlaceKind;
  name: string;
  area: Area;
  hours: Hours[] | null;
  curfew: Hours[] | null;
  limitKmh: number | null;
  capacityM3: number | null;
}

/** Roads keep this far from the border of a site, yard or lot, so that a truck passing by is never inside or near it. */
export const ROAD_CLEARANCE_M = 58;

export function place(id: string, kind: PlaceKind, name: string, area: Area, more: Partial<Place> = {}): Place {
  return { id, kind, name, area, hours: null, curfew: null, limitKmh: null, capacityM3: null, ...more };
}

/** How many of each kind the city has. More plots are laid: some turn out to have no road near or no room. */
export const COUNTS: Record<string, number> = { site: 24, yard: 8, 'parking-lot': 6 };

interface Wanted {
  count: number;
  radiusM: [number, number];
  apartM: number;
  fits: (p: Point, urbanity: number) => boolean;
}

const SITES: Wanted = { count: 27, radiusM: [80, 150], apartM: 750, fits: (_, urbanity) => urbanity > 0.1 };
const YARDS: Wanted = { count: 12, radiusM: [130, 190], apartM: 2300, fits: (p, urbanity) => urbanity < 0.16 && Math.hypot(p.x, p.y * 1.25) > 6400 };
const LOTS: Wanted = { count: 8, radiusM: [85, 120], apartM: 2600, fits: (_, urbanity) => urbanity > 0.03 && urbanity < 0.55 };

/** Sites in town, yards at its outskirts, lots between; laid before the small streets, which then go round them. */
export function layWorkPlaces(streets: StreetLines, terrain: Terrain, random: Random): Place[] {
  const taken: { middle: Point; radiusM: number }[] = [];
  const lay = (wanted: Wanted, stream: Random): { middle: Point; radiusM: number; ring: Point[] }[] => {
    const mine: { middle: Point; radiusM: number; ring: Point[] }[] = [];
    for (let tries = 0; mine.length < wanted.count && tries < 120_000; tries++) {
      const middle = { x: stream.between(-HALF_WIDTH_M + 600, HALF_WIDTH_M - 600), y: stream.between(-HALF_HEIGHT_M + 600, HALF_HEIGHT_M - 600) };
      const radiusM = stream.between(...wanted.radiusM);
      // Where the town leaves no room for the wish after long trying, places may lie closer to each other.
      const apartM = wanted.apartM * Math.max(0.4, 1 - tries / 120_000);
      if (mine.some((other) => distance(other.middle, middle) < apartM)) continue;
      if (!wanted.fits(middle, terrain.urbanity(middle)) || terrain.green.at(middle) > 0) continue;
      if (taken.some((other) => distance(other.middle, middle) < other.radiusM + radiusM + 160)) continue;
      const clearM = streets.clearance(middle, 520);
      if (clearM < radiusM + ROAD_CLEARANCE_M + 8 || clearM > 480) continue;
      const ring = plot(middle, radiusM, stream);
      if ([...ring, middle].some((p) => terrain.wet.at(p) > 0)) continue;
      mine.push({ middle, radiusM, ring });
      taken.push({ middle, radiusM });
    }
    return mine;
  };

  const yards = lay(YARDS, random.fork('yards')).map(({ ring }) => place('', 'yard', '', [[ring]], { capacityM3: 20_000 * random.whole(5, 40) }));
  const lots = lay(LOTS, random.fork('lots')).map(({ ring }) => place('', 'parking-lot', '', [[ring]], { curfew: [{ from: '23:00', to: '05:00' }] }));
  // The third site is two parcels with a lane between them.
  const sites = lay(SITES, random.fork('sites')).map(({ ring, middle }, i) => place('', 'site', '', i === 2 ? parcels(ring, middle) : [[ring]]));
  return [...sites, ...yards, ...lots];
}

/** Gives ids and names to the plots that became places. */
export function namePlaces(places: readonly Place[], random: Random): void {
  const words: Record<string, [string, string[], string]> = {
    site: ['site', random.shuffled(SITE_NAMES), '工地'],
    yard: ['yard', random.shuffled(YARD_NAMES), '消纳场'],
    'parking-lot': ['lot', random.shuffled(LOT_NAMES), '停车场'],
  };
  for (const [kind, [prefix, names, noun]] of Object.entries(words)) {
    places
      .filter((made) => made.kind === kind)
      .forEach((made, i) => {
        made.id = `${prefix}-${two(i)}`;
        made.name = names[i] ?? `第${i + 1}${noun}`;
      });
  }
}

export function two(i: number): string {
  return String(i + 1).padStart(2, '0');
}

/** One outline cut in two by a lane 14 m wide. */
function parcels(ring: Point[], middle: Point): Area {
  const cutX = middle.x + 30;
  const part = (keep: (p: Point) => boolean, edge: number): Point[] => {
    const out: Point[] = [];
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length]!;
      if (keep(a)) out.push(a);
      if (keep(a) !== keep(b)) out.push({ x: edge, y: a.y + ((b.y - a.y) * (edge - a.x)) / (b.x - a.x) });
    });
    return out;
  };
  return [[part((p) => p.x < cutX - 7, cutX - 7)], [part((p) => p.x > cutX + 7, cutX + 7)]];
}

/** Points of an area to stand on: inside by `marginM`, apart from each other, in sight of `from`. */
export function bays(area: Area, from: Point, count: number, marginM: number, apartM: number, random: Random): Point[] {
  const ring = area.find(([outer]) => outer && inside(from, [[outer]]))?.[0] ?? area[0]![0]!;
  const xs = ring.map((p) => p.x);
  const ys = ring.map((p) => p.y);
  const out: Point[] = [];
  for (let tries = 0; out.length < count && tries < count * 60; tries++) {
    const p = { x: random.between(Math.min(...xs), Math.max(...xs)), y: random.between(Math.min(...ys), Math.max(...ys)) };
    if (!inside(p, area) || distanceToBorder(p, area) < marginM || out.some((other) => distance(other, p) < apartM)) continue;
    if (inSight(from, p, area, Math.min(marginM, 9))) out.push(p);
  }
  return out;
}

function inSight(from: Point, to: Point, area: Area, marginM: number): boolean {
  const steps = Math.ceil(distance(from, to) / 8);
  for (let i = 1; i <= steps; i++) {
    const p = { x: from.x + ((to.x - from.x) * i) / steps, y: from.y + ((to.y - from.y) * i) / steps };
    if (!inside(p, area) || distanceToBorder(p, area) < marginM) return false;
  }
  return true;
}

/** Small streets keep off these cells: the plots with a margin, and what `also` marks already. */
export function blockPlots(raster: Raster, places: readonly Place[], also: Raster, stamp: (raster: Raster, area: Area, marginM: number) => void): void {
  raster.fill((p) => also.at(p));
  for (const { area } of places) stamp(raster, area, ROAD_CLEARANCE_M + 14);
}

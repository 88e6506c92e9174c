import { HALF_HEIGHT_M, HALF_WIDTH_M, Raster } from './grid.js';
import { band, cut, simplify } from './lines.js';
import { distanceToArea, lengthOf } from './plane.js';
import type { Area, Point } from './plane.js';
import { place, two } from './places.js';
import type { Place } from './places.js';
import type { Random } from './random.js';
import type { RoadNetwork } from './roads.js';
import type { Line } from './street-lines.js';
import { stampArea } from './terrain.js';
import type { Terrain } from './terrain.js';

/** Honest drivers keep a zone's limit from this far before its border. */
export const ZONE_MARGIN_M = 45;

/** Six stretches of road of 0.7–1.3 km with a limit of 30 or 40 km/h: a band over the road, wider here and narrower there. */
export function laySpeedZones(lines: readonly Line[], roads: RoadNetwork, places: readonly Place[], terrain: Terrain, random: Random): Place[] {
  const out: Place[] = [];
  const candidates = random.shuffled([...lines.entries()].filter(([, line]) => line.class !== 'street' && lengthOf(line.points) > 1500));
  for (let round = 0; round < 3 && out.length < 6; round++) {
    for (const [number, line] of candidates) {
      if (out.length >= 6) break;
      const from = random.between(150, lengthOf(line.points) - 1400);
      const lengthM = random.between(750, 1250);
      const stretch = cut(line.points, from, from + lengthM);
      const middle = stretch[Math.floor(stretch.length / 2)]!;
      if (terrain.urbanity(middle) < 0.12 || stretch.some((p) => Math.abs(p.x) > HALF_WIDTH_M - 800 || Math.abs(p.y) > HALF_HEIGHT_M - 800)) continue;
      if (!stretch.every((p) => roads.nearest(p, 12, (edge) => edge.road === number) !== null)) continue;
      const area = zoneOver(stretch, random);
      if ([...places, ...out].some((other) => stretch.some((p) => distanceToArea(p, other.area) < (other.kind === 'speed-zone' ? 700 : 170)))) continue;
      const limitKmh = line.class === 'trunk' || terrain.urbanity(middle) < 0.7 ? 40 : 30;
      out.push(place(`slow-${two(out.length)}`, 'speed-zone', `${roads.roads[number]!.name}限速 ${limitKmh} 路段`, area, { limitKmh }));
    }
  }
  return out;
}

function zoneOver(stretch: Point[], random: Random): Area {
  const base = { left: random.between(36, 50), right: random.between(36, 50) };
  const wave = random.between(0, 6);
  const outline = band(stretch, (i, side) => base[side] + 7 * Math.sin(i / 5 + wave + (side === 'left' ? 0 : 2)));
  return [[simplify([...outline, outline[0]!], 3).slice(0, -1)]];
}

/** The limit that honest drivers keep at every spot, in km/h; 0 where there is none. */
export function limitRaster(zones: readonly Place[]): Raster {
  const raster = new Raster(20);
  for (const zone of zones) stampArea(raster, zone.area, ZONE_MARGIN_M, zone.limitKmh!);
  return raster;
}

import { Raster } from './grid.js';
import type { Point } from './plane.js';
import type { Random } from './random.js';
import { alongRiver } from './terrain.js';
import type { Terrain } from './terrain.js';

/**
 * Which way streets run, at every spot: `along` and, square to it, across. A blend of districts laid out at different times, of
 * the rivers and, out in the country, of ways that lead into town. (Tensor fields for street layout: Chen et al., SIGGRAPH 2008.)
 */
export interface Field {
  /** Unit direction of the family (0 along, 1 across) that goes on nearest to `towards`. */
  direction: (p: Point, family: 0 | 1, towards: Point | null) => Point;
}

export function makeField(terrain: Terrain, random: Random): Field {
  const degrees = Math.PI / 180;
  const districts = [
    { x: 100, y: 1300, spread: 2300, angle: 11 },
    { x: -600, y: -1900, spread: 2200, angle: -7 },
    { x: 5000, y: -600, spread: 2300, angle: 33 },
    { x: -4700, y: -1500, spread: 2300, angle: -24 },
    { x: 2600, y: 5600, spread: 2000, angle: 52 },
    { x: 8600, y: -6300, spread: 1900, angle: 20 },
  ].map((district) => ({ ...district, angle: (district.angle + random.between(-5, 5)) * degrees }));
  // Angles that differ by a half turn are one direction: blend them doubled.
  const cosines = new Raster(320);
  const sines = new Raster(320);
  cosines.fill((p) => {
    const out = Math.hypot(p.x, p.y * 1.2);
    const parts = [
      { angle: 5 * degrees, weight: 0.12 },
      { angle: Math.atan2(p.y, p.x), weight: 0.55 * Math.min(1, Math.max(0, (out - 4500) / 4000)) },
      alongRiver(terrain, p),
      ...districts.map((d) => ({ angle: d.angle, weight: Math.exp(-(((p.x - d.x) / d.spread) ** 2) - ((p.y - d.y) / d.spread) ** 2) })),
    ];
    sines.set(
      p,
      parts.reduce((sum, { angle, weight }) => sum + weight * Math.sin(2 * angle), 0),
    );
    return parts.reduce((sum, { angle, weight }) => sum + weight * Math.cos(2 * angle), 0);
  });
  return {
    direction(p, family, towards) {
      const angle = Math.atan2(sines.smoothAt(p), cosines.smoothAt(p)) / 2 + (family * Math.PI) / 2;
      const d = { x: Math.cos(angle), y: Math.sin(angle) };
      return towards && d.x * towards.x + d.y * towards.y < 0 ? { x: -d.x, y: -d.y } : d;
    },
  };
}

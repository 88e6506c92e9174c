import { distance } from './plane.js';
import type { Point } from './plane.js';
import type { Random } from './random.js';

/** A closed outline as people draw one round a building site: 6–9 corners, longer than wide, no corner further than `radiusM`. */
export function plot(middle: Point, radiusM: number, random: Random): Point[] {
  const corners = random.whole(6, 9);
  const turn = random.between(0, Math.PI);
  const squeeze = random.between(0.7, 0.95);
  const ring: Point[] = [];
  for (let i = 0; i < corners; i++) {
    const angle = ((i + random.between(-0.28, 0.28)) / corners) * 2 * Math.PI;
    // Near a square with blunt corners: a circle of corners looks like a pond.
    const reach = radiusM * random.between(0.84, 1) * Math.min(1, 0.74 / Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))) + 0.08);
    const along = Math.cos(angle) * reach;
    const across = Math.sin(angle) * reach * squeeze;
    ring.push({ x: middle.x + along * Math.cos(turn) - across * Math.sin(turn), y: middle.y + along * Math.sin(turn) + across * Math.cos(turn) });
  }
  return ring;
}

/** A soft outline as a lake or a wooded hill has one: three slow waves round a circle. */
export function blob(middle: Point, radiusM: number, random: Random, points = 36): Point[] {
  const waves = [2, 3, 5].map((count) => ({ count, height: random.between(0.04, 0.34) / count, phase: random.between(0, 2 * Math.PI) }));
  const turn = random.between(0, Math.PI);
  const squeeze = random.between(0.6, 0.9);
  return Array.from({ length: points }, (_, i) => {
    const angle = (i / points) * 2 * Math.PI;
    const reach = radiusM * (0.8 + waves.reduce((sum, wave) => sum + wave.height * Math.sin(wave.count * angle + wave.phase), 0));
    const [along, across] = [Math.cos(angle) * reach, Math.sin(angle) * reach * squeeze];
    return { x: middle.x + along * Math.cos(turn) - across * Math.sin(turn), y: middle.y + along * Math.sin(turn) + across * Math.cos(turn) };
  });
}

/** A rectangle round `middle` that lies along the direction of `towards`. */
export function slab(middle: Point, towards: Point, lengthM: number, widthM: number): Point[] {
  const d = distance(middle, towards) || 1;
  const [ux, uy] = [(towards.x - middle.x) / d, (towards.y - middle.y) / d];
  const corner = (along: number, across: number): Point => ({ x: middle.x + ux * along - uy * across, y: middle.y + uy * along + ux * across });
  const [l, w] = [lengthM / 2, widthM / 2];
  return [corner(-l, -w), corner(l, -w), corner(l, w), corner(-l, w)];
}

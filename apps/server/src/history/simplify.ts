interface LatLon {
  lat: number;
  lon: number;
}

/** Keeps the ends and the points that bend a line most, `most` of them, in their order (Douglas and Peucker 1973, bounded by count instead of distance). */
export function simplified<P extends LatLon>(points: P[], most: number): P[] {
  if (points.length <= most) return points;
  const kept = new Set([0, points.length - 1]);
  // Ascending by how far their farthest point lies off; the last one is split next.
  const stretches = [stretch(points, 0, points.length - 1)];
  while (kept.size < most) {
    const { from, to, farthest } = stretches.pop()!;
    kept.add(farthest);
    if (farthest - from > 1) insert(stretches, stretch(points, from, farthest));
    if (to - farthest > 1) insert(stretches, stretch(points, farthest, to));
  }
  return points.filter((_, i) => kept.has(i));
}

interface Stretch {
  from: number;
  to: number;
  farthest: number;
  off: number;
}

function stretch(points: LatLon[], from: number, to: number): Stretch {
  let [farthest, off] = [(from + to) >> 1, -1];
  for (let i = from + 1; i < to; i++) {
    const distance = squaredDistance(points[i]!, points[from]!, points[to]!);
    if (distance > off) [farthest, off] = [i, distance];
  }
  return { from, to, farthest, off };
}

function insert(stretches: Stretch[], one: Stretch): void {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.off <= one.off) low = middle + 1;
    else high = middle;
  }
  stretches.splice(low, 0, one);
}

/** Of a point from a straight line, in squared degrees of latitude. */
function squaredDistance(point: LatLon, a: LatLon, b: LatLon): number {
  const shrink = Math.cos((a.lat * Math.PI) / 180);
  const [bx, by] = [(b.lon - a.lon) * shrink, b.lat - a.lat];
  const [px, py] = [(point.lon - a.lon) * shrink, point.lat - a.lat];
  const length = bx * bx + by * by;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, (px * bx + py * by) / length));
  return (px - share * bx) ** 2 + (py - share * by) ** 2;
}

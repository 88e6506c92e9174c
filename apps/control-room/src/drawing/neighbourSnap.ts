/** Corners and edges of the places around, on the world square; what lies far from the view is left out by whoever asks. */
export interface Neighbour {
  name: string;
  lines: readonly Float64Array[];
  west: number;
  north: number;
  east: number;
  south: number;
}

export interface SnapHit {
  x: number;
  y: number;
  name: string;
  at: 'corner' | 'edge';
}

/** The nearest corner within `reach`, else the nearest point of an edge, else null: two places that meet share their corners first. */
export function snapTo(neighbours: readonly Neighbour[], x: number, y: number, reach: number): SnapHit | null {
  let corner: SnapHit | null = null;
  let edge: SnapHit | null = null;
  let [toCorner, toEdge] = [reach * reach, reach * reach];
  for (const { name, lines, west, north, east, south } of neighbours) {
    if (x < west - reach || x > east + reach || y < north - reach || y > south + reach) continue;
    for (const line of lines) {
      for (let i = 0; i + 1 < line.length; i += 2) {
        const [ax, ay] = [line[i]!, line[i + 1]!];
        const away = (ax - x) ** 2 + (ay - y) ** 2;
        if (away < toCorner) {
          toCorner = away;
          corner = { x: ax, y: ay, name, at: 'corner' };
        }
        if (corner || i + 3 >= line.length) continue;
        const [dx, dy] = [line[i + 2]! - ax, line[i + 3]! - ay];
        const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
        const [px, py] = [ax + along * dx, ay + along * dy];
        const off = (px - x) ** 2 + (py - y) ** 2;
        if (off < toEdge) {
          toEdge = off;
          edge = { x: px, y: py, name, at: 'edge' };
        }
      }
    }
  }
  return corner ?? edge;
}

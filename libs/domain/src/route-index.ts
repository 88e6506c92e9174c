import Flatbush from 'flatbush';
import { lineDistanceM, linesOf, METRES_PER_DEGREE_LAT, metresPerDegreeLon, squaredDistanceToOrigin } from './geo.js';
import type { Point } from './report.js';
import { DEFAULT_WIDTH_M, type Route } from './route.js';
import type { EpochMs } from './time.js';

/** How far a point lies off the nearest of some routes: metres to its edge, 0 or less on it. */
export interface OffRoute {
  offM: number;
  routeId: string;
}

/** So far past a route's edge only the pieces nearby are looked at: few trucks are ever farther off. */
const NEAR_M = 60;

/** Approved lines that are asked how far a point lies off them. */
export class RouteIndex {
  readonly #byId: Map<string, Route>;

  constructor(readonly routes: readonly Route[]) {
    this.#byId = new Map(routes.map((route) => [route.id, route]));
  }

  get(id: string): Route | undefined {
    return this.#byId.get(id);
  }

  /** The nearest edge of those among `routeIds` that exist at the time, or the first that is no farther than `enoughM`; null where none exists. */
  offM(routeIds: readonly string[], point: Point, at: EpochMs, enoughM = -Infinity): OffRoute | null {
    let nearest: OffRoute | null = null;
    for (const routeId of routeIds) {
      const route = this.#byId.get(routeId);
      if (!route || !exists(route, at)) continue;
      const halfWidthM = (route.widthM ?? DEFAULT_WIDTH_M) / 2;
      const offM = distanceM(route, point, halfWidthM + NEAR_M) - halfWidthM;
      if (nearest === null || offM < nearest.offM) nearest = { offM, routeId };
      if (offM <= enoughM) break;
    }
    return nearest;
  }
}

function exists({ validFrom, validTo }: Route, at: EpochMs): boolean {
  return (validFrom === null || at >= validFrom) && (validTo === null || at < validTo);
}

/** Metres to the line: pieces near the point first, all of them only where none comes within `nearM`. */
function distanceM(route: Route, point: Point, nearM: number): number {
  const near = piecesOf(route).distanceM(point, nearM);
  return near <= nearM ? near : lineDistanceM(route.geometry, point);
}

/** Of each route that was ever asked about. A route never changes (an edit makes another one), so its pieces outlive the world they were first asked in. */
const PIECES = new WeakMap<Route, Pieces>();

function piecesOf(route: Route): Pieces {
  let pieces = PIECES.get(route);
  if (!pieces) PIECES.set(route, (pieces = new Pieces(route)));
  return pieces;
}

/**
 * A route's straight pieces in an index of its own: many routes share the roads round a yard, and one index of all would find every one of them
 * where the truck's permit names two.
 */
class Pieces {
  /** ax, ay, bx, by of each piece in degrees. */
  readonly #ends: Float64Array;
  readonly #boxes: Flatbush;

  constructor({ geometry }: Route) {
    const lines = linesOf(geometry) as Point[][];
    const count = lines.reduce((sum, line) => sum + line.length - 1, 0);
    this.#ends = new Float64Array(count * 4);
    this.#boxes = new Flatbush(count);
    let at = 0;
    for (const line of lines) {
      for (let i = 1; i < line.length; i++) {
        const [ax, ay] = line[i - 1]!;
        const [bx, by] = line[i]!;
        this.#ends.set([ax, ay, bx, by], at);
        this.#boxes.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
        at += 4;
      }
    }
    this.#boxes.finish();
  }

  /** To the nearest piece whose box comes within `nearM` of the point; right only where the answer is no more than that. */
  distanceM([lon, lat]: Point, nearM: number): number {
    const metresPerLon = metresPerDegreeLon(lat);
    const [x, y] = [nearM / metresPerLon, nearM / METRES_PER_DEGREE_LAT];
    let nearest = Infinity;
    for (const piece of this.#boxes.search(lon - x, lat - y, lon + x, lat + y)) {
      const ax = (this.#ends[piece * 4]! - lon) * metresPerLon;
      const ay = (this.#ends[piece * 4 + 1]! - lat) * METRES_PER_DEGREE_LAT;
      const bx = (this.#ends[piece * 4 + 2]! - lon) * metresPerLon;
      const by = (this.#ends[piece * 4 + 3]! - lat) * METRES_PER_DEGREE_LAT;
      nearest = Math.min(nearest, squaredDistanceToOrigin(ax, ay, bx, by));
    }
    return Math.sqrt(nearest);
  }
}

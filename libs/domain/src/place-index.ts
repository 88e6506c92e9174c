import Flatbush from 'flatbush';
import { borderDistanceM, boxOf, contains, METRES_PER_DEGREE_LAT, metresPerDegreeLon } from './geo.js';
import type { Place } from './place.js';
import type { Point } from './report.js';

/** Sites and yards count 30 m past their border: tipping on a yard's verge is no dumping. */
export const WORK_PLACE_MARGIN_M = 30;

/** What a point lies in, hours and validity not yet asked. */
export interface Hits {
  /** Places whose polygon contains the point. */
  within: Place[];
  /** Sites and yards that contain the point or lie within 30 m of it. */
  workPlaces: Place[];
}

const NO_PLACES: Place[] = [];
const NOWHERE: Hits = { within: NO_PLACES, workPlaces: NO_PLACES };

/** Places that are found by where they lie. Asks neither hours nor validity. */
export class PlaceIndex {
  readonly #byId: Map<string, Place>;
  readonly #boxes: Flatbush | null;
  readonly #noGo: Place[];
  readonly #noGoBoxes: Flatbush | null;

  constructor(readonly places: readonly Place[]) {
    this.#byId = new Map(places.map((place) => [place.id, place]));
    this.#boxes = boxesOf(places);
    this.#noGo = places.filter((place) => place.kind === 'no-go');
    this.#noGoBoxes = boxesOf(this.#noGo);
  }

  get(id: string): Place | undefined {
    return this.#byId.get(id);
  }

  /** What the point lies in: boxes first (flatbush), then polygons (Turf). */
  hits(point: Point): Hits {
    const found = this.#boxes?.search(point[0], point[1], point[0], point[1]) ?? [];
    if (found.length === 0) return NOWHERE;
    const within: Place[] = [];
    const workPlaces: Place[] = [];
    for (const number of found) {
      const place = this.places[number]!;
      const inside = contains(place.geometry, point);
      if (inside) within.push(place);
      if (isWorkPlace(place) && (inside || borderDistanceM(place.geometry, point) <= WORK_PLACE_MARGIN_M)) workPlaces.push(place);
    }
    return { within, workPlaces };
  }

  /** Forbidden zones whose box the straight line's box meets. */
  noGoAlong(from: Point, to: Point): Place[] {
    if (this.#noGoBoxes === null) return NO_PLACES;
    const found = this.#noGoBoxes.search(Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1]));
    return found.length === 0 ? NO_PLACES : found.map((number) => this.#noGo[number]!);
  }

  /** Places whose box comes within `maxM` metres of the point. */
  around(point: Point, maxM: number): Place[] {
    const reach: [number, number] = [maxM / metresPerDegreeLon(point[1]), maxM / METRES_PER_DEGREE_LAT];
    const found = this.#boxes?.search(point[0] - reach[0], point[1] - reach[1], point[0] + reach[0], point[1] + reach[1]) ?? [];
    return found.map((number) => this.places[number]!);
  }
}

function boxesOf(places: readonly Place[]): Flatbush | null {
  if (places.length === 0) return null;
  const index = new Flatbush(places.length);
  for (const place of places) {
    const [west, south, east, north] = boxOf(place.geometry);
    const margin = isWorkPlace(place) ? WORK_PLACE_MARGIN_M : 0;
    const [lonMargin, latMargin] = [margin / metresPerDegreeLon(Math.max(Math.abs(south), Math.abs(north))), margin / METRES_PER_DEGREE_LAT];
    index.add(west - lonMargin, south - latMargin, east + lonMargin, north + latMargin);
  }
  index.finish();
  return index;
}

export function isWorkPlace(place: Place): boolean {
  return place.kind === 'site' || place.kind === 'yard';
}

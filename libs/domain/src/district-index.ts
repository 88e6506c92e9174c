import Flatbush from 'flatbush';
import type { MultiPolygon, Polygon } from 'geojson';
import { boxOf, contains } from './geo.js';
import type { Point } from './report.js';

/** A part of the city with an office of its own (区). */
export interface District {
  id: string;
  geometry: Polygon | MultiPolygon;
}

/** Districts that are found by where they lie. Of several that hold a point, as on a shared border, it is the first by id: always the same one. */
export class DistrictIndex {
  readonly #districts: readonly District[];
  readonly #boxes: Flatbush | null;

  constructor(districts: readonly District[]) {
    this.#districts = [...districts].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#boxes = districts.length === 0 ? null : new Flatbush(districts.length);
    for (const { geometry } of this.#districts) this.#boxes?.add(...boxOf(geometry));
    this.#boxes?.finish();
  }

  /** The id of the district that holds the point; null where none does. */
  at(point: Point): string | null {
    const [lon, lat] = point;
    const found = this.#boxes?.search(lon, lat, lon, lat).sort((a, b) => a - b) ?? [];
    return found.map((number) => this.#districts[number]!).find(({ geometry }) => contains(geometry, point))?.id ?? null;
  }
}

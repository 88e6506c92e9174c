import type { LineString, MultiLineString } from 'geojson';
import type { EpochMs } from './time.js';

/** A route without a width of its own is so wide. */
export const DEFAULT_WIDTH_M = 100;

/** An approved line with its whole width. */
export interface Route {
  id: string;
  name: string;
  geometry: LineString | MultiLineString;
  /** The whole width in metres; null: 100 m. */
  widthM: number | null;
  /** The route exists for `validFrom ≤ t < validTo`; null: without end. */
  validFrom: EpochMs | null;
  validTo: EpochMs | null;
}

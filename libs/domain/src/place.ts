import type { MultiPolygon, Polygon } from 'geojson';
import { type Hours, inHours, type UtcOffset } from './hours.js';
import type { EpochMs } from './time.js';

export const PLACE_KINDS = ['site', 'yard', 'parking-lot', 'wash-bay', 'no-go', 'speed-zone'] as const;
/** site 工地, yard 消纳场, parking lot 停车场, wash bay 冲洗平台, no-go 禁行区, speed zone 限速区. */
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** A named polygon of the city. */
export interface Place {
  id: string;
  kind: PlaceKind;
  name: string;
  geometry: Polygon | MultiPolygon;
  hours: Hours;
  /** The place exists for `validFrom ≤ t < validTo`; null: without end. */
  validFrom: EpochMs | null;
  validTo: EpochMs | null;
  /** Speed zones. */
  limitKmh: number | null;
  /** Parking lots. */
  curfew: Hours;
  /** Yards. */
  capacityM3: number | null;
  managerIds: string[];
}

/** Expired places and those outside their hours do not exist for a rule; a parking lot has no hours. */
export function exists(place: Place, at: EpochMs, utcOffset: UtcOffset): boolean {
  if (place.validFrom !== null && at < place.validFrom) return false;
  if (place.validTo !== null && at >= place.validTo) return false;
  return place.kind === 'parking-lot' || place.hours === null || inHours(place.hours, at, utcOffset);
}

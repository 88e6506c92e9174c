import type { Point } from './report.js';
import type { EpochMs } from './time.js';

/** What a camera saw at one instant, as rules ask about it. `null` means «not said». Confidences are 0…1. */
export interface Sighted {
  /** Camera id. */
  camera: string;
  /** Unique per camera; the same id again updates the sighting. */
  id: string;
  at: EpochMs;
  kind: 'pass' | 'spill' | 'dumping';
  direction: 'in' | 'out' | null;
  /** Of the kind. */
  confidence: number | null;
  plate: string | null;
  plateConfidence: number | null;
  covered: boolean | null;
  coveredConfidence: number | null;
  wheelsClean: boolean | null;
  wheelsCleanConfidence: number | null;
}

/** A camera as it stood at a time. */
export interface Camera {
  id: string;
  placeId: string;
  /** Where it hangs; its place's middle where nobody said. */
  point: Point;
}

/** A sighting names a truck, or a plate, from this confidence on. */
export const READABLE_PLATE = 0.85;

/** The order in which sightings are judged, never that of arrival. */
export function compareSightings(a: Pick<Sighted, 'at' | 'camera' | 'id'>, b: Pick<Sighted, 'at' | 'camera' | 'id'>): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.camera !== b.camera) return a.camera < b.camera ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** FNV-1a over everything that rules may ask, 32 bits. */
export function fingerprint(sighting: Sighted): number {
  const { at, kind, direction, confidence, plate, plateConfidence, covered, coveredConfidence, wheelsClean, wheelsCleanConfidence } = sighting;
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify([
    at,
    kind,
    direction,
    confidence,
    plate,
    plateConfidence,
    covered,
    coveredConfidence,
    wheelsClean,
    wheelsCleanConfidence,
  ])) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return hash;
}

import type { Sighting } from './decoder.js';
import { extrasOf } from './extras.js';
import { accepted } from './faults.js';
import { readPicture } from './picture.js';
import { wireSighting } from './standard-schemas.js';
import { readTime } from './wire-time.js';

const KNOWN: ReadonlySet<string> = new Set(Object.keys(wireSighting.shape));

/**
 * A sighting as its camera published it.
 *
 * @throws UnreadablePayload naming the field
 */
export function readSighting(camera: string, value: unknown): Sighting {
  const wire = accepted(wireSighting, value, 'the sighting');
  return {
    camera,
    id: wire.id,
    at: readTime(wire.time, 'time'),
    kind: wire.kind,
    direction: wire.direction ?? null,
    confidence: wire.confidence ?? null,
    plate: wire.plate?.trim() || null,
    plateConfidence: wire.plateConfidence ?? null,
    covered: wire.covered ?? null,
    coveredConfidence: wire.coveredConfidence ?? null,
    wheelsClean: wire.wheelsClean ?? null,
    wheelsCleanConfidence: wire.wheelsCleanConfidence ?? null,
    picture: readPicture(wire.snapshot, 'snapshot'),
    snapshotUrl: wire.snapshotUrl ?? null,
    extra: extrasOf(value as object, KNOWN),
  };
}

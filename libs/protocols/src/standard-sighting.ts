import type { Picture, Sighting } from './decoder.js';
import { extrasOf } from './extras.js';
import { accepted } from './faults.js';
import { MAX_PICTURE_BYTES, wireSighting, type WireSighting } from './standard-schemas.js';
import { UnreadablePayload } from './unreadable.js';
import { readTime } from './wire-time.js';

const KNOWN: ReadonlySet<string> = new Set(Object.keys(wireSighting.shape));

/** How each type of picture begins; `null` is any byte. */
const BEGINNINGS: Record<Picture['type'], (number | null)[]> = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  //             R     I     F     F     length                  W     E     B     P
  'image/webp': [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
};

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
    picture: readPicture(wire.snapshot),
    snapshotUrl: wire.snapshotUrl ?? null,
    extra: extrasOf(value as object, KNOWN),
  };
}

function readPicture(snapshot: WireSighting['snapshot']): Picture | null {
  if (!snapshot) return null;
  const { type, data } = snapshot;
  const bytes = Buffer.from(data, 'base64');
  // Node skips what is not base64 instead of refusing it.
  if (bytes.toString('base64') !== data) throw new UnreadablePayload('bad-picture', `snapshot.data of ${data.length} characters is not padded base64`);
  if (bytes.length > MAX_PICTURE_BYTES) throw new UnreadablePayload('too-large', `snapshot.data of ${bytes.length} bytes is larger than ${MAX_PICTURE_BYTES}`);
  if (!BEGINNINGS[type].every((byte, i) => byte === null || bytes[i] === byte)) {
    throw new UnreadablePayload('bad-picture', `snapshot.data does not begin as ${type} does`);
  }
  return { type, bytes };
}

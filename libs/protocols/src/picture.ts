import type { Picture } from './decoder.js';
import { MAX_PICTURE_BYTES } from './standard-schemas.js';
import { UnreadablePayload } from './unreadable.js';

/** How each type of picture begins; `null` is any byte. */
const BEGINNINGS: Record<Picture['type'], (number | null)[]> = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  //             R     I     F     F     length                  W     E     B     P
  'image/webp': [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
};

/** A picture as a message bears it in a field of this name. */
export function readPicture(said: { type: Picture['type']; data: string } | null | undefined, field: string): Picture | null {
  if (!said) return null;
  const { type, data } = said;
  const bytes = Buffer.from(data, 'base64');
  // Node skips what is not base64 instead of refusing it.
  if (bytes.toString('base64') !== data) throw new UnreadablePayload('bad-picture', `${field}.data of ${data.length} characters is not padded base64`);
  if (bytes.length > MAX_PICTURE_BYTES) throw new UnreadablePayload('too-large', `${field}.data of ${bytes.length} bytes is larger than ${MAX_PICTURE_BYTES}`);
  if (!BEGINNINGS[type].every((byte, i) => byte === null || bytes[i] === byte)) {
    throw new UnreadablePayload('bad-picture', `${field}.data does not begin as ${type} does`);
  }
  return { type, bytes };
}

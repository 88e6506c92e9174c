import type { PictureType } from './picture-files.js';

/** First bytes, `null` for any. */
const MAGIC: Record<PictureType, (number | null)[]> = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/webp': [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
};

/** What a picture is by its own first bytes, whatever its sender calls it; null: none that we take. */
export function pictureTypeOf(bytes: Buffer): PictureType | null {
  const types = Object.keys(MAGIC) as PictureType[];
  return types.find((type) => MAGIC[type].every((byte, i) => byte === null || bytes[i] === byte)) ?? null;
}

import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { open } from '../pack-file.js';
import type { PackedPicture } from '../around.js';

/** On two pages there is room for no more; all are in the pack. */
const MOST = 6;
/** Decoded on the one thread that serves everybody. */
const MOST_BYTES = 6 * 1_048_576;

export interface PrintedPicture {
  picture: PackedPicture;
  /** Null: what PDF cannot hold, or too large. */
  bytes: Buffer | null;
}

export async function picturesFor(pictures: PackedPicture[]): Promise<PrintedPicture[]> {
  const printed: PrintedPicture[] = [];
  for (const picture of pictures.slice(0, MOST)) printed.push({ picture, bytes: await bytesOf(picture) });
  return printed;
}

async function bytesOf({ file }: PackedPicture): Promise<Buffer | null> {
  if (file.name.endsWith('.webp') || file.bytes > MOST_BYTES) return null;
  const content = await open(file);
  return Buffer.isBuffer(content) ? content : buffer(content satisfies Readable);
}

import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { PictureFiles, StoredPicture } from '../media/picture-files.js';

/** One file of a pack. A picture is read from the disk when its turn comes: memory does not grow with them. */
export interface PackFile {
  name: string;
  /** What it is, for people. */
  what: string;
  bytes: number;
  sha256: string;
  content: Buffer | { stored: StoredPicture; files: PictureFiles };
}

/** A picture that belongs into the pack and is not in it. */
export interface MissingPicture {
  what: string;
  sha256: string;
  bytes: number;
  why: string;
}

export function textFile(name: string, what: string, text: string): PackFile {
  return bytesFile(name, what, Buffer.from(text));
}

/** Indented: people read it, and its hash is of these very bytes. */
export function jsonFile(name: string, what: string, value: unknown): PackFile {
  return textFile(name, what, `${JSON.stringify(value, null, 2)}\n`);
}

export function bytesFile(name: string, what: string, content: Buffer): PackFile {
  return { name, what, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex'), content };
}

const ENDINGS: Record<StoredPicture['type'], string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** Its bytes are hashed as they are now: a picture that was changed on the disk is none any more. */
export async function pictureFile(stored: StoredPicture, files: PictureFiles, what: string): Promise<PackFile | MissingPicture> {
  const { sha256, bytes, type } = stored;
  const missing = (why: string): MissingPicture => ({ what, sha256, bytes, why });
  const content = await files.read(stored);
  if (!content) return missing('the file is no longer kept, or has another length than was recorded');
  if ((await hashOf(content)) !== sha256) return missing('the file has other bytes than were recorded: it was changed on the disk');
  return { name: `pictures/${sha256}.${ENDINGS[type]}`, what, bytes, sha256, content: { stored, files } };
}

export function isMissing(file: PackFile | MissingPicture): file is MissingPicture {
  return 'why' in file;
}

/** @throws where a picture vanished since it was hashed: the pack breaks off rather than seem whole */
export async function open({ name, content }: PackFile): Promise<Buffer | Readable> {
  if (Buffer.isBuffer(content)) return content;
  const stream = await content.files.read(content.stored);
  if (!stream) throw new Error(`${name} vanished while the pack was made.`);
  return stream;
}

async function hashOf(content: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Config } from '../config.js';

const ENDINGS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;
export type PictureType = keyof typeof ENDINGS;

/** What a row knows of its picture. */
export interface StoredPicture {
  sha256: string;
  type: PictureType;
  bytes: number;
}

/** A file that no row names may belong to a batch that is not committed yet, but not for as long as this. */
const SETTLED_MS = 3_600_000;
const NAME = /^([0-9a-f]{64})\.(?:jpg|png|webp)(?:\.[0-9a-f-]{36}\.part)?$/;

/**
 * Pictures as files, each named after the hash of what it holds: `DATA_DIR/media/<folder>/<aa>/<sha256>.<jpg|png|webp>`. The same picture twice is one file, and
 * nobody can change one unnoticed. Injected as such it holds those of sightings.
 */
export class PictureFiles {
  readonly #root: string;

  constructor(config: Config, folder: string) {
    this.#root = join(config.dataDir, 'media', folder);
  }

  /** Returns when the file is on the disk under its name: a row that names it may be committed from then on. */
  async write({ type, bytes }: { type: PictureType; bytes: Buffer }): Promise<StoredPicture> {
    const stored: StoredPicture = { sha256: createHash('sha256').update(bytes).digest('hex'), type, bytes: bytes.length };
    const path = this.#pathOf(stored);
    // One that is there already counts as new, so that nobody clears it away before the row that is about to name it.
    if (await touched(path)) return stored;
    await mkdir(this.#folderOf(stored.sha256), { recursive: true });
    const part = `${path}.${randomUUID()}.part`;
    try {
      await writeFile(part, bytes, { flush: true });
      await rename(part, path);
      await flushFolder(this.#folderOf(stored.sha256));
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw error;
    }
    return stored;
  }

  /** Its bytes, or null where the file is gone. */
  async read(picture: StoredPicture): Promise<Readable | null> {
    const path = this.#pathOf(picture);
    const found = await stat(path).catch(() => null);
    return found?.size === picture.bytes ? createReadStream(path) : null;
  }

  /**
   * Removes the files that no row names, and what a killed process left half written; asks for each folder's hashes at once. Also what an update of a sighting replaced
   * and what a refused batch had written goes that way.
   */
  async clear(at: number, named: (sha256s: string[]) => Promise<Set<string>>): Promise<void> {
    for (const folder of await readdir(this.#root).catch(() => [])) {
      const files = (await readdir(join(this.#root, folder)).catch(() => [])).filter((name) => NAME.test(name));
      if (files.length === 0) continue;
      const kept = await named([...new Set(files.map((name) => name.slice(0, 64)))]);
      for (const name of files) {
        const path = join(this.#root, folder, name);
        if (kept.has(name.slice(0, 64)) && !name.endsWith('.part')) continue;
        const found = await stat(path).catch(() => null);
        if (found && found.mtimeMs < at - SETTLED_MS) await rm(path, { force: true });
      }
    }
  }

  #folderOf(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2));
  }

  #pathOf({ sha256, type }: StoredPicture): string {
    return join(this.#folderOf(sha256), `${sha256}.${ENDINGS[type]}`);
  }
}

async function touched(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

/** A new name is on the disk only when its folder is. Windows opens no folder and needs no such thing. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

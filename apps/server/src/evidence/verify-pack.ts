import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { fromBuffer, open, type Entry, type ZipFile } from 'yauzl';
import { FORMAT, FORMAT_VERSION, type Manifest, MANIFEST, quoteOf, REPORT, SEALED, SUMS } from './manifest.js';

/** What is read as text, and the report: no pack has larger ones. */
const MOST_KEPT = 64 * 1_048_576;
const KEPT = new Set([MANIFEST, SUMS, REPORT, SEALED, 'alert.json']);

export interface PackVerdict {
  ok: boolean;
  /** Entries of the ZIP. */
  files: number;
  /** To be compared with the audit's row of the export; null where there is no manifest. */
  manifestSha256: string | null;
  sealed: 'holds' | 'broken' | 'none';
  alertId: string | null;
  exportedAt: string | null;
  faults: { file: string | null; what: string }[];
  /** What is true and no fault: that it was not sealed yet, what has changed since. */
  notes: string[];
}

interface Found {
  sha256: string;
  bytes: number;
  /** Of the few that are read, not only hashed. */
  content: Buffer | null;
}

/**
 * Reads a pack as it was handed over, and asks nobody: every file against SHA256SUMS and the manifest, both against each other, the report against the manifest, and the
 * sealed evidence against its hash. What it cannot find is a pack in which everything was forged together: for that its manifest's hash stands in the audit, and is given
 * here as `held`.
 */
export async function verifyPack(pack: string | Buffer, held: string | null = null): Promise<PackVerdict> {
  const check = new Check();
  try {
    await check.read(await opened(pack));
  } catch (error) {
    check.fault(null, `The ZIP cannot be read: ${(error as Error).message}`);
  }
  return check.verdict(held);
}

class Check {
  readonly #faults: PackVerdict['faults'] = [];
  readonly #notes: string[] = [];
  readonly #found = new Map<string, Found>();
  /** There, and cannot be unpacked: named once. */
  readonly #broken = new Set<string>();

  fault(file: string | null, what: string): void {
    if (!this.#faults.some((fault) => fault.file === file && fault.what === what)) this.#faults.push({ file, what });
  }

  async read(zip: ZipFile): Promise<void> {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      // Whoever packs a folder anew packs its name too: it holds nothing.
      if (name.endsWith('/') && entry.uncompressedSize === 0) continue;
      if (this.#found.has(name) || this.#broken.has(name)) this.fault(name, `${name} is in it twice.`);
      try {
        this.#found.set(name, await this.#hashed(zip, entry));
      } catch (error) {
        this.#broken.add(name);
        this.fault(name, `${name} was changed: it cannot be unpacked (${(error as Error).message}).`);
      }
    }
  }

  verdict(held: string | null): PackVerdict {
    const sums = this.#sums();
    const manifest = this.#manifest();
    if (sums) this.#compareSums(sums);
    if (manifest) this.#compareManifest(manifest, sums);
    const manifestSha256 = this.#found.get(MANIFEST)?.sha256 ?? null;
    this.#compareReport(manifestSha256);
    if (held !== null && held !== manifestSha256)
      this.fault(MANIFEST, `${MANIFEST} has the hash ${manifestSha256 ?? '(none)'}, not ${held}: it is another pack, or was made anew.`);
    const sealed = manifest ? this.#seal(manifest) : 'none';
    return {
      ok: this.#faults.length === 0,
      files: this.#found.size + this.#broken.size,
      manifestSha256,
      sealed,
      alertId: manifest?.alert.id ?? null,
      exportedAt: manifest?.exportedAt.utc ?? null,
      faults: this.#faults,
      notes: this.#notes,
    };
  }

  async #hashed(zip: ZipFile, entry: Entry): Promise<Found> {
    const hash = createHash('sha256');
    const keep = KEPT.has(entry.fileName) && entry.uncompressedSize <= MOST_KEPT;
    const chunks: Buffer[] = [];
    let bytes = 0;
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      if (keep) chunks.push(chunk);
    }
    return { sha256: hash.digest('hex'), bytes, content: keep ? Buffer.concat(chunks) : null };
  }

  #sums(): Map<string, string> | null {
    const content = this.#found.get(SUMS)?.content;
    if (!content) {
      if (!this.#broken.has(SUMS)) this.fault(SUMS, `${SUMS} is missing.`);
      return null;
    }
    const sums = new Map<string, string>();
    for (const line of content.toString().split('\n').filter(Boolean)) {
      const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
      if (sha256 === undefined || name === undefined) this.fault(SUMS, `${SUMS} has a line that is none of its own: ${line.slice(0, 80)}`);
      else sums.set(name, sha256);
    }
    return sums;
  }

  #manifest(): Manifest | null {
    const content = this.#found.get(MANIFEST)?.content;
    if (!content) {
      if (!this.#broken.has(MANIFEST)) this.fault(MANIFEST, `${MANIFEST} is missing.`);
      return null;
    }
    try {
      const manifest = JSON.parse(content.toString()) as Manifest;
      if (manifest.format !== FORMAT || manifest.formatVersion !== FORMAT_VERSION) throw new Error(`format ${manifest.format} ${manifest.formatVersion}`);
      // A pack whose manifest lacks these was not written by us.
      if (!Array.isArray(manifest.files) || typeof manifest.alert.id !== 'string' || typeof manifest.exportedAt.utc !== 'string') throw new Error('incomplete');
      return manifest;
    } catch (error) {
      this.fault(MANIFEST, `${MANIFEST} cannot be read: ${(error as Error).message}`);
      return null;
    }
  }

  #compareSums(sums: Map<string, string>): void {
    for (const [name, sha256] of sums) {
      const found = this.#found.get(name);
      if (found && found.sha256 !== sha256) this.fault(name, `${name} was changed: it has another hash than in ${SUMS}.`);
      if (!found && !this.#broken.has(name)) this.fault(name, `${name} is missing.`);
    }
    for (const name of [...this.#found.keys(), ...this.#broken]) if (name !== SUMS && !sums.has(name)) this.fault(name, `${name} was added.`);
  }

  #compareManifest({ files }: Manifest, sums: Map<string, string> | null): void {
    const names = new Set([...files.map(({ name }) => name), MANIFEST, SUMS, REPORT]);
    for (const { name, sha256, bytes } of files) {
      const found = this.#found.get(name);
      if (!found) {
        if (!this.#broken.has(name)) this.fault(name, `${name} is missing.`);
      } else if ((sums === null || sums.get(name) === found.sha256) && (found.sha256 !== sha256 || found.bytes !== bytes)) {
        // What SHA256SUMS says too has been named.
        this.fault(name, `${name} was changed${sums ? `, and ${SUMS} with it` : ''}: ${MANIFEST} has another hash or length of it.`);
      }
    }
    // What SHA256SUMS does not know either has been named.
    for (const name of this.#found.keys())
      if (!names.has(name) && sums?.has(name)) this.fault(name, `${name} was added, and ${SUMS} with it: ${MANIFEST} has it not.`);
  }

  #compareReport(manifestSha256: string | null): void {
    const report = this.#found.get(REPORT)?.content;
    if (report && manifestSha256 !== null && !report.includes(quoteOf(manifestSha256)))
      this.fault(REPORT, `${REPORT} was made with another ${MANIFEST} than this one.`);
  }

  /** The hash that the server kept when it sealed, computed again from what the pack holds. */
  #seal({ sealed, alert }: Manifest): PackVerdict['sealed'] {
    const found = this.#found.get(SEALED);
    if (!sealed) {
      this.#notes.push('The evidence was not sealed yet when the pack was made.');
      return 'none';
    }
    const broken = (what: string): 'broken' => {
      this.fault(SEALED, what);
      return 'broken';
    };
    if (!found?.content) return 'broken'; // named among the missing or the changed
    if (found.sha256 !== sealed.sha256)
      return broken(`${SEALED} does not have the hash it was sealed as, ${sealed.sha256}: it was changed since it was sealed.`);
    if (!sealed.holds) return broken(`${SEALED} did not have the hash it was sealed as when the pack was made.`);
    const document = JSON.parse(found.content.toString()) as { alert?: { id?: string } };
    if (document.alert?.id !== alert.id) return broken(`${SEALED} is of the alert ${document.alert?.id}, not of ${alert.id}.`);
    const { fields, reports } = sealed.sinceSealing;
    if (fields.length > 0) this.#notes.push(`Since it was sealed the alert says otherwise: ${fields.join(', ')}.`);
    for (const how of ['added', 'removed', 'changed'] as const)
      if (reports[how] > 0) this.#notes.push(`Since it was sealed ${reports[how]} report(s) of its stretch were ${how}.`);
    if (!sealed.current) this.#notes.push('Judging again has changed the alert since it was sealed, and it was not sealed anew yet.');
    return 'holds';
  }
}

function opened(pack: string | Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip?: ZipFile) => (zip ? resolve(zip) : reject(error ?? new Error('no ZIP')));
    const options = { lazyEntries: true, autoClose: true, validateEntrySizes: true, strictFileNames: true };
    if (Buffer.isBuffer(pack)) fromBuffer(pack, options, done);
    else open(pack, options, done);
  });
}

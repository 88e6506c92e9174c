import type { PackFile, MissingPicture } from './pack-file.js';
import type { Instant } from './instants.js';
import type { SinceSealing } from './since-sealing.js';

export const FORMAT = 'muckwatch-evidence-pack';
export const FORMAT_VERSION = 1;
export const MANIFEST = 'manifest.json';
export const SUMS = 'SHA256SUMS';
export const REPORT = 'report.pdf';
export const SEALED = 'sealed.json';

/** What a pack says of itself. Only `exportedAt`, `exporter` and `audit` differ between two packs of an unchanged alert. */
export interface Manifest {
  format: typeof FORMAT;
  formatVersion: number;
  generator: { name: string; version: string };
  exportedAt: Instant;
  exporter: { username: string; name: string; role: string };
  /** The audit's newest seal when the pack was made: everything up to it, and the row of this export after it. */
  audit: { seal: { number: number; at: string; lastSeq: number; sha256: string } | null };
  alert: { id: string; rule: string; plate: string | null; status: string; version: number };
  cityTimeZone: string;
  times: Record<'began' | 'ended' | 'found' | 'opened' | 'sealed', Instant | null>;
  sealed: SealedManifest | null;
  reports: { from: string; to: string; number: number; of: 'log' | 'seal' | 'nothing'; whole: boolean };
  /** Pictures that belong into the pack and are not in it. */
  missing: MissingPicture[];
  /** All but this file, the list of hashes and the report, which quotes this file's own hash. */
  files: { name: string; bytes: number; sha256: string; what: string }[];
}

export interface SealedManifest {
  file: typeof SEALED;
  at: string;
  /** Of the file's bytes, as the server stored it when it sealed. */
  sha256: string;
  /** The stored document had this hash when the pack was made. */
  holds: boolean;
  /** It is the alert's seal in force; false: judging again has changed the alert, which is not sealed anew yet. */
  current: boolean;
  sinceSealing: SinceSealing;
  earlier: { at: string; sha256: string }[];
}

export function listed(files: PackFile[]): Manifest['files'] {
  return files.map(({ name, bytes, sha256, what }) => ({ name, bytes, sha256, what }));
}

/** As `sha256sum -c` reads it. */
export function sumsOf(files: PackFile[]): string {
  return files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}

/** How the report bears the hash of its manifest: in plain bytes, so that it can be found without reading PDF. */
export function quoteOf(manifestSha256: string): string {
  return `manifest-sha256:${manifestSha256}`;
}

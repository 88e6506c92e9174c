import { hash } from 'node:crypto';
import type { Report } from '@muckwatch/domain';

export const DIGEST_CHARACTERS = 22;

/** What stands for «not said»: no field can have this value. */
const NOT_SAID = -1e300;
const WORDS = { down: 1, raised: 2, closed: 1, open: 2, empty: 1, half: 2, full: 3, fault: 9 };

// Numbers are hashed as the doubles that they are: writing eleven of them as text costs more than the hash.
const fixed = new Float64Array(18);
const fixedBytes = Buffer.from(fixed.buffer);

/**
 * Digest of a decoded report, 22 characters of base64url (132 bits of SHA-256): (source, at, digest) is its key. Over the fields in the order
 * below as little-endian doubles, then `extra` with sorted keys; never over bytes as they came, because an element of a buffered upload has none of
 * its own, and without `buffered`, because the live report and the uploaded one are the same. Adding a field changes every digest: what is
 * redelivered across such an upgrade is stored twice.
 */
export function digestOf(report: Omit<Report, 'digest'>): string {
  fixed[0] = report.at;
  fixed[1] = plain(report.point[1]);
  fixed[2] = plain(report.point[0]);
  fixed[3] = flag(report.fix);
  fixed[4] = said(report.speedKmh);
  fixed[5] = said(report.headingDeg);
  fixed[6] = said(report.altitudeM);
  fixed[7] = said(report.accuracyM);
  fixed[8] = said(report.satellites);
  fixed[9] = said(report.odometerKm);
  fixed[10] = flag(report.ignition);
  fixed[11] = word(report.bed);
  fixed[12] = said(report.bedAngleDeg);
  fixed[13] = word(report.cover);
  fixed[14] = said(report.loadKg);
  fixed[15] = word(report.loadState);
  fixed[16] = said(report.seq);
  fixed[17] = report.extra === null ? 0 : 1;
  const content = report.extra === null ? fixedBytes : Buffer.concat([fixedBytes, Buffer.from(canonical(report.extra))]);
  return hash('sha256', content, 'base64url').slice(0, DIGEST_CHARACTERS);
}

function said(value: number | null): number {
  return value === null ? NOT_SAID : plain(value);
}

/** -0 is 0 but has other bits. */
function plain(value: number): number {
  return value === 0 ? 0 : value;
}

function flag(value: boolean | null): number {
  return value === null ? NOT_SAID : value ? 1 : 0;
}

function word(value: keyof typeof WORDS | null): number {
  return value === null ? NOT_SAID : WORDS[value];
}

/** JSON with sorted keys at every depth. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = value as Record<string, unknown>;
  const keys = Object.keys(entries).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(entries[key])}`).join(',')}}`;
}

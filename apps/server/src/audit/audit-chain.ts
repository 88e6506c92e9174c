import type { EpochMs } from '@muckwatch/domain';
import { createHash } from 'node:crypto';
import { iso } from '../clock.js';

/** What was done, before it has its place in the audit. */
export interface Act {
  accountId: string | null;
  username: string | null;
  role: string | null;
  address: string | null;
  action: string;
  target: string | null;
  status: number | null;
  /** JSON, as it is stored. */
  detail: string | null;
}

export interface ChainedRow extends Act {
  seq: number;
  at: EpochMs;
  hash: string;
}

export interface Seal {
  number: number;
  at: EpochMs;
  firstSeq: number;
  lastSeq: number;
  sha256: string;
}

/** Stands before the first row and before the first seal. */
export const NOTHING_BEFORE = '0'.repeat(64);

/**
 * A row's hash: lower-case hex SHA-256 of the UTF-8 of the JSON array, without white space,
 * `[seq, at, accountId, username, role, address, action, target, status, detail, before]`,
 * where `at` is RFC 3339 in UTC with milliseconds, `detail` the stored text (a string within the string) or null, and `before` the hash of the row with the number
 * before. So a row cannot be changed, taken out or put in without all later hashes.
 */
export function rowHash({ seq, at, accountId, username, role, address, action, target, status, detail }: Omit<ChainedRow, 'hash'>, before: string): string {
  return sha256([seq, iso(at), accountId, username, role, address, action, target, status, detail, before]);
}

/**
 * A seal's hash: SHA-256 likewise of `[number, at, firstSeq, lastSeq, before, [hash, …]]`, where `before` is the hash of the seal with the number before and the list
 * holds the rows' hashes in their order. Whoever keeps one seal elsewhere holds everything up to it: all later seals and rows can be forged together, none before.
 */
export function sealHash({ number, at, firstSeq, lastSeq }: Omit<Seal, 'sha256'>, before: string, hashes: string[]): string {
  return sha256([number, iso(at), firstSeq, lastSeq, before, hashes]);
}

/** The acts as the next rows after `tail`. */
export function chained(acts: Act[], tail: { seq: number; hash: string }, at: EpochMs): ChainedRow[] {
  let { seq, hash } = tail;
  return acts.map((act) => {
    const row = { ...act, seq: ++seq, at };
    hash = rowHash(row, hash);
    return { ...row, hash };
  });
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

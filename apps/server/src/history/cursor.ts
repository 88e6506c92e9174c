import type { EpochMs } from '@muckwatch/domain';
import { cited, Refusal } from '../refusal.js';

/** Where the next page of a list «newest first» begins: behind this time and id. */
export function cursorOf(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}

/** Exactly as `cursorOf` makes it: what the database would refuse (`1 x`, 30 February, U+0000) must not reach it. */
const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([^\s\p{Cc}]+)$/u;

export function afterCursor(cursor: string): { at: string; id: string } {
  const [, at, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!at || !id || !isTime(at))
    throw new Refusal(400, { en: `cursor ${JSON.stringify(cursor)} is none that we gave.`, zh: `cursor${cited(cursor)}不是系统给出的。` });
  return { at, id };
}

const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T00:00:00Z');

/** A time of a query, as RFC 3339 allows it and PostgreSQL takes it: that knows no year 0, writes no year 10000 and no offset beyond 15:59. */
export function asked(time: string): EpochMs {
  return Math.min(Math.max(EARLIEST, Date.parse(time)), LATEST);
}

function isTime(text: string): boolean {
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString() === text;
}

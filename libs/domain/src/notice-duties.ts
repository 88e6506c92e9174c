import type { Severity } from './alert.js';
import { type HoursWindow, quietUntil, type UtcOffset } from './hours.js';
import type { NoticeStatus } from './notice.js';
import { type EpochMs, HOUR_MS, MINUTE_MS } from './time.js';

const ESCALATE_MS: Record<Severity, number> = { minor: 2 * HOUR_MS, serious: 2 * HOUR_MS, critical: 15 * MINUTE_MS };

/** So much of the time for an answer has gone when the recipient is reminded. */
export const REMIND_AT_SHARE = 0.75;

/** It waits for its recipient. */
export function isUnanswered(status: NoticeStatus): boolean {
  return status === 'open' || status === 'acknowledged' || status === 'sent-back';
}

/**
 * When the next person is told because this one did not acknowledge it: 15 min after a critical notice, 2 h after another. What was held by the recipient's quiet
 * hours counts from their end: nobody is passed over for what they were not told.
 */
export function escalationAt(severity: Severity, urgent: boolean, openedAt: EpochMs, quietHours: HoursWindow[] | null, utcOffset: UtcOffset): EpochMs {
  const toldAt = urgent || quietHours === null ? openedAt : quietUntil(quietHours, openedAt, utcOffset);
  return toldAt + ESCALATE_MS[severity];
}

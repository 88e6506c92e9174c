import { type Severity, SEVERITIES } from './alert.js';
import { type HoursWindow, inHours, quietUntil, type UtcOffset } from './hours.js';
import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js';

/** A message that nobody has tried to send yet. */
export interface WaitingMessage {
  id: string;
  /** Messages of one telling (the same news by several channels) are sent or folded together. */
  telling: string;
  severity: Severity;
  /** Passes quiet hours: critical, and not found late. */
  urgent: boolean;
  queuedAt: EpochMs;
}

/** How much one person wants to hear. */
export interface Choices {
  quietHours: HoursWindow[] | null;
  messagesPerHour: number;
}

export const MESSAGES_PER_HOUR = 20;

export interface SendingPlan {
  send: string[];
  hold: { id: string; until: EpochMs }[];
  /** Past the budget: counted in a digest. */
  fold: string[];
}

/** What of one person's waiting messages goes now, what waits for the end of quiet hours, and what is only counted. `spent`: messages of the last hour. */
export function planSending(waiting: readonly WaitingMessage[], choices: Choices, spent: number, at: EpochMs, utcOffset: UtcOffset): SendingPlan {
  const plan: SendingPlan = { send: [], hold: [], fold: [] };
  const quiet = choices.quietHours !== null && inHours(choices.quietHours, at, utcOffset);
  let left = choices.messagesPerHour - spent;
  for (const telling of tellings(waiting)) {
    const ids = telling.map(({ id }) => id);
    if (quiet && !telling.some(({ urgent }) => urgent)) {
      const until = quietUntil(choices.quietHours!, at, utcOffset);
      plan.hold.push(...ids.map((id) => ({ id, until })));
    } else if (ids.length <= left || left === choices.messagesPerHour) {
      // Whoever has more channels than messages is still told once an hour.
      plan.send.push(...ids);
      left -= ids.length;
    } else {
      plan.fold.push(...ids);
    }
  }
  return plan;
}

/** The gravest first, then in the order they came: what is folded is the least of it. */
function tellings(waiting: readonly WaitingMessage[]): WaitingMessage[][] {
  const byTelling = new Map<string, WaitingMessage[]>();
  for (const message of waiting) byTelling.set(message.telling, [...(byTelling.get(message.telling) ?? []), message]);
  const weight = ({ urgent, severity }: WaitingMessage) => (urgent ? SEVERITIES.length : 0) + SEVERITIES.indexOf(severity);
  return [...byTelling.values()].sort(([a], [b]) => weight(b!) - weight(a!) || a!.queuedAt - b!.queuedAt);
}

/** A flood is let come in before it is counted. */
const GATHER_MS = MINUTE_MS;
const DIGEST_EVERY_MS = HOUR_MS;

/** When one digest says how many messages were folded: a minute after the first of them, an hour after the digest before at the earliest. */
export function digestAt(firstFoldedAt: EpochMs, lastDigestAt: EpochMs | null): EpochMs {
  return Math.max(firstFoldedAt + GATHER_MS, (lastDigestAt ?? -Infinity) + DIGEST_EVERY_MS);
}

const FIRST_RETRY_MS = 30 * SECOND_MS;
const LONGEST_RETRY_MS = 4 * HOUR_MS;
const GIVE_UP_AFTER_MS = 24 * HOUR_MS;
export const MOST_ATTEMPTS = 12;

/**
 * When a message that failed is tried again: 30 s, then twice as long each time up to 4 h, a fifth earlier or later so that what failed together does not come
 * back together; never before the receiver's own Retry-After. Null: it was tried for long enough, 12 times or 24 h. `chance` is in [0, 1).
 */
export function retryAt(failed: { attempts: number; queuedAt: EpochMs; retryAfterMs: number | null }, at: EpochMs, chance: number): EpochMs | null {
  if (failed.attempts >= MOST_ATTEMPTS) return null;
  const backOff = Math.min(FIRST_RETRY_MS * 2 ** (failed.attempts - 1), LONGEST_RETRY_MS) * (0.8 + 0.4 * chance);
  const next = at + Math.round(Math.max(backOff, failed.retryAfterMs ?? 0));
  return next - failed.queuedAt > GIVE_UP_AFTER_MS ? null : next;
}

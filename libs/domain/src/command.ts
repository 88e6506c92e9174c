import { type EpochMs, MINUTE_MS } from './time.js';

export const COMMAND_KINDS = ['speak', 'display', 'set-interval', 'capture', 'limit-lift', 'limit-speed', 'release'] as const;
export type CommandKind = (typeof COMMAND_KINDS)[number];

/** Controls that change how the truck drives: asked for by one person, approved by another, and over by themselves. */
export const CONTROL_KINDS = ['limit-lift', 'limit-speed'] as const satisfies CommandKind[];
export type ControlKind = (typeof CONTROL_KINDS)[number];

export const COMMAND_STATUSES = ['asked', 'refused', 'queued', 'sent', 'received', 'done', 'failed', 'unsupported', 'expired'] as const;
/** A control waits as `asked` until another person approves (queued) or refuses it; everything else begins as `queued`. */
export type CommandStatus = (typeof COMMAND_STATUSES)[number];

/** Where a command can go from each status. Nothing leaves a status that ends it. */
export const COMMAND_TRANSITIONS: Record<CommandStatus, readonly CommandStatus[]> = {
  asked: ['queued', 'refused', 'expired'],
  refused: [],
  queued: ['sent', 'expired'],
  // A terminal may answer the end at once, and the end of its answers may be lost.
  sent: ['received', 'done', 'failed', 'unsupported', 'expired'],
  received: ['done', 'failed', 'unsupported', 'expired'],
  done: [],
  failed: [],
  unsupported: [],
  expired: [],
};

export function mayFollow(status: CommandStatus, next: CommandStatus): boolean {
  return COMMAND_TRANSITIONS[status].includes(next);
}

export function isControl(kind: CommandKind): kind is ControlKind {
  return (CONTROL_KINDS as readonly CommandKind[]).includes(kind);
}

/** A bed that is told to stay down while it is going up, or a truck that is held back in traffic, is a danger: a lift limit waits for a truck that has stood so long. */
export const STOOD_FOR_MS = MINUTE_MS;

/** Whether a lift limit may be sent to a truck that has stood since a time; null: it moves, or nobody knows. */
export function mayLimitLift(stoodSince: EpochMs | null, lastHeardAt: EpochMs | null, now: EpochMs): boolean {
  if (stoodSince === null || lastHeardAt === null) return false;
  return lastHeardAt - stoodSince >= STOOD_FOR_MS && now - lastHeardAt < STOOD_FOR_MS;
}

/** Below this a satellite receiver that stands still may say that it moves. */
const STANDS_BELOW_KMH = 3;
/** Who was not heard for longer may have driven meanwhile. */
const UNHEARD_MS = 2 * MINUTE_MS;

/** Since when a truck has been heard to stand, by the times of its own reports. */
export interface Standing {
  stoodSince: EpochMs | null;
  lastHeardAt: EpochMs;
}

/** One more report, in order of time: an older one changes nothing, one without a speed breaks the stand, since nobody knows. */
export function stepStanding(before: Standing | null, { at, speedKmh }: { at: EpochMs; speedKmh: number | null }): Standing {
  if (before !== null && at < before.lastHeardAt) return before;
  if (speedKmh === null || speedKmh >= STANDS_BELOW_KMH) return { stoodSince: null, lastHeardAt: at };
  const goesOn = before !== null && before.stoodSince !== null && at - before.lastHeardAt <= UNHEARD_MS;
  return { stoodSince: goesOn ? before.stoodSince : at, lastHeardAt: at };
}

/** What a terminal may answer. */
export type ReplyStatus = Extract<CommandStatus, 'received' | 'done' | 'failed' | 'unsupported'>;

/**
 * What a terminal's answer makes of its command. `triedAt`: when it was first handed to the broker, which may have passed it on before we could write `sent`.
 *
 * - `step`: the command goes on.
 * - `note`: it cannot follow (`done` → `failed`, `expired` → `done`), but was said by the terminal that got the command: kept among the steps, the status stays.
 * - `known`: said before, e.g. delivered twice.
 * - `never-sent`: nobody can answer what was never sent.
 */
export function takeReply(
  { status, triedAt, said }: { status: CommandStatus; triedAt: EpochMs | null; said: readonly { status: CommandStatus; detail: string | null }[] },
  reply: { status: ReplyStatus; detail: string | null },
): 'step' | 'note' | 'known' | 'never-sent' {
  if (triedAt === null) return 'never-sent';
  if (said.some((one) => one.status === reply.status && one.detail === reply.detail)) return 'known';
  return mayFollow(status === 'queued' ? 'sent' : status, reply.status) ? 'step' : 'note';
}

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

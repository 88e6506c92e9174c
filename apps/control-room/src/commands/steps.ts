import { type CommandResource, type CommandStatus, isControl } from '@muckwatch/contract';

/** One stop on a command's way. */
export interface Stop {
  status: CommandStatus;
  /** null: not there yet, or nobody said when. */
  at: string | null;
  state: 'past' | 'now' | 'ahead' | 'bad';
  detail: string | null;
}

const WAY: CommandStatus[] = ['queued', 'sent', 'received', 'done'];
const BAD: readonly CommandStatus[] = ['refused', 'failed', 'unsupported', 'expired'];
export const isOver = ({ status }: Pick<CommandResource, 'status'>): boolean => status === 'done' || BAD.includes(status);

/** The whole way of a command: what is behind it, where it is, what lies ahead; one that came to a bad end has nothing ahead. */
export function stopsOf(command: CommandResource): Stop[] {
  const steps = new Map(command.steps.map((step) => [step.status, step]));
  const way = isControl(command.kind) ? (['asked', ...WAY] as CommandStatus[]) : WAY;
  const stop = (status: CommandStatus, state: Stop['state']): Stop => ({
    status,
    state,
    at: steps.get(status)?.at ?? null,
    detail: steps.get(status)?.detail ?? null,
  });
  if (BAD.includes(command.status)) {
    const passed = way.filter((status) => steps.has(status));
    return [...passed.map((status) => stop(status, 'past')), stop(command.status, 'bad')];
  }
  const here = way.indexOf(command.status);
  return way.map((status, i) => stop(status, i < here || (status === 'done' && i === here) ? 'past' : i === here ? 'now' : 'ahead'));
}

/** Controls that hold the truck now: carried out, not released, not run out. */
export function controlsInForce(commands: Iterable<CommandResource>, now: number): CommandResource[] {
  return [...commands].filter(
    ({ kind, status, releasesAt, releasedBy }) =>
      isControl(kind) && status === 'done' && releasedBy === null && (releasesAt === null || Date.parse(releasesAt) > now),
  );
}

/** Those of the incident and what is still under way, newest last: a row keeps its place while others come below it. */
export function commandsFor(
  commands: Iterable<CommandResource>,
  alertIds: readonly string[] | null,
  now: number,
): { shown: CommandResource[]; earlier: CommandResource[] } {
  const all = [...commands].sort((a, b) => a.askedAt.localeCompare(b.askedAt));
  const inForce = new Set(controlsInForce(all, now));
  const belongs = (one: CommandResource) =>
    !isOver(one) || inForce.has(one) || (alertIds === null ? false : one.alertId !== null && alertIds.includes(one.alertId));
  const recent = alertIds === null ? new Set(all.slice(-3)) : new Set<CommandResource>();
  const shown = all.filter((one) => belongs(one) || recent.has(one));
  return { shown, earlier: all.filter((one) => !shown.includes(one)) };
}

/** The last thing that the driver of an incident was told. */
export function lastWordOf(commands: Iterable<CommandResource>, alertIds: readonly string[]): CommandResource | null {
  const words = [...commands].filter(({ kind, alertId }) => (kind === 'speak' || kind === 'display') && alertId !== null && alertIds.includes(alertId));
  return words.sort((a, b) => a.askedAt.localeCompare(b.askedAt)).at(-1) ?? null;
}

/** 0 … 120 as typed; null for what is none. */
export function kmhTyped(text: string): number | null {
  const kmh = Number(text.trim());
  return text.trim() !== '' && Number.isFinite(kmh) && kmh >= 0 && kmh <= 120 ? kmh : null;
}

export function secondsTyped(text: string): number | null {
  const seconds = Number(text.trim());
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= 3_600 ? seconds : null;
}

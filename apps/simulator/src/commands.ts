import { nightPhoto } from './photo.js';

/** A command as it comes down (wire.md, «Command and reply»). */
export interface WireCommand {
  id: string;
  kind: string;
  text?: string;
  seconds?: number;
  kmh?: number;
  expiresAt?: string;
}

export interface WireReply {
  id: string;
  status: 'received' | 'done' | 'failed' | 'unsupported';
  detail: string | null;
  photo?: { type: 'image/png'; data: string };
}

/** Ids that a terminal remembers: the same one again is the same command. */
const REMEMBERED = 50;
/** Shares of the terminals that were built without it. */
const WITHOUT = { speaker: 0.04, camera: 0.35, limiter: 0.15 };
const NEEDS: Record<string, keyof typeof WITHOUT | null> = {
  speak: 'speaker',
  display: null,
  'set-interval': null,
  capture: 'camera',
  'limit-lift': 'limiter',
  'limit-speed': 'limiter',
  release: 'limiter',
};

/** What a terminal does with what comes down. Each command once, whatever is delivered twice; what has expired, never. */
export class Commands {
  private readonly answered = new Map<string, WireReply>();

  constructor(
    private readonly id: string,
    private readonly now: () => number,
    /** Told when it is done: a driver hears, a limit holds. */
    private readonly onDone: (command: WireCommand) => void,
  ) {}

  /** The answers to give, one after the other; the last after `afterMs`. */
  take(payload: Buffer): { first: WireReply; last: (() => WireReply) | null; afterMs: number } | null {
    const command = parse(payload);
    if (!command || (command.expiresAt && Date.parse(command.expiresAt) < this.now())) return null;
    const { id, kind } = command;
    const known = this.answered.get(id);
    if (known) return { first: known, last: null, afterMs: 0 };
    if (!can(this.id, kind)) return { first: this.remember({ id, status: 'unsupported', detail: null }), last: null, afterMs: 0 };
    const first = this.remember({ id, status: 'received', detail: null });
    const last = () => {
      this.onDone(command);
      const photo = kind === 'capture' ? { photo: { type: 'image/png' as const, data: nightPhoto(id) } } : {};
      return this.remember({ id, status: 'done', detail: null, ...photo });
    };
    // A sentence is spoken to its end.
    return { first, last, afterMs: kind === 'speak' ? 700 + 110 * (command.text?.length ?? 0) : 400 };
  }

  private remember(reply: WireReply): WireReply {
    this.answered.delete(reply.id);
    this.answered.set(reply.id, reply);
    if (this.answered.size > REMEMBERED) this.answered.delete(this.answered.keys().next().value!);
    return reply;
  }
}

/** The same terminals always lack the same things. */
export function can(terminalId: string, kind: string): boolean {
  if (!(kind in NEEDS)) return false;
  const needed = NEEDS[kind]!;
  return needed === null || spread(`${needed} ${terminalId}`) >= WITHOUT[needed];
}

function parse(payload: Buffer): WireCommand | null {
  try {
    const command: unknown = JSON.parse(payload.toString());
    return typeof command === 'object' && command !== null && 'id' in command && 'kind' in command ? (command as WireCommand) : null;
  } catch {
    return null;
  }
}

/** 0–1 from a text; ids that count up are far apart. */
export function spread(text: string): number {
  let sum = 0x811c9dc5;
  for (const char of text) sum = Math.imul(sum ^ char.charCodeAt(0), 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2ae35);
  return ((sum ^ (sum >>> 16)) >>> 0) / 2 ** 32;
}

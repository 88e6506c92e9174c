import type { WireClient } from './wire-client.js';

/** A statement that begins or ends listening; channel null is `UNLISTEN *`. */
export interface Listening {
  verb: 'listen' | 'unlisten';
  channel: string | null;
}

const STATEMENT = /^\s*(listen|unlisten)\s+(\*|"(?:[^"]|"")+"|[a-z_\u0080-\uffff][\w$\u0080-\uffff]*)\s*;?\s*$/i;

/** Reads LISTEN and UNLISTEN as the server does: a name without quotes is folded to lower case, `""` in a quoted name is one quote. */
export function readListening(sql: string): Listening | null {
  const match = STATEMENT.exec(sql);
  if (!match) return null;
  const verb = match[1]!.toLowerCase() as Listening['verb'];
  const name = match[2]!;
  if (name === '*') return verb === 'unlisten' ? { verb, channel: null } : null;
  return { verb, channel: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase() };
}

/** Who listens to what. The engine has one session, which listens to the union; the front tells each client its own part. */
export class Listeners {
  readonly #byChannel = new Map<string, Set<WireClient>>();

  get channels(): string[] {
    return [...this.#byChannel.keys()];
  }

  of(channel: string): Iterable<WireClient> {
    return this.#byChannel.get(channel) ?? [];
  }

  add(client: WireClient, channel: string): void {
    const listening = this.#byChannel.get(channel) ?? new Set<WireClient>();
    this.#byChannel.set(channel, listening.add(client));
  }

  /** Takes the client off one channel (null: off all) and answers which channels nobody listens to any more. */
  remove(client: WireClient, channel: string | null): string[] {
    const left: string[] = [];
    for (const [name, listening] of this.#byChannel) {
      if (channel !== null && channel !== name) continue;
      if (!listening.delete(client) || listening.size > 0) continue;
      this.#byChannel.delete(name);
      left.push(name);
    }
    return left;
  }
}

export function listenSql(channels: string[]): string {
  return channels.map((channel) => `listen ${quoted(channel)}`).join('; ');
}

export function unlistenSql(channels: string[]): string {
  return channels.map((channel) => `unlisten ${quoted(channel)}`).join('; ');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

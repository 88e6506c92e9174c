import {
  alert,
  type Alert,
  changed,
  command,
  health,
  notice,
  type Health,
  type Position,
  positions,
  snapshot,
  type Snapshot,
  type WatchAnswer,
} from '@muckwatch/contract';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { z } from 'zod';
import { eventually } from './city.js';

const SCHEMAS: Record<string, z.ZodType> = { snapshot, positions, alert, health, changed, notice, command };

/** A control room's socket that keeps what it hears, and holds every event against the contract's schema. */
export class Page {
  readonly heard: { event: string; data: unknown; at: number }[] = [];
  /** Events that the contract does not describe, or describes otherwise. */
  readonly faults: string[] = [];
  readonly socket: Socket;

  constructor(url: string, options: Partial<ManagerOptions & SocketOptions>) {
    this.socket = io(`${url}/live`, { transports: ['websocket'], forceNew: true, reconnectionDelay: 50, ...options });
    this.socket.onAny((event: string, data: unknown) => {
      this.heard.push({ event, data, at: performance.now() });
      const result = SCHEMAS[event]?.safeParse(data);
      if (!result?.success) this.faults.push(`${event}: ${result?.error.message ?? 'no such event'}`);
      // What a schema drops is a field that nobody has described.
      else if (JSON.stringify(sorted(result.data)) !== JSON.stringify(sorted(data))) this.faults.push(`${event} has fields that the schema does not name`);
    });
  }

  /** Signed in, with its first snapshot. */
  static async open(url: string, token: string, options: Partial<ManagerOptions & SocketOptions> = {}): Promise<Page> {
    const page = new Page(url, { auth: { token }, ...options });
    await eventually('the page has its snapshot', () => page.snapshots.length > 0);
    return page;
  }

  of<T>(event: string): T[] {
    return this.heard.filter((one) => one.event === event).map((one) => one.data as T);
  }

  get snapshots(): Snapshot[] {
    return this.of<Snapshot>('snapshot');
  }

  get health(): Health[] {
    return this.of<Health>('health');
  }

  alerts(id?: string): Alert[] {
    return this.of<Alert>('alert').filter((one) => id === undefined || one.id === id);
  }

  /** Every position heard of a truck. */
  positions(truckId: string): Position[] {
    return this.of<Position[]>('positions').flatMap((batch) => batch.filter(({ id }) => id === truckId));
  }

  watch(what: unknown): Promise<WatchAnswer> {
    return this.socket.timeout(10_000).emitWithAck('watch', what) as Promise<WatchAnswer>;
  }

  close(): void {
    this.socket.disconnect();
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

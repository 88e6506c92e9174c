import { Injectable } from '@nestjs/common';
import type { EpochMs } from '@muckwatch/domain';
import { now } from '../clock.js';

/**
 * Which terminals can take a command now. The broker that we are knows it: who is connected and hears its commands topic. A joined broker says nothing of its clients;
 * there it is the terminals' own status, retained and also their will, that says so.
 */
@Injectable()
export class Presence {
  readonly #since = new Map<string, EpochMs>();
  #byStatus = true;
  /** Told when a terminal has come. */
  onOnline: (terminalId: string) => void = () => undefined;

  /** Whether the status topic is believed: only where the broker does not tell. */
  set byStatus(byStatus: boolean) {
    this.#byStatus = byStatus;
  }

  /** What a terminal's status topic says. Taken when it is heard and not when it is committed: a will must not come after the connection that followed it. */
  said(terminalId: string, online: boolean): void {
    if (this.#byStatus) this.is(terminalId, online);
  }

  is(terminalId: string, online: boolean): void {
    if (!online) return void this.#since.delete(terminalId);
    if (this.#since.has(terminalId)) return;
    this.#since.set(terminalId, now());
    this.onOnline(terminalId);
  }

  isOnline(terminalId: string): boolean {
    return this.#since.has(terminalId);
  }

  /** Whether it has not been away since a time. A terminal that we have only known since we started may have been. */
  hasStayed(terminalId: string, since: EpochMs): boolean {
    const came = this.#since.get(terminalId);
    return came !== undefined && came <= since;
  }
}

import type { Fleet } from './fleet.js';
import type { Secrets } from './secrets.js';
import type { Sent } from './simulate.js';
import { noTraffic, Uplink } from './uplink.js';
import type { Traffic } from './uplink.js';

/** All trucks have turned their keys within this time; a broker need not take them in one instant. */
const CONNECT_WITHIN_MS = 2000;

/** The links of the whole fleet. */
export class FleetLink {
  readonly traffic: Traffic = noTraffic();
  private readonly links: Map<string, Uplink>;

  constructor(url: string, fleet: Fleet, secrets: Secrets, now: () => number) {
    this.links = new Map(
      fleet.trucks.map(({ terminal }) => {
        const secret = secrets[terminal.id];
        if (!secret) throw new Error(`Terminal ${terminal.id} has no secret in the state file; run once without --no-register.`);
        return [terminal.id, new Uplink(url, terminal.id, secret, this.traffic, now)];
      }),
    );
  }

  /** Turns them on one after the other, and waits a moment for the last; a broker that is away is tried again and again. */
  async connect(): Promise<void> {
    const all = [...this.links.values()];
    const beats = 40;
    for (let beat = 0; beat < beats; beat++) {
      for (let i = beat; i < all.length; i += beats) all[i]!.connect();
      await pause(CONNECT_WITHIN_MS / beats);
    }
    for (let i = 0; i < 30 && this.traffic.connected < all.length; i++) await pause(50);
  }

  send({ terminalId, payload }: Sent): void {
    this.links.get(terminalId)!.send(payload);
  }

  /** True when terminals hold more than they would in a minute or two. */
  crowded(): boolean {
    return this.traffic.waiting + this.traffic.inFlight > 20 * this.links.size;
  }

  /** Waits until all is acknowledged, at most so long. */
  async settle(mostMs: number): Promise<void> {
    const until = Date.now() + mostMs;
    while (this.traffic.inFlight + this.traffic.waiting > 0 && Date.now() < until) await pause(50);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.links.values()].map((link) => link.stop()));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

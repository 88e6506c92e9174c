import { camerasOf } from './cameras.js';
import type { SentSighting } from './cameras.js';
import type { City } from './city.js';
import type { WireCommand } from './commands.js';
import type { Fleet } from './fleet.js';
import type { Secrets } from './secrets.js';
import type { Sent } from './simulate.js';
import { noTraffic, Uplink } from './uplink.js';
import type { Traffic } from './uplink.js';

/** All trucks have turned their keys within this time; a broker need not take them in one instant. */
const CONNECT_WITHIN_MS = 2000;

/** The links of the whole fleet and of the cameras. */
export class FleetLink {
  readonly traffic: Traffic = noTraffic();
  readonly sightings: Traffic = noTraffic();
  private readonly links: Map<string, Uplink>;
  private readonly cameras: Map<string, Uplink>;

  constructor(
    url: string,
    city: City,
    fleet: Fleet,
    secrets: Secrets,
    now: () => number,
    /** Told what a terminal has done of what it was asked. */
    onCommand: (terminalId: string, command: WireCommand) => void = () => undefined,
  ) {
    const secretOf = (id: string): string => {
      const secret = secrets[id];
      if (!secret) throw new Error(`${id} has no secret in the state file; run once without --no-register.`);
      return secret;
    };
    this.links = new Map(
      fleet.trucks.map(({ terminal: { id } }) => [id, new Uplink(url, id, secretOf(id), this.traffic, now, 'terminals', (command) => onCommand(id, command))]),
    );
    this.cameras = new Map(camerasOf(city).map(({ id }) => [id, new Uplink(url, id, secretOf(id), this.sightings, now, 'cameras')]));
  }

  /** Turns them on one after the other, and waits a moment for the last; a broker that is away is tried again and again. */
  async connect(): Promise<void> {
    const all = this.all();
    const beats = 40;
    for (let beat = 0; beat < beats; beat++) {
      for (let i = beat; i < all.length; i += beats) all[i]!.connect();
      await pause(CONNECT_WITHIN_MS / beats);
    }
    for (let i = 0; i < 30 && this.traffic.connected + this.sightings.connected < all.length; i++) await pause(50);
  }

  send({ terminalId, payload }: Sent): void {
    this.links.get(terminalId)!.send(payload);
  }

  sendSighting({ cameraId, payload }: SentSighting): void {
    this.cameras.get(cameraId)!.send(payload);
  }

  /** True when terminals hold more than they would in a minute or two. */
  crowded(): boolean {
    return this.traffic.waiting + this.traffic.inFlight > 20 * this.links.size;
  }

  /** Waits until all is acknowledged, at most so long. */
  async settle(mostMs: number): Promise<void> {
    const until = Date.now() + mostMs;
    const open = ({ inFlight, waiting }: Traffic): boolean => inFlight + waiting > 0;
    while ((open(this.traffic) || open(this.sightings)) && Date.now() < until) await pause(50);
  }

  async stop(): Promise<void> {
    await Promise.all(this.all().map((link) => link.stop()));
  }

  private all(): Uplink[] {
    return [...this.links.values(), ...this.cameras.values()];
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

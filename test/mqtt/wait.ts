import type { Packet } from '../../apps/server/src/mqtt/mqtt-link.js';

/** Waits until a condition holds, or fails saying for what it waited. */
export async function until(what: string, holds: () => boolean, withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Stands for intake: keeps what comes, and commits when told to, or at once. */
export class Intake {
  readonly packets: Packet[] = [];
  readonly pending: (() => void)[] = [];
  commitsAtOnce = false;

  readonly take = (packet: Packet, done: () => void): void => {
    this.packets.push(packet);
    if (this.commitsAtOnce) done();
    else this.pending.push(done);
  };

  commit(): void {
    for (const done of this.pending.splice(0)) done();
  }

  texts(): string[] {
    return this.packets.map(({ payload }) => payload.toString());
  }
}

import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Alerts } from '../alerts/alerts.service.js';
import { isOutage } from '../db/outage.js';
import { LiveService } from '../live/live.service.js';
import { Notices } from '../notices/notices.service.js';
import { Volumes } from '../notices/volume.service.js';
import type { Packet } from '../mqtt/mqtt-link.js';
import { Downlink } from '../downlink/downlink.service.js';
import { BatchStore, type Committed } from './batch.store.js';
import { Counters } from './counters.js';
import { type Entry, isOfPacket, type PacketEntry } from './entry.js';
import { Reception } from './reception.js';
import { TruckMemory } from './truck-memory.js';

/** A batch begins this long after the one before began, or at once after a quiet time. */
const BATCH_EVERY_MS = 20;
/** Reports in one batch: more would only make it later. */
const REPORTS_A_BATCH = 1_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 2_000;
/** A commit that takes longer than this stops the terminals until it has returned. */
const STALL_MS = 5_000;
const SETTLE_POLL_MS = 5;
/** How long a stop may write snapshots; what is left over is read from the log at the next start. */
const SNAPSHOTS_MS = 8_000;
const SNAPSHOTS_A_STATEMENT = 500;

/** Gathers what packets changed into batches, commits them one after the other, and only then acknowledges and tells. */
@Injectable()
export class Recorder {
  readonly #logger = new Logger('Recorder');
  readonly #stop = new AbortController();
  #pending: Entry[] = [];
  /** What is being committed or sorted out, oldest first. */
  #underWay: Entry[] = [];
  /** Packets that wait unjudged while refused ones are sorted out; null: nothing is being sorted out. */
  #held: { packet: Packet; done: () => void }[] | null = null;
  #committing = false;
  #draining = false;
  #beganMs = 0;
  #writable = true;
  /** Told when the database takes nothing for 5 s, and when it does again. */
  onWritable: (writable: boolean) => void = () => undefined;
  /**
   * Told when a batch could neither be stored nor put aside: a bug of ours. The states in memory are ahead of the table then, and a report sent again would pass
   * for a duplicate and be acknowledged without being stored. So nothing more is taken and the process ends: the next one starts from snapshots and log.
   */
  onFatal: (error: unknown) => void = (error) => {
    setImmediate(() => {
      throw error;
    });
  };

  constructor(
    private readonly store: BatchStore,
    private readonly reception: Reception,
    private readonly memory: TruckMemory,
    private readonly alerts: Alerts,
    private readonly notices: Notices,
    private readonly volumes: Volumes,
    private readonly live: LiveService,
    private readonly counters: Counters,
    private readonly downlink: Downlink,
  ) {}

  /** Messages received and not committed. */
  get waiting(): number {
    return this.#underWay.length + this.#pending.length + (this.#held?.length ?? 0);
  }

  /** Judges a packet at once and commits it soon; `done` is called once it stands in the database. */
  receive(packet: Packet, done: () => void): void {
    if (this.#draining) return;
    if (this.#held) return void this.#held.push({ packet, done });
    this.#pending.push(this.reception.receive(packet, done));
    if (this.#pending.length === 1 && !this.#committing) this.#schedule();
  }

  /** Takes a message as if it had come now; answers, once that is committed, whether it was of use. */
  async offer(packet: Packet): Promise<boolean> {
    while (this.#held) await sleep(SETTLE_POLL_MS, undefined, { signal: this.#stop.signal });
    return new Promise((resolve) => {
      const entry = this.reception.receive(packet, () => resolve(entry.quarantined.length === 0));
      this.add(entry);
    });
  }

  /** What came from no device: judging again, a tick. It is committed in its turn. */
  add(entry: Entry): void {
    if (this.#draining) return;
    this.#pending.push(entry);
    if (this.#pending.length === 1 && !this.#committing) this.#schedule();
  }

  /** Returns once everything that has been received so far stands in the database. */
  async settled(): Promise<void> {
    const newest = this.#pending.at(-1) ?? this.#underWay.at(-1);
    while (newest && (this.#pending.includes(newest) || this.#underWay.includes(newest))) await sleep(SETTLE_POLL_MS, undefined, { signal: this.#stop.signal });
  }

  /** Commits what is there, for 5 s at most. What still comes is not taken, and so is sent again. */
  async drain(): Promise<void> {
    this.#draining = true;
    const deadline = performance.now() + STALL_MS;
    while (this.waiting > 0 && performance.now() < deadline) await sleep(10);
    this.#stop.abort();
  }

  /** A stop has time for what a kill has not: the next start finds every truck as it stands now, and hardly any log behind it. */
  async leaveSnapshots(): Promise<void> {
    // What could not be committed must not stand in a state either.
    const stale = this.waiting === 0 ? this.memory.stale() : [];
    const deadline = performance.now() + SNAPSHOTS_MS;
    try {
      for (let i = 0; i < stale.length && performance.now() < deadline; i += SNAPSHOTS_A_STATEMENT) {
        await this.store.snapshots(stale.slice(i, i + SNAPSHOTS_A_STATEMENT));
      }
    } catch (error) {
      this.#logger.warn(`The next start reads more of the log, snapshots could not be written: ${(error as Error).message}`);
    }
  }

  #schedule(): void {
    const wait = BATCH_EVERY_MS - (performance.now() - this.#beganMs);
    if (wait > 0) setTimeout(() => void this.#flush(), wait);
    else setImmediate(() => void this.#flush());
  }

  async #flush(): Promise<void> {
    if (this.#committing || this.#stop.signal.aborted) return;
    this.#committing = true;
    this.#beganMs = performance.now();
    this.#underWay = this.#nextBatch();
    try {
      await this.#commit(this.#underWay);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#draining = true;
      this.#stop.abort();
      this.onFatal(error);
    } finally {
      this.#underWay = [];
      this.#committing = false;
      if (this.#pending.length > 0 && !this.#stop.signal.aborted) this.#schedule();
    }
  }

  #nextBatch(): Entry[] {
    // What judging again replaces goes alone: batches before and after it say nothing of the same rows in the same breath.
    const [first] = this.#pending;
    if (first && first.rejudged.length > 0) return this.#pending.splice(0, 1);
    let reports = 0;
    let count = 0;
    while (
      count < this.#pending.length &&
      this.#pending[count]!.rejudged.length === 0 &&
      (count === 0 || reports + this.#pending[count]!.reports.length <= REPORTS_A_BATCH)
    ) {
      reports += this.#pending[count++]!.reports.length;
    }
    return this.#pending.splice(0, count);
  }

  async #commit(batch: Entry[]): Promise<void> {
    let committed: Committed;
    try {
      committed = await this.#untilTaken(batch);
    } catch (error) {
      if (isOutage(error)) throw error;
      this.#logger.warn(`A batch of ${batch.length} messages was refused, each is tried alone: ${(error as Error).message}`);
      return this.#oneByOne(batch);
    }
    this.#tell(batch, committed);
  }

  async #untilTaken(entries: Entry[]): Promise<Committed> {
    const began = performance.now();
    const committed = await this.#persist(() => this.store.commit(entries), `${entries.length} messages wait unacknowledged`);
    this.counters.commitMs.add(performance.now() - began);
    return committed;
  }

  /** Tries again with back-off while the database is away: nothing is forgotten, nothing acknowledged. Throws what is no outage, and everything once we stop. */
  async #persist<T>(work: () => Promise<T>, meanwhile: string): Promise<T> {
    const { signal } = this.#stop;
    const stalled = setTimeout(() => this.#setWritable(false), STALL_MS);
    let away = false;
    try {
      for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(2 * retryMs, LAST_RETRY_MS)) {
        try {
          const result = await work();
          if (away) this.#logger.log('The database takes reports again.');
          this.#setWritable(true);
          return result;
        } catch (error) {
          if (!isOutage(error) || signal.aborted) throw error;
          if (!away) this.#logger.warn(`The database takes nothing; ${meanwhile}: ${(error as Error).message}`);
          away = true;
          await sleep(retryMs, undefined, { signal, ref: false }).catch(() => undefined);
        }
      }
    } finally {
      clearTimeout(stalled);
    }
  }

  #setWritable(writable: boolean): void {
    if (this.#writable === writable) return;
    this.#writable = writable;
    this.onWritable(writable);
  }

  /**
   * A batch refused for its content: entry by entry. The faulty one is quarantined, its trucks are loaded again from snapshot and log, and their later entries,
   * computed on a state that never came to be, are run anew. Until that is done new packets wait unjudged; then they are batches again.
   */
  async #oneByOne(entries: Entry[]): Promise<void> {
    const spoiled = new Set<string>();
    entries.push(...this.#pending.splice(0));
    this.#held = [];
    try {
      for (let entry = entries[0]; entry; entry = entries[0]) {
        const stale = [...entry.subjects].some((subject) => spoiled.has(subject));
        // What judging again made of a truck that has been loaded anew is void: the truck stays due.
        if (!stale) await this.#alone(entry, spoiled);
        else if (entry.packet) await this.#alone(this.reception.receive(entry.packet, entry.done), spoiled);
        entries.shift();
      }
    } finally {
      const held = this.#held;
      this.#held = null;
      held.forEach(({ packet, done }) => this.receive(packet, done));
    }
  }

  async #alone(entry: Entry, spoiled: Set<string>): Promise<void> {
    let committed: Committed;
    try {
      committed = await this.#untilTaken([entry]);
    } catch (error) {
      if (isOutage(error)) throw error;
      entry.subjects.forEach((subject) => spoiled.add(subject));
      await this.#persist(() => this.memory.load([...entry.subjects]), 'trucks wait to be loaded again');
      if (!isOfPacket(entry)) return this.#logger.error(`What was found without a message is dropped, the database refuses it: ${(error as Error).message}`);
      if (entry.reports.length + entry.quarantined.length > 1) return this.#elementByElement(entry, spoiled);
      return this.#putAside(entry, (error as Error).message);
    }
    this.#tell([entry], committed);
  }

  /** In an array only the bad element is refused. It is acknowledged when all of them are settled. */
  async #elementByElement(entry: PacketEntry, spoiled: Set<string>): Promise<void> {
    for (const element of this.reception.elements(entry)) await this.#alone(element, spoiled);
    entry.done();
  }

  async #putAside(entry: PacketEntry, why: string): Promise<void> {
    this.#logger.warn(`A message on ${entry.packet.topic} goes to quarantine, the database refuses it: ${why}`);
    const aside = this.reception.setAside(entry, 'refused-by-database', why);
    this.#tell([aside], await this.#untilTaken([aside]));
  }

  #tell(batch: Entry[], { inserted, late, alerts, notices, putRight, commands, refused }: Committed): void {
    const at = performance.now();
    // Whoever offered it again is told that it was of no use.
    for (const message of refused) batch.find((entry) => entry.replies.some(({ asQuarantined }) => asQuarantined.id === message.id))?.quarantined.push(message);
    let reports = 0;
    let messages = 0;
    for (const entry of batch) {
      entry.done();
      reports += entry.reports.length;
      if (!entry.packet) continue;
      messages++;
      this.counters.receivedToCommittedMs.add(at - entry.receivedMs);
      this.counters.lastHeardAt = entry.heardAt;
    }
    this.counters.messageRate.add(messages);
    this.counters.reportRate.add(inserted);
    this.counters.reports += inserted;
    this.counters.duplicates += reports - inserted;
    this.counters.late += late;
    for (const { reason } of refused) this.counters.quarantine(reason);
    try {
      const seen = batch.flatMap((entry) => entry.seen);
      this.alerts.committed(alerts);
      this.alerts.putRight(putRight);
      this.notices.committed(alerts, notices);
      this.volumes.hauled(batch.flatMap(({ hauls }) => hauls.flatMap(({ permitId, endedAt }) => (endedAt === null || permitId === null ? [] : permitId))));
      this.live.positions(seen);
      this.downlink.seen(seen);
      void this.downlink.changed(commands);
    } catch (error) {
      // It stands in the database and is acknowledged: what people were not told now they find there.
      this.#logger.error(error);
    }
  }
}

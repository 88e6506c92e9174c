import { Injectable } from '@nestjs/common';
import {
  compareReports,
  type EpochMs,
  HOUR_MS,
  type Logged,
  MINUTE_MS,
  NEW_TRUCK,
  type Report,
  RULES,
  see,
  SIGHTING_LATE_MS,
  STATE_SHAPE,
  take,
  type TruckState,
} from '@muckwatch/domain';
import type { AlertDraft } from '../alerts/alert-draft.js';
import { Database } from '../db/database.js';
import { FleetService } from '../fleet/fleet.service.js';
import { LogStore, plateOf } from './log.store.js';

/** A snapshot is written when a haul or an episode changes, else when this much of the truck's event time has gone by. */
export const SNAPSHOT_EVERY_MS = 5 * MINUTE_MS;
/** Trucks read with one statement at start. */
const TRUCKS_A_PAGE = 50;
const RUN_IN_MS = 4 * HOUR_MS;

export interface Remembered {
  state: TruckState;
  /** Event time of the newest snapshot written; null: none yet. */
  snapshotAt: EpochMs | null;
  heardAt: EpochMs;
}

/** What came of one subject while it is being judged again. */
export interface Watch {
  heard: Logged[];
  alerts: AlertDraft[];
}

/** The state of every truck, and of every stranger's plate, in this process and nowhere else: no await stands between reading and writing it. */
@Injectable()
export class TruckMemory {
  readonly #trucks = new Map<string, Remembered>();
  readonly #watched = new Map<string, Watch>();

  constructor(
    private readonly database: Database,
    private readonly log: LogStore,
    private readonly fleet: FleetService,
  ) {}

  get(truckId: string): Remembered {
    return this.#trucks.get(truckId) ?? { state: NEW_TRUCK, snapshotAt: null, heardAt: 0 };
  }

  set(truckId: string, remembered: Remembered): void {
    this.#trucks.set(truckId, remembered);
  }

  entries(): IterableIterator<[string, Remembered]> {
    return this.#trucks.entries();
  }

  /** From now on what comes of this subject is noted too, until `unwatch`. */
  watch(subject: string): Watch {
    const watch: Watch = { heard: [], alerts: [] };
    this.#watched.set(subject, watch);
    return watch;
  }

  unwatch(subject: string): void {
    this.#watched.delete(subject);
  }

  heard(subject: string, logged: Logged): void {
    if (this.#watched.size > 0) this.#watched.get(subject)?.heard.push(logged);
  }

  drafted(subject: string, alert: AlertDraft): void {
    if (this.#watched.size > 0) this.#watched.get(subject)?.alerts.push(alert);
  }

  /** Strangers' plates that no camera has seen since; a truck of ours stays. */
  forgetStrangers(since: EpochMs): void {
    for (const [subject, { state }] of this.#trucks) {
      if (plateOf(subject) !== null && (state.sightings.at(-1)?.at ?? 0) < since) this.#trucks.delete(subject);
    }
  }

  /** At start: every truck from its newest snapshot and the log behind it. What is found again has its old identity and is told nobody. */
  async loadAll(): Promise<void> {
    const { rows } = await this.database.query<{ subject: string }>(
      `select subject from (select distinct on (subject) subject, at from snapshots order by subject, hour desc) newest order by at desc`,
    );
    // Ascending by time, the trucks of one page have near snapshots: its statement touches few chunks of the log.
    for (let i = 0; i < rows.length; i += TRUCKS_A_PAGE) await this.load(rows.slice(i, i + TRUCKS_A_PAGE).map(({ subject }) => subject));
  }

  /** These trucks anew from what is stored: snapshot plus log. A truck without a snapshot starts from nothing. */
  async load(truckIds: string[]): Promise<void> {
    const { rows } = await this.database.query<{ subject: string; at: Date; state: TruckState & { shape?: number; cut?: boolean } }>(
      'select distinct on (subject) subject, at, state from snapshots where subject = any($1::text[]) order by subject, hour desc',
      [truckIds],
    );
    for (const id of truckIds) this.#trucks.set(id, { state: NEW_TRUCK, snapshotAt: null, heardAt: 0 });
    const since = new Map<string, EpochMs>();
    for (const { subject, at, state } of rows) {
      const snapshotAt = at.getTime();
      const { shape, cut: _, ...known } = state;
      // Another version wrote it: the truck is computed from the log again, from far enough back to know its load, its bed and most of its haul.
      if (shape !== STATE_SHAPE) since.set(subject, snapshotAt - RUN_IN_MS);
      else {
        this.#trucks.set(subject, { state: known, snapshotAt, heardAt: 0 });
        since.set(subject, known.last?.at ?? snapshotAt);
      }
    }
    if (since.size > 0) await this.#replay(since);
    for (const [subject, from] of since) await this.#replaySightings(subject, from);
  }

  /** What cameras saw since; what the snapshot knows already is passed over. */
  async #replaySightings(subject: string, from: EpochMs): Promise<void> {
    for (const { sighting } of await this.log.sightings(subject, from - SIGHTING_LATE_MS, null)) {
      const of = this.fleet.sightingOf(sighting);
      const before = this.get(subject);
      const seen = of && see(before.state, of, RULES);
      if (seen?.kind === 'seen') this.#trucks.set(subject, { ...before, state: seen.state });
    }
  }

  async #replay(since: Map<string, EpochMs>): Promise<void> {
    const log = await this.log.believedSince(since);
    // In the order of hearing, as they were first taken; within one upload in the order in which it was judged.
    log.sort((a, b) => a.heardAt - b.heardAt || compareReports(a.report, b.report));
    const afterSnapshot = new Set<string>();
    for (const logged of log) {
      // What was heard before the snapshot's own report is in the snapshot, though its time may be later: a jump that was settled by it.
      if (isSame(this.#trucks.get(logged.truckId)!.state.last, logged.report)) afterSnapshot.add(logged.truckId);
      if (afterSnapshot.has(logged.truckId)) this.#again(logged);
    }
  }

  #again({ truckId, heardAt, report }: { truckId: string; heardAt: EpochMs; report: Report }): void {
    const before = this.#trucks.get(truckId)!;
    const remembered = { ...before, heardAt: Math.max(before.heardAt, heardAt) };
    const truck = this.fleet.truck(truckId, report.at);
    const taken = truck && take(before.state, report, { truck, worlds: this.fleet.worlds, rules: RULES });
    this.#trucks.set(truckId, taken && 'state' in taken ? { ...remembered, state: taken.state } : remembered);
  }
}

function isSame(one: Report | null, other: Report): boolean {
  return one !== null && one.at === other.at && one.source === other.source && one.digest === other.digest;
}

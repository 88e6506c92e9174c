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
import type { Snapshot } from './entry.js';
import { type LogReport, LogStore, type LogSighting, plateOf } from './log.store.js';

/** A snapshot is written when a haul or an episode changes, else when this much of the truck's event time has gone by. */
export const SNAPSHOT_EVERY_MS = 5 * MINUTE_MS;
/** Trucks read with one statement at start. */
const TRUCKS_A_PAGE = 200;
const RUN_IN_MS = 4 * HOUR_MS;

export interface Remembered {
  state: TruckState;
  /** Event time of the newest snapshot written; null: none yet. */
  snapshotAt: EpochMs | null;
  heardAt: EpochMs;
}

/** What is stored of some subjects. */
interface Stored {
  remembered: Map<string, Remembered>;
  log: LogReport[];
  sightings: LogSighting[];
}

/** From each subject to the next by the key: the table has a row a truck and hour of three days. Of 20,000 trucks 0.5 s, where reading all rows takes 3.3. */
const NEWEST_SNAPSHOTS = `
  with recursive subjects as (
    (select subject from snapshots order by subject limit 1)
    union all
    select (select s.subject from snapshots s where s.subject > subjects.subject order by s.subject limit 1) from subjects where subjects.subject is not null)
  select subjects.subject from subjects
  cross join lateral (select at from snapshots s where s.subject = subjects.subject order by hour desc limit 1) newest
  order by newest.at desc`;

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

  /** Trucks that have reported since their snapshot was written, those with most of the log behind it first. */
  stale(): Snapshot[] {
    return [...this.#trucks]
      .flatMap(([subject, { state, snapshotAt }]) =>
        state.last === null || state.last.at <= (snapshotAt ?? -Infinity)
          ? []
          : [{ subject, at: state.last.at, state, behindMs: state.last.at - (snapshotAt ?? 0) }],
      )
      .sort((a, b) => b.behindMs - a.behindMs);
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
    const { rows } = await this.database.query<{ subject: string }>(NEWEST_SNAPSHOTS);
    // Ascending by time, the trucks of one page have near snapshots: its statement touches few chunks of the log.
    const pages: string[][] = [];
    for (let i = 0; i < rows.length; i += TRUCKS_A_PAGE) pages.push(rows.slice(i, i + TRUCKS_A_PAGE).map(({ subject }) => subject));
    let reading = this.#read(pages[0] ?? []);
    for (let next = 1; next <= pages.length; next++) {
      const read = await reading;
      // The database reads the next page while this one is judged.
      reading = this.#read(pages[next] ?? []);
      this.#restore(read);
    }
  }

  /** These trucks anew from what is stored: snapshot plus log. A truck without a snapshot starts from nothing. */
  async load(truckIds: string[]): Promise<void> {
    this.#restore(await this.#read(truckIds));
  }

  async #read(subjects: string[]): Promise<Stored> {
    const remembered = new Map(subjects.map((id): [string, Remembered] => [id, { state: NEW_TRUCK, snapshotAt: null, heardAt: 0 }]));
    if (subjects.length === 0) return { remembered, log: [], sightings: [] };
    const { rows } = await this.database.query<{ subject: string; at: Date; state: TruckState & { shape?: number; cut?: boolean } }>(
      `select s.* from unnest($1::text[]) as t(subject)
       cross join lateral (select subject, at, state from snapshots where snapshots.subject = t.subject order by hour desc limit 1) s`,
      [subjects],
    );
    const since = new Map<string, EpochMs>();
    for (const { subject, at, state } of rows) {
      const snapshotAt = at.getTime();
      const { shape, cut: _, ...known } = state;
      // Another version wrote it: the truck is computed from the log again, from far enough back to know its load, its bed and most of its haul.
      if (shape !== STATE_SHAPE) since.set(subject, snapshotAt - RUN_IN_MS);
      else {
        remembered.set(subject, { state: known, snapshotAt, heardAt: 0 });
        since.set(subject, known.last?.at ?? snapshotAt);
      }
    }
    if (since.size === 0) return { remembered, log: [], sightings: [] };
    const sightingsSince = new Map([...since].map(([subject, from]) => [subject, from - SIGHTING_LATE_MS]));
    const [log, sightings] = await Promise.all([this.log.believedSince(since), this.log.sightingsSince(sightingsSince)]);
    return { remembered, log, sightings };
  }

  /** What was read, judged again, in one synchronous step. */
  #restore({ remembered, log, sightings }: Stored): void {
    for (const [subject, one] of remembered) this.#trucks.set(subject, one);
    this.#replay(log);
    // What cameras saw since; what the snapshot knows already is passed over.
    for (const { subject, sighting } of sightings) {
      const of = this.fleet.sightingOf(sighting);
      const before = this.get(subject);
      const seen = of && see(before.state, of, RULES);
      if (seen?.kind === 'seen') this.#trucks.set(subject, { ...before, state: seen.state });
    }
  }

  #replay(log: LogReport[]): void {
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

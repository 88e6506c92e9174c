import { Injectable } from '@nestjs/common';
import { compareReports, type EpochMs, HOUR_MS, MINUTE_MS, NEW_TRUCK, type Report, RULES, STATE_SHAPE, take, type TruckState } from '@muckwatch/domain';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { FleetService } from '../fleet/fleet.service.js';

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

/** The state of every truck, in this process and nowhere else: no await stands between reading and writing it. */
@Injectable()
export class TruckMemory {
  readonly #trucks = new Map<string, Remembered>();

  constructor(
    private readonly database: Database,
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
    const { rows } = await this.database.query<{ subject: string; at: Date; state: TruckState & { shape?: number } }>(
      'select distinct on (subject) subject, at, state from snapshots where subject = any($1::text[]) order by subject, hour desc',
      [truckIds],
    );
    for (const id of truckIds) this.#trucks.set(id, { state: NEW_TRUCK, snapshotAt: null, heardAt: 0 });
    const since = new Map<string, EpochMs>();
    for (const { subject, at, state } of rows) {
      const snapshotAt = at.getTime();
      const { shape, ...known } = state;
      // Another version wrote it: the truck is computed from the log again, from far enough back to know its load, its bed and most of its haul.
      if (shape !== STATE_SHAPE) since.set(subject, snapshotAt - RUN_IN_MS);
      else {
        this.#trucks.set(subject, { state: known, snapshotAt, heardAt: 0 });
        since.set(subject, known.last?.at ?? snapshotAt);
      }
    }
    if (since.size > 0) await this.#replay(since);
  }

  async #replay(since: Map<string, EpochMs>): Promise<void> {
    const times = [...since.values()];
    const { rows } = await this.database.query<LogRow>(READ_LOG, [[...since.keys()], times.map(iso), iso(Math.min(...times))]);
    const log = rows.map((row) => ({ truckId: row.truck_id, heardAt: row.heard_at.getTime(), report: reportOf(row) }));
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

// Late ones never moved the state. The last report itself is read too: when it was heard is wanted.
const READ_LOG = `
  select r.* from unnest($1::text[], $2::timestamptz[]) as t(id, since) join reports r on r.truck_id = t.id and r.at >= t.since
  where not r.late and r.at >= $3`;

interface LogRow {
  source: string;
  at: Date;
  digest: string;
  truck_id: string;
  heard_at: Date;
  lat: number;
  lon: number;
  speed_kmh: number | null;
  heading_deg: number | null;
  altitude_m: number | null;
  accuracy_m: number | null;
  satellites: number | null;
  odometer_km: number | null;
  ignition: boolean | null;
  bed: Report['bed'];
  bed_angle_deg: number | null;
  cover: Report['cover'];
  load_kg: number | null;
  load_state: Report['loadState'];
  seq: string | null;
  buffered: boolean;
  extra: Record<string, unknown> | null;
}

function reportOf(row: LogRow): Report {
  return {
    source: row.source,
    at: row.at.getTime(),
    digest: row.digest,
    point: [row.lon, row.lat],
    fix: true,
    speedKmh: row.speed_kmh,
    headingDeg: row.heading_deg,
    altitudeM: row.altitude_m,
    accuracyM: row.accuracy_m,
    satellites: row.satellites,
    odometerKm: row.odometer_km,
    ignition: row.ignition,
    bed: row.bed,
    bedAngleDeg: row.bed_angle_deg,
    cover: row.cover,
    loadKg: row.load_kg,
    loadState: row.load_state,
    seq: row.seq === null ? null : Number(row.seq),
    buffered: row.buffered,
    extra: row.extra,
  };
}

import { Injectable } from '@nestjs/common';
import {
  compareLogged,
  type EpochMs,
  freeId,
  type FoundAlert,
  type Haul,
  HOUR_MS,
  type KnownEpisode,
  matchEpisodes,
  MINUTE_MS,
  NEW_TRUCK,
  Rejudging,
  renamed,
  RULES,
} from '@muckwatch/domain';
import { isDeepStrictEqual } from 'node:util';
import { type Accused, type AlertDraft, draftAlert } from '../alerts/alert-draft.js';
import { AlertStore, type Contradiction, type KnownAlert } from '../alerts/alert.store.js';
import { Snoozes } from '../alerts/snooze.service.js';
import { iso, nextVersion, now } from '../clock.js';
import { Database } from '../db/database.js';
import { FleetService } from '../fleet/fleet.service.js';
import { emptyEntry } from '../intake/entry.js';
import { plateOf } from '../intake/log.store.js';
import { Recorder } from '../intake/recorder.js';
import { RuleFaults } from '../intake/rule-faults.js';
import { TruckMemory } from '../intake/truck-memory.js';
import { type Checkpoint, CheckpointStore } from './checkpoint.store.js';
import { whyContradicted } from './contradiction.js';
import { Slices } from './slices.js';
import { TruckLog } from './truck-log.js';

/** Late reports move nothing further back than this. */
const FURTHEST_MS = 48 * HOUR_MS;

export interface DueRow {
  subject: string;
  /** Event time of the earliest late report or sighting. */
  earliestAt: EpochMs;
  version: string;
}

/** Judges one truck again from the checkpoint before its earliest late report, and puts what is then known in the place of what was. */
@Injectable()
export class TruckJudge {
  constructor(
    private readonly database: Database,
    private readonly fleet: FleetService,
    private readonly memory: TruckMemory,
    private readonly recorder: Recorder,
    private readonly alerts: AlertStore,
    private readonly snoozes: Snoozes,
    private readonly checkpoints: CheckpointStore,
    private readonly log: TruckLog,
    private readonly ruleFaults: RuleFaults,
  ) {}

  /** Answers how much of its log was judged. */
  async again(due: DueRow): Promise<number> {
    const { subject } = due;
    // What comes while the log is read is noted, and what came before stands in the log: nothing falls between the two.
    const watch = this.memory.watch(subject);
    try {
      await this.recorder.settled();
      const checkpoint = await this.#checkpoint(due);
      const [known, knownHauls] = await Promise.all([this.alerts.knownSince(subject, checkpoint.at), this.#hauls(subject, checkpoint.at)]);
      const judging = new Rejudging(checkpoint.state, {
        truckAt: (at) => this.fleet.truck(subject, at),
        worlds: this.fleet.worlds,
        rules: RULES,
      });
      const slices = new Slices();
      for await (const page of this.log.of(subject, checkpoint.at, Infinity)) {
        for (const logged of page) {
          judging.offer(logged);
          if (slices.isOver()) await slices.next();
        }
      }
      await this.recorder.settled();

      // From here on nothing waits: what was heard meanwhile is run, and the state is swapped in one step.
      for (const logged of watch.heard.sort(compareLogged)) judging.offer(logged);
      judging.tick(now());
      this.ruleFaults.of(subject, judging.faults);
      this.#swap(due, checkpoint, judging, withDrafts(known, watch.alerts), knownHauls);
      return judging.count;
    } finally {
      this.memory.unwatch(subject);
    }
  }

  #swap(due: DueRow, checkpoint: Checkpoint, judging: Rejudging, known: KnownAlert[], knownHauls: KnownHaul[]): void {
    const { subject } = due;
    const heardAt = now();
    const entry = emptyEntry(null, () => undefined, heardAt);
    entry.subjects.add(subject);

    const hauls = matchHauls(knownHauls, [...judging.hauls.values()], checkpoint);
    const found = [...judging.alerts.values()].map((alert) => ({ ...alert, key: `${alert.rule} ${alert.scope}` }));
    const { same, fresh, lost } = matchEpisodes(known, found);
    const alertIds = new Map(same.map(({ known: one, found: alert }) => [alert.id, one.id]));
    const taken = new Set(known.map(({ id }) => id));
    for (const alert of fresh) {
      const id = freeId((began) => alert.id.replace(/\d+$/, String(began)), alert.began, taken);
      taken.add(id);
      alertIds.set(alert.id, id);
    }
    const state = renamed(judging.state, alertIds, hauls.ids);
    const draft = (alert: FoundAlert) => this.#draft(subject, { ...alert, id: alertIds.get(alert.id)! }, hauls.ids, heardAt);

    entry.alerts = fresh.map((alert) => ({ ...draft(alert), late: true }));
    const rewritten = same.filter(({ known: one, found: alert }) => differs(one, alert)).map(({ found: alert }) => draft(alert));
    // What was over before the checkpoint is part of it, whenever it was found.
    const contradicted = lost.filter(({ known: one }) => one.foundAt > checkpoint.at && (one.ended ?? Infinity) > checkpoint.at && !one.contradicted);
    entry.hauls = hauls.changed;
    entry.snapshots = [...judging.checkpoints].map(([, past]) => ({ subject, at: past.last!.at, state: renamed(past, alertIds, hauls.ids) }));
    const at = state.last?.at ?? state.sightings.at(-1)?.at;
    if (at !== undefined) entry.snapshots.push({ subject, at, state });
    entry.rejudged.push({
      subject,
      from: checkpoint.at,
      dueVersion: due.version,
      rewritten,
      contradicted: contradicted.map(({ known: one, into }): Contradiction => {
        const edited = this.fleet.worlds.at(one.foundAt).version !== one.worldVersion;
        return { id: one.id, rulesVersion: nextVersion(), at: heardAt, reason: whyContradicted(into?.id ?? null, edited) };
      }),
      lostHauls: hauls.lost,
      doubts: judging.doubts,
    });

    this.memory.set(subject, { ...this.memory.get(subject), state, snapshotAt: at ?? null });
    this.recorder.add(entry);
  }

  #draft(subject: string, alert: FoundAlert, haulIds: ReadonlyMap<string, string>, heardAt: EpochMs): AlertDraft {
    const haulId = alert.haulId === null ? null : (haulIds.get(alert.haulId) ?? alert.haulId);
    const incident = haulIds.get(alert.incident) ?? alert.incident;
    const accused = this.#accused(subject, alert.began);
    const snoozed = accused.id !== null && this.snoozes.isSnoozed(accused.id, alert.rule, heardAt);
    const districtId = this.fleet.districtAt(alert.point);
    const draft = draftAlert({ ...alert, haulId, incident }, { accused, world: this.fleet.worlds.at(alert.foundAt), heardAt, districtId, snoozed });
    return { ...draft, foundAt: alert.foundAt };
  }

  #accused(subject: string, at: EpochMs): Accused {
    const truck = this.fleet.truck(subject, at);
    return truck ?? { id: null, plate: plateOf(subject), companyId: null };
  }

  async #checkpoint({ subject, earliestAt }: DueRow): Promise<Checkpoint> {
    const newest = this.memory.get(subject).state.last?.at ?? earliestAt;
    const furthest = newest - FURTHEST_MS;
    return (await this.checkpoints.between(subject, furthest, Math.max(earliestAt, furthest))) ?? { at: furthest, state: NEW_TRUCK };
  }

  async #hauls(subject: string, from: EpochMs): Promise<KnownHaul[]> {
    const { rows } = await this.database.query<{ id: string; departed_at: Date; ended_at: Date | null; contradicted_at: Date | null }>(
      'select id, departed_at, ended_at, contradicted_at from hauls where truck_id = $1 and (ended_at is null or ended_at >= $2)',
      [subject, iso(from)],
    );
    return rows.map((row) => ({
      id: row.id,
      key: 'haul',
      began: row.departed_at.getTime(),
      ended: row.ended_at?.getTime() ?? null,
      contradicted: row.contradicted_at !== null,
    }));
  }
}

type KnownHaul = KnownEpisode;

/** A haul is opened up to 10 min after it departed: so far before the checkpoint it may have begun and yet not be in it. */
const HAUL_FOUND_LATE_MS = 10 * MINUTE_MS;

function matchHauls(known: KnownHaul[], found: Haul[], checkpoint: Checkpoint): { ids: Map<string, string>; changed: Haul[]; lost: string[] } {
  const episodes = found.map((haul) => ({ haul, id: haul.id, key: 'haul', began: haul.departedAt, ended: haul.endedAt }));
  const { same, fresh, lost } = matchEpisodes(known, episodes);
  const ids = new Map(same.map(({ known: one, found: { id } }) => [id, one.id]));
  const taken = new Set(known.map(({ id }) => id));
  for (const { id, haul } of fresh) {
    const free = freeId((began) => `${haul.truckId}:${began}`, haul.departedAt, taken);
    taken.add(free);
    ids.set(id, free);
  }
  const { haul, last } = checkpoint.state.hauling;
  const gone = lost.filter(
    ({ known: one }) => one.began > checkpoint.at - HAUL_FOUND_LATE_MS && one.id !== haul?.id && one.id !== last?.id && !one.contradicted,
  );
  return { ids, changed: found.map((one) => ({ ...one, id: ids.get(one.id)! })), lost: gone.map(({ known: one }) => one.id) };
}

/** Known alerts as they stand with what live reports said of them while the log was read. */
function withDrafts(known: KnownAlert[], drafts: AlertDraft[]): KnownAlert[] {
  const byId = new Map(known.map((one) => [one.id, one]));
  for (const { id, rule, scope, began, ended, severity, evidence, siteId, foundAt, worldVersion } of drafts) {
    const before = byId.get(id);
    const now = { id, key: `${rule} ${scope}`, began, ended, contradicted: false, severity, evidence, siteId };
    byId.set(id, { ...now, foundAt: before?.foundAt ?? foundAt, worldVersion: before?.worldVersion ?? worldVersion });
  }
  return [...byId.values()];
}

function differs(known: KnownAlert, found: FoundAlert): boolean {
  const { began, ended, severity, siteId, evidence } = found;
  const same = known.began === began && known.ended === ended && known.severity === severity && known.siteId === siteId;
  return known.contradicted || !same || !isDeepStrictEqual(known.evidence, evidence);
}

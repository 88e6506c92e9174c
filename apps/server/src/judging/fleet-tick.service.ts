import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  alertId,
  DAY_MS,
  type EpochMs,
  FLEET_LIMITS,
  type FleetFinding,
  type FleetLimits,
  type FleetState,
  type FleetTruck,
  HOUR_MS,
  NEW_FLEET,
  type PlacedFinding,
  RULES,
  SECOND_MS,
  stepFleet,
  tick,
  type World,
} from '@muckwatch/domain';
import { draftAlert } from '../alerts/alert-draft.js';
import { Snoozes } from '../alerts/snooze.service.js';
import { Chore } from '../chore.js';
import { now } from '../clock.js';
import { Database } from '../db/database.js';
import { FleetService } from '../fleet/fleet.service.js';
import { emptyEntry, type Entry } from '../intake/entry.js';
import { Intake } from '../intake/intake.service.js';
import { Recorder } from '../intake/recorder.js';
import { RuleFaults } from '../intake/rule-faults.js';
import { TruckMemory } from '../intake/truck-memory.js';

const EVERY_MS = 30 * SECOND_MS;
const INCIDENT_GAP_MS = 2 * HOUR_MS;
/** As long as their snapshots; a stranger is told of once in two hours. */
const STRANGERS_KEPT_MS = 3 * DAY_MS;

/** What time itself tells: trucks that fell silent, one by one or many at once, and holes in tracks that were never filled. */
@Injectable()
export class FleetTickService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #chore = new Chore('Fleet tick', EVERY_MS, () => {
    this.tick(now());
    return Promise.resolve();
  });
  #state: FleetState = NEW_FLEET;
  /** Since when everything that terminals send is heard and stored; null: it is not. */
  #liveSince: EpochMs | null = null;

  constructor(
    private readonly database: Database,
    private readonly fleet: FleetService,
    private readonly intake: Intake,
    private readonly memory: TruckMemory,
    private readonly recorder: Recorder,
    private readonly snoozes: Snoozes,
    private readonly ruleFaults: RuleFaults,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { rows } = await this.database.query<{ state: FleetState }>('select state from fleet_rule');
    this.#state = rows[0]?.state ?? NEW_FLEET;
    this.#chore.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#chore.stop();
  }

  /** One look at the whole fleet, in memory. */
  tick(at: EpochMs): void {
    const entry = emptyEntry(null, () => undefined, at);
    this.#fleetRule(entry, at);
    this.#eachTruck(entry, at);
    this.memory.forgetStrangers(at - STRANGERS_KEPT_MS);
    if (entry.fleetState !== null || entry.alerts.length > 0 || entry.snapshots.length > 0) this.recorder.add(entry);
  }

  #fleetRule(entry: Entry, at: EpochMs): void {
    const link = this.intake.link;
    const live = link !== null && link.health().ok && link.drained();
    // Our own outage accuses nobody: silence is counted anew from when we hear again.
    if (!live) this.#liveSince = null;
    else this.#liveSince ??= at;
    if (this.#liveSince === null) return;

    const { worlds } = this.fleet;
    const { state, findings } = stepFleet(this.#state, { at, liveSince: this.#liveSince, trucks: this.#trucks(), limits: limitsOf(worlds.at(at)) });
    entry.fleetState = state;
    this.#state = state;
    for (const finding of findings) this.#draft(entry, this.#placed(finding), at, finding.subject === '-' ? null : finding.subject);
  }

  *#trucks(): Generator<FleetTruck> {
    for (const [truckId, { state, heardAt }] of this.memory.entries()) {
      const { last, load, hauling } = state;
      const truck = last && this.fleet.truck(truckId, last.at);
      if (!last || !truck) continue;
      yield {
        truckId,
        plate: truck.plate,
        companyId: truck.companyId,
        lastAt: last.at,
        heardAt,
        ignition: last.ignition,
        loaded: load.answer === 'loaded',
        atWorkPlace: this.fleet.worlds.at(last.at).hits(last.point).workPlaces.length > 0,
        point: last.point,
        haulId: hauling.haul?.id ?? null,
      };
    }
  }

  /** Of a truck on a haul it is one incident with what else the haul did. */
  #placed({ subject, haulId, ...finding }: FleetFinding): PlacedFinding {
    const id = alertId(finding.rule, subject, finding.scope, finding.began);
    const state = subject === '-' ? null : this.memory.get(subject).state;
    const incident = state?.incident ?? null;
    const goesOn = incident !== null && finding.at - incident.lastAt <= INCIDENT_GAP_MS;
    const siteId = haulId !== null && state?.hauling.haul?.id === haulId ? state.hauling.haul.siteId : null;
    return { ...finding, id, haulId, siteId, incident: haulId ?? (goesOn ? incident.id : `${subject}:${finding.began}`) };
  }

  #eachTruck(entry: Entry, at: EpochMs): void {
    for (const [truckId, remembered] of this.memory.entries()) {
      const truck = this.fleet.truck(truckId, at);
      if (!truck) continue;
      const { state, findings, faults } = tick(remembered.state, at, truck, this.fleet.worlds.at(at), RULES);
      this.ruleFaults.of(truckId, faults);
      if (state === remembered.state) continue;
      this.memory.set(truckId, { ...remembered, state, snapshotAt: state.last!.at });
      entry.subjects.add(truckId);
      entry.snapshots.push({ subject: truckId, at: state.last!.at, state });
      for (const finding of findings) this.#draft(entry, finding, at, truckId);
    }
  }

  #draft(entry: Entry, finding: PlacedFinding, at: EpochMs, truckId: string | null): void {
    const truck = truckId === null ? null : this.fleet.truck(truckId, finding.began);
    const snoozed = truck !== null && this.snoozes.isSnoozed(truck.id, finding.rule, at);
    const accused = truck ?? { id: null, plate: null, companyId: null };
    const districtId = this.fleet.districtAt(finding.point);
    const alert = draftAlert(finding, { accused, world: this.fleet.worlds.at(at), heardAt: at, districtId, snoozed });
    entry.alerts.push(alert);
    if (truckId !== null) this.memory.drafted(truckId, alert);
  }
}

function limitsOf(world: World): FleetLimits {
  return {
    silentTerminal: world.limits('silent-terminal', FLEET_LIMITS.silentTerminal),
    platformOutage: world.limits('platform-outage', FLEET_LIMITS.platformOutage),
  };
}

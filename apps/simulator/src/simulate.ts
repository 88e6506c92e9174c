import { camerasOf, CameraEye } from './cameras.js';
import type { SentSighting, Sight } from './cameras.js';
import type { City } from './city.js';
import { Driver } from './driver.js';
import { sensed } from './faults.js';
import type { Fleet, Truck } from './fleet.js';
import { HOUR_MS } from './hours.js';
import type { Violations } from './mischief.js';
import { BED_SWITCH_DEG, changesOf, stateAt } from './phase.js';
import type { Phase, TruckState } from './phase.js';
import { Radio } from './radio.js';
import type { Coverage, Hush } from './radio.js';
import { Random } from './random.js';
import type { WireReport } from './report.js';
import { Heap } from './routes.js';
import { Sensors } from './sensors.js';
import { happenings, outages } from './strangers.js';
import type { Happening } from './strangers.js';
import type { EpochMs, Rule, Truth } from './truth.js';
import { makeWorld } from './world.js';
import type { World } from './world.js';

export interface SimulateOptions {
  city: City;
  fleet: Fleet;
  seed: number;
  /** Whole seconds are best: terminals' clocks know nothing finer. */
  from: EpochMs;
  /** Infinity for a day without end. */
  to: EpochMs;
  /** How often rules are broken on purpose; 0 is an honest day. */
  violations: Violations;
  coverage: Coverage;
}

/** One packet of one terminal: a report, or an array of them uploaded late. */
export interface Sent {
  at: EpochMs;
  terminalId: string;
  payload: WireReport | WireReport[];
}

export interface Day {
  /** Packets in the order of `at`. The day is made while it is read. */
  sent: Generator<Sent, void, undefined>;
  /**
   * What the cameras say, in the order of `at`: grows while `sent` is read, and is never behind it. A queue: who has sent a sighting
   * may take it away.
   */
  sightings: SentSighting[];
  /** Grows while `sent` is read: a deed is added when it is over, what is not over at the end is added then, as unfinished. */
  truth: Truth[];
  /** How the trucks truly are at the second last reached, for tests and pictures. */
  states: () => { truck: Truck; phase: Phase; state: TruckState }[];
}

/** Drivers are at work for this long before the day is looked at, so that they are in the middle of everything. */
const WARM_UP_MS = 75 * 60_000;
const EVERY_S = { moving: 10, standing: 30, off: 300 } as const;
/** The first two trucks open the show. */
const OPENINGS: Rule[] = ['spill', 'uncovered-load'];

/** A day of the fleet as its terminals tell it. Pure: the same options give the same packets, byte for byte. */
export function simulate(options: SimulateOptions): Day {
  const run = new Run(options);
  return { sent: run.packets(), sightings: run.sightings, truth: run.truth, states: () => run.states() };
}

/** One truck on its way through the day. */
interface Rider {
  truck: Truck;
  days: Iterator<Phase, void, undefined>;
  phase: Phase;
  changes: EpochMs[];
  dueAt: EpochMs;
  sensors: Sensors;
  radio: Radio;
  deeds: Truth[];
  hushes: Hush[];
  random: Random;
}

/** In an outage this share of the terminals cannot be heard, each from its own second. */
const OUTAGE_SHARE = 0.75;
const OUTAGE_SPREAD_MS = 45_000;
/** A camera takes this long to make up its mind. */
const EYE_LATENCY_MS = 1500;
const DAY_MS = 24 * HOUR_MS;

class Run {
  readonly truth: Truth[] = [];
  readonly sightings: SentSighting[] = [];
  private readonly riders: Rider[];
  private readonly world: World;
  private readonly eyes: Map<string, CameraEye>;
  private readonly random: Random;
  /** What cameras have yet to tell, in order. */
  private seen: Sight[] = [];
  private happening: { deeds: Truth[]; next: Happening[]; plannedTo: EpochMs };
  private readonly settles: Generator<EpochMs, void, undefined>;
  private settlesAt: EpochMs;
  private readonly agenda = new Heap();
  private now: EpochMs;

  constructor(private readonly options: SimulateOptions) {
    const { city, fleet, seed, from, to, violations } = options;
    this.now = from - WARM_UP_MS;
    const world = (this.world = makeWorld(city, fleet, from, to, violations));
    const random = (this.random = new Random(`day ${seed}`));
    const plates = new Set(fleet.trucks.map(({ plate }) => plate));
    this.eyes = new Map(camerasOf(city).map(({ id }) => [id, new CameraEye(id, plates, random.fork(id))]));
    this.happening = { deeds: [], next: [], plannedTo: from };
    this.settles = world.mischief.ends();
    this.settlesAt = this.settles.next().value ?? Infinity;
    this.planAhead();
    this.riders = fleet.trucks.map((truck, i) => {
      const own = random.fork(truck.id);
      const days = new Driver(truck, world, own.fork('driver'), this.now).days(world.mischief.none ? null : (OPENINGS[i] ?? null));
      return {
        truck,
        days,
        phase: nextPhase(days),
        changes: [],
        // A terminal reports when it connects: the map is full in the first three seconds.
        dueAt: from + (i % 3) * 1000,
        sensors: new Sensors(truck, city, own.fork('sensors')),
        radio: new Radio(options.coverage, city.blindSpots, own.fork('radio')),
        deeds: [],
        hushes: [],
        random: own.fork('clock'),
      };
    });
    this.riders.forEach((rider, i) => {
      this.begin(rider);
      this.agenda.push(wakeAt(rider), i);
    });
  }

  *packets(): Generator<Sent, void, undefined> {
    try {
      while (this.agenda.peekCost() < this.options.to) {
        const sent = this.second();
        this.tellSights();
        yield* sent;
      }
      this.now = this.options.to;
      this.tellSights();
      this.settleUp();
    } finally {
      // Also when the reader stops early: what is being done then is told as unfinished.
      for (const rider of this.riders) this.closeDeeds(rider, true);
      this.happening.deeds = this.close(this.happening.deeds, true);
    }
  }

  states(): { truck: Truck; phase: Phase; state: TruckState }[] {
    return this.riders.map(({ truck, phase }) => ({ truck, phase, state: stateAt(phase, Math.max(phase.from, this.now)) }));
  }

  /** Everything that happens in the next second in which anything happens. */
  private second(): Sent[] {
    this.now = this.agenda.peekCost();
    this.settleUp();
    this.planAhead();
    const sent: Sent[] = [];
    while (this.agenda.peekCost() === this.now) {
      const { item } = this.agenda.pop()!;
      const rider = this.riders[item]!;
      this.wake(rider, sent);
      this.agenda.push(wakeAt(rider), item);
    }
    return sent.sort((a, b) => a.at - b.at);
  }

  private wake(rider: Rider, sent: Sent[]): void {
    this.closeDeeds(rider, false);
    if (rider.phase.to <= this.now) this.goOn(rider);
    const changed = rider.changes.filter((at) => at <= this.now).length;
    rider.changes = rider.changes.slice(changed);
    if (this.now < this.options.from) return;
    // A clock of whole seconds: what changes in the second of the regular report is told apart only where reports are numbered.
    const due = rider.dueAt <= this.now;
    if (changed > 0) this.report(rider, sent);
    if (due && (changed === 0 || rider.truck.terminal.says.seq)) this.report(rider, sent);
    if (!due) return;
    const first = this.now < this.options.from + 3000;
    rider.dueAt = this.now + (first ? rider.random.whole(1, 10) : everyS(rider.phase, this.now)) * 1000;
  }

  private goOn(rider: Rider): void {
    const ignition = rider.phase.ignition;
    rider.phase = nextPhase(rider.days);
    this.begin(rider);
    if (this.now < this.options.from) return;
    // Turning the key is told at once; who drives off does not wait for the slower beat of standing.
    rider.dueAt = rider.phase.ignition === ignition ? Math.min(rider.dueAt, this.now + everyS(rider.phase, this.now) * 1000) : this.now;
  }

  private begin(rider: Rider): void {
    const { truck, phase } = rider;
    rider.changes = changesOf(phase);
    rider.hushes = [...rider.hushes.filter(({ to }) => to >= this.now), ...phase.hushes];
    for (const { nameless, ...deed } of phase.deeds) {
      const doer = nameless ? { truckId: null, terminalId: null, plate: null } : { truckId: truck.id, terminalId: truck.terminal.id, plate: truck.plate };
      rider.deeds.push({ ...deed, ...doer, heard: 0, unfinished: false, spoiled: null });
    }
    this.toBeTold(phase.sights.map((sight) => ({ ...sight, plate: sight.plate === 'own' ? truck.plate : null })));
  }

  private toBeTold(sights: Sight[]): void {
    if (sights.length > 0) this.seen = [...this.seen, ...sights].sort((a, b) => a.at - b.at);
  }

  /** What cameras saw up to now, each a moment after. */
  private tellSights(): void {
    while (this.seen.length > 0 && this.seen[0]!.at <= this.now - EYE_LATENCY_MS) {
      const sight = this.seen.shift()!;
      if (sight.at < this.options.from) continue;
      const at = sight.at + EYE_LATENCY_MS;
      this.sightings.push({ at, cameraId: sight.camera, payload: this.eyes.get(sight.camera)!.see(sight) });
      const hear = (deed: Truth): boolean => deed.from <= sight.at && sight.at <= deed.to && (deed.plate === sight.plate || deed.scope === sight.camera);
      for (const deeds of [this.happening.deeds, ...this.riders.map((rider) => rider.deeds)]) for (const deed of deeds) if (hear(deed)) deed.heard++;
    }
  }

  /** What strangers do, and what becomes of the network, a day at a time. */
  private planAhead(): void {
    this.happening.deeds = this.close(this.happening.deeds, false);
    while (this.happening.next.length > 0 && this.happening.next[0]!.truth.from <= this.now) {
      const { truth, sights } = this.happening.next.shift()!;
      this.happening.deeds.push(truth);
      this.toBeTold(sights);
    }
    const from = this.happening.plannedTo;
    if (from > this.now + HOUR_MS || from >= this.options.to) return;
    const to = Math.min(from + DAY_MS, this.options.to);
    const { city, fleet } = this.options;
    const random = this.random.fork(`happenings ${from}`);
    const dark = outages(this.world.mischief, from, to, random);
    this.world.outages.push(...dark);
    const next = [...happenings(city, fleet, this.world.mischief, from, to, random), ...dark.map((truth) => ({ truth, sights: [] }))];
    next.sort((a, b) => a.truth.from - b.truth.from);
    this.happening.next.push(...next);
    this.happening.plannedTo = to;
  }

  /** Says loudly when the day had no room for what was asked of it. */
  private settleUp(): void {
    while (this.settlesAt <= this.now) {
      this.world.mischief.settle(this.settlesAt);
      this.settlesAt = this.settles.next().value ?? Infinity;
    }
  }

  private report(rider: Rider, sent: Sent[]): void {
    const state = stateAt(rider.phase, this.now);
    const report = rider.sensors.read(sensed(state, rider.phase.faults, this.now), this.now);
    const { out, live } = rider.radio.pass(report, this.now, state, this.hushOf(rider));
    for (const { payload, afterMs } of out)
      sent.push({ at: this.now + rider.truck.terminal.latencyMs + afterMs, terminalId: rider.truck.terminal.id, payload });
    if (live) for (const deed of rider.deeds) if (deed.from <= this.now && this.now <= deed.to) deed.heard++;
  }

  private hushOf(rider: Rider): Hush['how'] | null {
    const hush = rider.hushes.find(({ from, to }) => from <= this.now && this.now <= to);
    if (hush) return hush.how;
    const { outages } = this.world;
    if (outages.length === 0) return null;
    const spread = fate(rider.truck.id);
    if (spread > OUTAGE_SHARE) return null;
    return outages.some(({ from, to }) => this.now >= from + (spread / OUTAGE_SHARE) * OUTAGE_SPREAD_MS && this.now <= to) ? 'stored' : null;
  }

  private closeDeeds(rider: Rider, end: boolean): void {
    if (rider.deeds.length > 0) rider.deeds = this.close(rider.deeds, end);
  }

  /** Tells of the deeds that are over, a camera's latency later; answers those that are not. */
  private close(deeds: Truth[], end: boolean): Truth[] {
    const open = deeds.filter((deed) => deed.to >= this.now - 2 * EYE_LATENCY_MS);
    if (open.length < deeds.length) this.truth.push(...deeds.filter((deed) => deed.to < this.now - 2 * EYE_LATENCY_MS));
    if (!end) return open;
    for (const deed of open) if (deed.from < this.now) this.truth.push(deed.to < this.now ? deed : { ...deed, to: this.now, unfinished: true });
    return [];
  }
}

function nextPhase(days: Iterator<Phase, void, undefined>): Phase {
  const { value } = days.next();
  if (!value) throw new Error('A driver came to the end of his days.');
  return value;
}

function wakeAt(rider: Rider): EpochMs {
  return Math.min(rider.phase.to, rider.dueAt, rider.changes[0] ?? Infinity);
}

function everyS(phase: Phase, at: EpochMs): number {
  if (!phase.ignition) return EVERY_S.off;
  return phase.leg || stateAt(phase, at).bedDeg >= BED_SWITCH_DEG ? EVERY_S.moving : EVERY_S.standing;
}

/** 0–1, the same for a truck in every outage. */
function fate(truckId: string): number {
  let sum = 11;
  for (const character of truckId) sum = (Math.imul(sum, 31) + character.charCodeAt(0)) >>> 0;
  return (sum % 997) / 997;
}

import type { City } from './city.js';
import { Driver } from './driver.js';
import type { Fleet, Truck } from './fleet.js';
import { BED_SWITCH_DEG, changesOf, stateAt } from './phase.js';
import type { Phase, TruckState } from './phase.js';
import { Radio } from './radio.js';
import type { Coverage } from './radio.js';
import { Random } from './random.js';
import type { WireReport } from './report.js';
import { Heap } from './routes.js';
import { Sensors } from './sensors.js';
import type { EpochMs, Rule, Truth } from './truth.js';
import { makeWorld } from './world.js';

export interface SimulateOptions {
  city: City;
  fleet: Fleet;
  seed: number;
  /** Whole seconds are best: terminals' clocks know nothing finer. */
  from: EpochMs;
  /** Infinity for a day without end. */
  to: EpochMs;
  /** The share of hauls on which a rule is broken on purpose; 0 is an honest day. */
  violations: number;
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
  return { sent: run.packets(), truth: run.truth, states: () => run.states() };
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
  random: Random;
}

class Run {
  readonly truth: Truth[] = [];
  private readonly riders: Rider[];
  private readonly agenda = new Heap();
  private now: EpochMs;

  constructor(private readonly options: SimulateOptions) {
    const { city, fleet, seed, from, violations } = options;
    this.now = from - WARM_UP_MS;
    const world = makeWorld(city, fleet, from, violations);
    const random = new Random(`day ${seed}`);
    this.riders = fleet.trucks.map((truck, i) => {
      const own = random.fork(truck.id);
      const days = new Driver(truck, world, own.fork('driver'), this.now).days(violations > 0 ? (OPENINGS[i] ?? null) : null);
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
      while (this.agenda.peekCost() < this.options.to) yield* this.second();
      this.now = this.options.to;
    } finally {
      // Also when the reader stops early: what is being done then is told as unfinished.
      for (const rider of this.riders) this.closeDeeds(rider, true);
    }
  }

  states(): { truck: Truck; phase: Phase; state: TruckState }[] {
    return this.riders.map(({ truck, phase }) => ({ truck, phase, state: stateAt(phase, Math.max(phase.from, this.now)) }));
  }

  /** Everything that happens in the next second in which anything happens. */
  private second(): Sent[] {
    this.now = this.agenda.peekCost();
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
    rider.changes = changesOf(rider.phase);
    const { truck } = rider;
    for (const deed of rider.phase.deeds) {
      rider.deeds.push({ ...deed, truckId: truck.id, terminalId: truck.terminal.id, plate: truck.plate, heard: 0, unfinished: false });
    }
  }

  private report(rider: Rider, sent: Sent[]): void {
    const state = stateAt(rider.phase, this.now);
    const { out, live } = rider.radio.pass(rider.sensors.read(state, this.now), this.now, state);
    for (const { payload, afterMs } of out)
      sent.push({ at: this.now + rider.truck.terminal.latencyMs + afterMs, terminalId: rider.truck.terminal.id, payload });
    if (live) for (const deed of rider.deeds) if (deed.from <= this.now && this.now <= deed.to) deed.heard++;
  }

  private closeDeeds(rider: Rider, end: boolean): void {
    if (rider.deeds.length === 0) return;
    const over = rider.deeds.filter((deed) => deed.to < this.now);
    rider.deeds = rider.deeds.filter((deed) => deed.to >= this.now);
    this.truth.push(...over);
    if (!end) return;
    for (const deed of rider.deeds) if (deed.from < this.now) this.truth.push({ ...deed, to: this.now, unfinished: true });
    rider.deeds = [];
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

import { camerasOf, CameraEye } from './cameras.js';
import type { SentSighting, Sight } from './cameras.js';
import type { City } from './city.js';
import { spread } from './commands.js';
import type { WireCommand } from './commands.js';
import { always, crossingsOf } from './curve.js';
import { Driver } from './driver.js';
import { sensed } from './faults.js';
import type { Fleet, Truck } from './fleet.js';
import { HOUR_MS } from './hours.js';
import type { Violations } from './mischief.js';
import { delayed, limited, obey, understood } from './orders.js';
import type { Obeyed, Order } from './orders.js';
import { BED_SWITCH_DEG, changesOf, standing, stateAt } from './phase.js';
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
  /** Share of the drivers who do what their terminal tells them. Default 0.7. */
  obedient?: number;
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
  /**
   * A terminal has done what it was asked: its driver hears a sentence, a limit holds or ends. He acts a moment later, and truth says what he did then. Where nothing
   * is told the day is what its options make it.
   */
  told: (terminalId: string, command: WireCommand, at: EpochMs) => void;
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
  return { sent: run.packets(), sightings: run.sightings, truth: run.truth, told: (...told) => run.told(...told), states: () => run.states() };
}

/** One truck on its way through the day. */
interface Rider {
  truck: Truck;
  days: Iterator<Phase, void, undefined>;
  phase: Phase;
  changes: EpochMs[];
  dueAt: EpochMs;
  wakesAt: EpochMs;
  sensors: Sensors;
  radio: Radio;
  deeds: Truth[];
  hushes: Hush[];
  random: Random;
  /** What he will do, and when. */
  intends: { order: Order; at: EpochMs } | null;
  /** What his terminal holds him to. */
  limit: { kmh: number | null; lift: boolean };
  everyS: number | null;
  /** How far he is behind what was planned. */
  lagMs: number;
  /** Waits until the bed may go up. */
  withheld: Phase | null;
}

/** In an outage this share of the terminals cannot be heard, each from its own second. */
const OUTAGE_SHARE = 0.75;
const OUTAGE_SPREAD_MS = 45_000;
/** A camera takes this long to make up its mind. */
const EYE_LATENCY_MS = 1500;
const DAY_MS = 24 * HOUR_MS;
const OBEDIENT = 0.7;
/** So long at a time he waits for the bed to be released. */
const WITHHELD_S = 60;
const RESTS: Phase['doing'][] = ['parked', 'resting'];

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
        wakesAt: Infinity,
        sensors: new Sensors(truck, city, own.fork('sensors')),
        radio: new Radio(options.coverage, city.blindSpots, own.fork('radio')),
        deeds: [],
        hushes: [],
        random: own.fork('clock'),
        intends: null,
        limit: { kmh: null, lift: false },
        everyS: null,
        lagMs: 0,
        withheld: null,
      };
    });
    this.riders.forEach((rider, i) => {
      this.begin(rider);
      this.wakeAgain(i, wakeAt(rider));
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
      // Woken earlier than was planned: this is what was planned then.
      if (rider.wakesAt !== this.now) continue;
      this.wake(rider, sent);
      this.wakeAgain(item, wakeAt(rider));
    }
    return sent.sort((a, b) => a.at - b.at);
  }

  /** From a terminal, between two packets: the driver has his own next moment of it. */
  told(terminalId: string, command: WireCommand, at: EpochMs): void {
    const i = this.riders.findIndex(({ truck }) => truck.terminal.id === terminalId);
    const rider = this.riders[i];
    if (!rider) return;
    const from = Math.max(this.now, Math.ceil(at / 1000) * 1000);
    switch (command.kind) {
      case 'speak': {
        const order = understood(command.text ?? '');
        if (order && spread(`obeys ${rider.truck.id}`) < (this.options.obedient ?? OBEDIENT))
          rider.intends = { order, at: from + rider.random.whole(4, 25) * 1000 };
        break;
      }
      case 'set-interval':
        rider.everyS = command.seconds ?? null;
        break;
      case 'limit-lift':
        rider.limit.lift = true;
        break;
      case 'limit-speed':
        rider.limit.kmh = command.kmh ?? null;
        if (rider.limit.kmh !== null) this.change(rider, limited(rider.phase, Math.max(5, rider.limit.kmh), from), 'his speed was limited');
        break;
      case 'release':
        rider.limit = { kmh: null, lift: false };
    }
    this.wakeAgain(i, Math.max(this.now, wakeAt(rider)));
  }

  /** He does what he was told. */
  private act(rider: Rider): void {
    if (rider.intends === null || rider.intends.at > this.now) return;
    const { order } = rider.intends;
    rider.intends = null;
    this.change(rider, obey(rider.phase, order, this.now), 'put right after a word');
  }

  private change(rider: Rider, obeyed: Obeyed | null, why: string): void {
    if (!obeyed) return;
    const before = rider.phase;
    const { phase, ends, retime } = obeyed;
    rider.phase = phase;
    rider.lagMs += phase.to - before.to;
    rider.changes = changesOf(phase).filter((at) => at > this.now);
    for (const deed of rider.deeds) {
      if (deed.from < before.from || deed.from >= before.to) continue;
      Object.assign(deed, { from: retime(deed.from), to: retime(deed.to) });
      if (!ends || deed.rule !== ends.rule || deed.to <= ends.at) continue;
      if (deed.from < ends.at) Object.assign(deed, { to: ends.at, note: `${deed.note}; ${why}` });
    }
    // What he does not come to do any more was not done.
    if (ends) rider.deeds = rider.deeds.filter((deed) => deed.rule !== ends.rule || deed.from < ends.at || deed.from >= phase.to);
    this.seen = this.seen.map((sight) => (sight.plate === rider.truck.plate && sight.at > this.now ? { ...sight, at: retime(sight.at) } : sight));
    this.seen.sort((a, b) => a.at - b.at);
  }

  private wakeAgain(i: number, at: EpochMs): void {
    this.riders[i]!.wakesAt = at;
    this.agenda.push(at, i);
  }

  private wake(rider: Rider, sent: Sent[]): void {
    this.closeDeeds(rider, false);
    if (rider.phase.to <= this.now) this.goOn(rider);
    this.act(rider);
    const changed = rider.changes.filter((at) => at <= this.now).length;
    rider.changes = rider.changes.slice(changed);
    if (this.now < this.options.from) return;
    // A clock of whole seconds: what changes in the second of the regular report is told apart only where reports are numbered.
    const due = rider.dueAt <= this.now;
    if (changed > 0) this.report(rider, sent);
    if (due && (changed === 0 || rider.truck.terminal.says.seq)) this.report(rider, sent);
    if (!due) return;
    const first = this.now < this.options.from + 3000;
    rider.dueAt = this.now + (first ? rider.random.whole(1, 10) : everyOf(rider, this.now)) * 1000;
  }

  private goOn(rider: Rider): void {
    const ignition = rider.phase.ignition;
    rider.phase = this.following(rider);
    this.begin(rider);
    if (this.now < this.options.from) return;
    // Turning the key is told at once; who drives off does not wait for the slower beat of standing.
    rider.dueAt = rider.phase.ignition === ignition ? Math.min(rider.dueAt, this.now + everyOf(rider, this.now) * 1000) : this.now;
  }

  /** What comes next, as late as he is, and as slow as he must be. */
  private following(rider: Rider): Phase {
    const next = rider.withheld ?? nextPhase(rider.days);
    rider.withheld = null;
    const raises = crossingsOf(next.bed, BED_SWITCH_DEG).length > 0;
    if (raises && rider.limit.lift && next.leg === null) {
      rider.withheld = next;
      const { stand, headingDeg, drivenKm } = next;
      const waiting = standing('waiting', next.from + rider.lagMs, WITHHELD_S, { stand, headingDeg, drivenKm, loadKg: next.load.value[0]! });
      rider.lagMs += WITHHELD_S * 1000;
      return { ...waiting, coverOpen: always(next.coverOpen.first) };
    }
    // A long rest makes up for it.
    if (RESTS.includes(next.doing) && next.to - next.from > rider.lagMs + 60_000) {
      const rested = { ...next, from: next.from + rider.lagMs };
      rider.lagMs = 0;
      return rested;
    }
    const late = delayed(next, rider.lagMs);
    const slow = rider.limit.kmh === null ? null : limited(late, Math.max(5, rider.limit.kmh), late.from);
    if (!slow) return late;
    rider.lagMs += slow.phase.to - late.to;
    return slow.phase;
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
  return Math.min(rider.phase.to, rider.dueAt, rider.changes[0] ?? Infinity, rider.intends?.at ?? Infinity);
}

function everyOf(rider: Rider, at: EpochMs): number {
  return rider.everyS !== null && rider.phase.ignition ? rider.everyS : everyS(rider.phase, at);
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

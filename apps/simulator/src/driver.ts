import { always, curve, lastValue } from './curve.js';
import type { Curve } from './curve.js';
import type { Truck } from './fleet.js';
import type { Gate } from './gates.js';
import { breakRule, crookedHaul, honestHaul, usualPath } from './hauls.js';
import type { HaulFrom, HaulPlan } from './hauls.js';
import { HOUR_MS, MINUTE_MS } from './hours.js';
import { planLeg } from './leg.js';
import { spotInPlace } from './path.js';
import type { Spot } from './path.js';
import { driving, standing } from './phase.js';
import type { Phase } from './phase.js';
import { motionAt } from './pace.js';
import type { Point } from './plane.js';
import type { Random } from './random.js';
import { nextShift } from './shifts.js';
import type { EpochMs, Rule } from './truth.js';
import { leaveUncovered } from './violations.js';
import type { World } from './world.js';

/** Three reports come before the first deed of the day, so that it is known what the truck carries. */
const LEAST_BEFORE_MS = 31_000;

/** What a driver knows of the truck between two phases. */
interface Cab {
  at: EpochMs;
  spot: Spot;
  stand: Point;
  headingDeg: number;
  drivenKm: number;
  loadKg: number;
  coverOpen: boolean;
  restedAt: EpochMs;
}

/** Seconds after the day is first looked at in which the first spill and the first uncovered load of the show begin. */
const OPENING_S: Partial<Record<Rule, number>> = { spill: 42, 'uncovered-load': 33 };

/** A driver's days, one phase after the other, without end. Ask for the next phase when the last is over: queues are served in that order. */
export class Driver {
  private readonly cab: Cab;

  constructor(
    private readonly truck: Truck,
    private readonly world: World,
    private readonly random: Random,
    start: EpochMs,
  ) {
    const lot = world.city.lots[truck.home.lot]!;
    const stand = lot.bays[truck.home.bay]!;
    this.cab = {
      at: start,
      spot: spotInPlace(lot, stand),
      stand,
      headingDeg: random.whole(0, 359),
      drivenKm: 0,
      loadKg: truck.ratedLoadKg * random.between(0.005, 0.03),
      coverOpen: false,
      restedAt: start,
    };
  }

  /** `opening`: what this driver is doing when the day is first looked at. */
  *days(opening: Rule | null): Generator<Phase, void, undefined> {
    const plan = opening && this.planOpening(opening);
    if (plan) yield* this.openShow(plan);
    for (let first = !plan; ; first = false) {
      const shift = nextShift(this.truck, this.cab.at, this.random);
      // At the start of the simulation crews are anywhere in their round, not all at the gate of the lot.
      const from = first && shift.from <= this.cab.at + HOUR_MS ? this.cab.at + this.random.between(0, 55) * MINUTE_MS : shift.from;
      yield this.parked((from - this.cab.at) / 1000);
      yield* this.work(shift.to);
      yield* this.goHome();
    }
  }

  private *work(until: EpochMs): Generator<Phase, void, undefined> {
    const { contracts } = this.world.companies.get(this.truck.companyId)!;
    let contract = this.random.pick(contracts);
    this.cab.restedAt = this.cab.at;
    while (this.cab.at < until - 30 * MINUTE_MS) {
      if (this.random.chance(0.1)) contract = this.random.pick(contracts);
      yield* this.haul(this.world.city.sites[contract.site]!, this.world.city.yards[contract.yard]!);
    }
  }

  private *haul(site: Gate, yard: Gate): Generator<Phase, void, undefined> {
    yield* this.driveTo(site, this.random.pick(site.waiting));
    if (this.cab.at - this.cab.restedAt > 4.5 * HOUR_MS) yield this.rest();
    const seconds = this.random.whole(190, 480);
    yield* this.queueFor(site, seconds);
    const loadKg = this.truck.ratedLoadKg * this.random.between(0.85, 0.98);
    const plan = this.plan(site, yard, loadKg, this.cab.at + seconds * 1000);
    yield this.loading(seconds, loadKg, !plan.leg.coverOpen.first);
    yield* this.deliver(plan, yard);
  }

  private plan(site: Gate, yard: Gate, loadKg: number, at: EpochMs): HaulPlan {
    const from: HaulFrom = { site, start: this.cab.spot, yard, yardSpot: spotInPlace(yard, this.random.pick(yard.waiting)), loadKg, pace: this.truck.pace };
    if (!this.random.chance(Math.min(0.9, this.world.violations * this.truck.recklessness))) return honestHaul(this.world, from, this.random);
    const plan = crookedHaul(this.world, from, at, this.random);
    // Nobody would see the start of what began before the day is looked at: half a deed is no truth.
    const begins = plan.wasteland ? plan.leg.pace.seconds * 1000 : Math.min(...plan.leg.deeds.map((deed) => deed.from));
    return at + begins < this.world.from + LEAST_BEFORE_MS ? honestHaul(this.world, from, this.random) : plan;
  }

  private *deliver(plan: HaulPlan, yard: Gate): Generator<Phase, void, undefined> {
    yield this.drive(driving(plan.leg, this.cab.at, this.cab.drivenKm), plan.end);
    if (plan.wasteland) {
      yield this.tipping('dumping');
      return;
    }
    yield* this.queueFor(yard, 130);
    yield this.tipping('tipping');
  }

  private *driveTo(gate: Gate, stand: Point): Generator<Phase, void, undefined> {
    const spot = spotInPlace(gate, stand);
    const path = usualPath(this.world, this.cab.spot, spot, this.random);
    const leg = planLeg(path, { loadKg: this.cab.loadKg, loaded: false, pace: this.truck.pace }, this.random);
    yield this.drive(driving(leg, this.cab.at, this.cab.drivenKm), spot);
  }

  private *goHome(): Generator<Phase, void, undefined> {
    const lot = this.world.city.lots[this.truck.home.lot]!;
    yield* this.driveTo(lot, lot.bays[this.truck.home.bay]!);
  }

  /** Waits where it stands until a bay is free, then pulls up to it. */
  private *queueFor(gate: Gate, seconds: number): Generator<Phase, void, undefined> {
    const bay = this.random.pick(gate.bays);
    const path = this.world.paths.ground(this.cab.stand, bay);
    const leg = planLeg(path, { loadKg: this.cab.loadKg, loaded: this.loaded(), pace: this.truck.pace }, this.random);
    const ready = this.cab.at + leg.pace.seconds * 1000;
    const start = this.world.queues.take(gate.place.id, gate.atOnce, ready, seconds);
    yield this.stand(standing('waiting', this.cab.at, Math.max(this.random.whole(4, 15), (start - ready) / 1000), this.cab));
    const crawl = driving({ ...leg, coverOpen: always(this.cab.coverOpen) }, this.cab.at, this.cab.drivenKm);
    yield this.drive(crawl, spotInPlace(gate, bay));
  }

  private loading(seconds: number, loadKg: number, closes: boolean): Phase {
    const empty = this.cab.loadKg;
    const scoops = this.random.whole(6, 10);
    const keys: [number, number][] = [[30, empty]];
    for (let i = 1; i <= scoops; i++) {
      const falls = 30 + ((seconds - 70) * i) / scoops;
      keys.push([falls - 9, keys.at(-1)![1]], [falls, empty + ((loadKg - empty) * i) / scoops]);
    }
    const phase = standing('loading', this.cab.at, seconds, this.cab);
    return this.stand({ ...phase, load: curve(...keys), coverOpen: { first: false, changes: closes ? [9, seconds - 12] : [9] } });
  }

  private tipping(doing: 'tipping' | 'dumping'): Phase {
    const angle = this.random.between(45, 50);
    const raised = 26 + angle / 2.6;
    const held = raised + this.random.between(18, 40);
    const down = held + angle / 3.2;
    const left = this.truck.ratedLoadKg * this.random.between(0.003, 0.025);
    const bed = curve([26, 0], [raised, angle], [held, angle], [down, 0]);
    const slide = 26 + 24 / 2.6;
    const load: Curve = curve([slide, this.cab.loadKg], [slide + 5, this.cab.loadKg * 0.7], [raised + 4, this.cab.loadKg * 0.12], [held - 4, left]);
    const opens = this.cab.coverOpen ? [] : [12];
    // Some who dump are gone at once, some look at what they did.
    const lingers = doing === 'dumping' ? this.random.whole(8, 90) : this.random.whole(8, 25);
    const closes = Math.ceil(down + 6);
    const phase = standing(doing, this.cab.at, closes + lingers, this.cab);
    const deed = { rule: 'illegal-dumping' as const, placeId: null, note: `tipped ${Math.round(this.cab.loadKg)} kg on open ground` };
    const [from, to] = [26 + 20 / 2.6, held + (angle - 20) / 3.2].map((s) => phase.from + Math.round(s * 1000));
    return this.stand({
      ...phase,
      bed,
      load,
      coverOpen: { first: this.cab.coverOpen, changes: [...opens, closes] },
      deeds: doing === 'dumping' ? [{ ...deed, from: from!, to: to! }] : [],
    });
  }

  private rest(): Phase {
    const phase = standing('resting', this.cab.at, this.random.whole(25, 45) * 60, this.cab);
    this.cab.restedAt = phase.to;
    return this.stand({ ...phase, ignition: false });
  }

  private parked(seconds: number): Phase {
    return this.stand({ ...standing('parked', this.cab.at, Math.max(60, seconds), this.cab), ignition: false });
  }

  private loaded(): boolean {
    return this.cab.loadKg > this.truck.ratedLoadKg * 0.5;
  }

  private stand(phase: Phase): Phase {
    this.cab.at = phase.to;
    this.cab.loadKg = lastValue(phase.load);
    this.cab.coverOpen = endsOpen(phase);
    return phase;
  }

  private drive(phase: Phase, end: Spot): Phase {
    const { leg } = phase;
    const last = motionAt(leg!.path, leg!.pace, leg!.pace.seconds);
    this.cab.spot = end;
    this.cab.stand = phase.stand;
    this.cab.headingDeg = last.headingDeg;
    this.cab.drivenKm = phase.drivenKm + last.alongM / 1000;
    return this.stand({ ...phase, headingDeg: last.headingDeg });
  }

  /** A haul whose one deed begins some seconds after the day is first looked at; null when none of many ways gives room for it. */
  private planOpening(rule: Rule): (HaulPlan & { yard: Gate; start: Spot; startAt: EpochMs; loadKg: number }) | null {
    const { sites, yards } = this.world.city;
    for (let tries = 0; tries < 200; tries++) {
      const [site, yard] = [this.random.pick(sites), this.random.pick(yards)];
      const start = spotInPlace(site, this.random.pick(site.bays));
      const loadKg = this.truck.ratedLoadKg * this.random.between(0.88, 0.96);
      const from: HaulFrom = { site, start, yard, yardSpot: spotInPlace(yard, this.random.pick(yard.waiting)), loadKg, pace: this.truck.pace };
      const plan = rule === 'uncovered-load' ? this.opensOnTheWay(from) : breakRule(rule, this.world, from, this.world.from, this.random);
      const deed = plan?.leg.deeds[0];
      if (!plan || !deed || plan.leg.deeds.length > 1) continue;
      const out = plan.leg.pace.leave[plan.leg.path.outFrom]! * 1000;
      if (deed.from < out + 45_000) continue;
      const startAt = Math.round((this.world.from + OPENING_S[rule]! * 1000 - deed.from) / 1000) * 1000;
      if (startAt > this.cab.at) return { ...plan, yard, start, startAt, loadKg };
    }
    return null;
  }

  private opensOnTheWay(from: HaulFrom): HaulPlan | null {
    const honest = honestHaul(this.world, from, this.random);
    const leg = leaveUncovered(honest.leg, this.random, honest.leg.pace.leave[honest.leg.path.outFrom]! + this.random.whole(60, 150));
    return leg && { ...honest, leg };
  }

  private *openShow({
    yard,
    start,
    startAt,
    loadKg,
    ...plan
  }: HaulPlan & { yard: Gate; start: Spot; startAt: EpochMs; loadKg: number }): Generator<Phase, void, undefined> {
    this.cab.spot = start;
    this.cab.stand = start.stand;
    this.cab.loadKg = loadKg;
    yield this.stand(standing('waiting', this.cab.at, (startAt - this.cab.at) / 1000, this.cab));
    yield* this.deliver(plan, yard);
    const until = this.cab.at + 3 * HOUR_MS;
    yield* this.work(until);
    yield* this.goHome();
  }
}

function endsOpen({ coverOpen }: Phase): boolean {
  return coverOpen.changes.length % 2 === 0 ? coverOpen.first : !coverOpen.first;
}

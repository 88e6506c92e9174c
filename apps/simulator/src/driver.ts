import { cameraId } from './cameras.js';
import { always, curve, isOn, lastValue } from './curve.js';
import { breakRule, canBeBrokenOnTheWay, chooseHaul } from './deeds/choose.js';
import { leaveUncovered } from './deeds/cover.js';
import { did } from './deeds/deed.js';
import { spotOf } from './deeds/elsewhere.js';
import type { Fault } from './faults.js';
import type { Company, Truck } from './fleet.js';
import type { Gate } from './gates.js';
import { allowedAt, deedsOf, honestHaul, withWhatFollows } from './hauls.js';
import type { HaulFrom, HaulPlan } from './hauls.js';
import { HOUR_MS, MINUTE_MS, withinHours } from './hours.js';
import { planLeg } from './leg.js';
import type { Leg } from './leg.js';
import { spotInPlace } from './path.js';
import type { Spot } from './path.js';
import { driving, standing } from './phase.js';
import type { Phase, PhaseDeed, Seen } from './phase.js';
import { motionAt } from './pace.js';
import type { Point } from './plane.js';
import type { Random } from './random.js';
import { nextShift } from './shifts.js';
import type { EpochMs, Rule } from './truth.js';
import { unload } from './unloading.js';
import { usualPath } from './ways.js';
import type { World } from './world.js';

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
  /** What a sensor says as long as it is broken. */
  says: Fault['says'] | null;
}

/** What makes one round other than an honest one from the start, before there is a load. */
interface Round {
  rule: 'no-permit' | 'overload' | 'sensor-contradiction' | 'out-of-hours' | null;
  /** A broken scale: it says the same from the way to the site to the way home. */
  stuck: { kg: number; since: EpochMs } | null;
}

const HONEST: Round = { rule: null, stuck: null };
/** Who begins a round that is counted on has it behind him after this long. */
const ROUND_MS = 100 * MINUTE_MS;
/** From the gate of the site to the gate of the yard, with loading; who has less time left goes home. */
const HAUL_MS = 65 * MINUTE_MS;
/** Long enough in a yard for a scale that never moved to be doubted. */
const LONG_VISIT_S = 240;

/** Seconds after the day is first looked at in which the first spill and the first uncovered load of the show begin. */
const OPENING_S: Partial<Record<Rule, number>> = { spill: 42, 'uncovered-load': 33 };

type Phases<T = void> = Generator<Phase, T, undefined>;

/** A driver's days, one phase after the other, without end. Ask for the next phase when the last is over: queues are served in that order. */
export class Driver {
  private readonly cab: Cab;
  private readonly company: Company;

  constructor(
    private readonly truck: Truck,
    private readonly world: World,
    private readonly random: Random,
    start: EpochMs,
  ) {
    this.company = world.companies.get(truck.companyId)!;
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
      says: null,
    };
  }

  /** `opening`: what this driver is doing when the day is first looked at. */
  *days(opening: Rule | null): Phases {
    const plan = opening && this.planOpening(opening);
    if (plan) yield* this.openShow(plan);
    for (let first = !plan; ; first = false) {
      const shift = nextShift(this.truck, this.cab.at, this.random);
      // At the start of the simulation crews are anywhere in their round, not all at the gate of the lot.
      const from = first && shift.from <= this.cab.at ? this.cab.at + this.random.between(0, 55) * MINUTE_MS : shift.from;
      yield* this.sleep(from);
      yield* this.work(shift.to);
      yield* this.overtime();
      yield* this.goHome();
    }
  }

  private *work(until: EpochMs): Phases {
    const { contracts } = this.company;
    let contract = this.random.pick(contracts);
    this.cab.restedAt = this.cab.at;
    while (this.cab.at < until - 30 * MINUTE_MS && this.mayHaul(this.cab.at)) {
      if (this.random.chance(0.1)) contract = this.random.pick(contracts);
      const site = this.world.city.sites[contract.site]!;
      const yard = this.world.city.yards[contract.yard]!;
      if (!(yield* this.crookedRound(site, yard))) yield* this.round(site, yard, HONEST);
    }
  }

  /** Could a load that is fetched now be brought away within the hours of the permit? */
  private mayHaul(at: EpochMs): boolean {
    return withinHours(this.company.hours, at) && withinHours(this.company.hours, at + HAUL_MS);
  }

  /** A round that breaks a rule from its start, if one of those is what is most wished for now and there is room for it. */
  private *crookedRound(site: Gate, yard: Gate): Phases<boolean> {
    const { mischief, from: dayFrom } = this.world;
    const { at } = this.cab;
    if (at < dayFrom) return false;
    for (const rule of mischief.wishes(this.truck, at, this.random)) {
      // It can be done on the way just as well: that is decided when the load is on.
      if (canBeBrokenOnTheWay(rule) && !(rule === 'sensor-contradiction' && this.random.chance(0.4))) return false;
      if (!mischief.take([{ rule, from: at + MINUTE_MS, to: at + ROUND_MS }])) continue;
      if (yield* this.crooked(rule, site, yard)) return true;
      mischief.giveBack({ rule, from: at + MINUTE_MS });
    }
    return false;
  }

  private *crooked(rule: Rule, site: Gate, yard: Gate): Phases<boolean> {
    const kg = this.truck.terminal.load === 'kg';
    switch (rule) {
      case 'no-permit': {
        const { sites } = this.world.city;
        const foreign = sites.filter((other, i) => !this.company.contracts.some((contract) => contract.site === i) && other.waiting.length > 0);
        return foreign.length > 0 && (yield* this.round(this.random.pick(foreign), yard, { ...HONEST, rule }));
      }
      case 'overload':
        return kg && (yield* this.round(site, yard, { ...HONEST, rule }));
      case 'unpermitted-loading':
        return yield* this.wildRound(yard);
      case 'sensor-contradiction':
        if (this.truck.terminal.says.odometer && this.random.chance(0.35)) return yield* this.countWhileStanding(site);
        return kg && (yield* this.round(site, yard, { rule, stuck: { kg: this.cab.loadKg, since: this.cab.at } }));
      default:
        return false;
    }
  }

  /** To the site, a load, to the yard. False when there was no time left to load. */
  private *round(site: Gate, yard: Gate, round: Round): Phases<boolean> {
    if (round.stuck) this.cab.says = { loadKg: round.stuck.kg };
    yield* this.driveTo(site, this.random.pick(site.waiting));
    if (round.rule === 'out-of-hours') yield* this.waitForClosing();
    else if (this.cab.at - this.cab.restedAt > 4.5 * HOUR_MS) yield this.rest(this.random.whole(25, 45) * 60);
    const seconds = this.random.whole(round.stuck ? 260 : 190, 480);
    if (round.rule !== 'out-of-hours' && !this.mayHaul(this.cab.at)) return this.giveUp();
    yield* this.queueFor(site, seconds);
    const leaves = this.cab.at + seconds * 1000;
    const permit = this.world.papers.permit(this.truck.companyId, site.place.id);
    // The queue was longer than there was time.
    if (permit && round.rule !== 'out-of-hours' && !allowedAt(permit, leaves, leaves + 50 * MINUTE_MS)) return this.giveUp();
    const loadKg = this.truck.ratedLoadKg * (round.rule === 'overload' ? this.random.between(1.19, 1.42) : this.random.between(0.85, 0.98));
    const from: HaulFrom = { ...this.from(yard, loadKg, leaves), site, permit };
    const plan = round.rule ? this.marked(honestHaul(this.world, from, this.random), round, from) : this.choose(from);
    const loading = this.loading(seconds, loadKg, !plan.leg.coverOpen.first);
    // A sensor that lies on the way may have begun to before.
    yield { ...loading, faults: [...loading.faults, ...plan.leg.faults.map((fault) => ({ ...fault, from: leaves + fault.from, to: leaves + fault.to }))] };
    yield* this.deliver(plan, round.stuck ? LONG_VISIT_S : 0);
    this.cab.says = null;
    return true;
  }

  private giveUp(): boolean {
    this.cab.says = null;
    return false;
  }

  private from(yard: Gate, loadKg: number, at: EpochMs): Omit<HaulFrom, 'site' | 'permit'> {
    return { truck: this.truck, start: this.cab.spot, yard, yardSpot: spotInPlace(yard, this.random.pick(yard.waiting)), loadKg, at };
  }

  private choose(from: HaulFrom): HaulPlan {
    const { mischief } = this.world;
    const drawn = mischief.wishes(this.truck, from.at, this.random);
    // What can only be done from the start of a round had its chance there: it makes no other rule more frequent.
    const wishes = !mischief.counted && drawn[0] && !canBeBrokenOnTheWay(drawn[0]) ? [] : drawn;
    // Half of what sensors can lie about takes a whole round: most of it is left for those who begin one.
    const open = wishes.filter((rule) => rule !== 'sensor-contradiction' || this.random.chance(0.3));
    return chooseHaul(this.world, from, open, this.random);
  }

  /** An honest drive whose very load is the deed. */
  private marked(plan: HaulPlan, { rule, stuck }: Round, { at, site, loadKg }: HaulFrom): HaulPlan {
    const { path, pace } = plan.leg;
    const [door, out, end] = [path.doorFrom, path.clearFrom, path.clearTo].map((i) => pace.arrive[i]!) as [number, number, number];
    const share = Math.round((loadKg / this.truck.ratedLoadKg) * 100);
    const deeds: Record<NonNullable<Round['rule']>, () => PhaseDeed> = {
      'no-permit': () => did('no-permit', door, end, 'hauled from a site for which the company has no permit', { placeId: site!.place.id }),
      overload: () => did('overload', out, end, `${share} % of what it may carry`),
      'out-of-hours': () => did('out-of-hours', out, end, 'hauled while no window of its permit was open'),
      'sensor-contradiction': () =>
        did('sensor-contradiction', (stuck!.since - at) / 1000, end + LONG_VISIT_S, `the scale said ${Math.round(stuck!.kg)} kg all the time`, {
          scope: 'load',
        }),
    };
    return { ...plan, leg: { ...plan.leg, deeds: [deeds[rule!]()] } };
  }

  private *deliver(plan: HaulPlan, leastS = 0): Phases {
    yield this.drive(plan.leg, plan.end);
    if (!plan.wasteland) yield* this.queueFor(plan.yard, 130);
    yield this.stand(unload(this.truck, this.cab, plan.unloading, plan.wasteland !== null, leastS, this.random));
  }

  /** Fetches a load where there is no site, and brings it to a yard as if it were from one. */
  private *wildRound(yard: Gate): Phases<boolean> {
    const wild = this.random.pick(this.world.city.wastelands.filter(({ camera }) => camera === null));
    const spot = spotOf(wild);
    const seconds = this.random.whole(400, 600);
    const loadKg = this.truck.ratedLoadKg * this.random.between(0.85, 0.98);
    const thither = this.emptyLeg(spot);
    const leaves = this.cab.at + (thither.pace.seconds + seconds) * 1000;
    const from: HaulFrom = { ...this.from(yard, loadKg, leaves), start: spot, site: null, permit: null };
    const plan = withWhatFollows(this.world, honestHaul(this.world, from, this.random), from);
    if (!plan) return false;
    const arrives = leaves + plan.leg.pace.seconds * 1000 + 10 * MINUTE_MS;
    if (![leaves, arrives].every((at) => withinHours(this.company.hours, at))) return false;
    if (!this.world.mischief.take(deedsOf(plan, leaves))) return false;
    yield this.drive(thither, spot);
    const loading = this.loading(seconds, loadKg, true);
    yield { ...loading, deeds: [did('unpermitted-loading', loading.from / 1000, loading.to / 1000 + 45, 'loaded in the fields')] };
    yield* this.deliver(plan);
    return true;
  }

  /** Waits in the site, the engine off, until well after the permit's hours are over. */
  private *waitForClosing(): Phases {
    let closes = this.cab.at;
    while (withinHours(this.company.hours, closes)) closes += MINUTE_MS;
    yield this.rest((closes - this.cab.at) / 1000 + this.random.between(24, 50) * 60);
  }

  /** One more round when the hours of the permit are over, long before they begin again. */
  private *overtime(): Phases {
    const { hours, contracts } = this.company;
    const { mischief } = this.world;
    const { at } = this.cab;
    if (hours === null || at < this.world.from || !mischief.seizes('out-of-hours', this.truck, at, this.random)) return;
    let closes = at;
    while (withinHours(hours, closes)) closes += 5 * MINUTE_MS;
    if (closes > at + 3 * HOUR_MS) return;
    const deed = { rule: 'out-of-hours', from: closes + 24 * MINUTE_MS, to: closes + 3 * HOUR_MS } as const;
    const contract = this.random.pick(contracts);
    if (!mischief.take([deed])) return;
    yield* this.round(this.world.city.sites[contract.site]!, this.world.city.yards[contract.yard]!, { ...HONEST, rule: 'out-of-hours' });
  }

  /** Parked until it is time; one or the other leaves the lot at night, and nobody knows why. */
  private *sleep(until: EpochMs): Phases {
    const outing = this.planOuting(until);
    if (outing) yield* outing;
    yield this.parked((until - this.cab.at) / 1000);
  }

  private planOuting(until: EpochMs): Phases | null {
    const lot = this.world.city.lots[this.truck.home.lot]!;
    const { curfew } = lot.place;
    const { mischief } = this.world;
    if (curfew === null || this.company.hours === null) return null;
    const starts: EpochMs[] = [];
    const first = Math.max(this.cab.at, this.world.from) + 5 * MINUTE_MS;
    for (let at = first; at < until - 2 * HOUR_MS; at += 5 * MINUTE_MS) {
      const around = [at - 15 * MINUTE_MS, at, at + 15 * MINUTE_MS];
      if (around.every((time) => withinHours(curfew, time) && !withinHours(this.company.hours, time))) starts.push(at);
    }
    if (starts.length === 0) return null;
    const wild = spotOf(this.random.pick(this.world.city.wastelands));
    // Soon rather than late: the night may be longer than the day that is looked at.
    const start = starts[Math.floor(starts.length * this.random.next() * this.random.next())]! + this.random.whole(0, 200) * 1000;
    if (!mischief.seizes('curfew', this.truck, start, this.random)) return null;
    const home = spotInPlace(lot, lot.bays[this.truck.home.bay]!);
    const [out, back] = [this.emptyLeg(wild), this.emptyLeg(home, wild)];
    const stay = this.random.whole(120, 400);
    const [from, to] = [out.pace.arrive[out.path.doorFrom]!, out.pace.seconds + stay + back.pace.arrive[back.path.doorTo]!];
    if (!mischief.take([{ rule: 'curfew', from: start + from * 1000, to: start + to * 1000 }])) return null;
    const deed = did('curfew', from, to, 'left the lot at night without a task', { placeId: lot.place.id });
    return this.outing(start, { ...out, deeds: [deed] }, wild, stay, back, home);
  }

  private *outing(start: EpochMs, out: Leg, wild: Spot, staysS: number, back: Leg, home: Spot): Phases {
    yield this.parked((start - this.cab.at) / 1000);
    yield this.drive(out, wild);
    yield this.stand(standing('waiting', this.cab.at, staysS, this.cab));
    yield this.drive(back, home);
  }

  /** The odometer's wire picks up the engine: it counts while the truck stands in the queue. */
  private *countWhileStanding(site: Gate): Phases<boolean> {
    yield* this.driveTo(site, this.random.pick(site.waiting));
    const seconds = this.random.whole(9, 16) * 60;
    const km = this.random.between(3, 7);
    const phase = standing('waiting', this.cab.at, seconds, this.cab);
    // It has stood, or nearly, since it rolled up to its place.
    const deed = did('sensor-contradiction', phase.from / 1000 - 90, phase.to / 1000, `counted ${km.toFixed(1)} km while standing`, { scope: 'still' });
    yield this.stand({ ...phase, odometer: curve([30, 0], [seconds - 30, km]), deeds: [deed] });
    this.cab.drivenKm += km;
    return true;
  }

  private emptyLeg(to: Spot, from = this.cab.spot): Leg {
    return planLeg(usualPath(this.world, from, to, this.random), { loadKg: this.cab.loadKg, loaded: false, pace: this.truck.pace }, this.random);
  }

  private *driveTo(gate: Gate, stand: Point): Phases {
    const spot = spotInPlace(gate, stand);
    yield this.drive(this.emptyLeg(spot), spot);
  }

  private *goHome(): Phases {
    const lot = this.world.city.lots[this.truck.home.lot]!;
    yield* this.driveTo(lot, lot.bays[this.truck.home.bay]!);
  }

  /** Waits where it stands until a bay is free, then pulls up to it. */
  private *queueFor(gate: Gate, seconds: number): Phases {
    const bay = this.random.pick(gate.bays);
    const path = this.world.paths.ground(this.cab.stand, bay);
    const leg = planLeg(path, { loadKg: this.cab.loadKg, loaded: this.loaded(), pace: this.truck.pace }, this.random);
    const ready = this.cab.at + leg.pace.seconds * 1000;
    const start = this.world.queues.take(gate.place.id, gate.atOnce, ready, seconds);
    yield this.stand(standing('waiting', this.cab.at, Math.max(this.random.whole(4, 15), (start - ready) / 1000), this.cab));
    yield this.drive({ ...leg, coverOpen: always(this.cab.coverOpen) }, spotInPlace(gate, bay));
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

  private rest(seconds: number): Phase {
    const phase = standing('resting', this.cab.at, seconds, this.cab);
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
    return this.cab.says ? { ...phase, faults: [...phase.faults, { from: phase.from, to: phase.to, says: this.cab.says }] } : phase;
  }

  private drive(leg: Leg, end: Spot): Phase {
    const phase = driving(leg, this.cab.at, this.cab.drivenKm);
    const last = motionAt(leg.path, leg.pace, leg.pace.seconds);
    const sights = [...phase.sights, ...passes(leg, phase, this.cab.spot, end)].sort((a, b) => a.at - b.at);
    this.cab.spot = end;
    this.cab.stand = phase.stand;
    this.cab.headingDeg = last.headingDeg;
    this.cab.drivenKm = phase.drivenKm + last.alongM / 1000;
    return this.stand({ ...phase, sights, headingDeg: last.headingDeg });
  }

  /** A haul whose one deed begins some seconds after the day is first looked at; null when none of many ways gives room for it. */
  private planOpening(rule: Rule): (HaulPlan & { start: Spot; startAt: EpochMs; loadKg: number }) | null {
    const { sites, yards } = this.world.city;
    for (let tries = 0; tries < 200; tries++) {
      const contract = this.random.pick(this.company.contracts);
      const [site, yard] = [sites[contract.site]!, yards[contract.yard]!];
      const start = spotInPlace(site, this.random.pick(site.bays));
      const loadKg = this.truck.ratedLoadKg * this.random.between(0.88, 0.96);
      const permit = this.world.papers.permit(this.truck.companyId, site.place.id);
      const from: HaulFrom = { ...this.from(yard, loadKg, this.world.from), start, site, permit };
      const plan = rule === 'uncovered-load' ? this.opensOnTheWay(from) : breakRule(rule, this.world, from, this.random);
      const deed = plan?.leg.deeds[0];
      if (!plan || !deed || plan.leg.deeds.length > 1) continue;
      const out = plan.leg.pace.leave[plan.leg.path.outFrom]! * 1000;
      if (deed.from < out + 45_000) continue;
      const startAt = Math.round((this.world.from + OPENING_S[rule]! * 1000 - deed.from) / 1000) * 1000;
      if (startAt <= this.cab.at) continue;
      return this.world.mischief.take(deedsOf(plan, startAt)) ? { ...plan, start, startAt, loadKg } : null;
    }
    return null;
  }

  private opensOnTheWay(from: HaulFrom): HaulPlan | null {
    const honest = honestHaul(this.world, from, this.random);
    const opens = honest.leg.pace.leave[honest.leg.path.outFrom]! + this.random.whole(60, 150);
    const leg = leaveUncovered(honest.leg, this.random, from.site!.place.id, opens);
    return leg && { ...honest, leg };
  }

  private *openShow({ start, startAt, loadKg, ...plan }: HaulPlan & { start: Spot; startAt: EpochMs; loadKg: number }): Phases {
    this.cab.spot = start;
    this.cab.stand = start.stand;
    this.cab.loadKg = loadKg;
    yield this.stand(standing('waiting', this.cab.at, (startAt - this.cab.at) / 1000, this.cab));
    yield* this.deliver(plan);
    const until = this.cab.at + 3 * HOUR_MS;
    yield* this.work(until);
    yield* this.goHome();
  }
}

/** What the cameras at the gates of a drive see of the truck. */
function passes({ path, pace, coverOpen, atDoor }: Leg, { from }: Phase, start: Spot, end: Spot): Seen[] {
  const at = (door: number, placeId: string | null, direction: 'in' | 'out'): Seen[] => {
    if (door < 0 || placeId === null || placeId.startsWith('lot')) return [];
    const seconds = pace.arrive[door]!;
    const look = direction === 'out' ? atDoor : { clean: true, certain: false };
    const seen = { camera: cameraId(placeId), kind: 'pass', direction, covered: !isOn(coverOpen, seconds), ...look, plate: 'own' } as const;
    return [{ at: from + Math.round(seconds * 1000), ...seen }];
  };
  return [...at(path.doorFrom, start.placeId, 'out'), ...at(path.doorTo, end.placeId, 'in')];
}

function endsOpen({ coverOpen }: Phase): boolean {
  return coverOpen.changes.length % 2 === 0 ? coverOpen.first : !coverOpen.first;
}

import { camerasOf } from '../cameras.js';
import { deedsOf, honestHaul, TIPPED, withWhatFollows } from '../hauls.js';
import type { HaulFrom, HaulPlan } from '../hauls.js';
import type { Leg } from '../leg.js';
import type { Random } from '../random.js';
import type { Rule } from '../truth.js';
import type { World } from '../world.js';
import { cloneSeen } from './clone.js';
import { closeAfterTheGate, leaveUncovered, leaveUnwashed } from './cover.js';
import { detourHaul, dumpingHaul, forbiddenHaul, vanishingHaul, wrongYardHaul } from './elsewhere.js';
import { deadCoverSwitch, looseIgnitionWire } from './sensors.js';
import { fallSilent, loseTrack } from './silence.js';
import { speedInZone, speedLoaded } from './speed.js';
import { leakAtTheGate, loseLoad, spillLoad } from './spill.js';
import { standLoaded } from './stop.js';

/** One way to break a rule on a haul; null where this haul gives no room for it. */
type Trick = (world: World, from: HaulFrom, random: Random) => HaulPlan | null;

/** How each rule can be broken by a load that is about to leave. */
const TRICKS: Partial<Record<Rule, Trick[]>> = {
  'uncovered-load': [onTheWay((leg, { site }, random) => leaveUncovered(leg, random, idOf(site)))],
  spill: [
    onTheWay((leg, { site }, random) => spillLoad(leg, random, idOf(site))),
    onTheWay((leg, { site }, random) => spillLoad(leg, random, idOf(site))),
    onTheWay((leg, { truck }, random) => (truck.terminal.load === 'kg' ? loseLoad(leg, random, truck.ratedLoadKg) : null)),
    onTheWay((leg, { site }, random) => leakAtTheGate(leg, random, idOf(site))),
  ],
  'illegal-dumping': [dumpingHaul, dumpingHaul, vanishingHaul],
  'wrong-yard': [wrongYardHaul],
  'off-route': [detourHaul],
  'no-go': [forbiddenHaul],
  speeding: [onTheWay((leg, _, random) => speedLoaded(leg, random)), onTheWay((leg, _, random, { city }) => speedInZone(leg, city.speedZones, random))],
  'unwashed-departure': [onTheWay((leg, { site }, random) => leaveUnwashed(leg, random, idOf(site)))],
  'uncovered-departure': [onTheWay((leg, { site }, random) => closeAfterTheGate(leg, random, idOf(site)))],
  'long-stop': [onTheWay((leg, _, random, { city }) => standLoaded(leg, random, city))],
  'track-gap': [onTheWay((leg, _, random) => loseTrack(leg, random))],
  'silent-terminal': [onTheWay((leg, { at }, random, { outages }) => fallSilent(leg, random, at, outages))],
  'cloned-plate': [onTheWay((leg, _, random, { city }) => cloneSeen(leg, random, camerasOf(city)))],
  'sensor-contradiction': [
    onTheWay((leg, { site }, random) => deadCoverSwitch(leg, random, idOf(site))),
    onTheWay((leg, _, random) => looseIgnitionWire(leg, random)),
    deadBedSensor,
  ],
};

/** A haul on which a rule is broken: the one most wished for that this load gives room for; an honest one where none does. */
export function chooseHaul(world: World, from: HaulFrom, wishes: readonly Rule[], random: Random): HaulPlan {
  for (const rule of wishes) {
    const plan = breakRule(rule, world, from, random);
    if (plan && world.mischief.take(deedsOf(plan, from.at))) return plan;
  }
  return honestHaul(world, from, random);
}

export function breakRule(rule: Rule, world: World, from: HaulFrom, random: Random): HaulPlan | null {
  for (const trick of random.shuffled(TRICKS[rule] ?? [])) {
    const plan = trick(world, from, random);
    const whole = plan && withWhatFollows(world, plan, from);
    // A way round that crosses the approved one again and again strays in pieces, but it does stray.
    if (whole && [...whole.leg.deeds, ...whole.unloading.deeds].some((deed) => deed.rule === rule)) return whole;
  }
  return null;
}

export function canBeBrokenOnTheWay(rule: Rule): boolean {
  return rule in TRICKS;
}

/** The honest way, driven otherwise. */
function onTheWay(change: (leg: Leg, from: HaulFrom, random: Random, world: World) => Leg | null): Trick {
  return (world, from, random) => {
    const honest = honestHaul(world, from, random);
    const leg = change(honest.leg, from, random, world);
    return leg && { ...honest, leg };
  };
}

/** The bed is raised and the load slides off in the right yard, but the bed's sensors say nothing of it. */
function deadBedSensor(world: World, from: HaulFrom, random: Random): HaulPlan | null {
  const honest = honestHaul(world, from, random);
  const deed = { rule: 'sensor-contradiction', placeId: from.yard.place.id, scope: 'bed', note: 'emptied with the bed never raised' } as const;
  return { ...honest, unloading: { ...TIPPED, bedSensorDead: true, deeds: [deed] } };
}

function idOf(site: HaulFrom['site']): string | null {
  return site?.place.id ?? null;
}

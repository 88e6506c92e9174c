import { always, crossingsOf, flat, isOn, valueAt } from './curve.js';
import type { Curve, Switch } from './curve.js';
import type { Leg } from './leg.js';
import { motionAt } from './pace.js';
import { pointAt } from './path.js';
import type { Point } from './plane.js';
import type { Fault } from './faults.js';
import type { Hush } from './radio.js';
import type { Deed, EpochMs } from './truth.js';

export type Doing = 'parked' | 'driving-empty' | 'hauling' | 'waiting' | 'loading' | 'tipping' | 'dumping' | 'resting';

/** Something that a camera sees of a truck. */
export interface Seen {
  at: EpochMs;
  camera: string;
  kind: 'pass' | 'spill' | 'dumping';
  direction: 'in' | 'out' | null;
  covered: boolean | null;
  clean: boolean | null;
  /** A deed hangs on it: the camera sees it clearly. */
  certain: boolean;
  /** Whose plate it bears: its own, or nobody can read it. */
  plate: 'own' | 'hidden';
}

/** A deed of which only a camera could tell, without a plate, has no name in the truth. */
export type PhaseDeed = Deed & { nameless?: true };

/** One thing a driver does, from start to end, known whole when it begins. Curves run in seconds from `from`. */
export interface Phase {
  doing: Doing;
  from: EpochMs;
  to: EpochMs;
  ignition: boolean;
  leg: Leg | null;
  /** Where it stands when it does not drive, and which way it looks. */
  stand: Point;
  headingDeg: number;
  /** Kilometres driven when the phase began. */
  drivenKm: number;
  bed: Curve;
  load: Curve;
  coverOpen: Switch;
  /** Kilometres that the odometer counts too many. */
  odometer: Curve;
  sights: Seen[];
  /** When its terminal says nothing, and which of its sensors lie. Absolute times; a hush may outlast the phase. */
  hushes: Hush[];
  faults: Fault[];
  /** What this phase does against the rules. */
  deeds: PhaseDeed[];
}

/** How a truck truly is at one instant, whatever its sensors say. */
export interface TruckState {
  x: number;
  y: number;
  speedKmh: number;
  headingDeg: number;
  drivenKm: number;
  bedDeg: number;
  loadKg: number;
  coverOpen: boolean;
  ignition: boolean;
}

/** A terminal's bed switch closes at this angle. */
export const BED_SWITCH_DEG = 8;

export function stateAt(phase: Phase, at: EpochMs): TruckState {
  const seconds = (Math.min(at, phase.to) - phase.from) / 1000;
  const motion = phase.leg ? motionAt(phase.leg.path, phase.leg.pace, seconds) : null;
  return {
    x: motion?.x ?? phase.stand.x,
    y: motion?.y ?? phase.stand.y,
    speedKmh: (motion?.speedMs ?? 0) * 3.6,
    headingDeg: motion?.headingDeg ?? phase.headingDeg,
    drivenKm: phase.drivenKm + (motion?.alongM ?? 0) / 1000 + valueAt(phase.odometer, seconds),
    bedDeg: valueAt(phase.bed, seconds),
    loadKg: valueAt(phase.load, seconds),
    coverOpen: isOn(phase.coverOpen, seconds),
    ignition: phase.ignition,
  };
}

/** When a terminal reports out of turn: the cover or the bed changed. Whole seconds, in order. */
export function changesOf(phase: Phase): EpochMs[] {
  const seconds = [...phase.coverOpen.changes, ...crossingsOf(phase.bed, BED_SWITCH_DEG)];
  return seconds.map((s) => phase.from + Math.ceil(s) * 1000).sort((a, b) => a - b);
}

/** The phase in which a planned drive is driven. */
export function driving(leg: Leg, from: EpochMs, drivenKm: number): Phase {
  return {
    doing: leg.loaded ? 'hauling' : 'driving-empty',
    from,
    to: from + leg.pace.seconds * 1000,
    ignition: true,
    leg,
    stand: pointAt(leg.path, leg.path.x.length - 1),
    headingDeg: 0,
    drivenKm,
    bed: leg.bed,
    load: leg.load,
    coverOpen: leg.coverOpen,
    odometer: flat(0),
    sights: leg.sights.map((seen) => ({ ...seen, at: from + seen.at })),
    hushes: leg.hushes.map((hush) => shifted(hush, from)),
    faults: leg.faults.map((fault) => shifted(fault, from)),
    deeds: leg.deeds.map((deed) => shifted(deed, from)),
  };
}

/** A phase of standing still; the caller adds what moves on the truck. */
export function standing(doing: Doing, from: EpochMs, seconds: number, truck: { stand: Point; headingDeg: number; drivenKm: number; loadKg: number }): Phase {
  return {
    doing,
    from,
    to: from + Math.round(seconds) * 1000,
    ignition: true,
    leg: null,
    stand: truck.stand,
    headingDeg: truck.headingDeg,
    drivenKm: truck.drivenKm,
    bed: flat(0),
    load: flat(truck.loadKg),
    coverOpen: always(false),
    odometer: flat(0),
    sights: [],
    hushes: [],
    faults: [],
    deeds: [],
  };
}

function shifted<T extends { from: EpochMs; to: EpochMs }>(span: T, by: number): T {
  return { ...span, from: span.from + by, to: span.to + by };
}

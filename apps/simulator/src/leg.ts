import { always, flat } from './curve.js';
import type { Curve, Switch } from './curve.js';
import { makePace } from './pace.js';
import type { Pace, Stop } from './pace.js';
import type { Path } from './path.js';
import type { Random } from './random.js';
import type { PhaseDeed, Seen } from './phase.js';
import type { Fault } from './faults.js';
import type { Hush } from './radio.js';

const { min, sin } = Math;

/** One drive from standing to standing, planned whole before it starts. Times are seconds (deeds: milliseconds) from its start. */
export interface Leg {
  path: Path;
  /** What this driver allows himself at each sample, m/s. */
  caps: Float64Array;
  stops: Stop[];
  accelerateMs2: number;
  pace: Pace;
  loaded: boolean;
  bed: Curve;
  load: Curve;
  coverOpen: Switch;
  /** How it looks as it leaves by the gate. `certain`: the camera sees it clearly, since a deed hangs on it. */
  atDoor: { clean: boolean; certain: boolean };
  /** What cameras see of it but at its own gates. */
  sights: Seen[];
  hushes: Hush[];
  faults: Fault[];
  deeds: PhaseDeed[];
}

/** Honest drivers stay this far below the general limits of rules.md (60 loaded, 80 empty). */
export const HONEST_LOADED_KMH = 55;
export const HONEST_EMPTY_KMH = 74;

export interface LegOptions {
  loadKg: number;
  loaded: boolean;
  /** The driver's own share of what the road allows. */
  pace: number;
  /** Stops that are not junctions: the wash bay. */
  stops?: Stop[];
}

/** Nobody keeps a speed to the metre: one slow wave, tabled. */
const SWAY = Float64Array.from({ length: 256 }, (_, i) => sin((i / 128) * Math.PI));

/** An honest drive. */
export function planLeg(path: Path, options: LegOptions, random: Random): Leg {
  const highest = (options.loaded ? HONEST_LOADED_KMH : HONEST_EMPTY_KMH) / 3.6;
  const wave = [random.whole(0, 255), random.whole(0, 255)];
  const caps = new Float64Array(path.cap.length);
  for (let i = 0; i < caps.length; i++) {
    const mood = 0.955 + 0.03 * SWAY[(i * 2 + wave[0]!) & 255]! + 0.015 * SWAY[(i * 7 + wave[1]!) & 255]!;
    caps[i] = min(path.cap[i]!, highest) * options.pace * mood;
  }
  const stops = [...(options.stops ?? []), ...junctionStops(path, random)];
  const accelerateMs2 = (options.loaded ? 0.55 : 0.85) * random.between(0.9, 1.1);
  const pace = makePace(path, caps, stops, accelerateMs2);
  const { loaded, loadKg } = options;
  const quiet = { atDoor: { clean: true, certain: false }, sights: [], hushes: [], faults: [], deeds: [] };
  return { path, caps, stops, accelerateMs2, pace, loaded, bed: flat(0), load: flat(loadKg), coverOpen: always(false), ...quiet };
}

function junctionStops(path: Path, random: Random): Stop[] {
  const out: Stop[] = [];
  for (const { i, kind } of path.junctions) {
    const red = kind === 'signal' ? random.chance(0.4) : random.chance(0.55);
    const seconds = kind === 'signal' ? random.whole(6, 48) : random.whole(1, 6);
    // The line is a truck's length before the middle of the crossing.
    if (red && i > 4 && i < path.x.length - 3) out.push({ i: i - 2, seconds });
  }
  return out;
}

/** The same drive under other caps and stops. */
export function paced(leg: Leg, caps: Float64Array, stops: Stop[]): Leg {
  return { ...leg, caps, stops, pace: makePace(leg.path, caps, stops, leg.accelerateMs2) };
}

/** Runs of samples, both ends included, in which `good` holds throughout, at least `leastM` long. */
export function runs(path: Path, from: number, to: number, leastM: number, good: (i: number) => boolean): [number, number][] {
  const out: [number, number][] = [];
  let start = -1;
  for (let i = from; i <= to + 1; i++) {
    if (i <= to && good(i)) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      if (path.along[i - 1]! - path.along[start]! >= leastM) out.push([start, i - 1]);
      start = -1;
    }
  }
  return out;
}

/** The sample `metres` further on. */
export function further(path: Path, i: number, metres: number): number {
  const wanted = path.along[i]! + metres;
  let k = i;
  while (k < path.x.length - 1 && path.along[k]! < wanted) k++;
  return k;
}

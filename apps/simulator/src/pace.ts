import type { Path } from './path.js';

const { atan2, ceil, max, min, sqrt } = Math;

/** A stop on the way: red light, give way, wash bay. */
export interface Stop {
  i: number;
  seconds: number;
}

/** When a truck is where on its path, and how fast. Seconds from the start. */
export interface Pace {
  speed: Float64Array;
  arrive: Float64Array;
  leave: Float64Array;
  /** Whole seconds. */
  seconds: number;
}

const BRAKE_MS2 = 1.1;
const CRAWL_MS = 0.8;

/** The quickest run under the caps that a truck can accelerate and brake to, standing at both ends and at the stops. */
export function makePace(path: Path, caps: Float64Array, stops: readonly Stop[], accelerateMs2: number): Pace {
  const n = path.along.length;
  const speed = Float64Array.from(caps);
  const arrive = new Float64Array(n);
  const leave = new Float64Array(n);
  const waits = new Map(stops.map((stop) => [stop.i, stop.seconds]));
  speed[0] = speed[n - 1] = 0;
  for (const stop of stops) speed[stop.i] = 0;
  // Squares of speeds: under an even acceleration they change evenly with the way.
  for (let i = 0; i < n; i++) speed[i] = speed[i]! * speed[i]!;
  for (let i = n - 2; i >= 0; i--) speed[i] = min(speed[i]!, speed[i + 1]! + 2 * BRAKE_MS2 * (path.along[i + 1]! - path.along[i]!));
  for (let i = 1; i < n; i++) speed[i] = min(speed[i]!, speed[i - 1]! + 2 * accelerateMs2 * (path.along[i]! - path.along[i - 1]!));
  for (let i = 0; i < n; i++) speed[i] = sqrt(speed[i]!);
  for (let i = 1; i < n; i++) {
    arrive[i] = leave[i - 1]! + (path.along[i]! - path.along[i - 1]!) / max(CRAWL_MS, (speed[i]! + speed[i - 1]!) / 2);
    leave[i] = arrive[i]! + (waits.get(i) ?? 0);
  }
  return { speed, arrive, leave, seconds: ceil(leave[n - 1]!) };
}

export interface Motion {
  x: number;
  y: number;
  speedMs: number;
  /** Degrees from north, clockwise. */
  headingDeg: number;
  alongM: number;
}

/** The truck `seconds` after it started. */
export function motionAt(path: Path, pace: Pace, seconds: number): Motion {
  const i = lastBefore(pace.arrive, seconds);
  const j = min(i + 1, path.x.length - 1);
  const gone = i === j ? 0 : max(0, seconds - pace.leave[i]!);
  const whole = pace.arrive[j]! - pace.leave[i]!;
  const time = whole > 0 ? min(1, gone / whole) : 0;
  // The speed changes evenly between two samples, so the way goes with the square of the time.
  const [v0, v1] = [pace.speed[i]!, pace.speed[j]!];
  const share = v0 + v1 > 0 ? (time * (2 * v0 + (v1 - v0) * time)) / (v0 + v1) : time;
  const tail = i === j ? max(0, i - 1) : i;
  const headingDeg = ((atan2(path.x[j]! - path.x[tail]!, path.y[j]! - path.y[tail]!) * 180) / Math.PI + 360) % 360;
  return {
    x: path.x[i]! + (path.x[j]! - path.x[i]!) * share,
    y: path.y[i]! + (path.y[j]! - path.y[i]!) * share,
    speedMs: v0 + (v1 - v0) * time,
    headingDeg,
    alongM: path.along[i]! + (path.along[j]! - path.along[i]!) * share,
  };
}

function lastBefore(arrive: Float64Array, seconds: number): number {
  let [low, high] = [0, arrive.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (arrive[middle]! <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
}

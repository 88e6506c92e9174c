import type { Position } from '@muckwatch/contract';
import { metresPerUnit, worldX, worldY } from '../map/projection.js';

export const STATES = ['empty', 'loaded', 'unknown', 'alert', 'silent'] as const satisfies readonly Position['state'][];
const STATE_INDEX = Object.fromEntries(STATES.map((state, i) => [state, i])) as Record<Position['state'], number>;

/** A fix further away than this is not glided to: the truck was out of coverage, not that fast. */
const JUMP_M = 1_500;
const LONGEST_GLIDE_MS = 12_000;
/** A little longer than the usual interval, so that a report that is slightly late finds the truck still rolling. */
const SLACK = 1.1;

/**
 * Where all trucks are and how they roll from fix to fix. Plain numbers in plain arrays, outside React: 10,000 trucks told once a second
 * cost 5 ms a second here; objects and closures a truck cost ten times that in garbage.
 *
 * A truck rolls along a curve from where it is drawn to its newest fix in the time its reports usually take, headings deciding the bend, so
 * that it turns at the corner instead of sliding across the block. It is thus drawn one report behind, never ahead of what is known.
 */
export class Fleet {
  count = 0;
  readonly ids: string[] = [];
  readonly plates: string[] = [];
  /** Fix time, ms. */
  at = new Float64Array(0);
  lat = new Float64Array(0);
  lon = new Float64Array(0);
  /** NaN: not said. */
  speedKmh = new Float32Array(0);
  /** NaN: never said. */
  headingDeg = new Float32Array(0);
  state = new Uint8Array(0);
  /** Grows with everything heard: whoever draws knows when to draw again. */
  version = 0;

  /** Ends of the curve on the world square, its tangents, and when it began and how long it takes. */
  toX = new Float64Array(0);
  toY = new Float64Array(0);
  private fromX = new Float64Array(0);
  private fromY = new Float64Array(0);
  private outX = new Float64Array(0);
  private outY = new Float64Array(0);
  private inX = new Float64Array(0);
  private inY = new Float64Array(0);
  private fromHeading = new Float32Array(0);
  private began = new Float64Array(0);
  private takes = new Float64Array(0);
  private heardAt = new Float64Array(0);
  private usualMs = new Float32Array(0);

  private readonly index = new Map<string, number>();

  /** `still`: trucks stand at their newest fix and nothing glides (reduced motion). */
  constructor(private readonly still: () => boolean = () => false) {}

  indexOf(id: string): number | null {
    return this.index.get(id) ?? null;
  }

  /** A snapshot is the whole truth: who is not in it is gone, and nobody glides to it from a picture of a minute ago. */
  replace(positions: readonly Position[], now: number): void {
    this.count = 0;
    this.ids.length = 0;
    this.plates.length = 0;
    this.index.clear();
    for (const position of positions) this.hear(position, now);
    this.version++;
  }

  hear(position: Position, now: number): void {
    const at = Date.parse(position.at);
    const known = this.index.get(position.id);
    if (known === undefined) this.add(position, at, now);
    // An equal time may bring another state: silence and alerts change without a new fix.
    else if (at >= this.at[known]!) this.move(known, position, at, now);
    this.version++;
  }

  private add(position: Position, at: number, now: number): void {
    const i = this.count++;
    if (i >= this.at.length) this.grow();
    this.index.set(position.id, i);
    this.ids[i] = position.id;
    this.headingDeg[i] = NaN;
    this.note(i, position, at);
    this.toX[i] = worldX(position.lon);
    this.toY[i] = worldY(position.lat);
    this.fromHeading[i] = this.headingDeg[i]!;
    this.takes[i] = 0;
    this.heardAt[i] = now;
    this.usualMs[i] = 5_000;
  }

  private move(i: number, position: Position, at: number, now: number): void {
    const x = worldX(position.lon);
    const y = worldY(position.lat);
    const newFix = at > this.at[i]!;
    if (newFix) {
      const elapsed = now - this.heardAt[i]!;
      this.heardAt[i] = now;
      // After a long silence the interval says nothing about the next one.
      if (elapsed < 60_000) this.usualMs[i] = this.usualMs[i]! * 0.6 + elapsed * 0.4;
    }
    if (x === this.toX[i] && y === this.toY[i]) {
      this.note(i, position, at);
      return;
    }

    this.pose(i, now);
    const fromHeading = pose.heading;
    const oldSpeed = this.speedKmh[i]!;
    this.fromX[i] = pose.x;
    this.fromY[i] = pose.y;
    this.note(i, position, at);
    this.toX[i] = x;
    this.toY[i] = y;
    this.fromHeading[i] = fromHeading;
    this.began[i] = now;
    const chordX = x - pose.x;
    const chordY = y - pose.y;
    const chord = Math.hypot(chordX, chordY);
    const jump = chord * metresPerUnit(y) > JUMP_M;
    this.takes[i] = jump || this.still() ? 0 : Math.min(LONGEST_GLIDE_MS, Math.max(250, this.usualMs[i]! * SLACK));

    // The tangents point along the headings where these are said, mean something (a crawling truck's wander) and do not turn back.
    setTangent(this.outX, this.outY, i, fromHeading, oldSpeed, chordX, chordY, chord);
    setTangent(this.inX, this.inY, i, this.headingDeg[i]!, this.speedKmh[i]!, chordX, chordY, chord);
  }

  private note(i: number, position: Position, at: number): void {
    this.plates[i] = position.plate;
    this.at[i] = at;
    this.lat[i] = position.lat;
    this.lon[i] = position.lon;
    this.speedKmh[i] = position.speedKmh ?? NaN;
    if (position.headingDeg !== null) this.headingDeg[i] = position.headingDeg;
    this.state[i] = STATE_INDEX[position.state];
  }

  /** Where truck `i` is drawn at `now`, written into the shared `pose`; true while it still rolls. */
  pose(i: number, now: number): boolean {
    const takes = this.takes[i]!;
    const u = takes === 0 ? 1 : (now - this.began[i]!) / takes;
    if (u >= 1 || u < 0) {
      pose.x = this.toX[i]!;
      pose.y = this.toY[i]!;
      pose.heading = this.headingDeg[i]!;
      return false;
    }
    const u2 = u * u;
    const u3 = u2 * u;
    const a = 2 * u3 - 3 * u2 + 1;
    const b = u3 - 2 * u2 + u;
    const c = 3 * u2 - 2 * u3;
    const d = u3 - u2;
    pose.x = a * this.fromX[i]! + b * this.outX[i]! + c * this.toX[i]! + d * this.inX[i]!;
    pose.y = a * this.fromY[i]! + b * this.outY[i]! + c * this.toY[i]! + d * this.inY[i]!;
    pose.heading = turned(this.fromHeading[i]!, this.headingDeg[i]!, u);
    return true;
  }

  private grow(): void {
    const size = Math.max(256, this.at.length * 2);
    const f64 = (old: Float64Array<ArrayBuffer>) => copied(new Float64Array(size), old);
    const f32 = (old: Float32Array<ArrayBuffer>) => copied(new Float32Array(size), old);
    for (const key of ['at', 'lat', 'lon', 'toX', 'toY', 'fromX', 'fromY', 'outX', 'outY', 'inX', 'inY', 'began', 'takes', 'heardAt'] as const)
      this[key] = f64(this[key]);
    for (const key of ['speedKmh', 'headingDeg', 'fromHeading', 'usualMs'] as const) this[key] = f32(this[key]);
    this.state = copied(new Uint8Array(size), this.state);
  }
}

/** The answer of `pose`, one for all: a fresh object a truck a frame would be 600,000 a second. */
export const pose = { x: 0, y: 0, heading: NaN };

function setTangent(
  outX: Float64Array,
  outY: Float64Array,
  i: number,
  headingDeg: number,
  speedKmh: number,
  chordX: number,
  chordY: number,
  chord: number,
): void {
  const angle = (headingDeg * Math.PI) / 180;
  const x = Math.sin(angle);
  const y = -Math.cos(angle);
  const alongChord = (x * chordX + y * chordY) / chord;
  const trusted = speedKmh >= 5 && alongChord > 0.2; // both false for NaN
  outX[i] = trusted ? x * chord : chordX;
  outY[i] = trusted ? y * chord : chordY;
}

/** From one heading to another the short way round. */
export function turned(from: number, to: number, u: number): number {
  if (Number.isNaN(from) || Number.isNaN(to)) return to;
  const turn = ((to - from + 540) % 360) - 180;
  return (from + turn * u + 360) % 360;
}

function copied<T extends Float64Array | Float32Array | Uint8Array>(bigger: T, old: T): T {
  bigger.set(old);
  return bigger;
}

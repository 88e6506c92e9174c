import { type FixPage, jumps, SILENCE_MS } from '@muckwatch/contract';
import { worldX, worldY } from '../map/projection.js';

const MOVING_KMH = 3;

export const COVER = ['closed', 'open', 'fault'] as const;

/** Times of fixes, ascending, and how far one knows what was between them. */
export interface Heard {
  at: ArrayLike<number>;
  /** 1: nobody knows how it came from this fix to the next: over 2 min apart, or further than a truck drives meanwhile. */
  lost: ArrayLike<number>;
}

/** One truck's believed reports in columns, by ascending time; what was not said is NaN, or −1 where it is a state. */
export interface Tape extends Heard {
  truckId: string;
  at: Float64Array;
  lost: Uint8Array;
  lat: Float64Array;
  lon: Float64Array;
  x: Float64Array;
  y: Float64Array;
  speedKmh: Float32Array;
  headingDeg: Float32Array;
  /** Tonnes; of sensors that say words only 0, 0.5 and 1, and `loadWords` is true. */
  load: Float32Array;
  loadWords: boolean;
  /** Degrees; of sensors that say words only 0 and 1, and `bedWords` is true. */
  bed: Float32Array;
  bedWords: boolean;
  /** Index into COVER. */
  cover: Int8Array;
  /** 1 on, 0 off. */
  ignition: Int8Array;
  late: Uint8Array;
  lateCount: number;
  /** What was not believed stands aside: it is drawn hollow and moves nothing. */
  doubted: { at: number; lat: number; lon: number; why: string }[];
  /** Reports that the server has; more than stand here where they were thinned out. */
  stored: number;
}

/** The pages as they came, in order of time. */
export function tapeOf(truckId: string, pages: readonly FixPage[]): Tape {
  const count = pages.reduce((sum, page) => sum + page.at.length - (page.doubt?.filter((why) => why !== null).length ?? 0), 0);
  const floats = () => new Float32Array(count).fill(NaN);
  const loadWords = !pages.some(({ loadKg }) => loadKg !== null);
  const bedWords = !pages.some(({ bedAngleDeg }) => bedAngleDeg !== null);
  const places = {
    at: new Float64Array(count),
    lat: new Float64Array(count),
    lon: new Float64Array(count),
    x: new Float64Array(count),
    y: new Float64Array(count),
  };
  const said = { speedKmh: floats(), headingDeg: floats(), load: floats(), bed: floats() };
  const states = { cover: new Int8Array(count).fill(-1), ignition: new Int8Array(count).fill(-1), late: new Uint8Array(count), lost: new Uint8Array(count) };
  const tape: Tape = { truckId, ...places, ...said, ...states, loadWords, bedWords, lateCount: 0, doubted: [], stored: 0 };

  let n = 0;
  for (const page of pages) {
    tape.stored += page.stored;
    for (let i = 0; i < page.at.length; i++) {
      const [at, lat, lon, why] = [page.at[i]!, page.lat[i]!, page.lon[i]!, page.doubt?.[i] ?? null];
      if (why !== null) {
        tape.doubted.push({ at, lat, lon, why });
        continue;
      }
      tape.at[n] = at;
      tape.lat[n] = lat;
      tape.lon[n] = lon;
      tape.x[n] = worldX(lon);
      tape.y[n] = worldY(lat);
      tape.speedKmh[n] = page.speedKmh?.[i] ?? NaN;
      tape.headingDeg[n] = page.headingDeg?.[i] ?? NaN;
      tape.load[n] = loadWords ? LOAD_LEVEL[page.loadState?.[i] ?? 'fault'] : (page.loadKg?.[i] ?? NaN) / 1_000;
      tape.bed[n] = bedWords ? BED_LEVEL[page.bed?.[i] ?? 'fault'] : (page.bedAngleDeg?.[i] ?? NaN);
      const cover = page.cover?.[i];
      if (cover) tape.cover[n] = COVER.indexOf(cover);
      const ignition = page.ignition?.[i] ?? null;
      if (ignition !== null) tape.ignition[n] = ignition ? 1 : 0;
      if (page.late?.[i]) {
        tape.late[n] = 1;
        tape.lateCount++;
      }
      n++;
    }
  }
  for (let i = 0; i + 1 < n; i++) if (lostBetween(tape, i)) tape.lost[i] = 1;
  return tape;
}

function lostBetween({ at, lat, lon }: Tape, i: number): boolean {
  if (at[i + 1]! - at[i]! > SILENCE_MS) return true;
  return jumps({ at: at[i]!, point: [lon[i]!, lat[i]!] }, { at: at[i + 1]!, point: [lon[i + 1]!, lat[i + 1]!] });
}

const LOAD_LEVEL = { empty: 0, half: 0.5, full: 1, fault: NaN };
const BED_LEVEL = { down: 0, raised: 1, fault: NaN };

/** The last fix at or before a time; −1: none yet. */
export function indexAt(at: ArrayLike<number>, time: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where the truck is drawn. */
export interface Pose {
  x: number;
  y: number;
  /** NaN: never said, and not to be told from the way it went. */
  headingDeg: number;
  /** The fix that holds. */
  index: number;
  /** For how long nothing was heard before and after this time together; 0: it was heard. Infinity at the end: nothing came any more. */
  silentMs: number;
  /** The next fix is further away than a truck drives meanwhile. */
  jumps: boolean;
}

/** Between two fixes the truck goes in a straight line; where it is lost between them it stands where it was heard last. Null before its first fix. */
export function poseAt(tape: Tape, time: number): Pose | null {
  const i = indexAt(tape.at, time);
  if (i < 0) return null;
  const here = { x: tape.x[i]!, y: tape.y[i]!, headingDeg: tape.headingDeg[i]!, index: i, silentMs: 0, jumps: false };
  if (i === tape.at.length - 1) return { ...here, silentMs: time - tape.at[i]! > SILENCE_MS ? Infinity : 0 };
  const apart = tape.at[i + 1]! - tape.at[i]!;
  if (apart > SILENCE_MS) return { ...here, silentMs: apart };
  if (tape.lost[i]) return { ...here, jumps: true };
  if (!moves(tape, i)) return here;
  const share = apart === 0 ? 0 : (time - tape.at[i]!) / apart;
  const [dx, dy] = [tape.x[i + 1]! - here.x, tape.y[i + 1]! - here.y];
  return { ...here, x: here.x + share * dx, y: here.y + share * dy, headingDeg: turned(here.headingDeg, tape.headingDeg[i + 1]!, dx, dy, share) };
}

/** A standing truck's fixes wander, and it would crawl about. */
function moves(tape: Tape, i: number): boolean {
  const [a, b] = [tape.speedKmh[i]!, tape.speedKmh[i + 1]!];
  return Number.isNaN(a) || Number.isNaN(b) || Math.max(a, b) > MOVING_KMH;
}

/** The shorter way round; where neither end says it, the way that it goes. */
function turned(from: number, to: number, dx: number, dy: number, share: number): number {
  if (Number.isNaN(from) || Number.isNaN(to)) {
    if (!Number.isNaN(from)) return from;
    return dx === 0 && dy === 0 ? to : ((Math.atan2(dx, -dy) * 180) / Math.PI + 360) % 360;
  }
  const turn = ((to - from + 540) % 360) - 180;
  return (from + share * turn + 360) % 360;
}

export interface Span {
  from: number;
  to: number;
}

/** Stretches in which nobody knows where it was, those of more than 2 min at the ends of what is looked at too. */
export function gapsOf({ at, lost }: Heard, from: number, to: number): Span[] {
  const gaps: Span[] = [];
  let last = from;
  for (let i = 0; i < at.length; i++) {
    if (i === 0 ? at[i]! - last > SILENCE_MS : lost[i - 1]) gaps.push({ from: last, to: at[i]! });
    last = at[i]!;
  }
  if (to - last > SILENCE_MS) gaps.push({ from: last, to });
  return gaps;
}

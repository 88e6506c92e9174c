/** How far back a trail reaches. */
export const TRAIL_MS = 5 * 60_000;
/** Samples that are kept at most, of all trucks at the same moments: 8 bytes a truck, 5.1 MB for 10,000 trucks. */
const KEPT = 64;
/** Nearer in time none is taken, so that they reach back far enough. */
const APART_MS = Math.ceil(TRAIL_MS / (KEPT - 1));
/** After a longer silence, or a longer way at once, nobody knows which way it went. */
const GAP_MS = 60_000;
/** On the world square at the latitude of central China. */
const JUMP = 1_500 / 34_000_000;
const NEAR = 80 / 34_000_000;
/** One that is slower wanders by what its receiver errs: that is no way. */
const DRIVES_KMH = 3;
/** The world square in whole numbers: 2 cm. Half the memory of doubles. */
const UNIT = 2 ** 31;

/** Where all trucks were at one moment; 0 where one stood. */
interface Sample {
  at: number;
  x: Int32Array;
  y: Int32Array;
}

/** What is sampled: the newest fixes of a fleet on the world square, by its index. */
interface Fixes {
  readonly count: number;
  readonly speedKmh: ArrayLike<number>;
  readonly toX: ArrayLike<number>;
  readonly toY: ArrayLike<number>;
}

/**
 * Where each truck has lately driven, from what the live feed has brought. All are sampled at once every five seconds: 10,000 trucks cost 0.1 ms then,
 * where noting each as it is heard cost 15 ms a second.
 */
export class Trails {
  /** Oldest first. */
  private samples: Sample[] = [];

  get length(): number {
    return this.samples.length;
  }

  /** To be called as often as one likes; `now` in ms of any clock that never goes back. */
  sample({ count, speedKmh, toX, toY }: Fixes, now: number): void {
    const last = this.samples.at(-1);
    if (last && now - last.at < APART_MS) return;
    const next = this.samples.length < KEPT ? emptySample(count) : this.samples.shift()!;
    const { x, y } = next.x.length >= count ? next : emptySample(count + (count >> 2));
    x.fill(0);
    for (let i = 0; i < count; i++) {
      // One that has never told its speed is taken for driving.
      if (speedKmh[i]! < DRIVES_KMH) continue;
      x[i] = toX[i]! * UNIT;
      y[i] = toY[i]! * UNIT;
    }
    this.samples.push({ at: now, x, y });
  }

  forget(): void {
    this.samples = [];
  }

  /** A snapshot has put the fleet in another order: `was` are its ids before, `indexOf` where each is now. Who is gone takes its trail along. */
  reorder(was: readonly string[], indexOf: (id: string) => number | null): void {
    if (was.every((id, i) => indexOf(id) === i)) return;
    const places = was.map(indexOf);
    const size = places.reduce<number>((most, place) => Math.max(most, (place ?? -1) + 1), 0);
    this.samples = this.samples.map(({ at, x, y }) => {
      const moved = emptySample(size);
      places.forEach((place, i) => {
        if (place === null || i >= x.length) return;
        moved.x[place] = x[i]!;
        moved.y[place] = y[i]!;
      });
      return { ...moved, at };
    });
  }

  /**
   * The points of a truck's trail, oldest first, each with its age (0 now … 1 the oldest that is shown) and whether a line leads to it from the one before.
   * `toX`, `toY` is the newest fix, to which the truck still rolls: that one is left out, the line must not run ahead of the truck. True where a line leads
   * on from the last point to the truck.
   */
  walk(index: number, now: number, toX: number, toY: number, step: (x: number, y: number, age: number, joined: boolean) => void): boolean {
    const [ix, iy] = [(toX * UNIT) | 0, (toY * UNIT) | 0];
    let lastX = 0;
    let lastY = 0;
    let lastAt = -Infinity;
    for (const { at, x: xs, y: ys } of this.samples) {
      const x = xs[index] ?? 0;
      const y = ys[index] ?? 0;
      if (x === 0 || now - at > TRAIL_MS || (x === lastX && y === lastY)) continue;
      if (x === ix && y === iy) break;
      const joined = at - lastAt <= GAP_MS && Math.hypot(x - lastX, y - lastY) <= JUMP * UNIT;
      step(x / UNIT, y / UNIT, (now - at) / TRAIL_MS, joined);
      lastX = x;
      lastY = y;
      lastAt = at;
    }
    if (lastX === 0) return false;
    const far = Math.hypot(ix - lastX, iy - lastY) / UNIT;
    // One that waits has not been heard driving, and stands where its trail ends.
    return far <= NEAR || (far <= JUMP && now - lastAt <= GAP_MS);
  }
}

const emptySample = (size: number): Sample => ({ at: 0, x: new Int32Array(size), y: new Int32Array(size) });

/** How far back a trail reaches. */
export const TRAIL_MS = 5 * 60_000;
/** Points that are kept of a truck at most: 768 bytes, 7.7 MB for 10,000 trucks that all drive. */
const KEPT = 64;
/** Nearer in time they are not kept, so that the ring is never too short for the stretch. */
const APART_MS = Math.ceil(TRAIL_MS / (KEPT - 1));
/** After a longer silence, or a longer way at once, nobody knows which way it went. */
const GAP_MS = 60_000;
/** On the world square at the latitude of central China. */
const JUMP = 1_500 / 34_000_000;
const NEAR = 80 / 34_000_000;
/** The world square in whole numbers: 2 cm. Half the memory of doubles. */
const UNIT = 2 ** 31;

interface Ring {
  x: Int32Array;
  y: Int32Array;
  /** Tenths of a second on the page's clock. */
  at: Int32Array;
  /** Where the next one goes, and how many there are. */
  next: number;
  count: number;
}

/** Where each truck has lately driven, from what the live feed has brought. */
export class Trails {
  private readonly rings = new Map<string, Ring>();

  get size(): number {
    return this.rings.size;
  }

  /** `x`, `y` on the world square; `now` in ms of any clock that never goes back. */
  hear(id: string, x: number, y: number, now: number): void {
    let ring = this.rings.get(id);
    if (!ring) this.rings.set(id, (ring = { x: new Int32Array(KEPT), y: new Int32Array(KEPT), at: new Int32Array(KEPT), next: 0, count: 0 }));
    const [ix, iy, at] = [whole(x), whole(y), Math.round(now / 100)];
    if (ring.count > 0) {
      const last = (ring.next + KEPT - 1) % KEPT;
      if (ring.x[last] === ix && ring.y[last] === iy) return;
      if (at - ring.at[last]! < APART_MS / 100) return;
    }
    ring.x[ring.next] = ix;
    ring.y[ring.next] = iy;
    ring.at[ring.next] = at;
    ring.next = (ring.next + 1) % KEPT;
    if (ring.count < KEPT) ring.count++;
  }

  /** Only these are still there: the others' rings go. */
  keep(has: (id: string) => boolean): void {
    for (const id of this.rings.keys()) if (!has(id)) this.rings.delete(id);
  }

  /**
   * The points of a truck's trail, oldest first, each with its age (0 now … 1 the oldest that is shown) and whether a line leads to it from the one before.
   * `toX`, `toY` is the newest fix, to which the truck still rolls: that one is left out, the line must not run ahead of the truck. True where a line leads
   * on from the last point to the truck.
   */
  walk(id: string, now: number, toX: number, toY: number, step: (x: number, y: number, age: number, joined: boolean) => void): boolean {
    const ring = this.rings.get(id);
    if (!ring) return false;
    const [ix, iy] = [whole(toX), whole(toY)];
    const nowTenths = now / 100;
    let before = -1;
    for (let k = ring.count; k > 0; k--) {
      const i = (ring.next - k + 2 * KEPT) % KEPT;
      const age = ((nowTenths - ring.at[i]!) * 100) / TRAIL_MS;
      if (age > 1) continue;
      if (ring.x[i] === ix && ring.y[i] === iy) break;
      step(ring.x[i]! / UNIT, ring.y[i]! / UNIT, age, before >= 0 && joins(ring, before, i));
      before = i;
    }
    if (before < 0) return false;
    const far = Math.hypot(ix - ring.x[before]!, iy - ring.y[before]!) / UNIT;
    // One that waits has not been heard driving, and stands where its trail ends.
    return far <= NEAR || (far <= JUMP && nowTenths - ring.at[before]! <= GAP_MS / 100);
  }
}

const whole = (share: number): number => Math.round(share * UNIT) | 0;

function joins(ring: Ring, a: number, b: number): boolean {
  return ring.at[b]! - ring.at[a]! <= GAP_MS / 100 && Math.hypot(ring.x[b]! - ring.x[a]!, ring.y[b]! - ring.y[a]!) <= JUMP * UNIT;
}

import { worldX, worldY } from './projection.js';
import { Trails, TRAIL_MS } from './trails.js';

const x = (metresEast: number) => worldX(113.38 + metresEast / 94_600);
const y = worldY(31.69);

/** One truck, so far east. */
const fleet = (metresEast: number, speedKmh = 36) => ({ count: 1, speedKmh: [speedKmh], toX: [x(metresEast)], toY: [y] });

/** Drives east at 10 m/s from second `from` to `to`, heard every `everyS`. */
function driven(trails: Trails, from: number, to: number, everyS = 5): void {
  for (let s = from; s <= to; s += everyS) trails.sample(fleet(10 * s), s * 1_000);
}

function points(trails: Trails, atS: number, truckAtS = atS): { eastM: number; joined: boolean; age: number }[] {
  const found: { eastM: number; joined: boolean; age: number }[] = [];
  trails.walk(0, atS * 1_000, x(10 * truckAtS), y, (px, _, age, joined) => found.push({ eastM: Math.round((px * 360 - 180 - 113.38) * 94_600), joined, age }));
  return found;
}

describe('trails', () => {
  it('reach five minutes back and no further, whatever was heard', () => {
    const trails = new Trails();
    driven(trails, 0, 1_000);
    const shown = points(trails, 1_000);
    expect(shown[0]).toMatchObject({ eastM: 7_000, joined: false, age: 1 });
    // The newest fix is where the truck rolls to; the line ends before it.
    expect(shown.at(-1)).toMatchObject({ eastM: 9_950, joined: true });
    expect(shown.slice(1).every((point) => point.joined)).toBe(true);
  });

  it('keep as much of a truck that is heard every second', () => {
    const trails = new Trails();
    driven(trails, 0, 1_000, 1);
    expect(points(trails, 1_000, 1_001)[0]!.age).toBeGreaterThan(0.97);
    expect(points(trails, 1_000, 1_001).length).toBeLessThanOrEqual(64);
  });

  it('leave a gap where nobody knows the way', () => {
    const trails = new Trails();
    driven(trails, 0, 20);
    driven(trails, 100, 120);
    expect(points(trails, 121).filter((point) => !point.joined)).toHaveLength(2);
  });

  it('lead to the truck while it is heard driving or stands where it was last heard', () => {
    const trails = new Trails();
    driven(trails, 0, 20);
    const leads = (atS: number, truckAtS: number) => trails.walk(0, atS * 1_000, x(10 * truckAtS), y, () => undefined);
    expect(leads(25, 25)).toBe(true);
    expect(leads(200, 21)).toBe(true);
    expect(leads(200, 60)).toBe(false);
  });

  it('grow by no point while a truck stands, and fade with time', () => {
    const trails = new Trails();
    driven(trails, 0, 20);
    for (let s = 25; s < 60; s += 5) trails.sample(fleet(200 + (s % 2), 0), s * 1_000);
    expect(points(trails, 60, 21).at(-1)).toMatchObject({ eastM: 200 });
    expect(points(trails, 21 + TRAIL_MS / 1_000, 21)).toEqual([]);
  });

  it('stay with their truck when a snapshot puts the fleet in another order, and go with it', () => {
    const trails = new Trails();
    for (let s = 0; s <= 20; s += 5) trails.sample({ count: 2, speedKmh: [36, 36], toX: [x(-900), x(10 * s)], toY: [y, y] }, s * 1_000);
    trails.reorder(['gone', 't1'], (id) => (id === 't1' ? 0 : null));
    expect(points(trails, 21).map(({ eastM }) => eastM + 0)).toEqual([0, 50, 100, 150, 200]);
    trails.sample(fleet(250), 25_000);
    expect(points(trails, 26)).toHaveLength(6);
    expect(trails.walk(1, 26_000, x(0), y, () => undefined)).toBe(false);
  });
});

import { at, clock, clockOf, drive, east, HOME, noisy, opened, permit, replay, replayed, seeded, square } from '../testing.js';
import type { Permit } from '../permit.js';
import { curfew } from './curfew.js';

const LOT = square('parking-lot', HOME, 200, { curfew: [{ from: '22:00', to: '05:00' }] });
const parked = (start: string, minutes: number) => Array.from({ length: minutes * 6 }, (_, i) => at(clock(start) + i * 10_000, { speedKmh: 0 }));
/** Parks until the given time and drives off to the east. */
const leaves = (start: string, metres = 2_000) => [
  ...parked(start, 3).map((report) => ({ ...report, at: report.at - 180_000, digest: `p${report.at}` })),
  ...drive(start, HOME, east(metres), 36, 10),
];
const left = (permits: Permit[], start = '23:00:00', lot = LOT) => opened(replay(curfew, leaves(start), { places: [lot], permits }));
const NIGHT = permit({ hours: [{ from: '21:00', to: '05:00' }] });
const DAY = permit({ id: 'day', hours: [{ from: '08:00', to: '18:00' }] });

describe('curfew', () => {
  it('finds a truck that leaves its lot at night while no permit of its company is open', () => {
    const found = replay(curfew, leaves('23:00:00'), { places: [LOT], permits: [DAY] });
    // The first report outside is a hair beyond the border, 100 m east.
    expect(opened(found)).toEqual(['curfew minor 23:00:10']);
    expect(found[0]).toMatchObject({ scope: '-', placeId: 'parking-lot-1', ended: null });
    expect(left([])).toHaveLength(1);
  });

  it('says nothing outside of the curfew, of a lot without one, and while a permit is open', () => {
    expect(left([DAY], '21:59:30')).toEqual([]);
    expect(left([DAY], '05:00:00')).toEqual([]);
    expect(left([DAY], '23:00:00', { ...LOT, curfew: null })).toEqual([]);
    expect(left([DAY, NIGHT])).toEqual([]);
    expect(left([permit()])).toEqual([]);
  });

  it('counts an open permit of the company whichever of its trucks it names, and one of another company that names the truck', () => {
    expect(left([{ ...NIGHT, truckIds: ['truck-9'] }])).toEqual([]);
    expect(left([{ ...NIGHT, companyId: 'company-2', truckIds: ['truck-1'] }])).toEqual([]);
    expect(left([{ ...NIGHT, companyId: 'company-2' }])).toHaveLength(1);
    expect(left([{ ...NIGHT, validTo: clock('23:00:00') }])).toHaveLength(1);
  });

  it('goes by the day on which the curfew begins', () => {
    const friday = { ...LOT, curfew: [{ days: [5], from: '22:00', to: '05:00' }] };
    expect(left([DAY], '+5 03:00:00', friday)).toHaveLength(1);
    expect(left([DAY], '+4 03:00:00', friday)).toEqual([]);
  });

  it('ends when the truck is back in a lot, and tells each kilometre in between', () => {
    const other = square('parking-lot', east(2_000), 300, { id: 'other' });
    const found = replay(curfew, leaves('23:00:00', 2_200), { places: [LOT, other], permits: [DAY] });
    expect(opened(found)).toHaveLength(1);
    expect(found.map(({ ended }) => ended && clockOf(ended))).toEqual([null, null, '23:03:10']);
    expect(found.at(-1)!.evidence).toEqual({ durationS: 180, distanceM: 1_800 });
  });

  it('is another alert the next time', () => {
    const back = drive('23:04:00', east(2_000), HOME, 36, 10);
    const found = replay(curfew, [...leaves('23:00:00'), ...back, ...leaves('23:20:00')], { places: [LOT], permits: [DAY] });
    expect(opened(found)).toHaveLength(2);
  });

  it('does not accuse a parked truck whose fixes wander over the border', () => {
    const wandering = parked('23:00:00', 30).map((report, i) => ({ ...report, point: east(i % 12 < 6 ? 70 : 135), speedKmh: i % 5 === 0 ? 1 : 0 }));
    expect(replay(curfew, wandering, { places: [LOT], permits: [DAY] })).toEqual([]);
    const jitter = parked('23:00:00', 30).map((report, i) => ({ ...report, point: east(i % 2 ? 90 : 112) }));
    expect(replay(curfew, jitter, { places: [LOT], permits: [DAY] })).toEqual([]);
  });

  it('says nothing of a truck first seen on the road, nor of one that drives from lot to lot through a shared border', () => {
    expect(replay(curfew, drive('23:00:00', east(300), east(2_000), 36, 10), { places: [LOT], permits: [DAY] })).toEqual([]);
    const next = square('parking-lot', east(190), 200, { id: 'next' });
    expect(replay(curfew, leaves('23:00:00', 200), { places: [LOT, next], permits: [DAY] })).toEqual([]);
  });

  it('finds it under noise, and nothing while the company works', () => {
    const random = seeded(13);
    for (let run = 0; run < 12; run++) {
      expect(opened(replay(curfew, noisy(leaves('23:00:00'), random), { places: [LOT], permits: [DAY] }))).toHaveLength(1);
      expect(replay(curfew, noisy(leaves('23:00:00'), random), { places: [LOT], permits: [NIGHT] })).toEqual([]);
      expect(replay(curfew, noisy(parked('23:00:00', 60), random), { places: [LOT], permits: [DAY] })).toEqual([]);
    }
    expect(replayed(curfew, leaves('12:00:00'), { places: [LOT], permits: [DAY] }).state.byRule).toEqual({});
  });
});

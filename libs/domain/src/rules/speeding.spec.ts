import { at, clockOf, drive, east, HOME, opened, replay, square } from '../testing.js';
import { speeding } from './speeding.js';

const FAR = east(80_000);
const steady = (kmh: number, said: object = {}, seconds = 60) => drive('08:00:00', HOME, FAR, kmh, 5, said).slice(0, seconds / 5);

describe('speeding', () => {
  it('finds more than 5 km/h over the limit, held for 15 s', () => {
    const found = replay(speeding, steady(86));
    expect(opened(found)).toEqual(['speeding minor 08:00:00']);
    expect(found[0]!.evidence).toMatchObject({ durationS: 15, maxSpeedKmh: 86, limitKmh: 80, zone: null });
  });

  it('tolerates 5 km/h over it and forgives a burst shorter than the hold', () => {
    expect(replay(speeding, steady(85))).toEqual([]);
    expect(replay(speeding, [at('08:00:00', { speedKmh: 100 }), at('08:00:10', { speedKmh: 100 }), at('08:00:20', { speedKmh: 50 })])).toEqual([]);
  });

  it('holds a loaded truck to 60 km/h, an empty one and one whose load nobody knows to 80', () => {
    expect(opened(replay(speeding, steady(70, { loadKg: 18_000 })))).toEqual(['speeding minor 08:00:10']);
    expect(replay(speeding, steady(70, { loadKg: 500 }))).toEqual([]);
    expect(replay(speeding, steady(70))).toEqual([]);
  });

  it('does not hold a truck to the loaded limit whose newest reading says that the load has gone', () => {
    const kg = [18_000, 3_000, 400, null, null, null, null, null, 300, 400, 200, 300];
    const tipped = steady(70).map((report, i) => ({ ...report, loadKg: i < 3 ? 18_000 : (kg[i - 3] ?? null) }));
    expect(replay(speeding, tipped).filter(({ evidence }) => Number(evidence.durationS) > 15)).toEqual([]);
  });

  it('holds to the lowest of the zones around, which may also allow more than the truck’s own limit', () => {
    const zone = (id: string, limitKmh: number) => square('speed-zone', HOME, 10_000, { id, limitKmh });
    expect(opened(replay(speeding, steady(50), { places: [zone('z40', 40), zone('z60', 60)] }))).toEqual(['speeding minor 08:00:00']);
    expect(replay(speeding, steady(50), { places: [zone('z40', 40), zone('z60', 60)] })[0]).toMatchObject({
      placeId: 'z40',
      evidence: { limitKmh: 40, zone: 'z40' },
    });
    expect(replay(speeding, steady(75, { loadKg: 18_000 }), { places: [zone('z80', 80)] })).toEqual([]);
  });

  it('grows serious from one and a half times the limit, and never less', () => {
    const found = replay(speeding, [
      ...steady(90, {}, 30),
      ...drive('08:00:30', HOME, FAR, 121, 5).slice(0, 3),
      ...drive('08:00:45', HOME, FAR, 90, 5).slice(0, 5),
    ]);
    expect(found.map(({ severity }) => severity).join(' ')).toMatch(/^minor( minor)* serious( serious)+$/);
    expect(opened(found)).toHaveLength(1);
  });

  it('stays one episode from zone to zone, ends at or under the limit for 10 s, not between limit and tolerance', () => {
    const zone = square('speed-zone', east(500), 600, { limitKmh: 40 });
    const fast = drive('08:00:00', HOME, FAR, 90, 5).slice(0, 20);
    const nearly = drive('08:01:40', east(2_500), FAR, 83, 5).slice(0, 10);
    const slow = drive('08:02:30', east(4_000), FAR, 80, 5).slice(0, 3);
    const found = replay(speeding, [...fast, ...nearly, ...slow], { places: [zone] });
    expect(opened(found)).toHaveLength(1);
    expect(found.filter(({ ended }) => ended !== null).map(({ ended }) => clockOf(ended!))).toEqual(['08:02:30']);
  });

  it('does not count a report without a speed as slow, nor as fast', () => {
    const reports = [0, 10, 20, 30].map((s) => at(`08:00:${String(s).padStart(2, '0')}`, { speedKmh: s % 20 ? null : 100 }));
    expect(replay(speeding, reports.slice(0, 2))).toEqual([]);
    expect(opened(replay(speeding, reports.slice(0, 3)))).toHaveLength(1);
    expect(
      opened(
        replay(
          speeding,
          [0, 20, 40].map((s) => at(`08:00:${String(s).padStart(2, '0')}`, { speedKmh: s === 20 ? null : 100 })),
        ),
      ),
    ).toEqual([]);
  });

  it('finds a truck whose terminal reports once a minute', () => {
    expect(opened(replay(speeding, drive('08:00:00', HOME, FAR, 100, 60).slice(0, 3)))).toEqual(['speeding minor 08:00:00']);
    // 150 s are a pause, until they are known to be this terminal's interval.
    expect(replay(speeding, drive('08:00:00', HOME, FAR, 100, 150).slice(0, 2))).toEqual([]);
    expect(opened(replay(speeding, drive('08:00:00', HOME, FAR, 100, 150).slice(0, 3)))).toEqual(['speeding minor 08:02:30']);
  });

  it('takes the limits of the city where it has its own', () => {
    expect(opened(replay(speeding, steady(50), { limits: [['speeding', { emptyKmh: 40 }]] }))).toHaveLength(1);
    expect(replay(speeding, steady(90), { limits: [['speeding', { emptyKmh: 100 }]] })).toEqual([]);
  });
});

it('goes on with a hold past a load that is not known for the moment, and never opens by such reports alone', () => {
  const fast = drive('08:00:00', HOME, east(20_000), 75, 10, { loadState: 'full' }).slice(0, 12);
  const faulty = (from: number, to: number) => fast.map((report, i): typeof report => (i >= from && i < to ? { ...report, loadState: 'fault' } : report));
  expect(opened(replay(speeding, faulty(4, 6)))).toEqual(['speeding minor 08:00:10']);
  expect(opened(replay(speeding, faulty(2, 12)))).toEqual([]);
});

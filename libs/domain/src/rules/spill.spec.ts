import { at, clockOf, drive, east, HOME, opened, replay, square } from '../testing.js';
import { spill } from './spill.js';

const LOADED = { loadKg: 18_000 };
const FAR = east(40_000);

describe('spill, raised bed', () => {
  it('finds a loaded truck that drives with its bed up for 5 s', () => {
    const found = replay(spill, drive('08:00:00', HOME, FAR, 30, 1, { ...LOADED, bedAngleDeg: 14 }).slice(0, 12));
    // The load is known at 08:00:02.
    expect(opened(found)).toEqual(['spill critical 08:00:02']);
    expect(found[0]!.evidence).toMatchObject({ kind: 'raised-bed', maxBedDeg: 14, maxSpeedKmh: 30, durationS: 5 });
  });

  it.each([1, 10, 60])('finds a bed at 14° from the very first driving report on, at one report each %i s', (everyS) => {
    const found = replay(spill, drive('08:00:00', HOME, FAR, 40, everyS, { ...LOADED, bedAngleDeg: 14 }));
    expect(opened(found)).toHaveLength(1);
  });

  it('takes the word of a terminal that says no angle, and the angle where they disagree', () => {
    const driven = (said: object) => drive('08:00:00', HOME, FAR, 30, 2, { ...LOADED, ...said }).slice(0, 10);
    expect(opened(replay(spill, driven({ bed: 'raised' })))).toHaveLength(1);
    expect(replay(spill, driven({ bed: 'raised', bedAngleDeg: 1 }))).toEqual([]);
    expect(opened(replay(spill, driven({ bed: 'down', bedAngleDeg: 25 })))).toHaveLength(1);
    expect(replay(spill, driven({ bed: 'fault', bedAngleDeg: 25 }))).toEqual([]);
    expect(replay(spill, driven({}))).toEqual([]);
  });

  it('forgives less than 10°, less than 15 km/h, an empty truck and an unknown load', () => {
    const driven = (said: object, kmh = 30) => drive('08:00:00', HOME, FAR, kmh, 2, { ...LOADED, bedAngleDeg: 14, ...said }).slice(0, 20);
    expect(replay(spill, driven({ bedAngleDeg: 9.9 }))).toEqual([]);
    expect(replay(spill, driven({}, 14))).toEqual([]);
    expect(replay(spill, driven({ loadKg: 500 }))).toEqual([]);
    expect(replay(spill, driven({ loadKg: null }))).toEqual([]);
  });

  it('does not take a badly fitted sensor for a raised bed, nor after an hour of waiting for the load', () => {
    const askew = { bedAngleDeg: 12 };
    const empty = drive('08:00:00', HOME, FAR, 40, 10, { ...askew, loadKg: 400 }).slice(0, 60);
    const waiting = at('09:10:00', { ...askew, point: east(6_600), speedKmh: 0, loadKg: 400 });
    const loaded = drive('09:15:00', east(6_600), FAR, 40, 10, { ...askew, ...LOADED });
    expect(replay(spill, [...empty, waiting, ...loaded])).toEqual([]);
    const raised = drive('09:15:00', east(6_600), FAR, 40, 10, { ...LOADED, bedAngleDeg: 23 }).slice(0, 10);
    expect(opened(replay(spill, [...empty, waiting, ...raised]))).toHaveLength(1);
  });

  it('lets a truck drive through its yard with the bed up, not out of it', () => {
    const yard = square('yard', HOME, 2_000);
    const within = drive('08:00:00', east(-900), east(900), 20, 2, { ...LOADED, bedAngleDeg: 40 });
    expect(replay(spill, within, { places: [yard] })).toEqual([]);
    const out = drive('08:00:00', HOME, east(1_500), 18, 2, { ...LOADED, bedAngleDeg: 40 });
    expect(opened(replay(spill, out, { places: [yard] }))).toHaveLength(1);
  });

  it('ends when the bed has been down for 10 s, whatever the sensor leaves unsaid between', () => {
    const up = drive('08:00:00', HOME, FAR, 30, 2, { ...LOADED, bedAngleDeg: 20 }).slice(0, 10);
    const down = drive('08:00:20', east(167), FAR, 30, 2, { ...LOADED, bedAngleDeg: 0 })
      .slice(0, 8)
      .map((report, i) => (i % 2 ? { ...report, bedAngleDeg: null } : report));
    const found = replay(spill, [...up, ...down]);
    expect(found.filter(({ ended }) => ended !== null).map(({ ended }) => clockOf(ended!))).toEqual(['08:00:20']);
    expect(opened(found)).toHaveLength(1);
  });

  it('says how much fell', () => {
    const reports = drive('08:00:00', HOME, FAR, 30, 2, { ...LOADED, bedAngleDeg: 20 }).slice(0, 20);
    const found = replay(
      spill,
      reports.map((report, i) => ({ ...report, loadKg: 18_000 - 200 * i })),
    );
    const { evidence } = found.at(-1)!;
    expect(evidence.startLoadKg).toBeGreaterThan(Number(evidence.loadKg));
    expect(spill.say(evidence).zh).toMatch(/^举斗 20°行驶 \d+ m，最高 30 km\/h，载重由 17\.\d t 降至 1\d\.\d t$/);
  });
});

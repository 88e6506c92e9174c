import { at, drive, east, HOME, opened, replay, square, clockOf } from '../testing.js';
import { uncoveredLoad } from './uncovered-load.js';

const LOADED = { loadKg: 18_000 };
const FAR = east(20_000);

describe('uncovered-load', () => {
  it('finds a truck that drives its load under an open cover for 20 s', () => {
    const found = replay(uncoveredLoad, drive('21:04:00', HOME, FAR, 40, 5, { ...LOADED, cover: 'open' }).slice(0, 8));
    // The load is known with its third reading, at 21:04:10.
    expect(opened(found)).toEqual(['uncovered-load serious 21:04:10']);
    expect(found[0]).toMatchObject({ scope: '-', ended: null, evidence: { durationS: 20, maxSpeedKmh: 40, loadKg: 18_000 } });
  });

  it('forgives an open cover that is closed before 20 s are over', () => {
    const open = drive('21:04:00', HOME, FAR, 40, 5, { ...LOADED, cover: 'open' }).slice(0, 6);
    const closed = drive('21:04:30', east(300), FAR, 40, 5, { ...LOADED, cover: 'closed' }).slice(0, 6);
    expect(replay(uncoveredLoad, [...open, ...closed])).toEqual([]);
  });

  it('says nothing of an empty truck, of one whose load nobody knows and of one that crawls', () => {
    const driven = (said: object, kmh = 40) => drive('21:04:00', HOME, FAR, kmh, 5, { cover: 'open', ...said }).slice(0, 20);
    expect(replay(uncoveredLoad, driven({ loadKg: 900 }))).toEqual([]);
    expect(replay(uncoveredLoad, driven({}))).toEqual([]);
    expect(replay(uncoveredLoad, driven({ ...LOADED, loadState: 'fault' }))).toEqual([]);
    expect(replay(uncoveredLoad, driven(LOADED, 9))).toEqual([]);
    expect(replay(uncoveredLoad, driven({ ...LOADED, cover: 'fault' }))).toEqual([]);
  });

  it('lets a site cover its trucks within its border and 30 m beyond it', () => {
    const site = square('site', HOME, 4_000);
    const inside = drive('21:04:00', HOME, east(1_900), 40, 5, { ...LOADED, cover: 'open' });
    expect(replay(uncoveredLoad, inside, { places: [site] })).toEqual([]);
    const verge = drive('21:04:00', east(2_025, -500), east(2_025, 500), 40, 5, { ...LOADED, cover: 'open' });
    expect(replay(uncoveredLoad, verge, { places: [site] })).toEqual([]);
    const past = drive('21:04:00', east(2_045, -500), east(2_045, 500), 40, 5, { ...LOADED, cover: 'open' });
    expect(opened(replay(uncoveredLoad, past, { places: [site] }))).toHaveLength(1);
  });

  it('tells one alert for one drive, longer and faster as it goes on, and ends it when the cover has been closed for 10 s', () => {
    const open = drive('21:04:00', HOME, FAR, 47, 10, { ...LOADED, cover: 'open' }).slice(0, 16);
    const closed = drive('21:06:40', east(2_100), FAR, 47, 10, { ...LOADED, cover: 'closed' }).slice(0, 3);
    const found = replay(uncoveredLoad, [...open, ...closed]);
    expect(opened(found)).toEqual(['uncovered-load serious 21:04:20']);
    const last = found.at(-1)!;
    expect(clockOf(last.ended!)).toBe('21:06:40');
    expect(last.evidence.durationS).toBe(140);
    expect(last.evidence.distanceM).toBeGreaterThan(1_600);
  });

  it('takes one closed report between two open ones for sensor bounce, two for a closed cover', () => {
    const reports = drive('21:04:00', HOME, FAR, 40, 5, { ...LOADED, cover: 'open' }).slice(0, 8);
    const bounced = reports.map((report, i) => (i === 4 ? { ...report, cover: 'closed' as const } : report));
    expect(opened(replay(uncoveredLoad, bounced))).toEqual(['uncovered-load serious 21:04:10']);
    const closedTwice = reports.map((report, i) => (i === 4 || i === 5 ? { ...report, cover: 'closed' as const } : report));
    expect(replay(uncoveredLoad, closedTwice)).toEqual([]);
  });

  it('stays one episode while the truck stands at lights and over a pause of its terminal', () => {
    const said = { ...LOADED, cover: 'open' as const };
    const driving = drive('21:04:00', HOME, FAR, 40, 5, said).slice(0, 10);
    const standing = [at('21:04:50', { ...said, speedKmh: 0, point: east(550) }), at('21:09:00', { ...said, speedKmh: 0, point: east(550) })];
    const onwards = drive('21:09:05', east(550), FAR, 40, 5, said).slice(0, 10);
    expect(opened(replay(uncoveredLoad, [...driving, ...standing, ...onwards]))).toEqual(['uncovered-load serious 21:04:10']);
  });

  it('ends at a work place at once and opens another beyond it', () => {
    const site = square('yard', east(2_000), 400);
    const found = replay(uncoveredLoad, drive('21:00:00', HOME, east(4_000), 40, 5, { ...LOADED, cover: 'open' }), { places: [site] });
    expect(opened(found)).toHaveLength(2);
    expect(found.filter((finding) => finding.ended !== null)).toHaveLength(1);
  });

  it('neither continues nor breaks a hold where the fix is too poor to say where the truck is', () => {
    const reports = drive('21:04:00', HOME, FAR, 40, 5, { ...LOADED, cover: 'open' }).slice(0, 8);
    const poor = reports.map((report, i) => (i >= 3 && i <= 5 ? { ...report, accuracyM: 80 } : report));
    expect(opened(replay(uncoveredLoad, poor))).toEqual(['uncovered-load serious 21:04:10']);
    expect(
      replay(
        uncoveredLoad,
        reports.map((report) => ({ ...report, accuracyM: 80 })),
      ),
    ).toEqual([]);
  });

  it('does not take two sightings of an open cover with only poor fixes between them, over two minutes, for one hold', () => {
    const said = { ...LOADED, cover: 'open' as const, speedKmh: 40 };
    const times = Array.from({ length: 20 }, (_, i) =>
      at(`21:${String(4 + Math.floor(i / 6)).padStart(2, '0')}:${String((i % 6) * 10).padStart(2, '0')}`, said),
    );
    const poor = times.map((report, i) => (i > 3 && i < 19 ? { ...report, accuracyM: 80 } : report));
    expect(opened(replay(uncoveredLoad, poor))).toEqual([]);
  });
});

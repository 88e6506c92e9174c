import { clockOf, drive, east, HOME, noisy, opened, permit, replay, replayed, seeded, square } from '../testing.js';
import type { Report } from '../report.js';
import type { HoursWindow } from '../hours.js';
import { outOfHours } from './out-of-hours.js';

const LOADED = { loadKg: 18_000 };
const NIGHT: HoursWindow[] = [{ from: '21:00', to: '05:00' }];
const allowing = (hours: HoursWindow[] | null, more = {}) => ({ permits: [permit({ hours, ...more })] });
const driven = (start: string, minutes = 5, said: Partial<Report> = {}, kmh = 36) =>
  drive(start, HOME, east(60_000), kmh, 10, { ...LOADED, ...said }).slice(0, minutes * 6);
const ends = (found: ReturnType<typeof replay>) => found.filter(({ ended }) => ended !== null).map(({ ended }) => clockOf(ended!));

describe('out-of-hours', () => {
  it('finds a loaded truck that drives for 60 s, more than 15 min after or before every window', () => {
    const found = replay(outOfHours, driven('09:00:00'), allowing(NIGHT));
    // The load is known with its third reading.
    expect(opened(found)).toEqual(['out-of-hours minor 09:00:20']);
    expect(found[0]!.evidence).toEqual({ durationS: 60, distanceM: 600, outsideMin: 241 });
    expect(opened(replay(outOfHours, driven('20:40:00', 4), allowing(NIGHT)))).toHaveLength(1);
  });

  it('gives 15 min on either side to finish a trip', () => {
    expect(replay(outOfHours, driven('05:10:00', 5), allowing(NIGHT))).toEqual([]);
    expect(opened(replay(outOfHours, driven('05:10:00', 10), allowing(NIGHT)))).toEqual(['out-of-hours minor 05:15:10']);
    expect(replay(outOfHours, driven('20:44:10', 20), allowing(NIGHT))).toEqual([]);
    expect(replay(outOfHours, driven('09:00:00'), { ...allowing(NIGHT), limits: [['out-of-hours', { graceMin: 300 }]] })).toEqual([]);
  });

  it('lets a truck haul within its hours, across midnight, and at any time where none are said', () => {
    expect(replay(outOfHours, driven('23:55:00', 12), allowing(NIGHT))).toEqual([]);
    expect(replay(outOfHours, driven('09:00:00'), allowing(null))).toEqual([]);
    expect(replay(outOfHours, driven('09:00:00'), allowing([]))).toEqual([]);
  });

  it('goes by the day on which a window opens', () => {
    // The test day is a Monday.
    const friday = [{ days: [5], from: '22:00', to: '05:00' }];
    expect(replay(outOfHours, driven('+5 03:00:00'), allowing(friday))).toEqual([]);
    expect(opened(replay(outOfHours, driven('+4 03:00:00'), allowing(friday)))).toHaveLength(1);
  });

  it('says nothing of an empty truck, of one whose load nobody knows, and of one that crawls', () => {
    expect(replay(outOfHours, driven('09:00:00', 5, { loadKg: 300 }), allowing(NIGHT))).toEqual([]);
    expect(replay(outOfHours, driven('09:00:00', 5, { loadKg: null }), allowing(NIGHT))).toEqual([]);
    expect(replay(outOfHours, driven('09:00:00', 5, {}, 9), allowing(NIGHT))).toEqual([]);
    expect(replay(outOfHours, driven('09:00:00', 5, { speedKmh: null }), allowing(NIGHT))).toEqual([]);
    expect(replay(outOfHours, driven('09:00:00').slice(0, 8), allowing(NIGHT))).toEqual([]);
  });

  it('says nothing without a permit, and where one of several allows it', () => {
    expect(replay(outOfHours, driven('09:00:00'))).toEqual([]);
    const day = permit({ id: 'day', siteId: 'site-2', hours: [{ from: '08:00', to: '18:00' }] });
    expect(replay(outOfHours, driven('09:00:00'), { permits: [permit({ hours: NIGHT }), day] })).toEqual([]);
    expect(opened(replay(outOfHours, driven('09:00:00'), { permits: [permit({ hours: NIGHT }), { ...day, hours: NIGHT }] }))).toHaveLength(1);
  });

  it('does not count what is driven inside the site before it is left', () => {
    const site = square('site', HOME, 4_000);
    expect(replay(outOfHours, drive('09:00:00', east(-1_800), east(1_800), 30, 10, LOADED), { ...allowing(NIGHT), places: [site] })).toEqual([]);
  });

  it('is one alert until the next window opens, though another load is hauled, and another alert the next morning', () => {
    const first = driven('09:00:00', 10);
    const emptied = driven('09:12:00', 3, { loadKg: 300 });
    const second = driven('11:00:00', 10);
    const night = driven('22:00:00', 3);
    const morning = driven('+1 06:00:00', 5);
    const found = replay(outOfHours, [...first, ...emptied, ...second, ...night, ...morning], allowing(NIGHT));
    expect(opened(found)).toEqual(['out-of-hours minor 09:00:20', 'out-of-hours minor 06:00:20']);
    expect(ends(found)).toEqual(['21:00:00']);
    const ended = found.find(({ ended }) => ended !== null)!;
    expect(ended.evidence.outsideMin).toBe(369);
    expect(ended.evidence.distanceM).toBeGreaterThan(11_000);
  });

  it('ends when the window opens, also where the first report after it comes outside of the next', () => {
    const found = replay(outOfHours, [...driven('09:00:00', 3), ...driven('+1 09:00:00', 3)], allowing(NIGHT));
    expect(opened(found)).toEqual(['out-of-hours minor 09:00:20', 'out-of-hours minor 09:00:20']);
    expect(ends(found)).toEqual(['21:00:00']);
  });

  it('holds under missing reports and sensors, and finds nothing within the hours for all their noise', () => {
    const random = seeded(11);
    for (let run = 0; run < 12; run++) {
      expect(opened(replay(outOfHours, noisy(driven('09:00:00', 12), random), allowing(NIGHT)))).toHaveLength(1);
      expect(replay(outOfHours, noisy(driven('22:00:00', 12), random), allowing(NIGHT))).toEqual([]);
      expect(replay(outOfHours, noisy(driven('09:00:00', 12, { loadKg: 200 }), random), allowing(NIGHT))).toEqual([]);
    }
  });

  it('says how long and how far', () => {
    expect(outOfHours.say({ distanceM: 3_200, outsideMin: 42 })).toEqual({
      zh: '在核准时段外 42 min 重车行驶 3.2 km',
      en: 'hauled its load 3.2 km, 42 min outside the permitted hours',
    });
  });

  it('keeps nothing of a truck that hauls within its hours', () => {
    expect(replayed(outOfHours, driven('22:00:00'), allowing(NIGHT)).state.byRule).toEqual({});
  });
});

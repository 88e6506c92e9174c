import { at, clock, clockOf, drive, east, HOME, noisy, opened, replay, replayed, square } from '../testing.js';
import type { Place } from '../place.js';
import type { Report } from '../report.js';
import { longStop } from './long-stop.js';

const LOADED = { loadKg: 18_000 };
/** Drives to HOME with a load and stands there from 08:00 on. */
function stopped(minutes: number, { everyS = 10, said = {} }: { everyS?: number; said?: Partial<Report> } = {}): Report[] {
  const arriving = drive('07:58:00', east(-1_300), HOME, 40, 10, LOADED).slice(0, 12);
  const standing = Array.from({ length: (minutes * 60) / everyS + 1 }, (_, i) =>
    at(clock('08:00:00') + i * everyS * 1_000, { speedKmh: 0, ...LOADED, ...said }),
  );
  return [...arriving, ...standing];
}
const left = (time: string, said: Partial<Report> = LOADED) => drive(time, HOME, east(2_000), 40, 10, said);

describe('long-stop', () => {
  it('finds a loaded truck that stands for 30 min, and ends when it has moved 200 m', () => {
    const findings = replay(longStop, [...stopped(40), ...left('08:41:00')]);
    expect(opened(findings)).toEqual(['long-stop minor 08:00:00']);
    expect(findings[0]).toMatchObject({ scope: '-', evidence: { durationS: 1_800, loadKg: 18_000 } });
    expect(clockOf(findings.at(-1)!.ended!)).toBe('08:41:20');
    expect(findings.at(-1)!.evidence.durationS).toBe(2_480);
  });

  it('forgives 29 min, an empty truck, one whose load nobody knows, and every place', () => {
    expect(replay(longStop, [...stopped(29), ...left('08:29:10')])).toEqual([]);
    expect(replay(longStop, stopped(60, { said: { loadKg: 300 } }))).toEqual([]);
    expect(replay(longStop, stopped(60, { said: { loadKg: null } }).slice(12))).toEqual([]);
    const kinds: Place['kind'][] = ['site', 'yard', 'parking-lot', 'wash-bay', 'no-go', 'speed-zone'];
    for (const kind of kinds) expect(replay(longStop, stopped(60), { places: [square(kind, HOME, 100)] })).toEqual([]);
    // Queuing on the verge of a yard.
    expect(replay(longStop, stopped(60), { places: [square('yard', east(120), 200)] })).toEqual([]);
    expect(opened(replay(longStop, stopped(60), { places: [square('yard', east(140), 200)] }))).toHaveLength(1);
  });

  it('counts anew where the truck moved on by more than 100 m', () => {
    const crept = stopped(50).map((report) => (report.at > clock('08:25:00') ? { ...report, point: east(120) } : report));
    expect(opened(replay(longStop, crept))).toEqual([]);
    expect(
      opened(
        replay(
          longStop,
          stopped(50).map((report) => (report.at > clock('08:25:00') ? { ...report, point: east(90) } : report)),
        ),
      ),
    ).toHaveLength(1);
  });

  it('takes a parked terminal that slept for one stop, and one that woke up elsewhere for none', () => {
    const slept = [...stopped(5), at('11:00:00', { speedKmh: 0, loadKg: null, point: east(60) })];
    expect(opened(replay(longStop, slept))).toEqual(['long-stop minor 08:00:00']);
    expect(replay(longStop, [...stopped(5), at('11:00:00', { speedKmh: 0, point: east(1_000), ...LOADED })])).toEqual([]);
    expect(
      replay(longStop, [...stopped(5), ...Array.from({ length: 3 }, (_, i) => at(clock('11:00:00') + i * 10_000, { speedKmh: 0, loadKg: 300 }))].slice(0, -2)),
    ).toHaveLength(1);
  });

  it('is not broken by a fault of the scales, a poor fix, one that strays, or by what is said after ten minutes without kilograms', () => {
    const odd = stopped(31).map((report, i): Report => {
      if (i % 7 === 0) return { ...report, loadState: 'fault' };
      if (i % 11 === 5) return { ...report, accuracyM: 80, point: east(300) };
      return i % 11 === 0 ? { ...report, point: east(150) } : report;
    });
    expect(opened(replay(longStop, odd))).toEqual(['long-stop minor 08:00:00']);
    const unsaid = stopped(31).map((report) => (report.at > clock('08:02:00') ? { ...report, loadKg: null } : report));
    expect(opened(replay(longStop, unsaid))).toEqual(['long-stop minor 08:00:00']);
  });

  it('ends by two reports, not by one fix that strays', () => {
    const strayed = stopped(60).map((report) => (report.at === clock('08:40:00') ? { ...report, point: east(210) } : report));
    expect(replay(longStop, strayed).filter(({ ended }) => ended !== null)).toEqual([]);
  });

  it('is right under noise, of 40 min and of 25', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const tell = (minutes: number) =>
        opened(
          replay(
            longStop,
            noisy(
              [...stopped(minutes), ...left('08:41:00')]
                .filter((r) => r.at <= clock('08:00:00') + minutes * 60_000 || r.at >= clock('08:41:00'))
                .map((r) => (r.at >= clock('08:41:00') ? { ...r, at: r.at - (40 - minutes) * 60_000 } : r)),
              seed,
            ),
          ),
        ).length;
      expect([seed, tell(40), tell(25)]).toEqual([seed, 1, 0]);
    }
  });

  it('leaves the state alone while the truck drives, and writes nothing for each report while it stands', () => {
    expect(replayed(longStop, drive('08:00:00', HOME, east(9_000), 40, 10, LOADED)).state.byRule).toEqual({});
    const states = stopped(20).map((_, i, all) => JSON.stringify(replayed(longStop, all.slice(0, i + 1)).state.byRule));
    expect(new Set(states).size).toBe(2);
  });

  it('says for how long', () => {
    const [first] = replay(longStop, stopped(31));
    expect(longStop.say(first!.evidence)).toEqual({ zh: '载重 18.0 t停留 30 分钟', en: 'stood with 18.0 t on for 30 min' });
  });
});

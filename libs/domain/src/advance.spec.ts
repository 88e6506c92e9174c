import { advance } from './advance.js';
import type { AnyRule } from './rules/index.js';
import type { Report } from './report.js';
import { RULES } from './rules/index.js';
import { speeding } from './rules/speeding.js';
import { uncoveredLoad } from './rules/uncovered-load.js';
import { NEW_TRUCK, type TruckState } from './state.js';
import { at, clock, drive, east, HOME, opened, replay, replayed, sighted, square, TRUCK, worldOf } from './testing.js';

const LOADED = { loadKg: 18_000 };

describe('a step of a truck', () => {
  it('goes on past a rule that throws, which keeps its old state', () => {
    let broken = false;
    const brittle = {
      ...speeding,
      step: (...args: Parameters<NonNullable<typeof speeding.step>>) => {
        if (broken) throw new Error('rule broken');
        return speeding.step!(...args);
      },
    } as unknown as AnyRule;
    const reports = drive('08:00:00', HOME, east(20_000), 86, 5, { ...LOADED, cover: 'open' }).slice(0, 12);
    let state: TruckState = NEW_TRUCK;
    const found: string[] = [];
    const faults: unknown[] = [];
    for (const [i, report] of reports.entries()) {
      broken = i >= 4 && i < 8;
      const step = advance(state, report, TRUCK, worldOf(), [brittle, uncoveredLoad]);
      if (broken) expect(step.state.byRule.speeding).toBe(state.byRule.speeding);
      faults.push(...step.faults);
      found.push(...opened(step.findings));
      state = step.state;
    }
    expect(faults).toHaveLength(4);
    expect(faults[0]).toMatchObject({ rule: 'speeding', error: new Error('rule broken') });
    expect(found).toEqual(['speeding minor 08:00:00', 'uncovered-load serious 08:00:10']);
  });

  it('puts the alerts of one haul into one incident, found on the way or when the load has gone', () => {
    const road = drive('08:00:00', east(1_000), east(2_500), 70, 5, { ...LOADED, cover: 'open', bedAngleDeg: 0 });
    const tipping = [18_000, 300, 300, 300].map((loadKg, i) => at(clock('08:01:20') + i * 5_000, { point: east(2_500), speedKmh: 0, bedAngleDeg: 45, loadKg }));
    const { findings, hauls } = replayed(RULES, [...road, ...tipping]);
    expect(opened(findings).map((line) => line.split(' ')[0])).toEqual(['speeding', 'uncovered-load', 'illegal-dumping']);
    expect(new Set(findings.map(({ incident }) => incident))).toEqual(new Set([hauls[0]!.id]));
    expect(findings.every(({ haulId }) => haulId === hauls[0]!.id)).toBe(true);
    expect(hauls.at(-1)!.ended).toBe('dumped');
  });

  it('puts alerts without a haul into one incident while they are at most 2 h apart', () => {
    const burst = (time: string) =>
      drive(time, HOME, east(10_000), 100, 5)
        .slice(0, 6)
        .concat(drive(`${time.slice(0, 5)}:30`, HOME, east(10_000), 50, 5).slice(0, 4));
    const found = replay(speeding, [...burst('08:00:00'), ...burst('09:50:00'), ...burst('12:00:00')]);
    const incidents = found.filter((finding) => finding.opened).map(({ incident }) => incident);
    expect(incidents).toEqual([`truck-1:${clock('08:00:00')}`, `truck-1:${clock('08:00:00')}`, `truck-1:${clock('12:00:00')}`]);
    expect(found.every(({ haulId }) => haulId === null)).toBe(true);
  });

  describe('an uncovered departure', () => {
    const site = square('site', HOME, 300);
    const OPEN = { covered: false, coveredConfidence: 0.9 };
    const open = (report: Report): Report => ({ ...report, ...LOADED, cover: 'open' });
    const loading = Array.from({ length: 30 }, (_, i) => open(at(clock('07:55:00') + i * 10_000, { speedKmh: 0 })));
    const leaving = drive('08:00:00', HOME, east(6_000), 40, 10).map(open);
    const incidents = (happenings: Parameters<typeof replayed>[1]) =>
      replayed(RULES, happenings, { places: [site] })
        .findings.filter((finding) => finding.opened && /uncovered|no-permit|speeding/.test(finding.rule))
        .map(({ rule, incident }) => `${rule} ${incident}`);

    it('and what the truck does on the haul that begins with it are one incident', () => {
      const told = incidents([...loading, leaving[0]!, sighted(clock('08:00:05'), OPEN), ...leaving.slice(1, 30)]);
      const gate = `truck-1:${clock('08:00:05')}`;
      expect(told).toEqual([`uncovered-departure ${gate}`, `no-permit ${gate}`, `uncovered-load ${gate}`]);
    });

    it('is no part of what was told an hour before, nor of what comes after the haul', () => {
      const fast = (time: string) => [
        ...drive(time, HOME, east(10_000), 100, 5).slice(0, 6),
        ...drive(time.replace(/00$/, '30'), HOME, east(10_000), 50, 5).slice(0, 4),
      ];
      const before = fast('07:00:00').map((report) => ({ ...report, point: east(9_000), loadKg: 0 }));
      const emptied = Array.from({ length: 4 }, (_, i) => at(clock('08:06:00') + i * 5_000, { point: east(4_000), speedKmh: 0, loadKg: 0, cover: 'closed' }));
      const after = fast('08:30:00').map((report) => ({ ...report, point: east(9_000), loadKg: 0 }));
      const told = incidents([...before, ...loading, leaving[0]!, sighted(clock('08:00:05'), OPEN), ...leaving.slice(1, 30), ...emptied, ...after]);
      const gate = `truck-1:${clock('08:00:05')}`;
      expect(told).toEqual([
        `speeding truck-1:${clock('07:00:00')}`,
        `uncovered-departure ${gate}`,
        `no-permit ${gate}`,
        `uncovered-load ${gate}`,
        `speeding truck-1:${clock('08:30:00')}`,
      ]);
    });
  });

  it('counts driven metres only from 3 km/h', () => {
    const standing = Array.from({ length: 60 }, (_, i) => at(clock('08:00:00') + i * 10_000, { point: east(i % 2 ? 8 : 0), speedKmh: 0.5, ...LOADED }));
    expect(replayed([], standing).state.hauling.haul!.distanceM).toBe(0);
    const unsaid = standing.map((report) => ({ ...report, speedKmh: null }));
    expect(replayed([], unsaid).state.hauling.haul!.distanceM).toBe(0);
  });

  it('takes a world that closes a zone between two reports', () => {
    const zone = square('speed-zone', HOME, 40_000, { limitKmh: 40 });
    const reports = drive('08:00:00', HOME, east(10_000), 60, 5).slice(0, 12);
    const found = replay(speeding, reports, { worlds: (time) => (time < clock('08:00:30') ? worldOf([zone], [], 1) : worldOf([], [], 2)) });
    expect(found.map(({ ended }) => ended && (ended - clock('08:00:00')) / 1_000)).toEqual([null, null, 30]);
  });
});

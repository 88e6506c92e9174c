import { at, clock, HOME, noisy, opened, replay, sighted, square } from '../testing.js';
import type { Report } from '../report.js';
import { uncoveredDeparture } from './uncovered-departure.js';

const places = [square('site', HOME, 300)];
const OPEN = { covered: false, coveredConfidence: 0.85 };
/** Reports from 07:55 to 08:05, one each 10 s. */
const weighed = (loadKg: number | null, said: Partial<Report> = {}) =>
  Array.from({ length: 61 }, (_, i) => at(clock('07:55:00') + i * 10_000, { speedKmh: 0, loadKg, ...said }));
/** The sighting where it belongs by time. */
const seenAmong = (reports: Report[], said = {}) => [
  ...reports.filter((report) => report.at <= clock('08:00:00')),
  sighted('08:00:00', { ...OPEN, ...said }),
  ...reports.filter((report) => report.at > clock('08:00:00')),
];
const found = (happenings: Parameters<typeof replay>[1]) => replay(uncoveredDeparture, happenings, { places });

describe('uncovered-departure', () => {
  it('finds a loaded truck that leaves a site uncovered, once', () => {
    const findings = found(seenAmong(weighed(18_000)));
    expect(opened(findings)).toEqual(['uncovered-departure serious 08:00:00']);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ scope: 'camera-1', placeId: 'site-1', evidence: { confidencePercent: 85, load: 'loaded' } });
    expect(findings[0]!.ended).toBe(findings[0]!.began);
  });

  it('finds one whose load nobody knows, or was known an hour ago', () => {
    expect(found(seenAmong(weighed(null)))).toHaveLength(1);
    expect(found([sighted('08:00:00', OPEN)])).toHaveLength(1);
    expect(found([...weighed(300), sighted('09:05:00', OPEN)])).toHaveLength(1);
  });

  it('forgives a truck known to be empty, though the scales are faulty that very moment', () => {
    expect(found(seenAmong(weighed(300)))).toEqual([]);
    expect(found(seenAmong(weighed(null, { loadState: 'empty' })))).toEqual([]);
    const faulty = weighed(300).map((report): Report => (report.at === clock('08:00:00') ? { ...report, loadState: 'fault' } : report));
    expect(found(seenAmong(faulty))).toEqual([]);
  });

  it('goes by what was known at that time, when the sighting comes after newer reports', () => {
    const late = (loadKg: number, then: number) => [
      ...weighed(loadKg)
        .map((r) => (r.at > clock('08:00:30') ? { ...r, loadKg: then } : r))
        .slice(0, 42),
      sighted('08:00:00', OPEN),
    ];
    expect(found(late(300, 18_000))).toEqual([]);
    expect(found(late(18_000, 300))).toHaveLength(1);
  });

  it('finds one whose scales, silent while it was loaded, said empty last and speak again right after the gate', () => {
    const silent = weighed(300).map((r) => (r.at > clock('08:00:00') ? { ...r, loadKg: 18_000 } : r.at > clock('07:57:00') ? { ...r, loadKg: null } : r));
    const [finding, ...more] = found(seenAmong(silent));
    expect(finding).toMatchObject({ began: clock('08:00:00'), evidence: { load: 'loaded' } });
    expect(more).toEqual([]);
    const late = [...silent.filter((r) => r.at <= clock('08:01:30')), sighted('08:00:00', OPEN)];
    expect(found(late)[0]!.evidence).toEqual(finding!.evidence);
  });

  it('forgives a covered truck, doubt, one driving in and one whose plate was not read', () => {
    for (const said of [
      { covered: true },
      { covered: null },
      { coveredConfidence: 0.79 },
      { coveredConfidence: null },
      { direction: 'in' as const },
      { plate: null },
      { plateConfidence: 0.8 },
      { plate: '皖A99999' },
    ]) {
      expect(found(seenAmong(weighed(18_000), said))).toEqual([]);
    }
    expect(replay(uncoveredDeparture, seenAmong(weighed(18_000)), { places: [square('yard', HOME, 300, { id: 'site-1' })] })).toEqual([]);
  });

  it('is right under noise, of loaded trucks and of empty ones', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const tell = (loadKg: number) => found(seenAmong(noisy(weighed(loadKg), seed))).length;
      expect([seed, tell(18_000), tell(300)]).toEqual([seed, 1, 0]);
    }
  });
});

import { makeFleet } from './fleet.js';
import { distanceToArea, inside } from './plane.js';
import type { WireReport } from './report.js';
import { simulate } from './simulate.js';
import { clock, HOUR, placesNear, reportsOf, theCity } from './testing.js';
import type { Rule, Truth } from './truth.js';

describe('a night of drivers who break rules', () => {
  const city = theCity();
  const fleet = makeFleet(city, 1, 300);
  const from = clock('21:00:00');
  const day = simulate({ city, fleet, seed: 1, from, to: from + 1.5 * HOUR, violations: 0.3, coverage: 'off' });
  const reports = reportsOf(day);
  const ended = day.truth.filter((truth) => !truth.unfinished);
  const of = (rule: Rule): Truth[] => ended.filter((truth) => truth.rule === rule);
  const during = (truth: Truth) => reports.get(truth.terminalId)!.filter(({ at }) => at >= truth.from && at <= truth.to);

  /** Seconds from the first to the last of the longest run of reports that say so; one that says nothing breaks no run. */
  const heldS = (truth: Truth, says: (report: WireReport) => boolean | null): number => {
    let longest = 0;
    let start: number | null = null;
    for (const { at, report } of during(truth)) {
      const said = says(report);
      if (said === false) start = null;
      else if (said) longest = Math.max(longest, at - (start ??= at));
    }
    return longest / 1000;
  };
  const faster = (kmh: number) => (report: WireReport) => (report.speedKmh == null ? null : report.speedKmh > kmh);
  const raised = (degrees: number) => (report: WireReport) =>
    report.bedAngleDeg != null ? report.bedAngleDeg - fittedAskew(report) >= degrees : report.bed != null ? report.bed === 'raised' : null;
  const fittedAskew = (_: WireReport): number => 3;
  const both =
    (...claims: ((report: WireReport) => boolean | null)[]) =>
    (report: WireReport) => {
      const said = claims.map((claim) => claim(report));
      return said.includes(false) ? false : said.includes(null) ? null : true;
    };
  const open = (report: WireReport) => (report.cover == null ? null : report.cover === 'open');

  it('has each kind, and says of each what the driver did, for how long, and that all of it was heard', () => {
    for (const rule of ['uncovered-load', 'spill', 'illegal-dumping', 'speeding', 'no-go'] as const) expect(of(rule).length).toBeGreaterThanOrEqual(5);
    for (const truth of ended) {
      expect(truth.note).not.toBe('');
      expect(truth.to - truth.from).toBeGreaterThanOrEqual(25_000);
      expect(truth.heard).toBeGreaterThanOrEqual(truth.rule === 'illegal-dumping' ? 3 : 4);
    }
  });

  it('begins with a spill and an uncovered load after 30 to 60 s, with three reports before', () => {
    for (const rule of ['spill', 'uncovered-load'] as const) {
      const first = day.truth.filter((truth) => truth.rule === rule).sort((a, b) => a.from - b.from)[0]!;
      expect((first.from - from) / 1000).toBeGreaterThan(30);
      expect((first.from - from) / 1000).toBeLessThan(60);
      expect(reports.get(first.terminalId)!.filter(({ at }) => at < first.from).length).toBeGreaterThanOrEqual(3);
    }
  });

  it('shows an open cover at speed', () => {
    for (const truth of of('uncovered-load')) expect(heldS(truth, both(open, faster(12)))).toBeGreaterThanOrEqual(30);
  });

  it('shows a raised bed at speed, never at walking pace', () => {
    for (const truth of of('spill')) {
      expect(heldS(truth, both(raised(8.5), faster(20)))).toBeGreaterThanOrEqual(20);
      expect(during(truth).every(({ report }) => report.speedKmh == null || report.speedKmh > 20)).toBe(true);
    }
  });

  it('shows tipping at a standstill far from every place, and the load gone', () => {
    for (const truth of of('illegal-dumping')) {
      expect(
        heldS(
          truth,
          both(raised(15), (report) => (report.speedKmh == null ? null : report.speedKmh < 3)),
        ),
      ).toBeGreaterThanOrEqual(10);
      for (const { point } of during(truth)) expect(placesNear(city, point, 150, 'site', 'yard', 'parking-lot')).toEqual([]);
      const after = reports.get(truth.terminalId)!.find(({ at }) => at > truth.to + 5000);
      const rated = fleet.trucks.find((truck) => truck.id === truth.truckId)!.ratedLoadKg;
      if (after?.report.loadKg != null) expect(after.report.loadKg).toBeLessThan(0.1 * rated);
      if (after?.report.loadState != null) expect(after.report.loadState).toBe('empty');
    }
  });

  it('shows speed well above the limit', () => {
    for (const truth of of('speeding')) {
      const limit = city.places.find((place) => place.id === truth.placeId)?.limitKmh ?? 60;
      expect(heldS(truth, faster(limit + 6))).toBeGreaterThanOrEqual(20);
    }
  });

  it('shows the truck inside the forbidden place', () => {
    for (const truth of of('no-go')) {
      const place = city.places.find((one) => one.id === truth.placeId)!;
      const within = during(truth).filter(({ point }) => inside(point, place.area));
      expect(within.at(-1)!.at - within[0]!.at).toBeGreaterThanOrEqual(30_000);
    }
  });

  it('says of a spill under an open cover that the load was uncovered too', () => {
    const withCover = of('uncovered-load').filter((truth) => truth.note.startsWith('spilt'));
    expect(withCover.length).toBeGreaterThan(0);
    for (const truth of withCover)
      expect(ended.some((other) => other.rule === 'spill' && other.truckId === truth.truckId && other.from >= truth.from && other.to <= truth.to)).toBe(true);
  });

  it('leaves the forbidden place once it is through', () => {
    for (const truth of of('no-go')) {
      const place = city.places.find((one) => one.id === truth.placeId)!;
      const outside = reports.get(truth.terminalId)!.filter(({ at }) => at > truth.to + 20_000 && at < truth.to + 60_000);
      for (const { point } of outside) expect(distanceToArea(point, place.area)).toBeGreaterThan(0);
    }
  });
});

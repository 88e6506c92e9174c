import { makeFleet } from '../fleet.js';
import { withinHours } from '../hours.js';
import { distance, distanceToArea, inside } from '../plane.js';
import type { WireReport } from '../report.js';
import { camerasOf } from '../cameras.js';
import type { WireSighting } from '../cameras.js';
import { simulate } from '../simulate.js';
import { alike, clock, HOUR, placesNear, reportsOf, theCity } from '../testing.js';
import { RULE_CODES } from '../truth.js';
import type { Rule, Truth } from '../truth.js';

describe('a day with so many deeds of each rule', () => {
  const city = theCity();
  const fleet = makeFleet(city, 1, 200);
  const from = clock('17:30:00');
  const COUNT = 9;
  const perDay: Partial<Record<Rule, number>> = Object.fromEntries(RULE_CODES.map((rule) => [rule, COUNT]));
  Object.assign(perDay, { spill: 24, 'illegal-dumping': 24, speeding: 12, 'off-route': 24, 'sensor-contradiction': 36, 'platform-outage': 1 });
  const day = simulate({ city, fleet, seed: 1, from, to: from + 8 * HOUR, violations: { perDay }, coverage: 'off' });
  const sent = [...day.sent];
  const reports = reportsOf(sent);
  const sightings = day.sightings.map(({ cameraId, payload }) => ({ cameraId, at: Date.parse(payload.time), ...payload }));
  const of = (rule: Rule, scope?: string): Truth[] => day.truth.filter((truth) => truth.rule === rule && (scope === undefined || truth.scope === scope));
  const ofTruck = (truth: Truth) => reports.get(truth.terminalId!)!;
  const during = (truth: Truth) => ofTruck(truth).filter(({ at }) => at >= truth.from && at <= truth.to);
  const truckOf = (truth: Truth) => fleet.trucks.find((truck) => truck.id === truth.truckId)!;
  const permitAt = (truth: Truth, siteId: string) =>
    fleet.permits.find((one) => one.companyId === truckOf(truth).companyId && one.siteId === siteId && one.validTo === null);
  const seenAt = (truth: Truth) => sightings.filter(({ at, plate, cameraId }) => near(at, truth) && (plate === truth.plate || cameraId === truth.scope));
  const near = (at: number, truth: Truth): boolean => at >= truth.from - 8000 && at <= truth.to + 8000;
  const ruleOf = (truth: Truth, rule: Rule) => of(rule).find((other) => other.truckId === truth.truckId && other.from <= truth.to && other.to >= truth.from);

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
  const FITTED_ASKEW = 3;
  const raised = (degrees: number) => (report: WireReport) =>
    report.bedAngleDeg != null ? report.bedAngleDeg - FITTED_ASKEW >= degrees : report.bed != null ? report.bed === 'raised' : null;
  const both =
    (...claims: ((report: WireReport) => boolean | null)[]) =>
    (report: WireReport) => {
      const said = claims.map((claim) => claim(report));
      return said.includes(false) ? false : said.includes(null) ? null : true;
    };
  const open = (report: WireReport) => (report.cover == null ? null : report.cover === 'open');
  const loads = (truth: Truth): number[] =>
    during(truth)
      .flatMap(({ report }) => report.loadKg ?? [])
      .map((kg) => kg / truckOf(truth).ratedLoadKg);

  it('has exactly as many of each as were asked for, all of them over', () => {
    expect(Object.fromEntries(RULE_CODES.map((rule) => [rule, of(rule).length]))).toEqual(perDay);
    expect(day.truth.filter(({ unfinished }) => unfinished)).toEqual([]);
  });

  it('says of each what was done, for how long, and that it was heard or seen', () => {
    for (const truth of day.truth) {
      expect(truth.note).not.toBe('');
      expect(truth.to - truth.from).toBeGreaterThanOrEqual(9_000);
      const unheard =
        ['track-gap', 'silent-terminal', 'platform-outage'].includes(truth.rule) || ruleOf(truth, 'silent-terminal') || ruleOf(truth, 'track-gap');
      const outage = of('platform-outage').some(({ from: dark, to }) => truth.from < to && truth.to > dark);
      if (!unheard && !outage) expect(`${truth.rule} ${truth.heard > 0}`).toBe(`${truth.rule} true`);
    }
  });

  it('begins with a spill and an uncovered load after 30 to 60 s, with three reports before', () => {
    for (const rule of ['spill', 'uncovered-load'] as const) {
      const first = of(rule).sort((a, b) => a.from - b.from)[0]!;
      expect((first.from - from) / 1000).toBeGreaterThan(30);
      expect((first.from - from) / 1000).toBeLessThan(60);
      expect(ofTruck(first).filter(({ at }) => at < first.from).length).toBeGreaterThanOrEqual(3);
    }
  });

  it('shows an open cover at speed', () => {
    for (const truth of of('uncovered-load')) expect(heldS(truth, both(open, faster(12)))).toBeGreaterThanOrEqual(30);
  });

  it('shows a raised bed at speed, never at walking pace', () => {
    expect(of('spill', 'raised-bed').length).toBeGreaterThan(2);
    for (const truth of of('spill', 'raised-bed')) {
      expect(heldS(truth, both(raised(8.5), faster(20)))).toBeGreaterThanOrEqual(20);
      expect(during(truth).every(({ report }) => report.speedKmh == null || report.speedKmh > 20)).toBe(true);
    }
  });

  it('loses well over 8 % of the rated load on the road, the bed down', () => {
    expect(of('spill', 'load-loss').length).toBeGreaterThan(2);
    for (const truth of of('spill', 'load-loss')) {
      const read = (low: number, high: number): number =>
        median(
          ofTruck(truth)
            .filter(({ at }) => at >= low && at <= high)
            .flatMap(({ report }) => report.loadKg ?? []),
        );
      const lost = read(truth.from - 120_000, truth.from - 1000) - read(truth.to - 50_000, truth.to + 120_000);
      expect(lost / truckOf(truth).ratedLoadKg).toBeGreaterThan(0.075);
    }
  });

  it('shows tipping at a standstill far from every place, and the load gone', () => {
    expect(of('illegal-dumping', 'tipped').length).toBeGreaterThan(2);
    for (const truth of of('illegal-dumping', 'tipped')) {
      const standing = (report: WireReport) => (report.speedKmh == null ? null : report.speedKmh < 3);
      expect(heldS(truth, both(raised(15), standing))).toBeGreaterThanOrEqual(10);
      for (const { point } of during(truth)) expect(placesNear(city, point, 150, 'site', 'yard', 'parking-lot')).toEqual([]);
      emptied(truth);
    }
  });

  it('lets a load vanish with the bed down', () => {
    expect(of('illegal-dumping', 'load-vanished').length).toBeGreaterThan(2);
    for (const truth of of('illegal-dumping', 'load-vanished')) {
      expect(during(truth).filter(({ report }) => raised(3)(report) === true || (report.speedKmh ?? 0) > 3)).toEqual([]);
      expect(Math.max(...loads({ ...truth, from: truth.from - 60_000 }))).toBeGreaterThan(0.8);
      emptied(truth);
    }
  });

  it('shows what a camera saw of spilling and dumping, at times without a plate', () => {
    const seen = [...of('spill'), ...of('illegal-dumping')].filter(({ scope }) => scope!.startsWith('cam-'));
    expect(seen.length).toBeGreaterThan(6);
    for (const truth of seen) {
      const kind = truth.rule === 'spill' ? 'spill' : 'dumping';
      const [told, more] = seenAt(truth).filter((one) => one.kind === kind);
      expect(told!.confidence).toBeGreaterThan(0.85);
      expect(told!.plate ?? null).toBe(truth.plate);
      expect(more).toBeUndefined();
    }
  });

  it('unloads at a yard that the permit of the haul does not name', () => {
    for (const truth of of('wrong-yard')) {
      const yard = city.places.find(({ id }) => id === truth.placeId)!;
      expect(during(truth).every(({ point }) => inside(point, yard.area))).toBe(true);
      const left = sightings
        .filter((one) => one.plate === truth.plate && one.direction === 'out' && one.cameraId.startsWith('cam-site') && one.at < truth.from)
        .at(-1)!;
      expect(permitAt(truth, left.cameraId.slice(4))?.yardIds).not.toContain(truth.placeId);
    }
  });

  it('loads in the fields, slowly and for minutes', () => {
    for (const truth of of('unpermitted-loading')) {
      const standing = during(truth).filter(({ at }) => at < truth.to - 60_000);
      expect(standing.at(-1)!.at - standing[0]!.at).toBeGreaterThan(240_000);
      for (const { point } of standing) expect(placesNear(city, point, 150, 'site', 'yard', 'parking-lot')).toEqual([]);
    }
  });

  it('strays far from every approved route of its permit, for minutes', () => {
    const detours = of('off-route').filter((truth) => !ruleOf(truth, 'wrong-yard') && !ruleOf(truth, 'illegal-dumping') && !ruleOf(truth, 'no-go'));
    expect(detours.length).toBeGreaterThan(5);
    for (const truth of of('off-route')) {
      expect(truth.to - truth.from).toBeGreaterThan(100_000);
      const mine = fleet.permits.filter((permit) => permit.companyId === truckOf(truth).companyId);
      expect(mine.filter(({ validTo, routeIds }) => validTo === null && routeIds.length === 0)).toEqual([]);
    }
  });

  it('hauls well outside the hours of its permit', () => {
    for (const truth of of('out-of-hours')) {
      const { hours } = fleet.companies.find(({ id }) => id === truckOf(truth).companyId)!;
      for (let at = truth.from - 20 * 60_000; at <= truth.to + 20 * 60_000; at += 60_000) expect(withinHours(hours, at)).toBe(false);
      expect(heldS(truth, faster(10))).toBeGreaterThan(20);
    }
  });

  it('shows the truck inside the forbidden place, and out of it after', () => {
    for (const truth of of('no-go')) {
      const place = city.places.find((one) => one.id === truth.placeId)!;
      const within = during(truth).filter(({ point }) => inside(point, place.area));
      expect(within.at(-1)!.at - within[0]!.at).toBeGreaterThanOrEqual(30_000);
      const after = ofTruck(truth).filter(({ at }) => at > truth.to + 20_000 && at < truth.to + 60_000);
      for (const { point } of after) expect(distanceToArea(point, place.area)).toBeGreaterThan(0);
    }
  });

  it('shows speed well above the limit', () => {
    for (const truth of of('speeding')) {
      const limit = city.places.find((place) => place.id === truth.placeId)?.limitKmh ?? 60;
      expect(heldS(truth, faster(limit + 6))).toBeGreaterThanOrEqual(20);
    }
  });

  it('is seen unwashed or uncovered at the gate of a site', () => {
    const says = (rule: Rule, ill: (one: WireSighting) => boolean): void => {
      for (const truth of of(rule)) {
        const [told] = seenAt(truth).filter(({ kind, direction, cameraId }) => kind === 'pass' && direction === 'out' && cameraId === `cam-${truth.placeId}`);
        expect(ill(told!)).toBe(true);
        expect(told!.plateConfidence).toBeGreaterThan(0.9);
      }
    };
    says('unwashed-departure', (one) => one.wheelsClean === false && one.wheelsCleanConfidence! > 0.9);
    says('uncovered-departure', (one) => one.covered === false && one.coveredConfidence! > 0.9);
    const left = sightings.filter(({ cameraId, direction }) => cameraId.startsWith('cam-site') && direction === 'out');
    expect(left.filter((one) => one.wheelsClean === false && one.wheelsCleanConfidence! >= 0.8)).toHaveLength(COUNT);
    expect(left.filter((one) => one.covered === false && one.coveredConfidence! >= 0.8)).toHaveLength(COUNT);
  });

  it('lets strangers through the gates, whose plates are like nobody’s', () => {
    for (const truth of of('unregistered-truck')) {
      const told = seenAt(truth).find(({ plate }) => plate === truth.plate);
      expect(told!.plateConfidence).toBeGreaterThan(0.9);
      expect(fleet.trucks.filter(({ plate }) => plate === told!.plate || alike(plate, told!.plate!))).toEqual([]);
    }
    const plates = new Set([...fleet.trucks, ...of('unregistered-truck')].map(({ plate }) => plate));
    const strange = sightings.filter(({ plate, plateConfidence }) => plate && plateConfidence! >= 0.85 && !plates.has(plate));
    expect(strange.filter(({ plate }) => !fleet.trucks.some((truck) => alike(truck.plate, plate!)))).toEqual([]);
  });

  it('hauls from a site for which its company has no permit', () => {
    for (const truth of of('no-permit')) {
      expect(permitAt(truth, truth.placeId!)).toBeUndefined();
      expect(seenAt(truth).some(({ cameraId, direction }) => cameraId === `cam-${truth.placeId}` && direction === 'out')).toBe(true);
    }
  });

  it('carries much more than it may', () => {
    for (const truth of of('overload')) expect(median(loads(truth))).toBeGreaterThan(1.15);
  });

  it('stands by the road with its load', () => {
    for (const truth of of('long-stop')) {
      expect(truth.to - truth.from).toBeGreaterThan(35 * 60_000);
      const [first] = during(truth);
      for (const { point } of during(truth)) {
        expect(distance(point, first!.point)).toBeLessThan(60);
        expect(placesNear(city, point, 60, 'site', 'yard', 'parking-lot', 'no-go', 'speed-zone', 'wash-bay')).toEqual([]);
      }
    }
  });

  it('leaves a hole of more than 2.5 km in the track that is never filled', () => {
    for (const truth of of('track-gap')) {
      expect(during(truth)).toEqual([]);
      const [before, after] = [ofTruck(truth).findLast(({ at }) => at < truth.from)!, ofTruck(truth).find(({ at }) => at > truth.to)!];
      expect(distance(before.point, after.point)).toBeGreaterThan(2500);
      expect(after.at - before.at).toBeGreaterThan(180_000);
    }
  });

  it('is silent with the engine running, and tells later', () => {
    for (const truth of of('silent-terminal')) {
      expect(during(truth).filter(({ report }) => !report.buffered)).toEqual([]);
      expect(ofTruck(truth).findLast(({ at }) => at < truth.from)!.report.ignition).toBe(true);
      expect(during(truth).length).toBeGreaterThan(5);
    }
    const [outage] = of('platform-outage');
    const running = [...reports].filter(([, all]) => all.findLast(({ at }) => at < outage!.from)?.report.ignition).map(([id]) => id);
    const silent = running.filter((id) => !reports.get(id)!.some(({ at, report }) => at > outage!.from + 60_000 && at < outage!.to && !report.buffered));
    expect(silent.length).toBeGreaterThan(running.length * 0.5);
  });

  it.each(['camera', 'load', 'bed', 'ignition', 'still'])('has sensors that lie: %s', (kind) => {
    const lies = of('sensor-contradiction', kind);
    expect(lies.length).toBeGreaterThan(0);
    for (const truth of lies) {
      const said = during(truth).map(({ report }) => report);
      if (kind === 'camera') {
        expect(seenAt(truth)[0]).toMatchObject({ covered: false, direction: 'out' });
        const around = ofTruck(truth).filter(({ at }) => Math.abs(at - truth.from) < 60_000);
        expect(around.every(({ report }) => report.cover === 'closed')).toBe(true);
      }
      if (kind === 'load') expect(Math.max(...medians(loads(truth))) - Math.min(...medians(loads(truth)))).toBeLessThan(0.08);
      if (kind === 'bed') expect(said.some((report) => raised(3)(report))).toBe(false);
      if (kind === 'ignition')
        expect(
          heldS(
            truth,
            both((report) => report.ignition === false, faster(10)),
          ),
        ).toBeGreaterThanOrEqual(80);
      if (kind === 'still') {
        const km = said.flatMap(({ odometerKm }) => odometerKm ?? []);
        expect(km.at(-1)! - km[0]!).toBeGreaterThan(2.5);
        const after = said.slice(-20);
        expect(after.every(({ speedKmh }) => (speedKmh ?? 0) < 1)).toBe(true);
      }
    }
  });

  it('shows the plate of a truck at a gate where it cannot be', () => {
    const cameras = new Map(camerasOf(city).map((camera) => [camera.id, camera]));
    for (const truth of of('cloned-plate')) {
      const told = seenAt(truth).find(({ cameraId }) => cameraId === truth.scope)!;
      const here = ofTruck(truth).reduce((a, b) => (Math.abs(b.at - told.at) < Math.abs(a.at - told.at) ? b : a));
      const apartM = distance(here.point, cameras.get(truth.scope!)!.point);
      expect(apartM / 1000 / ((Math.abs(here.at - told.at) + 60_000) / HOUR)).toBeGreaterThan(200);
      expect(told.plateConfidence).toBeGreaterThan(0.9);
    }
  });

  it('leaves the lot at night while no permit of the company is open', () => {
    for (const truth of of('curfew')) {
      const lot = city.places.find(({ id }) => id === truth.placeId)!;
      const { hours } = fleet.companies.find(({ id }) => id === truckOf(truth).companyId)!;
      expect([withinHours(lot.curfew, truth.from), withinHours(hours, truth.from)]).toEqual([true, false]);
      expect(during(truth).filter(({ point }) => distanceToArea(point, lot.area) > 30).length).toBeGreaterThan(10);
    }
  });

  it('says loudly that a day has no room for what is asked of it', () => {
    const few = simulate({ city, fleet: makeFleet(city, 1, 5), seed: 1, from, to: from + HOUR, violations: { perDay: { curfew: 3 } }, coverage: 'off' });
    expect(() => [...few.sent]).toThrow('The day had room for only 0 of 3 × curfew');
  });

  function emptied(truth: Truth): void {
    const after = ofTruck(truth).find(({ at }) => at > truth.to + 5000);
    if (after?.report.loadKg != null) expect(after.report.loadKg).toBeLessThan(0.1 * truckOf(truth).ratedLoadKg);
    if (after?.report.loadState != null) expect(after.report.loadState).toBe('empty');
  }
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function medians(values: readonly number[]): number[] {
  return values.slice(2).map((_, i) => median(values.slice(i, i + 3)));
}

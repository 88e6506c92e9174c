import { makeFleet } from './fleet.js';
import { withinHours } from './hours.js';
import { pointAt } from './path.js';
import type { Phase } from './phase.js';
import { nearestOnSegment } from './plane.js';
import type { Point } from './plane.js';
import { simulate } from './simulate.js';
import { alike, clock, HOUR, placesNear, theCity, timeOf } from './testing.js';

const city = theCity();

describe('a night of honest drivers', () => {
  const fleet = makeFleet(city, 1, 90);
  const day = simulate({ city, fleet, seed: 1, from: clock('21:00:00'), to: clock('21:00:00') + 2 * HOUR, violations: 0, coverage: 'off' });
  const seen = { hauling: 0, tipping: 0, inZone: 0 };
  const wrong: string[] = [];
  let lookedAt = 0;
  for (const { at } of day.sent) {
    if (at - lookedAt < 4000) continue;
    lookedAt = at;
    for (const { truck, phase, state } of day.states()) {
      const say = (what: string): number =>
        wrong.push(`${truck.id} ${phase.doing}: ${what} at ${Math.round(state.speedKmh)} km/h, ${Math.round(state.x)},${Math.round(state.y)}`);
      const loaded = state.loadKg > 0.1 * truck.ratedLoadKg;
      const work = placesNear(city, state, 0, 'site', 'yard');
      if (loaded && state.coverOpen && work.length === 0) say('cover open outside');
      if (state.bedDeg > 0.5 && !work.some((place) => place.kind === 'yard')) say(`bed at ${state.bedDeg}`);
      if (state.speedKmh > (loaded ? 56 : 75)) say('too fast');
      if (state.loadKg > truck.ratedLoadKg) say('overloaded');
      for (const zone of placesNear(city, state, 0, 'speed-zone')) {
        seen.inZone++;
        if (state.speedKmh > zone.limitKmh! - 1) say(`too fast for ${zone.name}`);
      }
      if (placesNear(city, state, 25, 'no-go').length > 0) say('near a forbidden place');
      if (phase.doing === 'hauling') seen.hauling++;
      if (phase.doing === 'tipping') seen.tipping++;
    }
  }

  it('shows hauls, tipping and slow driving in speed zones', () => {
    expect(seen.hauling).toBeGreaterThan(10_000);
    expect(seen.tipping).toBeGreaterThan(500);
    expect(seen.inZone).toBeGreaterThan(100);
  });

  it('keeps clear of every rule by a margin', () => {
    expect(wrong.slice(0, 10)).toEqual([]);
  });

  it('has no truth', () => {
    expect(day.truth).toEqual([]);
  });
});

describe('a whole honest day', () => {
  const fleet = makeFleet(city, 1, 60);
  const from = clock('12:00:00');
  const day = simulate({ city, fleet, seed: 1, from, to: from + 24 * HOUR, violations: 0, coverage: 'on' });
  const hauls = new Map<Phase, string>();
  const departures: { truckId: string; phase: Phase }[] = [];
  const heard = new Map<string, { at: number; ignition: boolean }>();
  const silent: string[] = [];
  const last = new Map<string, Phase>();
  let lookedAt = 0;
  for (const { at, terminalId, payload } of day.sent) {
    const before = heard.get(terminalId);
    if (before?.ignition && at - before.at > 9 * 60_000) silent.push(`${terminalId} for ${Math.round((at - before.at) / 1000)} s`);
    const newest = [payload].flat().reduce((a, b) => (timeOf(b) > timeOf(a) ? b : a));
    heard.set(terminalId, { at, ignition: newest.ignition ?? before?.ignition ?? false });
    if (at - lookedAt < 60_000) continue;
    lookedAt = at;
    for (const { truck, phase } of day.states()) {
      const loadedLeg = phase.doing === 'hauling' && phase.leg!.path.doorFrom >= 0;
      if (loadedLeg) hauls.set(phase, truck.companyId);
      if (phase.leg && last.get(truck.id)?.doing === 'parked' && last.get(truck.id) !== phase) departures.push({ truckId: truck.id, phase });
      last.set(truck.id, phase);
    }
  }

  const placeAt = (p: Point, kind: 'site' | 'yard') => placesNear(city, p, 0, kind)[0]?.id;
  const covered = [...hauls].map(([phase, companyId]) => {
    const { path } = phase.leg!;
    const [siteId, yardId] = [placeAt(pointAt(path, 0), 'site'), placeAt(pointAt(path, path.x.length - 1), 'yard')];
    const permit = fleet.permits.find((one) => one.companyId === companyId && one.siteId === siteId && one.validTo === null);
    return { phase, permit, yardId };
  });

  it('hauls by day and by night, with permits whose hours cross midnight among them', () => {
    expect(covered.length).toBeGreaterThan(200);
    expect(covered.filter(({ permit }) => permit?.hours?.some((window) => window.to < window.from)).length).toBeGreaterThan(50);
    expect(covered.filter(({ permit }) => permit?.routeIds.length === 0).length).toBeGreaterThan(40);
  });

  it('leaves only sites that a permit names, for yards that it names', () => {
    expect(covered.filter(({ permit, yardId }) => !permit?.yardIds.includes(yardId!)).map(({ phase }) => phase.stand)).toEqual([]);
  });

  it('drives in the hours of the permit', () => {
    const late = covered.filter(({ phase, permit }) => ![phase.from, phase.to].every((at) => withinHours(permit!.hours, at)));
    expect(late.map(({ phase }) => new Date(phase.from).toISOString())).toEqual([]);
  });

  it('keeps within 15 m of the middle of an approved route, wherever there is one: satellites may err by as much again', () => {
    const lines = new Map(fleet.routes.map((route) => [route.id, route.line]));
    let worst = 0;
    for (const { phase, permit } of covered) {
      const { path } = phase.leg!;
      if (permit!.routeIds.length === 0) continue;
      for (let i = path.clearFrom; i <= path.clearTo; i += 3) {
        const p = pointAt(path, i);
        worst = Math.max(worst, Math.min(...permit!.routeIds.map((id) => distanceToLine(p, lines.get(id)!))));
      }
    }
    expect(worst).toBeLessThan(15);
    expect(Math.min(...fleet.routes.map(({ widthM }) => widthM)) / 2).toBeGreaterThanOrEqual(15 + 30);
  });

  it('never stands long with a load, outside a place', () => {
    const stops = covered.flatMap(({ phase }) => phase.leg!.stops.map(({ seconds }) => seconds));
    expect(Math.max(...stops)).toBeLessThan(120);
  });

  it('leaves the lots in their curfew only while a permit of the company is open', () => {
    const companies = new Map(fleet.companies.map((company) => [company.id, company]));
    const curfewed = departures.filter(({ phase }) => withinHours([{ from: '23:00', to: '05:00' }], phase.from));
    const hours = curfewed.map(({ truckId }) => companies.get(fleet.trucks.find(({ id }) => id === truckId)!.companyId)!.hours);
    expect(curfewed.length).toBeGreaterThan(3);
    expect(curfewed.filter(({ phase }, i) => !withinHours(hours[i]!, phase.from))).toEqual([]);
  });

  it('is never silent for long while an engine runs', () => {
    expect(silent).toEqual([]);
  });

  it('is seen at every gate it passes, covered and washed, by cameras that are unsure now and then', () => {
    const sightings = day.sightings.map(({ payload }) => payload);
    const plates = fleet.trucks.map(({ plate }) => plate);
    expect(sightings.length).toBeGreaterThan(covered.length * 3);
    const faulty = sightings.filter(
      (one) => (one.covered === false && one.coveredConfidence! >= 0.8) || (one.wheelsClean === false && one.wheelsCleanConfidence! >= 0.8),
    );
    expect(faulty).toEqual([]);
    const unread = sightings.filter((one) => one.plateConfidence! < 0.85);
    expect(unread.length).toBeGreaterThan(0);
    expect(unread.length).toBeLessThan(sightings.length * 0.06);
    const strange = sightings.filter((one) => one.plateConfidence! >= 0.85 && !plates.includes(one.plate!));
    expect(strange.filter((one) => !plates.some((plate) => alike(plate, one.plate!)))).toEqual([]);
    expect(new Set(day.sightings.map(({ cameraId, payload }) => `${cameraId} ${payload.id}`)).size).toBe(sightings.length);
  });

  it('has no truth', () => {
    expect(day.truth).toEqual([]);
  });
});

function distanceToLine(p: Point, line: readonly Point[]): number {
  let least = Infinity;
  for (let i = 1; i < line.length; i++) least = Math.min(least, nearestOnSegment(p, line[i - 1]!, line[i]!).distanceM);
  return least;
}

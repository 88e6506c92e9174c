import { makeFleet } from './fleet.js';
import { simulate } from './simulate.js';
import { clock, HOUR, placesNear, theCity } from './testing.js';

describe('a day of honest drivers', () => {
  const city = theCity();
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

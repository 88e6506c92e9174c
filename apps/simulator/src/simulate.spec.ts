import { createHash } from 'node:crypto';
import { makeCity } from './city.js';
import { makeFleet } from './fleet.js';
import { simulate } from './simulate.js';
import type { SimulateOptions } from './simulate.js';
import { clock, HOUR, theCity, timeOf } from './testing.js';

describe('a simulated day', () => {
  const city = theCity();
  const options = (more: Partial<SimulateOptions> = {}): SimulateOptions => {
    const from = clock('22:00:00');
    return { city, fleet: makeFleet(city, 1, 60), seed: 1, from, to: from + HOUR / 2, violations: 0.3, coverage: 'on', ...more };
  };
  const fingerprint = (more: Partial<SimulateOptions> = {}): string => {
    const day = simulate(options(more));
    const hash = createHash('sha256');
    for (const sent of day.sent) hash.update(JSON.stringify(sent));
    return hash.update(JSON.stringify(day.truth)).digest('hex');
  };

  it('is the same packets and the same truth whenever it is made again', () => {
    const again = makeCity(1);
    expect(fingerprint({ city: again, fleet: makeFleet(again, 1, 60) })).toBe(fingerprint());
  });

  it('is another day with another seed', () => {
    expect(fingerprint({ seed: 2 })).not.toBe(fingerprint());
  });

  it('is told in the order of sending, never before it was read', () => {
    const packets = [...simulate(options()).sent];
    expect(packets.filter(({ at }, i) => i > 0 && at < packets[i - 1]!.at)).toEqual([]);
    expect(packets.filter(({ at, payload }) => [payload].flat().some((report) => timeOf(report) > at))).toEqual([]);
  });

  it('hears every truck within four seconds, in every phase of a haul', () => {
    const day = simulate(options({ fleet: makeFleet(city, 1, 300), coverage: 'off', to: clock('22:00:04') }));
    expect(new Set([...day.sent].map((sent) => sent.terminalId)).size).toBe(300);
    const doing = new Set(day.states().map(({ phase }) => phase.doing));
    for (const phase of ['parked', 'driving-empty', 'waiting', 'loading', 'hauling', 'tipping'] as const) expect(doing).toContain(phase);
  });

  it('reports every 10 s on the road, every 30 s standing, every 5 min with the engine off, and at once when the cover or bed changes', () => {
    const day = simulate(options({ violations: 0, coverage: 'off', to: clock('23:00:00') }));
    const last = new Map<string, { at: number; ignition: boolean | undefined; speedKmh: number; told: string }>();
    const gaps = { moving: [] as number[], standing: [] as number[], off: [] as number[], changed: [] as number[] };
    for (const { terminalId, payload } of day.sent) {
      const report = Array.isArray(payload) ? payload[0]! : payload;
      const at = timeOf(report);
      const now = { at, ignition: report.ignition, speedKmh: report.speedKmh ?? 0, told: `${report.cover} ${report.bed}` };
      const before = last.get(terminalId);
      last.set(terminalId, now);
      if (!before || before.at === at) continue;
      const gap = (at - before.at) / 1000;
      if (before.ignition !== now.ignition) continue;
      if (before.told !== now.told) gaps.changed.push(gap);
      else if (!now.ignition) gaps.off.push(gap);
      else if (before.speedKmh > 5 && now.speedKmh > 5) gaps.moving.push(gap);
      else if (before.speedKmh === 0 && now.speedKmh === 0) gaps.standing.push(gap);
    }
    const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
    expect([median(gaps.moving), median(gaps.off)]).toEqual([10, 300]);
    expect(Math.max(...gaps.moving)).toBe(10);
    expect(Math.max(...gaps.standing)).toBeLessThanOrEqual(30);
    expect(gaps.changed.some((gap) => gap !== 10 && gap !== 30)).toBe(true);
  });
});

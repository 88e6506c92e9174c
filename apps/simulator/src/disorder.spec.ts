import { disorder } from './disorder.js';
import { makeFleet } from './fleet.js';
import type { WireReport } from './report.js';
import { simulate } from './simulate.js';
import type { Sent } from './simulate.js';
import { clock, HOUR, theCity, timeOf } from './testing.js';

describe('a day in the field', () => {
  const city = theCity();
  const fleet = makeFleet(city, 1, 80);
  const from = clock('20:00:00');
  const perDay = { 'uncovered-load': 12, spill: 12, 'illegal-dumping': 14, speeding: 10, 'unwashed-departure': 12, 'off-route': 14 };
  const make = () => simulate({ city, fleet, seed: 1, from, to: from + 3 * HOUR, violations: { perDay }, coverage: 'off' });
  const asMade = make();
  const made = { sent: [...asMade.sent], sightings: asMade.sightings, truth: asMade.truth };
  const said = byTerminal(made.sent);
  const again = (seed: number, field = {}) => {
    const day = disorder(make(), fleet, seed, field);
    return { sent: [...day.sent], sightings: day.sightings, truth: day.truth };
  };
  const field = again(1);
  const told = byTerminal(field.sent);
  const count = (all: Map<string, unknown[]>): number => [...all.values()].reduce((sum, one) => sum + one.length, 0);

  it('loses a tenth of the reports, and a hundredth of the batches', () => {
    expect(count(told) / count(said)).toBeGreaterThan(0.87);
    expect(count(told) / count(said)).toBeLessThan(0.91);
  });

  it('is told in the order of sending, a few batches minutes to hours late, some out of order', () => {
    expect(field.sent.map(({ at }) => at)).toEqual(field.sent.map(({ at }) => at).sort((a, b) => a - b));
    const batches = field.sent.map(({ at, payload }) => ({ at, times: [payload].flat().map(timeOf) }));
    const late = batches.filter(({ at, times }) => at - Math.max(...times) > 150_000).length / batches.length;
    expect(late).toBeGreaterThan(0.03);
    expect(late).toBeLessThan(0.08);
    const mixed = batches.filter(({ times }) => times.length > 3 && times.some((time, i) => i > 0 && time < times[i - 1]!)).length;
    const long = batches.filter(({ times }) => times.length > 3).length;
    expect(mixed / long).toBeGreaterThan(0.2);
    expect(mixed / long).toBeLessThan(0.35);
  });

  it('leaves a tenth of what sensors say unsaid', () => {
    const reports = [...told.values()].flat();
    const unsaid = reports.filter(({ cover }) => cover == null || cover === 'fault').length / reports.length;
    expect(unsaid).toBeGreaterThan(0.07);
    expect(unsaid).toBeLessThan(0.13);
    expect(reports.some(({ cover }) => cover === 'fault')).toBe(true);
  });

  it('says of a fix that is far off that it may be', () => {
    const reports = [...told.values()].flat();
    const unsure = reports.filter(({ accuracyM }) => accuracyM != null && accuracyM > 50).length / reports.length;
    expect(unsure).toBeGreaterThan(0.004);
    expect(unsure).toBeLessThan(0.02);
  });

  it('has clocks that are wrong by half a minute at most, the same all day', () => {
    const errors = [...told].map(([id, reports]) => {
      const numbered = new Map(said.get(id)!.flatMap((report) => (report.seq === undefined ? [] : [[report.seq, timeOf(report)] as const])));
      return new Set(reports.flatMap((report) => (report.seq === undefined ? [] : [timeOf(report) - numbered.get(report.seq)!])));
    });
    expect(errors.every((set) => set.size <= 1)).toBe(true);
    const all = errors.flatMap((set) => [...set]);
    expect(Math.max(...all.map(Math.abs))).toBeLessThanOrEqual(30_000);
    expect(new Set(all).size).toBeGreaterThan(10);
  });

  it('keeps every truth, most of them knowable', () => {
    expect(field.truth.map(({ rule, from: at }) => `${rule} ${at}`)).toEqual(made.truth.map(({ rule, from: at }) => `${rule} ${at}`));
    const spoiled = field.truth.filter(({ spoiled: why }) => why !== null);
    expect(spoiled.length).toBeLessThan(field.truth.length * 0.15);
    expect(made.truth.every(({ spoiled: why }) => why === null)).toBe(true);
  });

  it('says that nothing can be known where nothing is heard, and that all can where all is', () => {
    const nothing = again(1, { missing: 1, lost: 1, late: 0 });
    expect(nothing.sent).toEqual([]);
    expect(nothing.sightings).toEqual([]);
    expect(nothing.truth.filter(({ spoiled: why }) => why === null)).toEqual([]);
    const all = again(1, { missing: 0, lost: 0, late: 0, unsaid: 0, excursions: 0 });
    expect(all.truth.filter(({ spoiled: why }) => why !== null)).toEqual([]);
  });

  it('names the sensor that a deed hangs on when it says nothing', () => {
    const dumb = again(1, { missing: 0, lost: 0, late: 0, excursions: 0, unsaid: 1.9 });
    const why = (rule: string) => new Set(dumb.truth.filter((truth) => truth.rule === rule).map(({ spoiled: reason }) => reason));
    expect(why('unwashed-departure')).toEqual(new Set([null]));
    expect(why('speeding')).toEqual(new Set([null]));
    expect([...why('uncovered-load')].join()).toContain('cover');
  });

  it('is the same for the same seed, another for another', () => {
    expect(JSON.stringify(again(1).sent)).toBe(JSON.stringify(field.sent));
    expect(JSON.stringify(again(2).sent)).not.toBe(JSON.stringify(field.sent));
  });
});

function byTerminal(sent: readonly Sent[]): Map<string, WireReport[]> {
  const out = new Map<string, WireReport[]>();
  for (const { terminalId, payload } of sent) {
    const mine = out.get(terminalId);
    if (mine) mine.push(...[payload].flat());
    else out.set(terminalId, [payload].flat());
  }
  return out;
}

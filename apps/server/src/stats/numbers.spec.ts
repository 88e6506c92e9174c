import { latencyAt, qualityOf } from './quality.js';
import { ranking } from './ranking.js';
import { wilson } from './wilson.js';

describe('Wilson’s interval', () => {
  it('is that of the textbook', () => {
    expect(wilson(1, 3)).toEqual({ low: expect.closeTo(0.0615, 4), high: expect.closeTo(0.7923, 4) });
    expect(wilson(20, 20)).toEqual({ low: expect.closeTo(0.8389, 4), high: 1 });
    expect(wilson(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.2775, 4) });
  });
  it('says nothing of nothing', () => expect(wilson(0, 0)).toBeNull());
});

describe('the ranking', () => {
  const one = (id: string, loads: number, confirmed: number, spilt: number) => ({ id, name: id, loads, volumeM3: 0, alerts: confirmed, confirmed, spilt });
  it('puts spills before all else, in relation to loads, and those without a known load first', () => {
    const ids = ranking([one('many', 1_000, 50, 5), one('few', 100, 2, 2), one('clean', 500, 0, 0), one('fast', 10, 5, 0), one('unknown', 0, 1, 1)]);
    expect(ids.map(({ id }) => id)).toEqual(['unknown', 'few', 'many', 'fast', 'clean']);
    expect(ids.map(({ spiltPer100 }) => spiltPer100)).toEqual([null, 2, 0.5, 0, 0]);
  });
});

describe('latency by classes', () => {
  it('is the upper bound of the class where the quantile lies', () => {
    expect(latencyAt([50, 40, 5, 5, 0, 0, 0, 0], 0.5)).toBe(1);
    expect(latencyAt([50, 40, 5, 5, 0, 0, 0, 0], 0.95)).toBe(5);
    expect(latencyAt([0, 0, 0, 0, 0, 0, 0, 1], 0.5)).toBe(3_600);
    expect(latencyAt([0, 0, 0, 0, 0, 0, 0, 0], 0.5)).toBeNull();
  });
});

describe('quality', () => {
  const truck = (id: string, companyId: string, everHeard = true) => ({ id, plate: id, companyId, company: companyId, everHeard });
  const counted = (truckId: string, valid: number, jumps: number, source = truckId) => {
    const more = { late: 0, buffered: 0, minutes: 1, km: 10, completeKm: 9, sensorSlots: 30, sensorUnknown: 3, latency: [10, 0, 0, 0, 0, 0, 0, 0] };
    return { source, truckId, reports: 10, valid, jumps, ...more };
  };
  it('counts trucks once whatever terminals they bear, and tells the worst company first', () => {
    const said = qualityOf(
      [truck('a', 'x'), truck('b', 'x', false), truck('c', 'y')],
      [counted('a', 10, 0, 'old'), counted('a', 10, 0, 'new'), counted('c', 5, 5)],
    );
    expect(said.city.metrics).toMatchObject({ inNetwork: { n: 2, d: 3 }, online: { n: 2, d: 2 }, drift: { n: 1, d: 2 }, valid: { n: 25, d: 30 } });
    expect(said.companies.map(({ id }) => id)).toEqual(['y', 'x']);
    expect(said.terminals.map(({ id, company }) => [id, company])).toEqual([
      ['c', 'y'],
      ['new', 'x'],
      ['old', 'x'],
    ]);
  });
  it('does not divide by nothing', () => {
    expect(qualityOf([], []).city.metrics).toMatchObject({ complete: { n: 0, d: 0, share: null } });
  });
});

import type { LabAlert, RuleResource } from '@muckwatch/contract';
import { bodyOf, changesOf, countsToShow, type Draft, faultOf, inOrder, limitsToSave, NO_LAB_FILTER, passesLab, progressOf, totalOf, typed } from './lab.js';

const aRule = (code: RuleResource['code'], defaults: Record<string, number>, own: Record<string, number> = {}): RuleResource => ({
  code,
  name: { zh: code, en: code },
  description: { zh: '', en: '' },
  severity: 'serious',
  limits: { ...defaults, ...own },
  defaults,
});
const rules = new Map(
  [aRule('spill', { raisedDeg: 10, lossShare: 0.05 }), aRule('speeding', { loadedKmh: 60, emptyKmh: 80 }, { emptyKmh: 70 })].map((rule) => [rule.code, rule]),
);
const draft = (said: Partial<Draft> = {}): Draft => ({ rules: [], tried: {}, truckIds: [], from: '2026-11-22T21:00', to: '2026-11-23T21:00', ...said });
const SUIZHOU = 'Asia/Shanghai';

describe('what is tried', () => {
  it('is what differs from the limits in force, the city’s own counted', () => {
    const tried = { speeding: { loadedKmh: 50, emptyKmh: 70 }, spill: { raisedDeg: 10 } };
    expect(changesOf(tried, rules)).toEqual([{ rule: 'speeding', name: 'loadedKmh', was: 60, becomes: 50 }]);
  });

  it('is asked with times on the city’s clock, and only of rules that are judged', () => {
    const tried = { speeding: { loadedKmh: 50 }, spill: { raisedDeg: 20 } };
    expect(bodyOf(draft({ tried, rules: ['speeding'], truckIds: ['t1'] }), rules, SUIZHOU)).toEqual({
      from: '2026-11-22T13:00:00.000Z',
      to: '2026-11-23T13:00:00.000Z',
      limits: { speeding: { loadedKmh: 50 } },
      rules: ['speeding'],
      truckIds: ['t1'],
    });
    expect(Object.keys(bodyOf(draft({ tried }), rules, SUIZHOU).limits)).toEqual(['spill', 'speeding']);
  });

  it('is saved with the city’s other limits of the rule, which would otherwise fall back to the defaults', () => {
    expect(limitsToSave({ speeding: { loadedKmh: 50 }, spill: { raisedDeg: 10 } }, rules)).toEqual([
      { rule: 'speeding', limits: { loadedKmh: 50, emptyKmh: 70 } },
    ]);
  });

  it('needs a stretch of time of at most 31 days', () => {
    const faults = [draft(), draft({ from: '' }), draft({ from: '2026-11-24T00:00' }), draft({ from: '2026-10-01T00:00' })];
    expect(faults.map((one) => faultOf(one, SUIZHOU))).toEqual([null, 'times', 'order', 'long']);
  });
});

describe('what was found', () => {
  const alert = (said: Partial<LabAlert>): LabAlert => ({
    change: 'kept',
    alertId: null,
    rule: 'spill',
    severity: 'critical',
    truck: { id: 't1', plate: '鄂S8K217' },
    place: null,
    began: '2026-11-23T13:00:00.000Z',
    ended: null,
    position: { lat: 31, lon: 113 },
    summary: { zh: '', en: '' },
    ...said,
  });

  it('is filtered by change, rule and any part of the plate', () => {
    const all = [alert({}), alert({ change: 'gained', rule: 'speeding' }), alert({ change: 'lost', truck: { id: 't2', plate: '鄂S00001' } })];
    const left = (filter: Partial<typeof NO_LAB_FILTER>) => all.filter((one) => passesLab(one, { ...NO_LAB_FILTER, ...filter })).map(({ change }) => change);
    expect(left({})).toEqual(['kept', 'gained', 'lost']);
    expect(left({ changes: ['gained', 'lost'] })).toEqual(['gained', 'lost']);
    expect(left({ rules: ['spill'] })).toEqual(['kept', 'lost']);
    expect(left({ plate: 's·8k' })).toEqual(['kept', 'gained']);
  });

  it('is listed with what differs first, the newest of each kind before the older', () => {
    const all = [alert({}), alert({ change: 'lost' }), alert({ change: 'gained', began: '2026-11-23T12:00:00.000Z' }), alert({ change: 'gained' })];
    expect(inOrder(all).map(({ change, began }) => `${change} ${began.slice(11, 13)}`)).toEqual(['gained 13', 'gained 12', 'lost 13', 'kept 13']);
  });

  it('is counted, the rules with most difference first', () => {
    const counts = [
      { rule: 'no-go' as const, kept: 0, gained: 0, lost: 0 },
      { rule: 'spill' as const, kept: 9, gained: 1, lost: 0 },
      { rule: 'speeding' as const, kept: 1, gained: 4, lost: 2 },
    ];
    expect(countsToShow(counts).map(({ rule }) => rule)).toEqual(['speeding', 'spill']);
    expect(totalOf(counts)).toEqual({ kept: 10, gained: 5, lost: 2 });
  });
});

it('is as far as its trucks are', () => {
  const progress = { trucks: 4, trucksDone: 1, reports: 900 };
  expect(progressOf({ state: 'running', progress })).toBe(0.25);
  expect(progressOf({ state: 'running', progress: { ...progress, trucks: 0 } })).toBe(1);
});

it('lets shares be typed in percent', () => {
  expect([typed('lossShare'), typed('lossKg'), typed('confidence'), typed('holdS')].map(({ factor, step }) => [factor, step])).toEqual([
    [100, 1],
    [1, 100],
    [1, 0.05],
    [1, 1],
  ]);
});

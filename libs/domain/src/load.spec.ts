import { type LoadState, medianKg, NO_LOAD, stepLoad } from './load.js';
import type { Report } from './report.js';
import { at } from './testing.js';

const RATED = 20_000;
const heard = (reports: Report[], rated: number | null = RATED) =>
  reports.reduce<LoadState[]>((states, report) => [...states, stepLoad(states.at(-1) ?? NO_LOAD, report, rated)], []);
const answers = (reports: Report[], rated: number | null = RATED) => heard(reports, rated).map(({ answer }) => answer);
const weighed = (...loads: (number | null)[]) => loads.map((loadKg, i) => at(1_000_000 + i * 5_000, { loadKg }));
const said = (...words: Report['loadState'][]) => words.map((loadState, i) => at(1_000_000 + i * 5_000, { loadState }));

describe('load', () => {
  it('is known with the third reading: loaded from 30 % of the rated load, empty to 10 %', () => {
    expect(answers(weighed(6_000, 6_000, 6_000))).toEqual(['unknown', 'unknown', 'loaded']);
    expect(answers(weighed(2_000, 2_000, 2_000)).at(-1)).toBe('empty');
    expect(answers(weighed(5_999, 5_999, 5_999)).at(-1)).toBe('unknown');
    expect(answers(weighed(-300, 0, 100)).at(-1)).toBe('empty');
  });

  it('keeps the answer in between, and takes one spike for what it is', () => {
    expect(answers(weighed(9_000, 9_000, 9_000, 4_000, 4_000, 4_000)).at(-1)).toBe('loaded');
    expect(answers(weighed(500, 500, 500, 4_000, 4_000, 4_000)).at(-1)).toBe('empty');
    expect(answers(weighed(500, 500, 500, 19_000, 500, 500)).slice(2)).toEqual(['empty', 'empty', 'empty', 'empty']);
  });

  it('believes words when two in a row agree, half as loaded', () => {
    expect(answers(said('full', 'half', 'empty', 'full', 'empty', 'empty'), null)).toEqual(['unknown', 'loaded', 'loaded', 'loaded', 'loaded', 'empty']);
    expect(answers(said('full', null, 'full'), null)).toEqual(['unknown', 'unknown', 'loaded']);
    expect(answers(said('full', 'fault', 'full', 'full'), null)).toEqual(['unknown', 'unknown', 'unknown', 'loaded']);
  });

  it('goes by words where the rated load is not known, and by kilograms where both are said', () => {
    const both = Array.from({ length: 4 }, (_, i) => at(i * 5_000, { loadKg: 15_000, loadState: 'empty' }));
    expect(answers(both, null).at(-1)).toBe('empty');
    expect(answers(both).at(-1)).toBe('loaded');
  });

  it('is unknown at a fault, and after 10 min without a reading', () => {
    const loaded = weighed(9_000, 9_000, 9_000);
    const fault = at(1_020_000, { loadState: 'fault', loadKg: 9_000 });
    expect(answers([...loaded, fault, at(1_025_000, { loadKg: 9_000 })]).slice(3)).toEqual(['unknown', 'loaded']);
    expect(answers([...loaded, at(1_010_000 + 600_000)]).at(-1)).toBe('loaded');
    expect(answers([...loaded, at(1_010_000 + 600_001)]).at(-1)).toBe('unknown');
    expect(answers([...loaded, at(1_010_000 + 600_001, { loadKg: 9_000 })]).at(-1)).toBe('unknown');
  });

  it('remembers what was known last, and says a median only of three', () => {
    const states = heard([...weighed(9_000, 9_100, 9_200), at(9_000_000)]);
    expect(states.at(-1)).toMatchObject({ answer: 'unknown', lastKnown: 'loaded', kg: [] });
    expect(states.map(medianKg)).toEqual([null, null, 9_100, null]);
  });
});

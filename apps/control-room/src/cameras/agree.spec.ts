import type { FixPage } from '@muckwatch/contract';
import { agreement, ownAt } from './agree.js';

const AT = Date.parse('2026-11-23T13:00:00Z');
const page = (said: Partial<FixPage>): FixPage => ({
  truckId: 't1',
  from: '2026-11-23T12:58:00.000Z',
  nextFrom: null,
  stored: 0,
  at: [],
  lat: [],
  lon: [],
  speedKmh: null,
  headingDeg: null,
  loadKg: null,
  loadState: null,
  bedAngleDeg: null,
  bed: null,
  cover: null,
  ignition: null,
  late: null,
  doubt: null,
  ...said,
});

it('takes of each sensor the nearest word within two minutes', () => {
  const at = [-130_000, -40_000, -5_000, 60_000].map((apart) => AT + apart);
  expect(ownAt(page({ at, cover: ['open', 'closed', null, 'open'], loadKg: [1, 2, null, 3], loadState: ['full', null, null, null] }), AT)).toEqual({
    apartMs: 5_000,
    cover: 'closed',
    loadState: null,
    loadKg: 2,
  });
});

it('hears no report that was not believed, and none that is far', () => {
  expect(ownAt(page({ at: [AT + 1_000], cover: ['open'], doubt: ['clock'] }), AT)).toBeNull();
  expect(ownAt(page({ at: [AT + 121_000], cover: ['open'] }), AT)).toBeNull();
});

it('agrees, contradicts, or has nothing to compare', () => {
  const own = (cover: 'closed' | 'open' | 'fault' | null) => ({ cover });
  expect(agreement({ covered: true }, own('closed'))).toBe('agree');
  expect(agreement({ covered: false }, own('open'))).toBe('agree');
  expect(agreement({ covered: false }, own('closed'))).toBe('contradict');
  expect(agreement({ covered: true }, own('open'))).toBe('contradict');
  expect(agreement({ covered: null }, own('open'))).toBe('not-said');
  expect(agreement({ covered: true }, own('fault'))).toBe('not-said');
  expect(agreement({ covered: true }, null)).toBe('not-said');
});

import { fullness, type Here, inOrder, type Load, refusableOf } from './yardRows.js';

const here = (plate: string, state: Here['state'], since: string | null): Here => ({ truck: { id: plate, plate }, company: null, since, state });
const load = (id: string, truckId: string, change: Partial<Load> = {}): Load => ({
  id,
  truck: { id: truckId, plate: truckId },
  company: null,
  site: null,
  yard: null,
  departedAt: '2026-11-28T12:00:00Z',
  arrivedAt: null,
  bedUpAt: null,
  unloadedAt: null,
  distanceKm: 8,
  peakLoadKg: null,
  ended: null,
  endedAt: null,
  inferred: false,
  permitId: null,
  volumeM3: 12,
  estimated: false,
  refusal: null,
  ...change,
});

describe('the yard', () => {
  it('shows who waits first, the longest first', () => {
    const rows = inOrder([
      here('empty', 'empty', '2026-11-28T12:00:00Z'),
      here('later', 'waiting', '2026-11-28T12:20:00Z'),
      here('tips', 'tipping', '2026-11-28T12:01:00Z'),
      here('unknown', 'waiting', null),
      here('first', 'waiting', '2026-11-28T12:10:00Z'),
    ]);
    expect(rows.map(({ truck }) => truck.id)).toEqual(['first', 'later', 'unknown', 'tips', 'empty']);
  });

  it('refuses the load that a truck has on now, not the one it tipped before', () => {
    const loads = [load('h1', 't1', { unloadedAt: '2026-11-28T11:00:00Z', departedAt: '2026-11-28T10:00:00Z' }), load('h2', 't1')];
    expect(refusableOf('t1', loads)).toBe('h2');
    expect(refusableOf('t1', [load('h2', 't1', { refusal: { at: '2026-11-28T12:30:00Z', by: 'k', reason: '含生活垃圾' } })])).toBeNull();
    expect(refusableOf('t2', loads)).toBeNull();
  });

  it('says how full it is only where that can be known', () => {
    const of = (capacityM3: number | null, remainingM3: number | null) => fullness({ yard: { id: 'y', name: 'y', capacityM3 }, remainingM3 });
    expect(of(1_000, 250)).toBe(0.75);
    expect(of(1_000, -50)).toBe(1);
    expect(of(null, null)).toBeNull();
  });
});

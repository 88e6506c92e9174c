import type { Notice, PermitResource, TruckSensors } from '@muckwatch/contract';
import { ailmentsOf, lastWord, outcomeOf, permitsLeft } from './rows.js';

const NOW = Date.parse('2026-11-28T13:00:00Z');

describe('the health of a truck’s sensors in a word', () => {
  const sensors = (last24h: Partial<Record<string, [number, number, number]>>, weekUnknown = 10): TruckSensors => {
    const stretch = (heardS: number, of: (sensor: string) => [number, number, number]) => ({
      heardS,
      sensors: (['load', 'bed', 'cover', 'ignition', 'odometer', 'position'] as const).map((sensor) => {
        const [unknownS, faultyS, contradictingS] = of(sensor);
        return { sensor, unknownS, faultyS, contradictingS };
      }),
    });
    return {
      truckId: 't1',
      at: '2026-11-28T13:00:00Z',
      last24h: stretch(1_000, (sensor) => last24h[sensor] ?? [0, 0, 0]),
      last7d: stretch(1_000, () => [weekUnknown, 0, 0]),
    };
  };

  it('says nothing where all is well, and the worst first where it is not', () => {
    expect(ailmentsOf(sensors({}))).toEqual([]);
    expect(ailmentsOf(sensors({ load: [500, 0, 0], bed: [0, 0, 300], cover: [0, 40, 0] }))).toEqual([
      { sensor: 'bed', part: 'contradicting' },
      { sensor: 'cover', part: 'faulty' },
      { sensor: 'load', part: 'unknown' },
    ]);
  });

  it('does not call broken what was never fitted', () => {
    expect(ailmentsOf(sensors({ load: [1_000, 0, 0] }, 1_000))).toEqual([]);
  });
});

describe('permits that run out', () => {
  const permit = (id: string, validTo: string | null, more: Partial<PermitResource> = {}): PermitResource => ({
    id,
    companyId: 'c1',
    siteId: 's1',
    yardIds: ['y1'],
    truckIds: [],
    routeIds: [],
    hours: null,
    validFrom: null,
    validTo,
    volumeM3: 1_000,
    hauledM3: 0,
    hauls: 0,
    estimatedHauls: 0,
    retired: false,
    ...more,
  });

  it('are those that end within 30 days, and those of whose volume 90 % is hauled', () => {
    const left = permitsLeft(
      [
        permit('far', '2027-06-01T00:00:00Z', { hauledM3: 899 }),
        permit('soon', '2026-12-10T00:00:00Z'),
        permit('full', null, { hauledM3: 912, hauls: 76, estimatedHauls: 3 }),
        permit('long-gone', '2026-06-01T00:00:00Z'),
      ],
      NOW,
    );
    expect(left.filter(({ runsOut }) => runsOut).map(({ permit }) => permit.id)).toEqual(['soon', 'full']);
    expect(left[0]).toMatchObject({ daysLeft: 11 });
  });
});

describe('the outcome of an objection', () => {
  const at = (second: number) => `2026-11-28T13:00:0${second}Z`;
  const answer = (step: 'rectify' | 'object', objected: boolean): Notice['answer'] => ({
    step,
    at: at(1),
    by: '张工',
    text: '并非本工地',
    photos: 2,
    objected,
  });
  const review = (second: number, text: string | null): Notice['review'] => ({ step: 'send-back', at: at(second), by: '周', text });

  it('is open, upheld, or not upheld', () => {
    expect(outcomeOf({ status: 'objected', answer: answer('object', true) })).toBe('waiting');
    expect(outcomeOf({ status: 'accepted', answer: answer('object', true) })).toBe('accepted');
    expect(outcomeOf({ status: 'sent-back', answer: answer('object', true) })).toBe('sent-back');
    expect(outcomeOf({ status: 'accepted', answer: answer('rectify', true) })).toBe('again');
    expect(outcomeOf({ status: 'withdrawn', answer: answer('object', true) })).toBe('withdrawn');
    expect(outcomeOf({ status: 'accepted', answer: answer('rectify', false) })).toBeNull();
    expect(outcomeOf({ status: 'open', answer: null })).toBeNull();
  });

  it('shows what was said last in words', () => {
    expect(lastWord({ answer: answer('object', true), review: review(2, '照片看不清') })).toEqual({ by: '周', text: '照片看不清', photos: 0 });
    expect(lastWord({ answer: answer('object', true), review: review(0, '照片看不清') })).toEqual({ by: '张工', text: '并非本工地', photos: 2 });
    expect(lastWord({ answer: answer('object', true), review: review(2, null) })).toMatchObject({ by: '张工' });
    expect(lastWord({ answer: null, review: null })).toBeNull();
  });
});

import type { PlacePreview, Touched } from '@muckwatch/contract';
import { together } from './lookedBack.js';

const touched = (said: Partial<Touched>): Touched => ({
  ...{ trucks: 0, visits: 0, passes: 0, crossings: 0, unsure: 0, loads: 0, departed: 0, unloaded: 0, alerts: [] },
  ...said,
});
const entry = (truckId: string, at: string) => ({ truckId, plate: truckId, at, stayS: 0, through: false, lon: 113, lat: 31, side: 'drawn' as const });
const answer = (said: Partial<PlacePreview>): PlacePreview => ({
  ...{ from: '2026-11-13T00:00:00Z', to: '2026-11-20T00:00:00Z', drawn: touched({}), present: null, entries: [], alerts: [] },
  ...{ looked: { trucks: 8, ofTrucks: 300, reports: 10 }, next: 't8' },
  ...said,
});

it('adds up what each answer counts of its trucks, and keeps the alerts of the first', () => {
  const alerts = [{ rule: 'speeding', count: 3 }];
  const first = answer({ drawn: touched({ trucks: 2, visits: 3, crossings: 1, alerts }), entries: [entry('t1', '2026-11-19T00:00:00Z')] });
  const second = answer({
    drawn: touched({ trucks: 1, passes: 4, unsure: 2 }),
    entries: [entry('t9', '2026-11-19T12:00:00Z')],
    looked: { trucks: 5, ofTrucks: 300, reports: 7 },
    next: null,
  });
  const both = together(together(null, first), second);
  expect(both.drawn).toEqual(touched({ trucks: 3, visits: 3, passes: 4, crossings: 1, unsure: 2, alerts }));
  expect(both.entries.map(({ truckId }) => truckId)).toEqual(['t9', 't1']);
  expect([both.looked, both.next]).toEqual([{ trucks: 13, ofTrucks: 300, reports: 17 }, null]);
});

it('adds up the shape in force beside the drawn one', () => {
  const one = answer({ present: touched({ trucks: 1 }) });
  expect(together(one, one).present).toEqual(touched({ trucks: 2 }));
});

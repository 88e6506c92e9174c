import type { AlertDetail } from '@muckwatch/contract';
import { aSighting } from '../sightings/testing.js';
import { anAlert } from './testing.js';
import { timelineOf } from './timeline.js';

const at = (time: string) => `2026-11-23T${time}.000Z`;

function aDetail(said: Partial<AlertDetail>): AlertDetail {
  const alert = anAlert({ id: 'own', rule: 'spill', severity: 'critical', began: at('13:04:40'), openedAt: at('13:04:46') });
  return { ...alert, limits: {}, series: [], steps: [], related: [], haul: null, sealed: null, ...said };
}

it('tells departure, the other alerts, this one and what people did, in order', () => {
  const entries = timelineOf(
    aDetail({
      related: [anAlert({ id: 'other', rule: 'uncovered-load', began: at('13:01:30'), ended: at('13:06:00') })],
      steps: [{ at: at('13:05:20'), by: 'li', step: 'acknowledge', reason: null }],
      haul: {
        id: 'h1',
        truck: { id: 'truck-7', plate: '鄂S8K217' },
        company: null,
        site: { id: 's1', name: '城南安置房' },
        yard: null,
        departedAt: at('12:58:10'),
        arrivedAt: null,
        bedUpAt: null,
        unloadedAt: null,
        distanceKm: 3,
        peakLoadKg: 17_900,
        ended: null,
        endedAt: null,
        inferred: false,
        permitId: null,
      },
    }),
  );
  expect(entries.map((entry) => (entry.kind === 'began' || entry.kind === 'ended' ? `${entry.kind} ${entry.rule}` : entry.kind))).toEqual([
    'departed',
    'began uncovered-load',
    'began spill',
    'opened',
    'step',
    'ended uncovered-load',
  ]);
});

it('does not say twice that something without length began and ended', () => {
  const entries = timelineOf(aDetail({ ended: at('13:04:40') }));
  expect(entries.map((entry) => entry.kind)).toEqual(['began', 'opened']);
});

it('puts what cameras saw where it belongs: before what the system made of it', () => {
  const entries = timelineOf(aDetail({}), [aSighting({ at: at('13:10:00') }), aSighting({ at: at('13:04:40') })]);
  expect(entries.map((entry) => entry.kind)).toEqual(['sighting', 'began', 'opened', 'sighting']);
});

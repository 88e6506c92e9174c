import type { HaulResource, TrackPoint } from '@muckwatch/contract';
import { factsOf } from './facts.js';
import { pointAt } from './testing.js';

const at = (time: string) => `2026-11-23T${time}.000Z`;
const point = (time: string, said: Partial<TrackPoint>) => pointAt(at(time), said);
const series = [
  point('13:00:00', { speedKmh: 70, loadKg: 18_000 }),
  point('13:01:00', { speedKmh: 30, loadKg: 17_900, bedAngleDeg: 14, cover: 'open' }),
  point('13:02:00', { speedKmh: 38, loadKg: 16_100, bedAngleDeg: 2, cover: 'closed' }),
  point('13:02:10', { speedKmh: 140, doubt: 'jump' }),
];

it('reads the facts from the time the violation held, and from nothing that is doubted', () => {
  const facts = factsOf({ began: at('13:01:00'), ended: null, cleared: false, series, haul: null }, Date.parse(at('13:03:12')));
  expect(facts).toMatchObject({
    lastedMs: 132_000,
    ongoing: true,
    topSpeedKmh: 38,
    loadFromKg: 17_900,
    loadToKg: 16_100,
    cover: 'open',
    bedDeg: 14,
    bed: null,
  });
});

it('says nothing where the truck said nothing', () => {
  const facts = factsOf({ began: at('13:05:00'), ended: at('13:06:00'), cleared: true, series, haul: null }, Date.parse(at('14:00:00')));
  expect(facts).toMatchObject({ lastedMs: 60_000, ongoing: false, topSpeedKmh: null, loadFromKg: null, cover: null, bedDeg: null });
});

it('leaves out what was done in the yard by one that spilt on the way to it', () => {
  const haul = { arrivedAt: at('13:00:30') } as HaulResource;
  const spilt = { began: at('13:00:00'), ended: at('13:02:00'), cleared: true, series, haul };
  expect(factsOf(spilt, Date.parse(at('14:00:00')))).toMatchObject({ lastedMs: 120_000, loadToKg: 18_000, cover: null, bedDeg: null });
  const inTheYard = { ...spilt, began: at('13:00:45') };
  expect(factsOf(inTheYard, Date.parse(at('14:00:00')))).toMatchObject({ loadToKg: 16_100, cover: 'open', bedDeg: 14 });
});

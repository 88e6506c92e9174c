import type { PlaceFeature, PlaceKind } from '@muckwatch/contract';
import { mapPlacesOf } from '../map/places.js';
import { overlapsOf } from './overlaps.js';

/** A building site at the river, as it was drawn: five corners, none of them square. */
const SITE = [
  [113.3801, 31.6902],
  [113.3834, 31.6897],
  [113.3841, 31.6921],
  [113.3822, 31.6933],
  [113.3799, 31.6925],
];
const moved = (lon: number, lat: number) => SITE.map(([x, y]) => [x! + lon, y! + lat]);
const place = (id: string, corners: number[][], kind: PlaceKind = 'site', more: object = {}): PlaceFeature => ({
  type: 'Feature',
  geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]!]] },
  properties: { id, kind, name: `地点 ${id}`, ...more },
});
const over = (one: PlaceFeature, ...others: PlaceFeature[]) => overlapsOf(one, mapPlacesOf(others)).map(({ id }) => id);

it('names a place of the same kind that is drawn once more, slightly beside itself', () => {
  const found = overlapsOf(place('new', moved(0.0004, 0.0002)), mapPlacesOf([place('old', SITE), place('far', moved(0.02, 0))]));
  expect(found).toEqual([{ id: 'old', name: '地点 old', share: expect.closeTo(0.84, 2) }]);
});

it('names a small one within a large one, and leaves neighbours alone', () => {
  const within = SITE.map(([x, y]) => [113.382 + (x! - 113.382) / 3, 31.6915 + (y! - 31.6915) / 3]);
  expect(over(place('new', within), place('old', SITE))).toEqual(['old']);
  expect(over(place('new', SITE), place('old', within))).toEqual(['old']);
  expect(over(place('new', moved(0.0025, 0)), place('old', SITE))).toEqual([]);
});

it('says nothing of another kind, of zones, of itself, and of one that ended before', () => {
  expect(over(place('new', SITE), place('old', SITE, 'yard'))).toEqual([]);
  for (const kind of ['no-go', 'speed-zone'] as const) expect(over(place('new', SITE, kind), place('old', SITE, kind))).toEqual([]);
  expect(over(place('same', SITE), place('same', SITE))).toEqual([]);
  const ended = place('old', SITE, 'site', { validTo: '2026-06-01T00:00:00Z' });
  expect(over(place('new', SITE, 'site', { validFrom: '2026-06-01T00:00:00Z' }), ended)).toEqual([]);
  expect(over(place('new', SITE, 'site', { validFrom: '2026-05-31T00:00:00Z' }), ended)).toEqual(['old']);
});

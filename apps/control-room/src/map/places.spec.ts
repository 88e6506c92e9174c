import type { PlaceFeature } from '@muckwatch/contract';
import { mapPlacesOf, placeAt } from './places.js';

const square = (west: number, south: number, side: number) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const place = (id: string, kind: 'site' | 'speed-zone', coordinates: number[][][]): PlaceFeature => ({
  type: 'Feature',
  geometry: { type: 'Polygon', coordinates },
  properties: { id, kind, name: id, limitKmh: 40 },
});

const places = mapPlacesOf([
  place('site', 'site', [square(113.4, 31.6, 0.01), square(113.404, 31.604, 0.002)]),
  place('zone', 'speed-zone', [square(113.39, 31.59, 0.05)]),
]);

describe('a click', () => {
  it('finds the smaller of two places that hold it', () => {
    expect(placeAt(places, 31.601, 113.401)?.id).toBe('site');
    expect(placeAt(places, 31.595, 113.395)?.id).toBe('zone');
  });

  it('falls through a hole', () => {
    expect(placeAt(places, 31.605, 113.405)?.id).toBe('zone');
  });

  it('finds nothing outside', () => {
    expect(placeAt(places, 30, 113)).toBeNull();
  });
});

it('draws zones below sites', () => {
  expect(places.map((p) => p.id)).toEqual(['zone', 'site']);
});

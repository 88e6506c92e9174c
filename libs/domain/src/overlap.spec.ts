import type { MultiPolygon, Polygon } from 'geojson';
import { areaM2 } from './geo.js';
import { sharedM2 } from './overlap.js';
import { east, square } from './testing.js';

const polygonAt = (eastM: number, side: number) => square('site', east(eastM), side).geometry as Polygon;

it('measures what lies in both of two squares', () => {
  const half = polygonAt(0, 400);
  expect(sharedM2(half, polygonAt(100, 400)) / areaM2(half)).toBeCloseTo(0.75, 2);
  expect(sharedM2(half, polygonAt(0, 200)) / areaM2(half)).toBeCloseTo(0.25, 2);
  expect(sharedM2(half, polygonAt(500, 400))).toBe(0);
});

it('takes holes off, and adds parts up', () => {
  const whole = polygonAt(0, 400);
  const holed: Polygon = { type: 'Polygon', coordinates: [whole.coordinates[0]!, polygonAt(0, 200).coordinates[0]!] };
  expect(sharedM2(holed, polygonAt(0, 200))).toBeCloseTo(0, 3);
  const parts: MultiPolygon = { type: 'MultiPolygon', coordinates: [polygonAt(-150, 100).coordinates, polygonAt(900, 100).coordinates] };
  expect(sharedM2(whole, parts) / areaM2(whole)).toBeCloseTo(1 / 16, 3);
});

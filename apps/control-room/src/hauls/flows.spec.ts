import type { HaulTotals, TrackPoint } from '@muckwatch/contract';
import type { MapPlace } from '../map/places.js';
import { worldX, worldY } from '../map/projection.js';
import { bedUpPoint, linesOf, middleOf } from './flows.js';

const place = (id: string, lon: number): MapPlace => ({
  id,
  kind: 'site',
  name: id,
  properties: { id, kind: 'site', name: id },
  geometry: { type: 'Polygon', coordinates: [] },
  rings: [],
  west: worldX(lon - 0.001),
  east: worldX(lon + 0.001),
  north: worldY(31.701),
  south: worldY(31.699),
});
const flow = (siteId: string | null, yardId: string | null, loads: number): HaulTotals['flows'][number] => ({
  siteId,
  yardId,
  loads,
  estimated: 0,
  volumeM3: null,
  weighed: 0,
  loadKg: 0,
  distanceKm: 0,
});
const PLACES = [place('s', 113.3), place('y', 113.4)];

describe('flows', () => {
  it('lead from the middle of the site to the middle of the yard, the most loads thickest and on top', () => {
    const { lines, without } = linesOf([flow('s', 'y', 100), flow('y', 's', 1), flow('s', null, 3), flow('gone', 'y', 2)], PLACES);
    expect(lines.map(({ flow: { loads } }) => loads)).toEqual([1, 100]);
    expect(lines[1]!.widthPx).toBe(10);
    expect(without).toBe(5);
    const [lat, lon] = middleOf(PLACES[0]!);
    expect(lines[1]!.points[0]![0]).toBeCloseTo(lat, 9);
    expect(lines[1]!.points[0]![1]).toBeCloseTo(lon, 9);
  });

  it('do not cover those that come back', () => {
    const [back, there] = linesOf([flow('s', 'y', 2), flow('y', 's', 1)], PLACES).lines;
    expect(there!.points[8]![0]).toBeLessThan(31.7);
    expect(back!.points[8]![0]).toBeGreaterThan(31.7);
  });
});

it('shows the bed going up where the truck was then, and nowhere where nobody knows', () => {
  const point = (at: string, doubt: string | null = null) => ({ at, doubt, lat: 31.7, lon: 113.3 }) as TrackPoint;
  const points = [point('2026-11-28T13:00:00Z'), point('2026-11-28T13:00:20Z', 'jump'), point('2026-11-28T13:00:30Z')];
  expect(bedUpPoint(points, '2026-11-28T13:00:21Z')).toBe(points[2]);
  expect(bedUpPoint(points, '2026-11-28T13:09:00Z')).toBeNull();
  expect(bedUpPoint(points, null)).toBeNull();
});

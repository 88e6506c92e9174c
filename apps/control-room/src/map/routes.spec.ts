import type { RouteFeature } from '@muckwatch/contract';
import { bandPx, lineLengthM, mapRouteOf, routeAt } from './routes.js';

const route = (id: string, lat: number, widthM?: number): RouteFeature => ({
  type: 'Feature',
  geometry: {
    type: 'LineString',
    coordinates: [
      [113.38, lat],
      [113.4, lat],
    ],
  },
  properties: { id, name: id, widthM },
});
const scaleAt = (zoom: number) => 256 * 2 ** zoom;

it('measures a line over the ground', () => {
  expect(
    lineLengthM([
      [113, 31],
      [113, 32],
    ]),
  ).toBeCloseTo(111_195, -1);
  expect(mapRouteOf(route('a', 31.69)).lengthM).toBeCloseTo(1_892, -1);
});

it('draws a band to scale: at 32° north and zoom 15, 100 m are 25 px', () => {
  expect(bandPx(mapRouteOf(route('a', 31.69)), scaleAt(15))).toBeCloseTo(24.6, 1);
  expect(bandPx(mapRouteOf(route('a', 31.69, 50)), scaleAt(15))).toBeCloseTo(12.3, 1);
});

describe('a click', () => {
  const routes = [mapRouteOf(route('wide', 31.69, 400)), mapRouteOf(route('narrow', 31.691, 20))];

  it('finds the nearest of two routes', () => {
    expect(routeAt(routes, 31.6908, 113.39, scaleAt(15))?.route.id).toBe('narrow');
    expect(routeAt(routes, 31.6901, 113.39, scaleAt(15))).toMatchObject({ route: { id: 'wide' }, onLine: true });
  });

  it('finds one within its band, far from its line', () => {
    expect(routeAt(routes, 31.6885, 113.39, scaleAt(17))).toMatchObject({ route: { id: 'wide' }, onLine: false });
  });

  it('finds nothing beyond', () => {
    expect(routeAt(routes, 31.68, 113.39, scaleAt(15))).toBeNull();
    expect(routeAt(routes, 31.69, 113.41, scaleAt(15))).toBeNull();
  });
});

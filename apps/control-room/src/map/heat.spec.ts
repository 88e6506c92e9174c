import { partsOf } from './baseParts.js';
import { spotAt, spotRadius, spotsOf, whereIs, WORST, worstOf } from './heat.js';
import { mapPlacesOf } from './places.js';

const SCALE_12 = 256 * 2 ** 12;
const cell = (lon: number, count: number) => ({ lon, lat: 31.69, count, confirmed: 0 });

describe('heat', () => {
  it('puts the hottest first and leaves the others to be seen', () => {
    const spots = spotsOf([cell(113.1, 2), cell(113.2, 50)]);
    expect(spots.map(({ cell: { count }, heat }) => [count, heat])).toEqual([
      [50, 1],
      [2, 0.2],
    ]);
    expect(spotsOf([])).toEqual([]);
  });

  it('finds the nearest spot under the pointer, and none beside them', () => {
    const spots = spotsOf([cell(113.37, 3), cell(113.375, 1)]);
    const [a, b] = spots.map(({ x }) => x * SCALE_12);
    const y = spots[0]!.y * SCALE_12;
    expect(spotAt(spots, a! + 2, y, SCALE_12, 0, 0)?.cell.count).toBe(3);
    expect(spotAt(spots, b! + 2, y, SCALE_12, 0, 0)?.cell.count).toBe(1);
    expect(spotAt(spots, b! + 60, y, SCALE_12, 0, 0)).toBeNull();
  });

  it('grows with the ground and never out of the picture', () => {
    expect(spotRadius(SCALE_12, 1)).toBeLessThan(spotRadius(SCALE_12 * 16, 1));
    expect(spotRadius(SCALE_12 * 128, 1)).toBe(110);
  });
});

describe('the worst of the heat', () => {
  it('is the fullest, and of equal ones that with more confirmed', () => {
    const cells = Array.from({ length: 30 }, (_, i) => cell(113 + i / 100, i));
    const told = worstOf([...cells, { ...cell(114, 29), confirmed: 7 }]);
    expect(told).toHaveLength(WORST);
    expect(told.slice(0, 3).map(({ count, confirmed }) => [count, confirmed])).toEqual([
      [29, 7],
      [29, 0],
      [28, 0],
    ]);
  });

  /** 0.001° of longitude are 94.7 m here. */
  const box = (id: string, kind: 'site' | 'speed-zone', west: number, east: number, half = 0.001) => ({
    type: 'Feature' as const,
    geometry: {
      type: 'Polygon' as const,
      coordinates: [
        [
          [west, 31.69 - half],
          [east, 31.69 - half],
          [east, 31.69 + half],
          [west, 31.69 + half],
          [west, 31.69 - half],
        ] as [number, number][],
      ],
    },
    properties: { id, kind, name: id },
  });
  const places = mapPlacesOf([box('白云湖二期', 'site', 113.37, 113.372), box('老城限速区', 'speed-zone', 113.36, 113.38, 0.01)]);
  const base = partsOf({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        geometry: {
          type: 'LineString',
          coordinates: [
            [113.4, 31.6],
            [113.4, 31.8],
          ],
        },
        properties: { kind: 'road', class: 'trunk', name: '迎宾大道' },
      },
      {
        type: 'Feature',
        geometry: {
          type: 'LineString',
          coordinates: [
            [113.41, 31.6],
            [113.41, 31.8],
          ],
        },
        properties: { kind: 'road', class: 'street' },
      },
    ],
  });
  const where = (lon: number) => whereIs({ lat: 31.69, lon }, places, base);

  it('is where people know it to be', () => {
    expect(where(113.371)).toEqual({ at: 'place', name: '白云湖二期' });
    expect(where(113.378)).toEqual({ at: 'place', name: '老城限速区' });
    expect(where(113.4004)).toEqual({ at: 'road', name: '迎宾大道', near: { name: '老城限速区', metres: expect.closeTo(1_930, -2) } });
    expect(where(113.3905)).toEqual({ at: 'near', name: '老城限速区', metres: expect.closeTo(994, -1) });
    expect(where(113.41)).toEqual({ at: 'point', lat: 31.69, lon: 113.41 });
    expect(whereIs({ lat: 31, lon: 110 }, [], [])).toEqual({ at: 'point', lat: 31, lon: 110 });
  });
});

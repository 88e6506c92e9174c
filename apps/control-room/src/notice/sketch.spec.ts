import type { BaseMap, PlaceFeature } from '@muckwatch/contract';
import { roadsOf, sketchOf } from './sketch.js';

const at = '2026-11-28T13:05:10Z';
const square = (lon: number, lat: number, size: number): PlaceFeature => ({
  type: 'Feature',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [lon, lat],
        [lon + size, lat],
        [lon + size, lat + size],
        [lon, lat + size],
        [lon, lat],
      ],
    ],
  },
  properties: { kind: 'site', name: '城南安置房' },
});
const drive = {
  track: [
    { at, lon: 113.38, lat: 31.69 },
    { at, lon: 113.39, lat: 31.69 },
  ],
  position: { lon: 113.385, lat: 31.69 },
};

describe('the map of a notice', () => {
  it('holds the whole track, west at the left, with a little room', () => {
    const sketch = sketchOf(drive, null, 320, 180)!;
    expect(sketch.track).toBe('M22 90L298 90');
    expect(sketch.here).toEqual({ x: 160, y: 90 });
  });

  it('has a scale that is true and round', () => {
    // 0.01° of longitude at this latitude is 947 m, drawn 276 px wide.
    expect(sketchOf(drive, null, 320, 180)!.scale).toEqual({ metres: 200, px: 58 });
  });

  it('shows the place with it, unless the place would dwarf the track', () => {
    expect(sketchOf(drive, square(113.375, 31.688, 0.004), 320, 180)!.start!.x).toBeGreaterThan(60);
    expect(sketchOf(drive, square(113, 31, 1), 320, 180)!.track).toBe('M22 90L298 90');
  });

  it('is still a map where only one spot is known, and none where nothing is', () => {
    expect(sketchOf({ track: [], position: drive.position }, null, 320, 180)!.here).toEqual({ x: 160, y: 90 });
    expect(sketchOf({ track: [], position: null }, null, 320, 180)).toBeNull();
  });

  it('draws the roads that cross it and no others', () => {
    const road = (lon: number, roadClass: string) => ({
      type: 'Feature' as const,
      geometry: { type: 'LineString' as const, coordinates: [[lon, 31.6], [lon, 31.8]] }, // prettier-ignore
      properties: { kind: 'road' as const, class: roadClass },
    });
    const base: BaseMap = { type: 'FeatureCollection', features: [road(113.385, 'trunk'), road(113.386, 'street'), road(120, 'trunk')] };
    const roads = roadsOf(base, sketchOf(drive, null, 320, 180)!);
    expect(roads.major).toMatch(/^M160 [\d.]+L160 -[\d.]+$/);
    expect(roads.minor.match(/M/g)).toHaveLength(1);
  });
});

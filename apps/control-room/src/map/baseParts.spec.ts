import { partsOf, roadWidth, widestInside } from './baseParts.js';

describe('the base map', () => {
  it('takes lines and polygons of every kind apart into paths', () => {
    const parts = partsOf({
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', geometry: { type: 'LineString', coordinates: [[113, 31], [113.1, 31]] }, properties: { kind: 'road', class: 'trunk', name: '迎宾大道' } }, // prettier-ignore
        { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: [[[[113, 31], [113.1, 31], [113, 31.1], [113, 31]]]] }, properties: { kind: 'water' } }, // prettier-ignore
      ],
    });
    expect(parts.map(({ kind, roadClass, closed, paths }) => [kind, roadClass, closed, paths.map((path) => path.line.length / 2)])).toEqual([
      ['road', 'trunk', false, [2]],
      ['water', 'street', true, [4]],
    ]);
  });

  it('draws an unknown class as the quietest', () => {
    const [lane] = partsOf({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', geometry: { type: 'LineString', coordinates: [[113, 31], [113.1, 31]] }, properties: { kind: 'road', class: 'farm-track' } }], // prettier-ignore
    });
    expect(lane?.roadClass).toBe('street');
  });

  it('names a water where it is widest, never in its islands', () => {
    const ring = (from: number, to: number) => ({
      line: Float64Array.of(from, 0, to, 0, to, 10, from, 10, from, 0),
      west: from,
      north: 0,
      east: to,
      south: 10,
    });
    expect(widestInside([ring(0, 10), ring(3, 4)], 5, 0, 100)).toEqual({ middle: 7, width: 6 });
    expect(widestInside([ring(0, 10)], 5, 8, 100)).toEqual({ middle: 9, width: 2 });
    expect(widestInside([ring(0, 10)], 11, 0, 100)).toBeNull();
  });

  it('leaves streets out far away and lets main roads grow', () => {
    expect(roadWidth('street', 11)).toBeNull();
    expect(roadWidth('trunk', 15)!).toBeGreaterThan(roadWidth('trunk', 12)!);
  });
});

import { baseMap } from './base-map.js';
import { makeCity } from './city.js';
import { between, distance, distanceToArea, inside, toLonLat } from './plane.js';
import { makeFleet } from './fleet.js';
import { makeRegistry } from './registry.js';
import { theCity } from './testing.js';

describe('the made city', () => {
  const city = theCity();
  const gates = [...city.sites, ...city.yards, ...city.lots];

  it('has its sites, yards, lots, forbidden places and speed zones', () => {
    const count = (kind: string): number => city.places.filter((place) => place.kind === kind).length;
    expect({ sites: count('site'), yards: count('yard'), lots: count('parking-lot'), zones: count('speed-zone') }).toEqual({
      sites: 24,
      yards: 8,
      lots: 6,
      zones: 6,
    });
    expect(count('no-go')).toBeGreaterThanOrEqual(6);
    expect(count('wash-bay')).toBe(8);
    expect(city.wastelands.length).toBeGreaterThanOrEqual(8);
    expect(new Set(city.places.map((place) => place.id)).size).toBe(city.places.length);
  });

  it('lets every truck drive from any gate to any other without a forbidden street', () => {
    const open = city.roads.reachable(gates[0]!.node, (edge) => edge.noGo === null);
    expect(gates.filter((gate) => !open.has(gate.node))).toEqual([]);
    expect(city.wastelands.filter((wasteland) => !open.has(wasteland.node))).toEqual([]);
  });

  it('keeps its roads clear of sites, yards and lots, so that passing by is not being there', () => {
    const plots = gates.map((gate) => gate.place);
    const near = [...city.roads.allEdges()].filter(
      (edge) => edge.class !== 'driveway' && edge.points.some((p) => plots.some((plot) => distanceToArea(p, plot.area) < 45)),
    );
    expect(near).toEqual([]);
  });

  it('keeps open streets clear of forbidden places, and has ways that lead through each', () => {
    for (const { place, ways } of city.noGos) {
      expect(ways.length).toBeGreaterThan(0);
      const open = [...city.roads.allEdges()].filter((edge) => edge.noGo === null);
      expect(open.filter((edge) => edge.points.some((p) => distanceToArea(p, place.area) < 40))).toEqual([]);
    }
  });

  it('has wastelands at least 150 m from every place', () => {
    for (const { point } of city.wastelands) for (const place of city.places) expect(distanceToArea(point, place.area)).toBeGreaterThan(150);
  });

  it('has bays well inside their places and within sight of the gate', () => {
    for (const gate of gates) {
      expect(gate.bays.length).toBeGreaterThanOrEqual(4);
      const seen = [...gate.bays, ...gate.waiting].flatMap((bay) => Array.from({ length: 11 }, (_, i) => between(gate.drive[2], bay, i / 10)));
      expect(seen.filter((p) => !inside(p, gate.place.area))).toEqual([]);
    }
  });

  it('names its roads in Chinese and grades them from trunk to street', () => {
    expect(new Set(city.roads.roads.map((road) => road.class))).toEqual(new Set(['trunk', 'primary', 'secondary', 'street']));
    expect(city.roads.roads.every((road) => /^\p{Script=Han}+$/u.test(road.name))).toBe(true);
  });

  it('has a yard with a hole and a site of two parcels', () => {
    const { features } = makeRegistry(city, makeFleet(city, 1, 5), {}).places;
    const holes = features.filter((feature) => feature.geometry.type === 'Polygon' && feature.geometry.coordinates.length > 1);
    expect(holes.map((feature) => feature.properties!.kind as string)).toEqual(['yard']);
    expect(features.filter((feature) => feature.geometry.type === 'MultiPolygon').map((feature) => feature.properties!.kind as string)).toEqual(['site']);
  });

  it('lies within 24 × 18 km around Suizhou', () => {
    const corners = gates.flatMap((gate) => gate.place.area.flat(2)).map(toLonLat);
    expect(corners.every(([lon, lat]) => Math.abs(lon - 113.38) < 0.13 && Math.abs(lat - 31.69) < 0.082)).toBe(true);
  });

  it('gives the map water, parks and every road, each in few lines', () => {
    const { features } = baseMap(city);
    const kinds = new Set(features.map((feature) => `${feature.properties!.kind}/${feature.properties!.class}`));
    expect(kinds).toEqual(new Set(['green/park', 'water/water', 'road/trunk', 'road/primary', 'road/secondary', 'road/street']));
    expect(JSON.stringify(features).length).toBeLessThan(400_000);
  });

  it('is the same for the same seed and another for another', () => {
    const drawn = (seed: number): string => JSON.stringify(baseMap(makeCity(seed)));
    expect(drawn(1)).toBe(JSON.stringify(baseMap(city)));
    expect(drawn(2)).not.toBe(drawn(1));
  });

  it.each([2, 3, 4])('is whole with seed %i too', (seed) => {
    const other = makeCity(seed);
    expect([other.sites.length, other.yards.length, other.lots.length, other.speedZones.length]).toEqual([24, 8, 6, 6]);
    expect(other.noGos.length).toBeGreaterThanOrEqual(6);
    const lanes = other.yards.map((yard) => distance(yard.drive[0], yard.drive[1]));
    expect(Math.max(...lanes)).toBeLessThan(900);
  });
});

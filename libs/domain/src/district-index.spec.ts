import { type District, DistrictIndex } from './district-index.js';

const square = (west: number, south: number, size = 1) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const district = (id: string, west: number, south: number): District => ({ id, geometry: { type: 'Polygon', coordinates: [square(west, south)] } });

describe('which district holds a point', () => {
  const index = new DistrictIndex([
    district('west', 120, 30),
    district('east', 121, 30),
    { id: 'isles', geometry: { type: 'MultiPolygon', coordinates: [[square(130, 10)], [square(132, 10), square(132.25, 10.25, 0.5)]] } },
  ]);

  it('is the one round it, or none', () => {
    expect(index.at([120.5, 30.5])).toBe('west');
    expect(index.at([121.5, 30.5])).toBe('east');
    expect(index.at([122.5, 30.5])).toBeNull();
  });

  it('may have parts and holes', () => {
    expect([index.at([130.5, 10.5]), index.at([131.5, 10.5]), index.at([132.1, 10.1]), index.at([132.5, 10.5])]).toEqual(['isles', null, 'isles', null]);
  });

  it('is on a shared border always the same one', () => {
    expect(index.at([121, 30.5])).toBe('east');
    expect(new DistrictIndex([district('east', 121, 30), district('west', 120, 30)]).at([121, 30.5])).toBe('east');
  });

  it('is none while no district is entered', () => {
    expect(new DistrictIndex([]).at([121, 30.5])).toBeNull();
  });
});

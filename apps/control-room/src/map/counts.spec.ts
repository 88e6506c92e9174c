import { CELL_PX, CellCounter, shouldCount } from './counts.js';

describe('far out', () => {
  it('trucks become counts by state', () => {
    const counter = new CellCounter(0, 0);
    counter.add(10, 10, 'loaded');
    counter.add(20, 20, 'critical');
    counter.add(200, 20, 'empty');
    expect(counter.all().map((cell) => [cell.total, cell.by.loaded, cell.by.critical, cell.by.empty])).toEqual([
      [2, 1, 1, 0],
      [1, 0, 0, 1],
    ]);
  });

  it('a count knows where its trucks are, so that a click leads to them', () => {
    const counter = new CellCounter(0, 0);
    for (const [x, y] of [[70, 20], [80, 30], [75, 60]] as const) counter.add(x, y, 'empty'); // prettier-ignore
    expect(counter.all()).toEqual([expect.objectContaining({ west: 70, east: 80, north: 20, south: 60, total: 3 })]);
  });

  it('cells lie still on the ground while the map is dragged', () => {
    const before = new CellCounter(0, 0);
    const after = new CellCounter(30, 0);
    for (const x of [100, 150]) before.add(x, 10, 'empty');
    for (const x of [70, 120]) after.add(x, 10, 'empty');
    expect(after.all()[0]?.x).toBeCloseTo(before.all()[0]!.x - 30, 9);
    expect(after.all()).toHaveLength(1);
  });

  it('discs of neighbouring cells keep half a cell apart', () => {
    const counter = new CellCounter(0, 0);
    counter.add(CELL_PX - 1, 10, 'empty');
    counter.add(CELL_PX + 1, 10, 'empty');
    const [a, b] = counter.all();
    expect(b!.x - a!.x).toBeGreaterThan(CELL_PX / 2);
  });
});

it('does not flicker between counting and drawing', () => {
  expect(shouldCount(false, 400, 500_000)).toBe(false);
  expect(shouldCount(false, 500, 500_000)).toBe(true);
  expect(shouldCount(true, 400, 500_000)).toBe(true);
  expect(shouldCount(true, 300, 500_000)).toBe(false);
});

it('counts a city that lies as a heap in the middle of an empty map', () => {
  expect(shouldCount(false, 300, 900_000, 75 * 55)).toBe(true);
  expect(shouldCount(false, 300, 900_000, 500 * 400)).toBe(false);
  expect(shouldCount(false, 40, 900_000, 0)).toBe(false);
});

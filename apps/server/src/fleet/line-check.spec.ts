import { cleanedLine, lineFault } from './line-check.js';

const line = (...coordinates: number[][]) => cleanedLine({ type: 'LineString', coordinates });
const lines = (...coordinates: number[][][]) => cleanedLine({ type: 'MultiLineString', coordinates });

describe('a route’s line', () => {
  it('may have several parts and come back to where it was', () => {
    expect(lineFault(line([121.5, 29.8], [121.6, 29.8], [121.5, 29.8]))).toBeNull();
    expect(lineFault(lines([[121.5, 29.8], [121.6, 29.8]], [[121.7, 29.8], [121.8, 29.9]]))).toBeNull(); // prettier-ignore
  });

  it('loses altitude and positions said twice', () => {
    expect(line([121.5, 29.8, 4], [121.5, 29.8, 5], [121.6, 29.8, 4])).toEqual({ type: 'LineString', coordinates: [[121.5, 29.8], [121.6, 29.8]] }); // prettier-ignore
  });

  it('has two different positions in each part', () => {
    expect(lineFault(line([121.5, 29.8], [121.5, 29.8, 7]))?.en).toBe('the line has no two different positions: it stays at [121.5, 29.8]');
    expect(lineFault(lines([[121.5, 29.8], [121.6, 29.8]], [[0, 1], [0, 1]]))?.en).toMatch(/^line 2 has no two different positions/); // prettier-ignore
  });

  it('is shorter than 500 km and has no more than 20,000 positions', () => {
    expect(lineFault(line([29, 21], [30, 29]))?.en).toMatch(/^is 8\d\d km long.*swapped/);
    const many = Array.from({ length: 20_001 }, (_, i) => [121 + i * 1e-6, 29]);
    expect(lineFault(line(...many))?.en).toBe('has 20001 positions; at most 20000 can be used');
    expect(lineFault(line(...many.slice(1)))).toBeNull();
  });
});

import { Refused } from '../app/api.js';
import { isPassing, pauseMs, shrunkSize } from './photos.js';

describe('a photo before it is sent', () => {
  it('is shrunk to 1600 px on its longer side and never grown', () => {
    expect(shrunkSize(4_000, 3_000)).toEqual({ width: 1_600, height: 1_200 });
    expect(shrunkSize(3_000, 4_000)).toEqual({ width: 1_200, height: 1_600 });
    expect(shrunkSize(800, 600)).toEqual({ width: 800, height: 600 });
    expect(shrunkSize(20_000, 3)).toEqual({ width: 1_600, height: 1 });
  });

  it('is tried again where the line was at fault, not where the server refused it', () => {
    for (const status of [0, 429, 502, 503]) expect(isPassing(new Refused(status, ''))).toBe(true);
    for (const status of [400, 401, 403, 409, 413]) expect(isPassing(new Refused(status, ''))).toBe(false);
    expect(isPassing(new Error('canvas'))).toBe(false);
  });

  it('waits longer each time, at most half a minute', () => {
    expect([0, 1, 2, 3, 9].map(pauseMs)).toEqual([1_000, 2_000, 4_000, 8_000, 30_000]);
  });
});

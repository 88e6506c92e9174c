import type { TrackPoint } from '@muckwatch/contract';
import { unbroken } from './unbroken.js';

/** 0.001° of longitude are 94.6 m here. */
const at = (clock: string, east: number) => ({ at: `2026-11-29T${clock}Z`, lat: 31.69, lon: 113.37 + east / 94_600 }) as TrackPoint;
const sizes = (...points: TrackPoint[]) => unbroken(points).map(({ length }) => length);

it('draws nothing over a gap in which the truck has gone on', () => {
  expect(sizes(at('08:00:00', 0), at('08:00:10', 150), at('08:04:00', 3_000), at('08:04:10', 3_150))).toEqual([2, 2]);
});

it('draws nothing along a jump', () => {
  expect(sizes(at('08:00:00', 0), at('08:00:10', 150), at('08:01:00', 12_000), at('08:01:10', 12_150))).toEqual([2, 2]);
});

it('keeps whole what was slow to report, and what stood still', () => {
  expect(sizes(at('08:00:00', 0), at('08:01:50', 1_500))).toEqual([2]);
  expect(sizes(at('08:00:00', 0), at('08:20:00', 40))).toEqual([2]);
  expect(unbroken([])).toEqual([]);
});

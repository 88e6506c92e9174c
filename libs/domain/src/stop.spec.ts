import type { Report } from './report.js';
import { type StopState, stepStop, type Stop, stopOf } from './stop.js';
import { at, clock, east } from './testing.js';

function stopsOf(reports: Report[]): [from: number, to: number][] {
  const stops: (Stop | null)[] = [];
  let standing: StopState = null;
  for (const report of reports) {
    const step = stepStop(standing, report);
    standing = step.standing;
    stops.push(step.ended);
  }
  return [...stops, stopOf(standing)].filter((stop) => stop !== null).map(({ from, to }) => [from, to]);
}

/** One report each 30 s between two clock times. */
const each = (from: string, to: string, said: Partial<Report>) => {
  const reports: Report[] = [];
  for (let time = clock(from); time <= clock(to); time += 30_000) reports.push(at(time, said));
  return reports;
};

describe('a stop', () => {
  it('is standing in one spot for three minutes', () => {
    const drive = (from: string, to: string) => each(from, to, { speedKmh: 40, point: east(900) });
    const seen = [...drive('08:00:00', '08:01:30'), ...each('08:02:00', '08:06:00', { speedKmh: 0 }), ...drive('08:06:30', '08:08:00')];
    expect(stopsOf(seen)).toEqual([[clock('08:02:00'), clock('08:06:00')]]);
  });

  it('is not a red light', () => {
    expect(stopsOf([...each('08:00:00', '08:02:30', { speedKmh: 0 }), at('08:03:00', { speedKmh: 30 }), at('08:03:40', { speedKmh: 30 })])).toEqual([]);
  });

  it('is not two by one report of some speed, and is two where it drove on', () => {
    const still = { speedKmh: 0 };
    const burst = [...each('08:00:00', '08:05:00', still), at('08:05:20', { speedKmh: 9 }), ...each('08:05:30', '08:10:00', still)];
    expect(stopsOf(burst)).toEqual([[clock('08:00:00'), clock('08:10:00')]]);
    const moved = [...each('08:00:00', '08:05:00', still), ...each('08:05:30', '08:10:00', { ...still, point: east(80) })];
    expect(stopsOf(moved)).toEqual([
      [clock('08:00:00'), clock('08:05:00')],
      [clock('08:05:30'), clock('08:10:00')],
    ]);
  });

  it('does not reach over a silence in which the truck may have been away', () => {
    const seen = [...each('08:00:00', '08:04:00', { speedKmh: 0 }), ...each('08:15:00', '08:19:00', { speedKmh: 0 })];
    expect(stopsOf(seen)).toEqual([
      [clock('08:00:00'), clock('08:04:00')],
      [clock('08:15:00'), clock('08:19:00')],
    ]);
  });

  it('needs no speed: the spot tells', () => {
    expect(stopsOf(each('08:00:00', '08:04:00', { speedKmh: null }))).toEqual([[clock('08:00:00'), clock('08:04:00')]]);
  });
});

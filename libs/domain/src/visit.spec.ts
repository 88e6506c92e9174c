import { at, clock, clockOf, drive, east, HOME, replayed, square, worldOf } from './testing.js';
import type { Place } from './place.js';
import type { Report } from './report.js';
import type { World } from './world.js';

const YARD = square('yard', HOME, 400);
const OUT = east(500);
const seen = (reports: Report[], places: Place[] = [YARD], worlds?: (at: number) => World) =>
  replayed([], reports, worlds ? { worlds } : { places }).transitions.map(
    ({ kind, placeId, at: time, visit }) => `${kind} ${placeId} ${clockOf(time)}${kind === 'enter' && visit.first ? ' first' : ''}`,
  );
const standing = (from: string, everyS: number, points: [number, number][], said: Partial<Report> = {}) =>
  points.map(([x, y], i) => at(clock(from) + i * everyS * 1_000, { point: east(x, y), ...said }));
const fixes = (count: number, x: number, y = 0) => Array.from({ length: count }, (): [number, number] => [x, y]);

describe('enter and exit', () => {
  it('are believed after two reports and 10 s, dated to the first on the new side', () => {
    expect(seen(standing('08:00:00', 5, [...fixes(2, 500), ...fixes(2, 0)]))).toEqual([]);
    expect(seen(standing('08:00:00', 5, [...fixes(2, 500), ...fixes(3, 0)]))).toEqual(['enter yard-1 08:00:10']);
    expect(seen(standing('08:00:00', 30, [...fixes(2, 500), ...fixes(1, 0)]))).toEqual([]);
    expect(seen(standing('08:00:00', 30, [...fixes(2, 500), ...fixes(2, 0), ...fixes(2, 500)]))).toEqual(['enter yard-1 08:01:00', 'exit yard-1 08:02:00']);
  });

  it('are believed at once, as first, of a truck first seen inside', () => {
    expect(seen(standing('08:00:00', 5, fixes(1, 0)))).toEqual(['enter yard-1 08:00:00 first']);
    expect(seen(standing('08:00:00', 5, [...fixes(1, 0), ...fixes(3, 500)]))).toEqual(['enter yard-1 08:00:00 first', 'exit yard-1 08:00:05']);
  });

  it('ask for good fixes: a poor one is on neither side', () => {
    const poor = { accuracyM: 51 };
    expect(seen([...standing('08:00:00', 5, fixes(2, 500)), ...standing('08:00:10', 5, fixes(20, 0), poor)])).toEqual([]);
    expect(seen([...standing('08:00:00', 5, fixes(3, 0), poor), ...standing('08:00:15', 5, fixes(1, 0))])).toEqual(['enter yard-1 08:00:15 first']);
    const between = [
      ...standing('08:00:00', 5, [...fixes(2, 500), ...fixes(1, 0)]),
      ...standing('08:00:15', 5, fixes(2, 500), poor),
      ...standing('08:00:25', 5, fixes(1, 0)),
    ];
    expect(seen(between)).toEqual(['enter yard-1 08:00:10']);
    expect(seen(standing('08:00:00', 5, [...fixes(2, 500), ...fixes(3, 0)], { accuracyM: null }))).toEqual(['enter yard-1 08:00:10']);
  });

  it.each([1, 5, 10])('are one each for a truck that queues along the border, one report each %i s', (everyS) => {
    const jitter = (i: number) => 6 * Math.sin(i * 2.399) + 6 * Math.sin(i * 0.7);
    const along = Array.from({ length: 600 / everyS }, (_, i): [number, number] => [200 + jitter(i), -150 + (i * everyS) / 3]);
    const reports = standing('08:00:00', everyS, [...fixes(60 / everyS, 300), ...along, ...fixes(60 / everyS, 100), ...fixes(60 / everyS, 300)]);
    expect(seen(reports).map((transition) => transition.split(' ')[0])).toEqual(['enter', 'exit']);
  });

  it('are believed of a place narrower than fixes err once the truck stays for a minute', () => {
    const bay = square('wash-bay', HOME, 12);
    expect(seen(standing('08:00:00', 10, [...fixes(2, 100), ...fixes(6, 0)]), [bay])).toEqual([]);
    expect(seen(standing('08:00:00', 10, [...fixes(2, 100), ...fixes(7, 0), ...fixes(3, 100)]), [bay])).toEqual([
      'enter wash-bay-1 08:00:20',
      'exit wash-bay-1 08:01:30',
    ]);
  });

  it('happen in each of several places that overlap', () => {
    const site = square('site', east(100), 400);
    expect(seen(drive('08:00:00', east(-390), east(510), 36, 5), [YARD, site])).toEqual([
      'enter yard-1 08:00:20',
      'enter site-1 08:00:30',
      'exit yard-1 08:01:00',
      'exit site-1 08:01:10',
    ]);
  });
});

describe('a place that changes under a truck', () => {
  const change = (before: Place[], after: Place[], points: [number, number][]) => {
    const [old, edited] = [worldOf(before, [], 1), worldOf(after, [], 2)];
    return seen(standing('08:00:00', 10, points), [], (time) => (time < clock('08:01:00') ? old : edited));
  };

  it('fires nothing when it is drawn around it, moved away from it or retired, and is known silently', () => {
    expect(change([], [YARD], [...fixes(10, 0), ...fixes(3, 500)])).toEqual(['exit yard-1 08:01:40']);
    expect(change([YARD], [], fixes(12, 0))).toEqual(['enter yard-1 08:00:00 first']);
    expect(change([YARD], [square('yard', OUT, 400)], fixes(12, 0))).toEqual(['enter yard-1 08:00:00 first']);
  });

  it('fires as ever when the truck itself drives in or out', () => {
    expect(change([], [YARD], [...fixes(8, 500), ...fixes(3, 0)])).toEqual(['enter yard-1 08:01:20']);
    expect(change([YARD], [YARD, square('site', OUT, 100)], [...fixes(10, 0), ...fixes(3, 300)])).toEqual([
      'enter yard-1 08:00:00 first',
      'exit yard-1 08:01:40',
    ]);
  });

  it('does not swallow the exit of a truck that was just leaving when some other place was edited', () => {
    const other = square('site', east(9_000), 100);
    expect(change([YARD], [YARD, other], [...fixes(5, 0), ...fixes(4, 500)])).toEqual(['enter yard-1 08:00:00 first', 'exit yard-1 08:00:50']);
    expect(change([YARD], [YARD, other], [...fixes(5, 500), ...fixes(4, 0)])).toEqual(['enter yard-1 08:00:50']);
  });

  it('opens, closes and expires silently', () => {
    const hours = [{ from: '08:00', to: '08:01' }];
    const stay = standing('07:59:00', 10, [...fixes(15, 0), ...fixes(3, 500)]);
    expect(seen(stay, [square('yard', HOME, 400, { hours })])).toEqual([]);
    expect(seen(stay, [square('yard', HOME, 400, { hours: [{ from: '08:00', to: '09:00' }] })])).toEqual(['exit yard-1 08:01:30']);
    expect(seen(stay, [square('yard', HOME, 400, { validTo: clock('08:00:00') })])).toEqual(['enter yard-1 07:59:00 first']);
  });
});

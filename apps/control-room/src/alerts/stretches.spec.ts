import { incidentTrack, type Stretch, stretchesOf } from './stretches.js';
import { pointAt } from './testing.js';

const at = (time: string) => `2026-11-23T${time}.000Z`;
/** So many steps of 100 m to the north. */
const fix = (time: string, steps: number, doubt: string | null = null) => pointAt(at(time), { lat: 31 + steps / 1_000, doubt });
const stepsOf = ({ points }: Stretch) => points.map(({ lat }) => Math.round((lat - 31) * 1_000));

const series = [fix('13:00:00', 1), fix('13:00:10', 2), fix('13:00:20', 3), fix('13:00:30', 4), fix('13:00:40', 5), fix('13:00:50', 6)];

it('colours each stretch by the worst that held, joined at the points where it changed', () => {
  const stretches = stretchesOf(series, [
    { began: at('13:00:10'), ended: at('13:00:40'), severity: 'serious' },
    { began: at('13:00:20'), ended: at('13:00:30'), severity: 'critical' },
  ]);
  expect(stretches.map((s) => [s.held, stepsOf(s)])).toEqual([
    ['before', [1, 2]],
    ['serious', [2, 3]],
    ['critical', [3, 4]],
    ['serious', [4, 5]],
    ['after', [5, 6]],
  ]);
});

it('holds to the end while the episode goes on', () => {
  const stretches = stretchesOf(series, [{ began: at('13:00:40'), ended: null, severity: 'critical' }]);
  expect(stretches.map((s) => s.held)).toEqual(['before', 'critical']);
});

it('does not draw a fix that was not believed', () => {
  const stretches = stretchesOf([series[0]!, fix('13:00:05', 99, 'jump'), series[1]!], [{ began: at('13:05:00'), ended: null, severity: 'minor' }]);
  expect(stretches.map(stepsOf)).toEqual([[1, 2]]);
});

it('knows of no way, and of nothing that held, while the truck said nothing', () => {
  const silent = [series[0]!, series[1]!, fix('13:04:00', 5), fix('13:04:10', 6)];
  const stretches = incidentTrack(silent, [{ began: at('13:00:10'), ended: at('13:04:00'), severity: 'serious' }]);
  expect(stretches.map((s) => [s.held, stepsOf(s)])).toEqual([
    ['before', [1, 2]],
    ['unheard', [2, 5]],
    ['after', [5, 6]],
  ]);
});

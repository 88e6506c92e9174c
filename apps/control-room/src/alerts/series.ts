import { SERIES_MOST, SILENCE_MS, type TrackPoint } from '@muckwatch/contract';

/** One of the four small series: numbers over time, null where nothing was said. */
export interface Series {
  key: 'speed' | 'load' | 'bed' | 'cover';
  /** Values stand until the next one (cover, a two-state bed) instead of being joined by a slope. */
  steps: boolean;
  min: number;
  max: number;
  values: (number | null)[];
}

export interface SeriesSet {
  at: number[];
  rows: Series[];
}

/** Speed, load, bed and cover on one time axis. Doubted reports are left out: nothing of them is used, so nothing of them is shown as fact. */
export function seriesOf(points: readonly TrackPoint[]): SeriesSet {
  const told = points.filter((point) => point.doubt === null);
  const speed = told.map((point) => point.speedKmh);
  const kilograms = told.some((point) => point.loadKg !== null);
  const load = told.map((point) => (kilograms ? (point.loadKg === null ? null : point.loadKg / 1000) : loadLevel(point.loadState)));
  const degrees = told.some((point) => point.bedAngleDeg !== null);
  const bed = told.map((point) => (degrees ? point.bedAngleDeg : bedLevel(point.bed)));
  const cover = told.map((point) => (point.cover === 'open' ? 1 : point.cover === 'closed' ? 0 : null));

  return {
    at: told.map((point) => Date.parse(point.at)),
    rows: [
      { key: 'speed', steps: false, min: 0, max: ceiling(speed, 40, 20), values: speed },
      { key: 'load', steps: !kilograms, ...(kilograms ? tonneRange(said(load)) : { min: 0, max: 1 }), values: load },
      { key: 'bed', steps: !degrees, min: degrees ? Math.min(0, ...said(bed)) : 0, max: degrees ? ceiling(bed, 20, 10) : 1, values: bed },
      { key: 'cover', steps: true, min: 0, max: 1, values: cover },
    ],
  };
}

const loadLevel = (state: TrackPoint['loadState']) => (state === 'full' ? 1 : state === 'half' ? 0.5 : state === 'empty' ? 0 : null);
const bedLevel = (bed: TrackPoint['bed']) => (bed === 'raised' ? 1 : bed === 'down' ? 0 : null);
const said = (values: (number | null)[]) => values.filter((value): value is number => value !== null);

/** The top of an axis: a round number with room above the greatest value, never less than `least`. */
function ceiling(values: (number | null)[], least: number, round: number): number {
  return Math.max(least, Math.ceil((Math.max(0, ...said(values)) * 1.08) / round) * round);
}

/** Tonnes from just below the least to just above the greatest, at least 4 apart: a spill of 10 % must be seen, a sensor's noise must not look like one. */
function tonneRange(tonnes: number[]): { min: number; max: number } {
  const least = Math.min(...tonnes);
  const greatest = Math.max(...tonnes);
  const min = Math.max(0, Math.floor(Math.min(least - 0.5, (least + greatest) / 2 - 2)));
  return { min, max: Math.max(min + 4, Math.ceil(greatest + 0.3)) };
}

/** How long a hole must be to be one; a thinned series has holes where much was heard. */
export const gapMsOf = (points: readonly TrackPoint[]): number => (points.length >= SERIES_MOST ? Infinity : SILENCE_MS);

/** From when to when nothing was heard on an axis; ascending. */
export function silencesOf(at: readonly number[], from: number, to: number, gapMs: number): { from: number; to: number }[] {
  const ends = [from, ...at, to];
  return ends.slice(1).flatMap((end, i) => (end - ends[i]! > gapMs ? [{ from: ends[i]!, to: end }] : []));
}

/** The report nearest in time, for the read-out under the cursor. `at` is ascending. */
export function nearestIndex(at: readonly number[], time: number): number | null {
  if (at.length === 0) return null;
  let low = 0;
  let high = at.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle]! <= time) low = middle;
    else high = middle;
  }
  return time - at[low]! <= at[high]! - time ? low : high;
}

/** An SVG path in the unit of the given scales, broken at holes in time and at values nobody said. */
export function pathOf(at: readonly number[], series: Series, x: (at: number) => number, y: (value: number) => number, gapMs: number): string {
  let path = '';
  let last: { at: number; y: number } | null = null;
  for (let i = 0; i < at.length; i++) {
    const value = series.values[i] ?? null;
    const time = at[i]!;
    if (value === null) {
      last = null;
      continue;
    }
    const px = x(time).toFixed(1);
    const py = y(value);
    if (last === null || time - last.at > gapMs) path += `M${px} ${py.toFixed(1)}`;
    else if (series.steps && py !== last.y) path += `H${px}V${py.toFixed(1)}`;
    else path += `L${px} ${py.toFixed(1)}`;
    last = { at: time, y: py };
  }
  return path;
}

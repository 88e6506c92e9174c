import { type Heard, indexAt } from './tape.js';

/** A line to draw: pixels from the left and values; NaN lifts the pen. */
export interface Line {
  x: number[];
  value: number[];
}

/**
 * A series as a line of `width` px: of each pixel the first, least, greatest and last value in their order, so that a peak of one report is seen however far
 * one looks from, and what is drawn does not grow with what is known. The pen is lifted where the truck was lost and over what nobody said.
 */
export function decimated({ at, lost }: Heard, values: ArrayLike<number>, from: number, to: number, width: number): Line {
  const line: Line = { x: [], value: [] };
  const perPx = (to - from) / width;
  // One report on either side: the line comes in from the edge and goes out over it.
  const first = Math.max(0, indexAt(at, from));
  const end = Math.min(at.length, indexAt(at, to) + 2);
  for (let i = first; i < end;) {
    const px = Math.floor((at[i]! - from) / perPx);
    let [least, greatest, stop] = [i, i, i + 1];
    while (stop < end && Math.floor((at[stop]! - from) / perPx) === px && !lost[stop - 1]) {
      // A value that nobody said ends the pixel's share, so that the pen is lifted there.
      if (Number.isNaN(values[stop]!) || Number.isNaN(values[i]!)) break;
      if (values[stop]! < values[least]!) least = stop;
      if (values[stop]! > values[greatest]!) greatest = stop;
      stop++;
    }
    if (i > first && lost[i - 1]) lift(line);
    if (Number.isNaN(values[i]!)) lift(line);
    else for (const n of new Set([i, Math.min(least, greatest), Math.max(least, greatest), stop - 1])) push(line, (at[n]! - from) / perPx, values[n]!);
    i = stop;
  }
  return line;
}

function push(line: Line, x: number, value: number): void {
  line.x.push(x);
  line.value.push(value);
}

function lift(line: Line): void {
  if (line.x.length > 0 && !Number.isNaN(line.value.at(-1)!)) push(line, line.x.at(-1)!, NaN);
}

/** Stretches of one and the same state, for bands; those narrower than a pixel that follow each other are one. */
export function runsOf({ at, lost }: Heard, states: ArrayLike<number>, from: number, to: number, width: number): { from: number; to: number; state: number }[] {
  const runs: { from: number; to: number; state: number }[] = [];
  const perPx = (to - from) / width;
  const first = Math.max(0, indexAt(at, from));
  const end = Math.min(at.length, indexAt(at, to) + 1);
  for (let i = first; i < end; i++) {
    // A state holds until the next report; where the truck is lost then, nobody knows how long it held.
    const until = i + 1 < at.length && !lost[i] ? at[i + 1]! : at[i]! + 1_000;
    const last = runs.at(-1);
    if (last && last.state === states[i] && at[i]! - last.to < Math.max(1_000, perPx)) last.to = until;
    else runs.push({ from: at[i]!, to: until, state: states[i]! });
  }
  return runs;
}

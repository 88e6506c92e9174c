import type { FixPage } from '@muckwatch/contract';
import type { Seen } from './fix.store.js';

/** Reports as columns; one that says nothing anywhere is left out whole. */
export function columnsOf(fixes: readonly Seen[]): Omit<FixPage, 'truckId' | 'from' | 'nextFrom' | 'stored'> {
  const said = <T>(of: (fix: Seen) => T | null, nothing: T | null = null): (T | null)[] | null => {
    const column = fixes.map(of);
    return column.every((value) => value === nothing) ? null : column;
  };
  return {
    at: fixes.map(({ at }) => at),
    // A tenth of a metre: receivers do not know better, and digits are most of the bytes.
    lat: fixes.map(({ point }) => rounded(point[1], 1e6)),
    lon: fixes.map(({ point }) => rounded(point[0], 1e6)),
    speedKmh: said(({ speedKmh }) => speedKmh && rounded(speedKmh, 10)),
    headingDeg: said(({ headingDeg }) => headingDeg && rounded(headingDeg, 1)),
    loadKg: said(({ loadKg }) => loadKg && rounded(loadKg, 1)),
    loadState: said(({ loadState }) => loadState),
    bedAngleDeg: said(({ bedAngleDeg }) => bedAngleDeg && rounded(bedAngleDeg, 10)),
    bed: said(({ bed }) => bed),
    cover: said(({ cover }) => cover),
    ignition: said(({ ignition }) => ignition),
    late: said(({ late }) => late, false) as boolean[] | null,
    doubt: said(({ doubt }) => doubt),
  };
}

const rounded = (value: number, steps: number) => Math.round(value * steps) / steps;

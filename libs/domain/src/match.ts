import type { EpochMs } from './time.js';

/** An alert's episode or a haul: what is matched must have the same key and overlap in time. */
export interface Episode {
  id: string;
  key: string;
  began: EpochMs;
  ended: EpochMs | null;
}

export interface KnownEpisode extends Episode {
  contradicted: boolean;
}

export interface Matched<K, F> {
  /** Found again: the known one keeps its id. */
  same: { known: K; found: F }[];
  fresh: F[];
  /** Known and not found: what the fuller data no longer supports; `into` is the one whose episode it turned out to be a part of. */
  lost: { known: K; into: K | null }[];
}

/**
 * What is known against what judging again found. One known, two found: the earliest keeps the id. Two known, one found: the later is lost into the earlier.
 * One that was contradicted counts only where nothing else is known.
 */
export function matchEpisodes<K extends KnownEpisode, F extends Episode>(known: readonly K[], found: readonly F[]): Matched<K, F> {
  const free = new Set(known);
  const result: Matched<K, F> = { same: [], fresh: [], lost: [] };
  for (const episode of [...found].sort(byBeginning)) {
    const one = [...free].filter((candidate) => overlaps(candidate, episode)).sort(byWorth)[0];
    if (one === undefined) {
      result.fresh.push(episode);
      continue;
    }
    free.delete(one);
    result.same.push({ known: one, found: episode });
  }
  for (const one of free) {
    const into = result.same.find(({ found: episode }) => overlaps(one, episode));
    result.lost.push({ known: one, into: into?.known ?? null });
  }
  return result;
}

/** An id names a beginning; where one that began at another time holds it already, it is the next free millisecond's. */
export function freeId(idAt: (began: EpochMs) => string, began: EpochMs, taken: ReadonlySet<string>): string {
  let at = began;
  while (taken.has(idAt(at))) at++;
  return idAt(at);
}

function overlaps(one: Episode, other: Episode): boolean {
  return one.key === other.key && one.began <= (other.ended ?? Infinity) && other.began <= (one.ended ?? Infinity);
}

function byBeginning(a: Episode, b: Episode): number {
  return a.began - b.began || (a.id < b.id ? -1 : 1);
}

function byWorth(a: KnownEpisode, b: KnownEpisode): number {
  return Number(a.contradicted) - Number(b.contradicted) || byBeginning(a, b);
}

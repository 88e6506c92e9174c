import type { Report } from './report.js';
import { type EpochMs, MINUTE_MS } from './time.js';

export type LoadAnswer = 'loaded' | 'empty' | 'unknown';

const LOADED_SHARE = 0.3;
const EMPTY_SHARE = 0.1;
const EXPIRES_MS = 10 * MINUTE_MS;

/** What the last readings say of the load. */
export interface LoadState {
  /** The last three kilogram readings. */
  kg: number[];
  kgAt: EpochMs | null;
  /** What the last `loadState` meant; two in a row must agree. */
  said: 'loaded' | 'empty' | null;
  /** What the last one meant, though the sensor has said since that it is faulty. */
  heard: 'loaded' | 'empty' | null;
  usableAt: EpochMs | null;
  /** The answer that stands while readings lie in between. */
  standing: LoadAnswer;
  /** This report's answer: `standing`, or unknown where the sensor says that it is faulty. */
  answer: LoadAnswer;
  lastKnown: 'loaded' | 'empty' | null;
}

export const NO_LOAD: LoadState = { kg: [], kgAt: null, said: null, heard: null, usableAt: null, standing: 'unknown', answer: 'unknown', lastKnown: null };

/**
 * Loaded from 30 % of the rated load, empty to 10 %, by the median of three readings; without kilograms by two agreeing words; after 10 min without a reading
 * unknown.
 */
export function stepLoad(before: LoadState, report: Report, ratedLoadKg: number | null): LoadState {
  const state = expired(before, report.at) ? { ...NO_LOAD, lastKnown: before.lastKnown } : before;
  if (report.loadState === 'fault') return { ...state, said: null, answer: 'unknown' };
  if (report.loadKg !== null && ratedLoadKg !== null) return weigh(state, report.loadKg, report.at, ratedLoadKg);
  if (report.loadState !== null && state.kgAt === null) return listen(state, report.loadState, report.at);
  return state.answer === state.standing ? state : { ...state, answer: state.standing };
}

/** What one reading says by itself, whatever the ones before it did; `between`: neither. */
export type Reading = 'loaded' | 'empty' | 'between';

/** Null: the report has none. */
export function readingOf({ loadKg, loadState }: Report, ratedLoadKg: number | null): Reading | null {
  if (loadState === 'fault') return null;
  if (loadKg !== null && ratedLoadKg !== null) return weighed(loadKg, ratedLoadKg);
  return loadState === null ? null : meaning(loadState);
}

/** The newest that still counts; null: none does. */
export function newestReading({ kg, kgAt, heard }: LoadState, ratedLoadKg: number | null): Reading | null {
  const newest = kg.at(-1);
  return kgAt !== null && newest !== undefined && ratedLoadKg !== null ? weighed(newest, ratedLoadKg) : heard;
}

/** Median of the last three readings, null until there are three. */
export function medianKg(state: LoadState): number | null {
  return state.kg.length < 3 ? null : middle(state.kg[0]!, state.kg[1]!, state.kg[2]!);
}

function expired(state: LoadState, at: EpochMs): boolean {
  return state.usableAt !== null && at - state.usableAt > EXPIRES_MS;
}

function weigh(state: LoadState, loadKg: number, at: EpochMs, ratedLoadKg: number): LoadState {
  const kg = state.kg.length < 3 ? [...state.kg, loadKg] : [state.kg[1]!, state.kg[2]!, loadKg];
  const standing = standingBy(kg, ratedLoadKg) ?? state.standing;
  return { kg, kgAt: at, said: state.said, heard: state.heard, usableAt: at, standing, answer: standing, lastKnown: lastKnown(state, standing) };
}

function standingBy(kg: number[], ratedLoadKg: number): 'loaded' | 'empty' | null {
  if (kg.length < 3) return null;
  const says = weighed(middle(kg[0]!, kg[1]!, kg[2]!), ratedLoadKg);
  return says === 'between' ? null : says;
}

function listen(state: LoadState, word: 'empty' | 'half' | 'full', at: EpochMs): LoadState {
  const said = meaning(word);
  const standing = said === state.said ? said : state.standing;
  return { ...state, said, heard: said, usableAt: at, standing, answer: standing, lastKnown: lastKnown(state, standing) };
}

function weighed(kg: number, ratedLoadKg: number): Reading {
  if (kg >= LOADED_SHARE * ratedLoadKg) return 'loaded';
  return kg <= EMPTY_SHARE * ratedLoadKg ? 'empty' : 'between';
}

function meaning(word: 'empty' | 'half' | 'full'): 'loaded' | 'empty' {
  return word === 'empty' ? 'empty' : 'loaded';
}

function lastKnown(state: LoadState, standing: LoadAnswer): LoadState['lastKnown'] {
  return standing === 'unknown' ? state.lastKnown : standing;
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

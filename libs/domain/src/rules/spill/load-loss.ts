import { type EpisodeState, type Facts, isQuiet, noEpisode, NONE, stepEpisode } from '../../episode.js';
import { distanceM } from '../../geo.js';
import { median, medianBy } from '../../median.js';
import type { Moment } from '../../moment.js';
import type { Stepped } from '../../rule.js';
import { type EpochMs, HOUR_MS, SECOND_MS } from '../../time.js';
import { withLast } from '../../with-last.js';
import { wholeKg } from '../say.js';

const DRIVING_KMH = 3;
const BASELINE_MS = 120 * SECOND_MS;
const WINDOW_MS = 60 * SECOND_MS;
const HOLD_MS = 60 * SECOND_MS;
const STOP_MS = 60 * SECOND_MS;
/** A terminal may report each second: a dozen readings a minute say as much. */
const SAMPLE_EVERY_MS = 4 * SECOND_MS;
/** Loads carry noise: a median of fewer readings would accuse somebody of it. Terminals that report less often than each 15 s or so are not watched. */
const BASELINE_READINGS = 6;
const WINDOW_READINGS = 4;

/** The load of a haul while it is driven without a stop. */
interface Watch {
  /** How long it has been driven. */
  drivenMs: number;
  /** When the truck stopped; null: it drives. */
  stoodAt: EpochMs | null;
  /** Readings of the first two minutes, until they make the baseline. */
  first: number[];
  baselineKg: number | null;
  /** Readings of the last minute of driving, by the time driven. */
  last: [drivenMs: number, kg: number][];
}

interface Lost extends Facts {
  baselineKg: number;
  loadKg: number;
}

export interface LossState {
  /** Departure of the haul that is watched. */
  haulFrom: EpochMs | null;
  watch: Watch | null;
  episode: EpisodeState<Lost>;
}

export const NO_LOSS: LossState = { haulFrom: null, watch: null, episode: noEpisode() };

interface LossLimits {
  raisedDeg: number;
  lossKg: number;
  lossShare: number;
}

/**
 * The load grows lighter on the road, against what it was when the truck drove off: no sensor sees it fall, the scales do. Stops, raised beds and work places end
 * the watch, and so does a hole in the reports in which the truck may have stopped for so long.
 */
export function stepLoadLoss(before: LossState, moment: Moment, limits: LossLimits): Stepped<LossState> {
  const { haul } = moment;
  const underWay = haul !== null && haul.endedAt === null && (before.haulFrom === null || before.haulFrom === haul.departedAt);
  if (!underWay) return before.haulFrom === null ? { state: before, findings: NONE } : end(before, moment);
  if (before.watch === null && before.episode.open === null && moment.report.loadKg === null) return { state: before, findings: NONE };

  const watch = stepWatch(before.watch, moment, limits.raisedDeg);
  const lost = watch === null ? null : lostKg(watch, moment, limits);
  const claim = watch === null || watch.baselineKg === null ? false : saysLoad(watch, moment) ? lost !== null : null;
  const { state: episode, findings } = isQuiet(before.episode, claim)
    ? { state: before.episode, findings: NONE }
    : stepEpisode(before.episode, moment, { claim, holdMs: HOLD_MS, over: null, overMs: 0, ...told(watch, lost) });
  const state = watch === before.watch && episode === before.episode ? before : { haulFrom: haul.departedAt, watch, episode };
  return { state, findings };
}

/** The episode lasts until the end of the haul, whatever the load does. */
function end(before: LossState, moment: Moment): Stepped<LossState> {
  const { haul } = moment;
  const overAt = haul !== null && haul.departedAt === before.haulFrom && haul.endedAt !== null ? haul.endedAt : moment.at;
  const { findings } = stepEpisode(before.episode, moment, {
    claim: false,
    holdMs: HOLD_MS,
    over: null,
    overMs: 0,
    overNow: true,
    overAt,
    ...told(null, null),
  });
  return { state: NO_LOSS, findings: before.episode.open === null ? NONE : findings };
}

function told(watch: Watch | null, lost: number | null): Pick<Parameters<typeof stepEpisode<Lost>>[2], 'scope' | 'gather' | 'worst' | 'severity' | 'evidence'> {
  return {
    scope: 'load-loss',
    gather: (facts, now) => {
      const baselineKg = watch!.baselineKg!;
      const lighter = facts === null || lost! > facts.baselineKg - facts.loadKg;
      const kg = lighter ? { baselineKg, loadKg: baselineKg - lost! } : { baselineKg: facts.baselineKg, loadKg: facts.loadKg };
      return { ...kg, distanceM: facts === null ? 0 : facts.distanceM + now.drivenM, lastAt: now.at };
    },
    worst: (facts) => Math.floor((facts.baselineKg - facts.loadKg) / 100),
    severity: () => 'critical',
    evidence: ({ baselineKg, loadKg }) => ({
      kind: 'load-loss',
      startLoadKg: wholeKg(baselineKg),
      loadKg: wholeKg(loadKg),
      lossKg: wholeKg(baselineKg - loadKg),
    }),
  };
}

/** Null where the watch has ended, or has not begun: it begins with driving. */
function stepWatch(before: Watch | null, moment: Moment, raisedDeg: number): Watch | null {
  if (moment.atWorkPlace === true || moment.bedRaised(raisedDeg) === true) return null;
  const driving = isDriving(moment);
  if (before === null) return driving && moment.atWorkPlace === false ? sampled(BEGUN, moment) : null;
  if (mayHaveStopped(moment) || (before.stoodAt !== null && moment.at - before.stoodAt > STOP_MS)) return null;
  if (!driving) return before.stoodAt === null ? { ...before, stoodAt: moment.at } : before;
  const drivenMs = before.stoodAt === null ? before.drivenMs + moment.at - moment.previous!.at : before.drivenMs;
  return sampled({ ...before, drivenMs, stoodAt: null }, moment);
}

const BEGUN: Watch = { drivenMs: 0, stoodAt: null, first: [], baselineKg: null, last: [] };

function sampled(watch: Watch, { report, atWorkPlace }: Moment): Watch {
  const { drivenMs } = watch;
  const said = report.loadState === 'fault' || atWorkPlace === null ? null : report.loadKg;
  const newest = watch.last.at(-1);
  const due = newest === undefined || drivenMs - newest[0] >= SAMPLE_EVERY_MS;
  const kg = said === null || !due ? null : Math.round(said) + 0;
  const last = lastMinute(watch.last, drivenMs, kg);
  if (watch.baselineKg !== null) return { ...watch, last };

  const first = kg === null ? watch.first : withLast(watch.first, kg);
  if (drivenMs < BASELINE_MS) return { ...watch, first, last };
  return first.length < BASELINE_READINGS ? BEGUN : { ...watch, first: [], baselineKg: median(first), last };
}

function lastMinute(before: Watch['last'], drivenMs: number, kg: number | null): Watch['last'] {
  const within = before.findIndex(([at]) => drivenMs - at <= WINDOW_MS);
  const from = within < 0 ? before.length : within;
  if (kg !== null) return withLast(before, [drivenMs, kg], from);
  return from === 0 ? before : before.slice(from);
}

/** How much lighter the load is than the baseline; null: not by so much that it matters. */
function lostKg({ baselineKg, last }: Watch, { truck }: Moment, limits: LossLimits): number | null {
  if (baselineKg === null || last.length === 0 || truck.ratedLoadKg === null) return null;
  const lost = baselineKg - medianBy(last, ([, kg]) => kg)!;
  return lost >= Math.max(limits.lossKg, limits.lossShare * truck.ratedLoadKg) ? lost : null;
}

/** Not where the truck stands, its place is not known, or few readings came. */
function saysLoad({ stoodAt, last }: Watch, { atWorkPlace }: Moment): boolean {
  return stoodAt === null && atWorkPlace !== null && last.length >= WINDOW_READINGS;
}

function isDriving({ report, drivenM }: Moment): boolean {
  return report.speedKmh === null ? drivenM > 0 : report.speedKmh >= DRIVING_KMH;
}

/** Since the report before there was more time than the way takes, and so much more that a stop of a minute may be hidden in it. */
function mayHaveStopped({ previous, report, at }: Moment): boolean {
  if (previous === null || at - previous.at <= STOP_MS) return false;
  const speedKmh = Math.max(previous.speedKmh ?? 0, report.speedKmh ?? 0);
  const wayMs = speedKmh === 0 ? 0 : (distanceM(previous.point, report.point) / 1_000 / speedKmh) * HOUR_MS;
  return at - previous.at - wayMs > STOP_MS;
}

import type { Severity } from '../alert.js';
import { NONE } from '../episode.js';
import { medianBy } from '../median.js';
import type { Moment } from '../moment.js';
import type { Point } from '../report.js';
import type { Found, Rule, Stepped } from '../rule.js';
import { type EpochMs, SECOND_MS } from '../time.js';
import { tonnes, wholeKg } from './say.js';

const limits = { overShare: 1.1, seriousShare: 1.3 };
const WINDOW_MS = 120 * SECOND_MS;
/** A terminal may report each second: fifteen readings in two minutes say as much. */
const SAMPLE_EVERY_MS = 8 * SECOND_MS;
const READINGS = 3;

interface Overloaded {
  began: EpochMs;
  point: Point;
  haulFrom: EpochMs;
  /** The greatest median of two minutes. */
  loadKg: number;
  /** As told last, in whole per cent of the rated load. */
  percent: number;
  serious: boolean;
  lastAt: EpochMs;
}

interface State {
  /** Departure of the haul, and since when its readings are looked at: from the first that is too heavy on. */
  since: { haulFrom: EpochMs; at: EpochMs } | null;
  /** The last two minutes. */
  readings: { at: EpochMs; point: Point; kg: number }[];
  open: Overloaded | null;
}

const QUIET: State = { since: null, readings: [], open: null };

/**
 * Heavier than allowed on the road, by the median of two whole minutes away from every site and yard: it began with the first reading of those two minutes.
 * Scales are rough, so this is never more than a reason to weigh the truck.
 */
export const overload: Rule<State, typeof limits> = {
  code: 'overload',
  name: { zh: '超载', en: 'Overloaded' },
  description: {
    zh: '运输途中两分钟载重中位数超过核定载重的 110%。',
    en: 'Under way, the median load of two minutes is above 110 % of the rated load.',
  },
  severity: 'minor',
  limits,
  start: QUIET,
  step(before, moment, rule) {
    const { haul, truck, report } = moment;
    const haulFrom = before.open?.haulFrom ?? before.since?.haulFrom ?? haul?.departedAt;
    if (haul === null || haul.endedAt !== null || haul.departedAt !== haulFrom) return end(before, moment);
    // Nearly always: the load is not too heavy, and none of the last two minutes was.
    const kg = report.loadState === 'fault' || moment.atWorkPlace !== false ? null : report.loadKg;
    const rated = truck.ratedLoadKg;
    if (rated === null || kg === null || (before.since === null && kg <= rule.overShare * rated)) return { state: before, findings: NONE };
    return weigh(before, moment, { kg: Math.round(kg), haulFrom, rated, rule });
  },
  say: ({ loadKg, ratedKg, percentOfRated }) => ({
    zh: `载重 ${tonnes(loadKg)}，为核定 ${tonnes(ratedKg)} 的 ${percentOfRated}%`,
    en: `carried ${tonnes(loadKg)}, ${percentOfRated} % of the rated ${tonnes(ratedKg)}`,
  }),
};

interface Weighed {
  kg: number;
  haulFrom: EpochMs;
  rated: number;
  rule: typeof limits;
}

function weigh(before: State, { at, point }: Moment, { kg, haulFrom, rated, rule }: Weighed): Stepped<State> {
  const newest = before.readings.at(-1);
  if (newest !== undefined && at - newest.at < SAMPLE_EVERY_MS) return { state: before, findings: NONE };
  const readings = [...before.readings.filter((reading) => at - reading.at <= WINDOW_MS), { at, point, kg }];
  const heavy = readings.some((reading) => reading.kg > rule.overShare * rated);
  if (!heavy && before.open === null) return { state: QUIET, findings: NONE };

  // A hole in the readings makes the two minutes begin anew.
  const since = before.since !== null && readings.length > 1 ? before.since : { haulFrom, at };
  const state: State = { since, readings, open: before.open };
  const loadKg = medianBy(readings, (reading) => reading.kg)!;
  const over = at - since.at >= WINDOW_MS && readings.length >= READINGS && loadKg > rule.overShare * rated;
  if (!over) return { state, findings: NONE };

  const share = loadKg / rated;
  const { open } = before;
  if (open === null) {
    const [{ at: began, point: from }] = readings as [State['readings'][number]];
    const opened = { began, point: from, haulFrom, loadKg, percent: percentOf(share), serious: share >= rule.seriousShare, lastAt: at };
    return { state: { ...state, open: opened }, findings: [found(opened, rated, null, true)] };
  }
  const worse = loadKg > open.loadKg;
  const grown: Overloaded = {
    ...open,
    loadKg: Math.max(loadKg, open.loadKg),
    percent: Math.max(percentOf(share), open.percent),
    serious: open.serious || share >= rule.seriousShare,
    lastAt: at,
  };
  const tell = worse && (grown.percent > open.percent || grown.serious !== open.serious);
  return { state: { ...state, open: grown }, findings: tell ? [found(grown, rated, null, false)] : NONE };
}

function end(before: State, { haul, at, truck }: Moment): Stepped<State> {
  const { open } = before;
  if (open === null) return { state: before.since === null ? before : QUIET, findings: NONE };
  const endedAt = haul !== null && haul.departedAt === open.haulFrom ? haul.endedAt : null;
  return { state: QUIET, findings: [found(open, truck.ratedLoadKg, Math.max(endedAt ?? at, open.began), false)] };
}

function percentOf(share: number): number {
  return Math.round(share * 100);
}

function found(open: Overloaded, ratedKg: number | null, ended: EpochMs | null, opened: boolean): Found {
  const severity: Severity = open.serious ? 'serious' : 'minor';
  return {
    scope: '-',
    began: open.began,
    point: open.point,
    ended,
    opened,
    severity,
    placeId: null,
    evidence: {
      durationS: Math.round(((ended ?? open.lastAt) - open.began) / 1_000),
      loadKg: wholeKg(open.loadKg),
      ratedKg,
      percentOfRated: open.percent,
    },
  };
}

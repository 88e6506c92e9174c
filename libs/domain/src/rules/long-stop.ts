import { NONE } from '../episode.js';
import { distanceM } from '../geo.js';
import type { Moment } from '../moment.js';
import type { Point } from '../report.js';
import type { Found, Rule, Stepped } from '../rule.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../time.js';
import { tonnes, wholeKg } from './say.js';

const limits = { stopMin: 30 };
const WITHIN_M = 100;
const MOVED_M = 200;
/** A truck that drives is not about to stop: the stop is counted from where it stands. */
const STANDING_KMH = 5;
const BOUNCE_MS = 15 * SECOND_MS;
/** A stop lasts for hours: how long is told this often. */
const TELL_EVERY_MS = 10 * MINUTE_MS;

interface State {
  /** Since when and where the truck stands with its load. */
  stop: { at: EpochMs; point: Point; loadKg: number | null } | null;
  /** The report before contradicted it: in stop, or in being still there. */
  strayedAt: EpochMs | null;
  toldAt: EpochMs | null;
}

const NOWHERE: State = { stop: null, strayedAt: null, toldAt: null };

/**
 * Standing with a load where there is nothing to stand for. Outside every place means of sites and yards their 30 m too: trucks queue there. Pauses break nothing,
 * a parked terminal sleeps; nor does a load that is no longer known.
 */
export const longStop: Rule<State, typeof limits> = {
  code: 'long-stop',
  name: { zh: '载重滞留', en: 'Long stop with a load' },
  description: {
    zh: '重车在任何场所以外停留 30 分钟以上。',
    en: 'A loaded truck stays within 100 m for 30 minutes outside every place.',
  },
  severity: 'minor',
  limits,
  start: NOWHERE,
  step(before, moment, { stopMin }) {
    if (!moment.placeKnown) return { state: before, findings: NONE };
    if (before.toldAt !== null) return pursue(before, moment);
    return seek(before, moment, stopMin * MINUTE_MS);
  },
  say: ({ durationS, loadKg }) => {
    const load = loadKg === null ? { zh: '载重', en: 'with a load' } : { zh: `载重 ${tonnes(loadKg)}`, en: `with ${tonnes(loadKg)} on` };
    const minutes = Math.round(Number(durationS) / 60);
    return { zh: `${load.zh}停留 ${minutes} 分钟`, en: `stood ${load.en} for ${minutes} min` };
  },
};

/** The state does not change while the truck stands: nothing is written for each report of a parked truck. */
function seek(before: State, moment: Moment, holdMs: number): Stepped<State> {
  const { stop, strayedAt } = before;
  if (stop === null) return begin(before, moment);
  if (stays(stop, moment)) {
    if (strayedAt !== null && moment.at - strayedAt > BOUNCE_MS) return begin(before, moment);
    if (moment.at - stop.at >= holdMs) return { state: { stop, strayedAt: null, toldAt: moment.at }, findings: [found(stop, moment.at, null, true)] };
    return { state: strayedAt === null ? before : { ...before, strayedAt: null }, findings: NONE };
  }
  const bounces = strayedAt === null && moment.at - moment.previous!.at <= BOUNCE_MS;
  return bounces ? { state: { ...before, strayedAt: moment.at }, findings: NONE } : begin(before, moment);
}

function begin(before: State, moment: Moment): Stepped<State> {
  const { report, load, at, point, loadKg } = moment;
  const stands = report.speedKmh === null ? moment.drivenM === 0 : report.speedKmh <= STANDING_KMH;
  if (load === 'loaded' && stands && isNowhere(moment))
    return { state: { stop: { at, point, loadKg: wholeKg(loadKg) }, strayedAt: null, toldAt: null }, findings: NONE };
  return { state: before.stop === null ? before : NOWHERE, findings: NONE };
}

function stays(stop: NonNullable<State['stop']>, moment: Moment): boolean {
  const carries = moment.load === 'loaded' || (moment.load === 'unknown' && moment.loadBefore === 'loaded');
  return carries && isNowhere(moment) && distanceM(stop.point, moment.point) <= WITHIN_M;
}

function isNowhere({ inside, atWorkPlace }: Moment): boolean {
  return inside.length === 0 && atWorkPlace === false;
}

/** It ends 200 m further on, by two reports: one fix may stray. */
function pursue(before: State, moment: Moment): Stepped<State> {
  const stop = before.stop!;
  const away = distanceM(stop.point, moment.point) >= MOVED_M;
  if (away && before.strayedAt !== null) return { state: NOWHERE, findings: [found(stop, before.strayedAt, before.strayedAt, false)] };
  const strayedAt = away ? moment.at : null;
  if (!away && moment.at - before.toldAt! >= TELL_EVERY_MS) {
    return { state: { stop, strayedAt, toldAt: moment.at }, findings: [found(stop, moment.at, null, false)] };
  }
  return { state: strayedAt === before.strayedAt ? before : { ...before, strayedAt }, findings: NONE };
}

function found(stop: NonNullable<State['stop']>, until: EpochMs, ended: EpochMs | null, opened: boolean): Found {
  const evidence = { durationS: Math.round((until - stop.at) / 1_000), loadKg: stop.loadKg };
  return { scope: '-', began: stop.at, point: stop.point, ended, opened, severity: 'minor', placeId: null, evidence };
}

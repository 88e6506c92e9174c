import { NONE } from '../episode.js';
import { distanceM } from '../geo.js';
import { heldFor, type Hold, stepHold } from '../hold.js';
import { insideOf, type Moment } from '../moment.js';
import type { Point } from '../report.js';
import type { Found, Rule } from '../rule.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../time.js';
import { fell, tonnes, wholeKg } from './say.js';
import { foundBySight, percent, sure } from './seen.js';

const limits = { raisedDeg: 20, holdS: 10, walkingPaceKmh: 8, confidence: 0.8 };
const CERTAIN_WITHIN_MS = 5 * MINUTE_MS;
const CERTAIN_SHARE = 0.5;
const HEAVY_SHARE = 0.8;
const MOVED_AWAY_M = 200;
/** A bed that no longer says anything counts as down this far away: else the next load that is dumped would be taken for the same dumping. */
const MOVED_FAR_M = 1_000;
const EMPTY_SHARE = 0.1;
const GONE_MS = MINUTE_MS;
/** What a load that was weighed so long ago, driving, was then it is still. */
const JUST_WEIGHED_MS = 15 * SECOND_MS;

/** A pause over which a truck has stood still, by the fixes on both sides of it. */
const STOOD_MS = 5 * MINUTE_MS;
const STOOD_M = 30;

interface Dumping {
  kind: 'tipped' | 'load-vanished';
  began: EpochMs;
  point: Point;
  /** Load when it began; null: no kilograms. */
  startLoadKg: number | null;
  lowestLoadKg: number | null;
  maxBedDeg: number | null;
  certain: boolean;
  /** Something said since it began that there was a load. */
  carried: boolean;
  lastRaisedAt: EpochMs;
}

interface State {
  /** The bed was up at the moment before. */
  up: boolean;
  /** What was known of the load when the bed went up: a load that falls while it is tipped was there when it began. */
  loadBefore: 'loaded' | 'empty' | null;
  hold: Hold | null;
  /** Gathered while the tipping is being held. */
  tipping: Dumping | null;
  /** The last heavy reading of the haul, if the truck has been slow, away from work and its bed down since: its load may vanish without the bed. */
  heavy: { at: EpochMs; point: Point; loadKg: number; /** First reading that said empty, still at walking pace. */ goneAt: EpochMs | null } | null;
  open: Dumping | null;
}

/** The bed goes up at walking pace or less, or the load vanishes standing still, anywhere but at a site or a yard; or a camera sees it, wherever it hangs. */
export const illegalDumping: Rule<State, typeof limits> = {
  code: 'illegal-dumping',
  name: { zh: '乱倾乱倒', en: 'Illegal dumping' },
  description: {
    zh: '在工地、消纳场、停车场以外举斗卸载，或载重在低速时消失，或摄像机看到倾倒。',
    en: 'The bed is raised at walking pace or less outside sites, yards and parking lots, the load vanishes there at low speed, or a camera sees muck dumped.',
  },
  severity: 'critical',
  limits,
  start: { up: false, loadBefore: null, hold: null, tipping: null, heavy: null, open: null },
  step(before, moment, rule) {
    const heavy = stepHeavy(before, moment, rule);
    const raised = moment.bedRaised(rule.raisedDeg);
    const state = withLoad(heavy === before.heavy ? before : { ...before, heavy }, moment, raised);
    if (state.open !== null) return pursue(state, state.open, moment, raised);

    const vanished = vanishedLoad(before.heavy, moment, rule);
    if (vanished !== null) return { state: { ...state, hold: null, tipping: null, open: vanished }, findings: [found(vanished, null, true)] };
    return seek(state, moment, raised, rule);
  },
  see(state, moment, { confidence }) {
    const { sighting } = moment;
    if (!moment.first || sighting.kind !== 'dumping' || !sure(sighting.confidence, confidence)) return { state, findings: NONE };
    return { state, findings: [foundBySight(moment, 'critical', { kind: 'seen', confidencePercent: percent(sighting.confidence) })] };
  },
  say: ({ kind, maxBedDeg, startLoadKg, loadKg, certain, confidencePercent }) => {
    if (kind === 'seen')
      return { zh: `被摄像机看到倾倒（可信度 ${confidencePercent}%）`, en: `was seen dumping by a camera (confidence ${confidencePercent} %)` };
    const bed = maxBedDeg === null ? '' : ` ${maxBedDeg}°`;
    const lost = fell(startLoadKg, loadKg);
    const how = kind === 'tipped' ? { zh: `举斗${bed}倾倒`, en: `tipped its bed${bed}` } : { zh: '载重在低速时消失', en: 'lost its load at low speed' };
    const zh = lost ? `，载重由 ${tonnes(startLoadKg)} 降至 ${tonnes(loadKg)}` : '';
    const en = lost ? `, load from ${tonnes(startLoadKg)} to ${tonnes(loadKg)}` : '';
    return { zh: `${how.zh}${zh}${certain === true ? '' : '(疑似)'}`, en: `${how.en}${en}${certain === true ? '' : ' (suspected)'}` };
  },
};

/**
 * What the truck carried when its bed went up. At a work place or in a lot it may tip: what is left is what it is then known to carry, so that a truck that
 * drives off with its bed still up is not accused of the load that it left there.
 */
function withLoad(state: State, moment: Moment, raised: boolean | null): State {
  const up = raised === true;
  const loadBefore = carriedUp(state, moment, up);
  return up === state.up && loadBefore === state.loadBefore ? state : { ...state, up, loadBefore };
}

function carriedUp(state: State, moment: Moment, up: boolean): State['loadBefore'] {
  if (up && mayTip(moment) === true) return moment.load === 'loaded' ? 'loaded' : 'empty';
  const same = state.hold !== null || (up && state.up);
  return same ? state.loadBefore : moment.loadBefore;
}

function mayTip(moment: Moment): boolean | null {
  return moment.atWorkPlace === null ? null : moment.atWorkPlace || insideOf(moment, 'parking-lot').length > 0;
}

function seek(state: State, moment: Moment, raised: boolean | null, rule: typeof limits): { state: State; findings: Found[] } {
  const placed = mayTip(moment);
  const tips = raised === true && isSlow(moment, rule) && state.loadBefore !== 'empty';
  if (state.hold === null && !tips) return { state, findings: NONE };
  const hold = stepHold(state.hold, moment, placed === null ? null : tips && !placed);
  if (hold === null) return { state: { ...state, hold, tipping: null }, findings: NONE };

  const began = state.hold?.since === hold.since && state.tipping !== null ? state.tipping : tippingFrom(moment);
  const tipping = takeIn(began, moment, raised);
  // Nothing had been known of the load, and all that was said since is that there is none.
  const wasEmpty = state.loadBefore === null && moment.load === 'empty' && !tipping.carried;
  if (wasEmpty) return { state: { ...state, loadBefore: 'empty', hold: null, tipping: null }, findings: NONE };
  if (!heldFor(hold, rule.holdS * SECOND_MS)) return { state: { ...state, hold, tipping }, findings: NONE };
  return { state: { ...state, hold: null, tipping: null, open: tipping }, findings: [found(tipping, null, true)] };
}

function pursue(state: State, open: Dumping, moment: Moment, raised: boolean | null): { state: State; findings: Found[] } {
  const grown = takeIn(open, moment, raised);
  const farM = raised === null && open.kind === 'tipped' ? MOVED_FAR_M : MOVED_AWAY_M;
  if (raised !== true && moment.placeKnown && distanceM(open.point, moment.point) >= farM) {
    return { state: { ...state, hold: null, tipping: null, open: null }, findings: [found(grown, Math.max(grown.lastRaisedAt, grown.began), false)] };
  }
  const worse = grown.certain !== open.certain || (grown.maxBedDeg ?? 0) > (open.maxBedDeg ?? 0) || fallenTonnes(grown) > fallenTonnes(open);
  return { state: { ...state, open: grown }, findings: worse ? [found(grown, null, false)] : NONE };
}

function tippingFrom(moment: Moment): Dumping {
  return {
    kind: 'tipped',
    began: moment.at,
    point: moment.point,
    startLoadKg: moment.loadKg,
    lowestLoadKg: moment.loadKg,
    maxBedDeg: null,
    certain: false,
    carried: false,
    lastRaisedAt: moment.at,
  };
}

/** `suspected` until the load falls by half of the rated load, or from loaded to empty, within 5 min. */
function takeIn(dumping: Dumping, moment: Moment, raised: boolean | null): Dumping {
  const startLoadKg = dumping.startLoadKg ?? moment.loadKg;
  const inTime = moment.at - dumping.began <= CERTAIN_WITHIN_MS;
  const rated = moment.truck.ratedLoadKg;
  const lowest = moment.loadKg === null || !inTime ? dumping.lowestLoadKg : Math.min(dumping.lowestLoadKg ?? Infinity, moment.loadKg);
  const byWeight = startLoadKg !== null && lowest !== null && rated !== null && startLoadKg - lowest >= CERTAIN_SHARE * rated;
  const byWord = moment.loadKg === null && moment.loadBefore === 'loaded' && moment.load === 'empty';
  return {
    ...dumping,
    startLoadKg,
    lowestLoadKg: lowest,
    maxBedDeg: moment.bedDeg !== null && raised === true ? Math.max(dumping.maxBedDeg ?? 0, Math.round(moment.bedDeg)) : dumping.maxBedDeg,
    certain: dumping.certain || (inTime && (byWeight || byWord)),
    carried: dumping.carried || saysLoad(moment),
    lastRaisedAt: raised === true ? moment.at : dumping.lastRaisedAt,
  };
}

function saysLoad({ load, report, truck }: Moment): boolean {
  if (load === 'loaded' || report.loadState === 'full' || report.loadState === 'half') return true;
  return report.loadKg !== null && truck.ratedLoadKg !== null && report.loadKg > EMPTY_SHARE * truck.ratedLoadKg;
}

/** Follows what happened since the last reading of at least 80 % of the haul's median load; whatever then went unseen accuses nobody. */
function stepHeavy({ heavy: before, up }: State, moment: Moment, rule: typeof limits): State['heavy'] {
  if (moment.load !== 'loaded' || isPaused(moment)) return null;
  const said = moment.report.loadKg;
  const typical = moment.haul?.medianKg ?? null;
  const slow = isSlow(moment, rule);
  const raised = moment.bedRaised(rule.raisedDeg) === true;
  if (said !== null && typical !== null && said >= HEAVY_SHARE * typical) {
    // Driving with the load on, as nearly always: nothing can have vanished at low speed since.
    return slow && moment.atWorkPlace === false && !raised ? { at: moment.at, point: moment.point, loadKg: said, goneAt: null } : null;
  }
  if (before === null) return slow && said === null && moment.atWorkPlace === false && !raised && !up ? justWeighed(moment, typical) : null;
  if (moment.atWorkPlace === true || raised) return null;
  if (before.goneAt !== null) return moment.at - before.goneAt <= GONE_MS ? before : null;
  if (!slow) return null;
  return saysEmpty(moment) ? { ...before, goneAt: moment.at } : before;
}

/** It comes to a stop and the scales say nothing: they did a moment before. */
function justWeighed({ previous, at, point }: Moment, typical: number | null): State['heavy'] {
  if (previous === null || previous.loadKg === null || previous.loadState === 'fault' || typical === null) return null;
  const counts = at - previous.at <= JUST_WEIGHED_MS && previous.loadKg >= HEAVY_SHARE * typical;
  return counts ? { at, point, loadKg: previous.loadKg, goneAt: null } : null;
}

/** «Empty» is known two readings after the first that says so, when the truck may have driven off. */
function vanishedLoad(heavy: State['heavy'], moment: Moment, rule: typeof limits): Dumping | null {
  if (heavy === null || moment.load !== 'empty' || moment.loadKg === null) return null;
  const inTime = heavy.goneAt === null ? isSlow(moment, rule) : moment.at - heavy.goneAt <= GONE_MS;
  if (!inTime || isPaused(moment) || moment.bedRaised(rule.raisedDeg) === true || moment.atWorkPlace !== false) return null;
  return {
    kind: 'load-vanished',
    began: heavy.at,
    point: heavy.point,
    startLoadKg: heavy.loadKg,
    lowestLoadKg: moment.loadKg,
    maxBedDeg: null,
    certain: moment.truck.ratedLoadKg !== null && heavy.loadKg - moment.loadKg >= CERTAIN_SHARE * moment.truck.ratedLoadKg,
    carried: true,
    lastRaisedAt: moment.at,
  };
}

function saysEmpty({ report, truck }: Moment): boolean {
  return report.loadKg !== null && truck.ratedLoadKg !== null && report.loadKg <= EMPTY_SHARE * truck.ratedLoadKg;
}

/** Nothing was heard for a while, and the truck may have been anywhere meanwhile: not where it stands again minutes later at the same spot. */
function isPaused({ at, point, previous, pauseMs, placeKnown, drivenM }: Moment): boolean {
  if (previous === null || at - previous.at <= pauseMs) return false;
  return at - previous.at > STOOD_MS || !placeKnown || drivenM > 0 || distanceM(previous.point, point) > STOOD_M;
}

function isSlow(moment: Moment, rule: typeof limits): boolean {
  return moment.report.speedKmh !== null && moment.report.speedKmh <= rule.walkingPaceKmh;
}

/** The load as it fell, in whole tonnes: the alert is not told again for each kilogram. */
function fallenTonnes(dumping: Dumping): number {
  return Math.floor(((dumping.startLoadKg ?? 0) - (dumping.lowestLoadKg ?? 0)) / 1_000);
}

function found(dumping: Dumping, ended: EpochMs | null, opened: boolean): Found {
  const { kind, began, point, startLoadKg, lowestLoadKg, maxBedDeg, certain, lastRaisedAt } = dumping;
  return {
    scope: '-',
    began,
    point,
    ended,
    opened,
    severity: 'critical',
    placeId: null,
    evidence: {
      kind,
      certain,
      durationS: Math.round(((ended ?? lastRaisedAt) - began) / 1_000),
      maxBedDeg,
      startLoadKg: wholeKg(startLoadKg),
      loadKg: wholeKg(lowestLoadKg),
    },
  };
}

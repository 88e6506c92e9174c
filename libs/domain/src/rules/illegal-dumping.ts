import { distanceM } from '../geo.js';
import { haulMedianKg } from '../haul.js';
import { heldFor, type Hold, stepHold } from '../hold.js';
import { insideOf, type Moment } from '../moment.js';
import type { Point } from '../report.js';
import type { Found, Rule } from '../rule.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../time.js';
import { tonnes } from './say.js';

const limits = { raisedDeg: 20, holdS: 10, walkingPaceKmh: 8 };
const CERTAIN_WITHIN_MS = 5 * MINUTE_MS;
const CERTAIN_SHARE = 0.5;
const HEAVY_SHARE = 0.8;
const MOVED_AWAY_M = 200;

interface Dumping {
  kind: 'tipped' | 'load-vanished';
  began: EpochMs;
  point: Point;
  /** Load when it began; null: no kilograms. */
  startLoadKg: number | null;
  lowestLoadKg: number | null;
  maxBedDeg: number | null;
  certain: boolean;
  lastRaisedAt: EpochMs;
}

interface State {
  /** The last known load while the bed was not yet up: a load that falls while it is tipped was there when it began. */
  loadBefore: 'loaded' | 'empty' | null;
  hold: Hold | null;
  /** Gathered while the tipping is being held. */
  tipping: Dumping | null;
  /** Since the last heavy reading of the haul, for a load that vanishes without the bed. */
  heavy: { at: EpochMs; point: Point; loadKg: number; slow: boolean; away: boolean; raised: boolean } | null;
  open: Dumping | null;
}

/** The bed goes up at walking pace or less, or the load vanishes standing still, anywhere but at a site or a yard. */
export const illegalDumping: Rule<State, typeof limits> = {
  code: 'illegal-dumping',
  name: { zh: '乱倾乱倒', en: 'Illegal dumping' },
  description: {
    zh: '在工地、消纳场、停车场以外举斗卸载,或载重在低速时消失。',
    en: 'The bed is raised at walking pace or less outside sites, yards and parking lots, or the load vanishes there at low speed.',
  },
  severity: 'critical',
  limits,
  start: { loadBefore: null, hold: null, tipping: null, heavy: null, open: null },
  step(before, moment, rule) {
    const heavy = stepHeavy(before.heavy, moment, rule);
    const raised = moment.bedRaised(rule.raisedDeg);
    const loadBefore = raised === true && before.hold !== null ? before.loadBefore : (moment.loadBefore ?? null);
    const state = { ...before, heavy, loadBefore };
    if (state.open !== null) return pursue(state, state.open, moment, raised);

    const vanished = vanishedLoad(before.heavy, moment, rule);
    if (vanished !== null) return { state: { ...state, hold: null, tipping: null, open: vanished }, findings: [found(vanished, null, true)] };
    return seek(state, moment, raised, rule);
  },
  say: ({ kind, maxBedDeg, startLoadKg, loadKg, certain }) => {
    const bed = maxBedDeg === null ? '' : ` ${maxBedDeg}°`;
    const fell = startLoadKg !== null && loadKg !== null;
    const how = kind === 'tipped' ? { zh: `举斗${bed}倾倒`, en: `tipped its bed${bed}` } : { zh: '载重在低速时消失', en: 'lost its load at low speed' };
    const zh = fell ? `,载重由 ${tonnes(startLoadKg)} 降至 ${tonnes(loadKg)}` : '';
    const en = fell ? `, load from ${tonnes(startLoadKg)} to ${tonnes(loadKg)}` : '';
    return { zh: `${how.zh}${zh}${certain === true ? '' : '(疑似)'}`, en: `${how.en}${en}${certain === true ? '' : ' (suspected)'}` };
  },
};

function seek(state: State, moment: Moment, raised: boolean | null, rule: typeof limits): { state: State; findings: Found[] } {
  const slow = moment.report.speedKmh !== null && moment.report.speedKmh <= rule.walkingPaceKmh;
  const notEmpty = state.hold !== null || state.loadBefore !== 'empty';
  const away = moment.atWorkPlace === null ? null : !moment.atWorkPlace && insideOf(moment, 'parking-lot').length === 0;
  const hold = stepHold(state.hold, moment, away === null ? null : away && raised === true && slow && notEmpty);
  if (hold === null) return { state: { ...state, hold, tipping: null }, findings: [] };

  const began = state.hold?.since === hold.since && state.tipping !== null ? state.tipping : tippingFrom(moment);
  const tipping = takeIn(began, moment, raised);
  if (!heldFor(hold, rule.holdS * SECOND_MS)) return { state: { ...state, hold, tipping }, findings: [] };
  return { state: { ...state, hold: null, tipping: null, open: tipping }, findings: [found(tipping, null, true)] };
}

function pursue(state: State, open: Dumping, moment: Moment, raised: boolean | null): { state: State; findings: Found[] } {
  const grown = takeIn(open, moment, raised);
  const down = open.kind === 'tipped' ? raised === false : raised !== true;
  if (down && moment.placeKnown && distanceM(open.point, moment.point) >= MOVED_AWAY_M) {
    return { state: { ...state, hold: null, tipping: null, open: null }, findings: [found(grown, Math.max(grown.lastRaisedAt, grown.began), false)] };
  }
  const worse = grown.certain !== open.certain || (grown.maxBedDeg ?? 0) > (open.maxBedDeg ?? 0) || fallenTonnes(grown) > fallenTonnes(open);
  return { state: { ...state, open: grown }, findings: worse ? [found(grown, null, false)] : [] };
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
    lastRaisedAt: moment.at,
  };
}

/** `suspected` until the load falls by half of the rated load, or from loaded to empty, within 5 min. */
function takeIn(dumping: Dumping, moment: Moment, raised: boolean | null): Dumping {
  const { startLoadKg } = dumping;
  const inTime = moment.at - dumping.began <= CERTAIN_WITHIN_MS;
  const rated = moment.truck.ratedLoadKg;
  const lowest = moment.loadKg === null || !inTime ? dumping.lowestLoadKg : Math.min(dumping.lowestLoadKg ?? Infinity, moment.loadKg);
  const byWeight = startLoadKg !== null && lowest !== null && rated !== null && startLoadKg - lowest >= CERTAIN_SHARE * rated;
  const byWord = moment.loadKg === null && moment.loadBefore === 'loaded' && moment.load === 'empty';
  return {
    ...dumping,
    lowestLoadKg: lowest,
    maxBedDeg: moment.bedDeg !== null && raised === true ? Math.max(dumping.maxBedDeg ?? 0, Math.round(moment.bedDeg)) : dumping.maxBedDeg,
    certain: dumping.certain || (inTime && (byWeight || byWord)),
    lastRaisedAt: raised === true ? moment.at : dumping.lastRaisedAt,
  };
}

/** Follows what happened since the last reading of at least 80 % of the haul's median load. */
function stepHeavy(before: State['heavy'], moment: Moment, rule: typeof limits): State['heavy'] {
  const said = moment.report.loadKg;
  const typical = moment.haul === null ? null : haulMedianKg(moment.haul);
  const slow = moment.report.speedKmh !== null && moment.report.speedKmh <= rule.walkingPaceKmh;
  const away = moment.atWorkPlace === false;
  const raised = moment.bedRaised(rule.raisedDeg) === true;
  if (moment.load === 'empty') return null;
  if (said !== null && typical !== null && said >= HEAVY_SHARE * typical) return { at: moment.at, point: moment.point, loadKg: said, slow, away, raised };
  return before && { ...before, slow: before.slow && slow, away: before.away && away, raised: before.raised || raised };
}

function vanishedLoad(heavy: State['heavy'], moment: Moment, rule: typeof limits): Dumping | null {
  if (heavy === null || moment.load !== 'empty' || moment.loadBefore !== 'loaded' || moment.loadKg === null) return null;
  const slow = heavy.slow && moment.report.speedKmh !== null && moment.report.speedKmh <= rule.walkingPaceKmh;
  const raised = heavy.raised || moment.bedRaised(rule.raisedDeg) === true;
  if (!slow || raised || !heavy.away || moment.atWorkPlace !== false) return null;
  return {
    kind: 'load-vanished',
    began: heavy.at,
    point: heavy.point,
    startLoadKg: heavy.loadKg,
    lowestLoadKg: moment.loadKg,
    maxBedDeg: null,
    certain: moment.truck.ratedLoadKg !== null && heavy.loadKg - moment.loadKg >= CERTAIN_SHARE * moment.truck.ratedLoadKg,
    lastRaisedAt: moment.at,
  };
}

/** The load as it fell, in whole tonnes: the alert is not told again for each kilogram. */
function fallenTonnes(dumping: Dumping): number {
  return Math.floor(((dumping.startLoadKg ?? 0) - (dumping.lowestLoadKg ?? 0)) / 1_000);
}

function found(dumping: Dumping, ended: EpochMs | null, opened: boolean): Found {
  const { kind, began, startLoadKg, lowestLoadKg, maxBedDeg, certain, lastRaisedAt } = dumping;
  return {
    scope: '-',
    began,
    ended,
    opened,
    severity: 'critical',
    placeId: null,
    evidence: {
      kind,
      certain,
      durationS: Math.round(((ended ?? lastRaisedAt) - began) / 1_000),
      maxBedDeg,
      startLoadKg: startLoadKg === null ? null : Math.round(startLoadKg),
      loadKg: lowestLoadKg === null ? null : Math.round(lowestLoadKg),
    },
  };
}

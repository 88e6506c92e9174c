import { NONE } from '../episode.js';
import { heldFor, type Hold, stepHold } from '../hold.js';
import { insideOf, type Moment } from '../moment.js';
import { type Permit, permitsOfHaul } from '../permit.js';
import type { Place } from '../place.js';
import type { Point } from '../report.js';
import type { Found, Rule } from '../rule.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../time.js';
import { fell, tonnes, wholeKg } from './say.js';

const limits = { raisedDeg: 20, holdS: 10 };
const OUTSIDE_MS = 10 * SECOND_MS;
/** As long as a reading of the load counts: a load seen longer ago may have gone anywhere. */
const LOADED_COUNTS_MS = 10 * MINUTE_MS;
const EMPTY_SHARE = 0.1;

interface Unloading {
  kind: 'tipped' | 'load-gone';
  began: EpochMs;
  point: Point;
  yardId: string;
  startLoadKg: number | null;
  lowestLoadKg: number | null;
  maxBedDeg: number | null;
  lastAt: EpochMs;
  /** Outside before the enter was believed: else the believed exit ends it. */
  outside: Hold | null;
}

interface State {
  hold: Hold | null;
  /** Gathered while the bed is up. */
  tipping: Unloading | null;
  /** Where the truck was last seen loaded inside the yard. */
  loaded: { at: EpochMs; point: Point; yardId: string; loadKg: number | null } | null;
  open: Unloading | null;
}

/**
 * Unloading inside yards none of which the permit of the haul names. A truck believed to be in a yard of its own is not accused, wherever single fixes lie. As for
 * `illegal-dumping`, a load that was last known to be gone is no unknown one; and «loaded → empty» means both seen inside, at most 10 min apart.
 */
export const wrongYard: Rule<State, typeof limits> = {
  code: 'wrong-yard',
  name: { zh: '去非指定消纳场', en: 'Unloading at the wrong yard' },
  description: {
    zh: '在核准未列明的消纳场卸载。',
    en: 'A truck unloads inside a disposal yard that its permit does not name.',
  },
  severity: 'serious',
  limits,
  start: { hold: null, tipping: null, loaded: null, open: null },
  step(before, moment, rule) {
    if (before.open !== null) return pursue(before, before.open, moment, rule);
    const yard = moment.placeKnown ? wrongYardAround(moment) : null;
    if (yard === null && before.hold === null && before.loaded === null) return { state: before, findings: NONE };
    return seek(before, moment, yard, rule);
  },
  say: ({ kind, maxBedDeg, startLoadKg, loadKg }) => {
    const bed =
      kind !== 'tipped'
        ? { zh: '', en: '' }
        : maxBedDeg === null
          ? { zh: '举斗', en: ', bed raised' }
          : { zh: `举斗 ${maxBedDeg}° `, en: `, bed at ${maxBedDeg}°` };
    const lost = fell(startLoadKg, loadKg);
    return {
      zh: `${bed.zh}卸载${lost ? `，载重由 ${tonnes(startLoadKg)} 降至 ${tonnes(loadKg)}` : ''}，核准未列明该消纳场`,
      en: `unloaded at a yard that its permit does not name${bed.en}${lost ? `, load from ${tonnes(startLoadKg)} to ${tonnes(loadKg)}` : ''}`,
    };
  },
};

/** The yard that the truck is in, where no permit that counts names it or another around it; null also where no permit says anything. */
function wrongYardAround(moment: Moment): Place | null {
  if (moment.inside.length === 0) return null;
  const yards = insideOf(moment, 'yard');
  if (yards.length === 0) return null;
  const permits = permitsOfHaul(moment);
  if (permits.length === 0 || yards.some(({ id }) => named(permits, id))) return null;
  // Only permits name yards: whatever else the truck visits is named by none.
  return moment.visits.some(({ placeId }) => named(permits, placeId)) ? null : yards[0]!;
}

function named(permits: readonly Permit[], yardId: string): boolean {
  return permits.some(({ yardIds }) => yardIds.includes(yardId));
}

function seek(before: State, moment: Moment, yard: Place | null, rule: typeof limits): { state: State; findings: Found[] } {
  const hold = stepHold(before.hold, moment, claimOf(moment, yard, rule));
  const goesOn = hold !== null && before.hold?.since === hold.since;
  const tipping = hold === null ? null : goesOn && before.tipping !== null ? takeIn(before.tipping, moment, rule) : unloadingAt('tipped', moment, yard!);
  if (tipping !== null && heldFor(hold, rule.holdS * SECOND_MS)) return opened(tipping, moment);

  const wrong = yard ?? emptiedThere(before, moment);
  const loaded = loadedInside(before, moment, wrong);
  if (wrong !== null && moment.load === 'empty' && loaded !== null) {
    const since = { ...unloadingAt('load-gone', moment, wrong), began: loaded.at, point: loaded.point, startLoadKg: loaded.loadKg };
    return opened(tipping === null ? since : { ...tipping, startLoadKg: tipping.startLoadKg ?? loaded.loadKg }, moment);
  }
  const same = hold === before.hold && loaded === before.loaded;
  return { state: same ? before : { hold, tipping, loaded, open: null }, findings: NONE };
}

/** The yard in which it was seen loaded, where its haul ended at a report whose fix was too poor to say where: what the haul's permit said of that yard still stands. */
function emptiedThere({ loaded }: State, { load, haul, inside, visits, placeKnown, world }: Moment): Place | null {
  if (loaded === null || load !== 'empty' || haul !== null || !placeKnown) return null;
  const around = [...inside, ...visits.flatMap(({ placeId }) => world.place(placeId) ?? [])].filter(({ kind }) => kind === 'yard');
  return around.every(({ id }) => id === loaded.yardId) ? (around[0] ?? null) : null;
}

/** The bed is up over a load, or over what nobody knows not to be one. Nothing is said where the fix is poor or the bed silent. */
function claimOf(moment: Moment, yard: Place | null, rule: typeof limits): boolean | null {
  if (!moment.placeKnown) return null;
  if (yard === null) return false;
  const raised = moment.bedRaised(rule.raisedDeg);
  if (raised !== true) return raised;
  if (moment.load === 'loaded') return true;
  if (moment.load === 'empty' || moment.loadBefore === 'empty') return false;
  return saysEmpty(moment) ? null : true;
}

/** Its first readings say that it is empty, though the load is known only with the third. */
function saysEmpty({ report, truck }: Moment): boolean {
  if (report.loadState === 'empty') return true;
  return report.loadKg !== null && truck.ratedLoadKg !== null && report.loadKg <= EMPTY_SHARE * truck.ratedLoadKg;
}

/** Forgotten where the truck is seen away from that yard, or empty in one of its own. */
function loadedInside({ loaded }: State, moment: Moment, yard: Place | null): State['loaded'] {
  if (yard !== null && moment.load === 'loaded')
    return { at: moment.at, point: moment.point, yardId: yard.id, loadKg: moment.loadKg ?? loaded?.loadKg ?? null };
  if (loaded === null || moment.at - loaded.at > LOADED_COUNTS_MS) return null;
  const emptiedInOwn = yard === null && moment.placeKnown && moment.load === 'empty' && insideOf(moment, 'yard').length > 0;
  return emptiedInOwn || isOutside(loaded.yardId, moment) === true ? null : loaded;
}

function opened(unloading: Unloading, moment: Moment): { state: State; findings: Found[] } {
  return { state: { hold: null, tipping: null, loaded: null, open: unloading }, findings: [found(unloading, moment.at, null, true)] };
}

function pursue(state: State, open: Unloading, moment: Moment, rule: typeof limits): { state: State; findings: Found[] } {
  const exit = moment.transitions.find(({ kind, placeId }) => kind === 'exit' && placeId === open.yardId);
  const outside = stepHold(open.outside, moment, isOutside(open.yardId, moment));
  if (exit || heldFor(outside, OUTSIDE_MS)) {
    const ended = Math.max(open.began, exit ? exit.at : outside!.since);
    return { state: { hold: null, tipping: null, loaded: null, open: null }, findings: [found(open, moment.at, ended, false)] };
  }
  const grown = takeIn({ ...open, outside }, moment, rule);
  const worse = (grown.maxBedDeg ?? 0) > (open.maxBedDeg ?? 0) || fallenTonnes(grown) > fallenTonnes(open);
  return { state: { ...state, open: grown }, findings: worse ? [found(grown, moment.at, null, false)] : NONE };
}

/** Neither in the yard nor believed to be: it was left before anybody believed the enter, or does not exist any more. */
function isOutside(yardId: string, moment: Moment): boolean | null {
  if (moment.visits.some(({ placeId }) => placeId === yardId)) return false;
  return moment.placeKnown ? moment.inside.every(({ id }) => id !== yardId) : null;
}

function unloadingAt(kind: Unloading['kind'], moment: Moment, yard: Place): Unloading {
  return {
    kind,
    began: moment.at,
    point: moment.point,
    yardId: yard.id,
    startLoadKg: moment.loadKg,
    lowestLoadKg: moment.loadKg,
    maxBedDeg: kind === 'tipped' && moment.bedDeg !== null ? Math.round(moment.bedDeg) : null,
    lastAt: moment.at,
    outside: null,
  };
}

function takeIn(unloading: Unloading, moment: Moment, rule: typeof limits): Unloading {
  const raised = moment.bedRaised(rule.raisedDeg) === true;
  return {
    ...unloading,
    startLoadKg: unloading.startLoadKg ?? moment.loadKg,
    lowestLoadKg: moment.loadKg === null ? unloading.lowestLoadKg : Math.min(unloading.lowestLoadKg ?? Infinity, moment.loadKg),
    maxBedDeg: raised && moment.bedDeg !== null ? Math.max(unloading.maxBedDeg ?? 0, Math.round(moment.bedDeg)) : unloading.maxBedDeg,
    lastAt: moment.at,
  };
}

/** As it fell, in whole tonnes: the alert is not told again for each kilogram. */
function fallenTonnes({ startLoadKg, lowestLoadKg }: Unloading): number {
  return Math.floor(((startLoadKg ?? 0) - (lowestLoadKg ?? 0)) / 1_000);
}

function found({ kind, began, point, yardId, startLoadKg, lowestLoadKg, maxBedDeg }: Unloading, at: EpochMs, ended: EpochMs | null, opened: boolean): Found {
  return {
    scope: '-',
    began,
    point,
    ended,
    opened,
    severity: 'serious',
    placeId: yardId,
    evidence: { kind, durationS: Math.round(((ended ?? at) - began) / 1_000), maxBedDeg, startLoadKg: wholeKg(startLoadKg), loadKg: wholeKg(lowestLoadKg) },
  };
}

import { NONE } from '../episode.js';
import { distanceM } from '../geo.js';
import { type Hold, stepHold } from '../hold.js';
import type { Moment } from '../moment.js';
import type { Place } from '../place.js';
import type { Point } from '../report.js';
import type { Found, Rule } from '../rule.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../time.js';
import { tonnes, wholeKg } from './say.js';

const limits = { dwellMin: 3 };
const SLOW_KMH = 15;
const STANDS_KMH = 3;
const WITHIN_M = 150;
const MOVED_AWAY_M = 500;
/** A load that seems gone for one or two readings and is there again was not loaded in between. */
const EMPTY_FOR_MS = 30 * SECOND_MS;

/** A stay at walking pace within 150 m of where it began, of a truck without a load. */
interface Dwell {
  since: EpochMs;
  until: EpochMs;
  point: Point;
  /** The last report at which it was empty; it was so when the dwell began. */
  emptyUntil: EpochMs;
}

interface Loading {
  since: EpochMs;
  until: EpochMs;
  point: Point;
  loadKg: number | null;
}

interface State {
  hold: Hold | null;
  /** Under way, or over where `hold` is null: its load may be known only with the next readings. */
  dwell: Dwell | null;
  open: Loading | null;
}

/**
 * Standing empty outside of every site, yard and lot, and loaded then. The dwell lasts 3 min with the loading in it (an excavator needs two for a third of the load);
 * a load that is known only when the truck moves on counts until it is 500 m away. Believed visits count as inside too: a fix beyond the border of a site is no dwell.
 */
export const unpermittedLoading: Rule<State, typeof limits> = {
  code: 'unpermitted-loading',
  name: { zh: '可疑出土', en: 'Loading outside a permitted site' },
  description: {
    zh: '空车在工地、消纳场、停车场以外停留后变为重车。',
    en: 'An empty truck is loaded while it dwells outside every site, yard and parking lot.',
  },
  severity: 'serious',
  limits,
  start: { hold: null, dwell: null, open: null },
  step(before, moment, rule) {
    if (before.open !== null) return pursue(before, before.open, moment);
    if (before.dwell === null && !begins(moment)) return { state: before, findings: NONE };
    const { hold, dwell } = stepDwell(before, moment, rule);
    if (dwell !== null && loadedIn(dwell, moment, rule)) {
      const loading = { since: dwell.since, until: dwell.until, point: dwell.point, loadKg: moment.loadKg };
      return { state: { hold: null, dwell: null, open: loading }, findings: [found(loading, moment.at, null, true)] };
    }
    return { state: dwell === null && before.dwell === null ? before : { hold, dwell, open: null }, findings: NONE };
  },
  say: ({ dwellMin, loadKg }) => ({
    zh: `在工地、消纳场、停车场以外停留 ${dwellMin} min 后由空车变为重车${loadKg === null ? '' : `(${tonnes(loadKg)})`}`,
    en: `stood ${dwellMin} min outside every site, yard and parking lot and was loaded there${loadKg === null ? '' : ` with ${tonnes(loadKg)}`}`,
  }),
};

function begins(moment: Moment): boolean {
  return moment.load === 'empty' && isSlow(moment) === true && placed(moment) === false;
}

function isSlow({ report }: Moment): boolean | null {
  return report.speedKmh === null ? null : report.speedKmh <= SLOW_KMH;
}

/** In a site, yard or lot, or believed to be; null where the fix is too poor to say. */
function placed({ placeKnown, inside, visits, world }: Moment): boolean | null {
  if (visits.some(({ placeId }) => isPermitted(world.place(placeId)))) return true;
  return placeKnown ? inside.some(isPermitted) : null;
}

function isPermitted(place: Place | undefined): boolean {
  return place?.kind === 'site' || place?.kind === 'yard' || place?.kind === 'parking-lot';
}

function stepDwell(before: State, moment: Moment, rule: typeof limits): Pick<State, 'hold' | 'dwell'> {
  const { dwell } = before;
  const inPlace = placed(moment);
  const slow = isSlow(moment);
  const near = dwell === null || distanceM(dwell.point, moment.point) <= WITHIN_M;
  const claim = inPlace === null && before.hold !== null && stands(moment) ? true : claimOf(inPlace, slow, near);
  const hold = before.hold === null && dwell !== null ? null : stepHold(before.hold, moment, claim);

  if (hold !== null && dwell !== null && hold.since === dwell.since) return { hold, dwell: takeIn(dwell, hold, moment) };
  if (dwell !== null && goesOn(dwell, moment, inPlace, rule)) return { hold: null, dwell };
  if (!begins(moment)) return { hold: null, dwell: null };
  const { at, point } = moment;
  return { hold: stepHold(null, moment, true), dwell: { since: at, until: at, point, emptyUntil: at } };
}

function claimOf(inPlace: boolean | null, slow: boolean | null, near: boolean): boolean | null {
  if (inPlace === true || slow === false) return false;
  return inPlace === null || slow === null ? null : near;
}

/** A truck that stands is where it stood, however poor its fix has become. */
function stands({ report }: Moment): boolean {
  return report.speedKmh !== null && report.speedKmh < STANDS_KMH;
}

function takeIn(dwell: Dwell, { until }: Hold, { at, load }: Moment): Dwell {
  return { ...dwell, until, emptyUntil: load === 'empty' ? at : dwell.emptyUntil };
}

/** Driving on from a dwell that was long enough, and nowhere else yet. */
function goesOn(dwell: Dwell, moment: Moment, inPlace: boolean | null, rule: typeof limits): boolean {
  const isOver = inPlace === true || !lasted(dwell, rule) || moment.at - dwell.until > moment.pauseMs;
  return !isOver && distanceM(dwell.point, moment.point) < MOVED_AWAY_M;
}

function lasted({ since, until, emptyUntil }: Dwell, rule: typeof limits): boolean {
  return until - since >= rule.dwellMin * MINUTE_MS && emptyUntil - since >= EMPTY_FOR_MS;
}

function loadedIn(dwell: Dwell, moment: Moment, rule: typeof limits): boolean {
  return moment.load === 'loaded' && lasted(dwell, rule);
}

function pursue(state: State, open: Loading, moment: Moment): { state: State; findings: Found[] } {
  const awayM = moment.placeKnown ? distanceM(open.point, moment.point) : 0;
  if (awayM >= MOVED_AWAY_M) return { state: { hold: null, dwell: null, open: null }, findings: [found(open, moment.at, moment.at, false)] };
  const loadKg = moment.loadKg === null ? open.loadKg : Math.max(open.loadKg ?? 0, moment.loadKg);
  const until = isSlow(moment) === true && awayM <= WITHIN_M ? moment.at : open.until;
  if (loadKg === open.loadKg && until === open.until) return { state, findings: NONE };
  const grown = { ...open, loadKg, until };
  const heavier = Math.floor((loadKg ?? 0) / 1_000) > Math.floor((open.loadKg ?? 0) / 1_000);
  return { state: { ...state, open: grown }, findings: heavier ? [found(grown, moment.at, null, false)] : NONE };
}

function found({ since, until, point, loadKg }: Loading, at: EpochMs, ended: EpochMs | null, opened: boolean): Found {
  return {
    scope: '-',
    began: since,
    point,
    ended,
    opened,
    severity: 'serious',
    placeId: null,
    evidence: { durationS: Math.round((at - since) / 1_000), dwellMin: Math.round((until - since) / MINUTE_MS), loadKg: wholeKg(loadKg) },
  };
}

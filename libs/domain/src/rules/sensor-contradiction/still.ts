import { distanceM } from '../../geo.js';
import type { Moment } from '../../moment.js';
import type { Point } from '../../report.js';
import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../time.js';
import { NOTHING, type Part } from './contradiction.js';

const WITHIN_M = 50;
const GREW_KM = 2;
/** A growth that no truck drives in the time is another odometer; some count whole kilometres. */
const MAX_KMH = 200;
const STEP_KM = 1;
const BOUNCE_MS = 15 * SECOND_MS;
/** An odometer that said nothing at the end is heard of again within this; what it may have driven meanwhile is taken off. */
const LATE_MS = 2 * MINUTE_MS;
const MAY_DRIVE_KMH = 100;

/** Where the truck is said to stand while its odometer runs. */
export interface Standing {
  source: string;
  at: EpochMs;
  point: Point;
  odometerKm: number;
  /** Driven within the 50 m after all: manoeuvring is no contradiction. */
  drivenM: number;
  strayedAt: EpochMs | null;
  /** Gone for good, the odometer not heard of since; until when it stood here. Null: it stands. */
  stoodUntil: EpochMs | null;
  told: boolean;
}

/** The odometer runs while the fix stands still, as with a jammed or disconnected antenna. Told once until the fix moves. */
export function stepStill(before: Standing | null, moment: Moment): Part<Standing | null> {
  if (before === null) return begun(moment);
  if (!moment.placeKnown || moment.report.source !== before.source) return { state: before, found: null };
  // Nobody knows where it was in a pause.
  if (moment.at - moment.previous!.at > moment.pauseMs) return NOTHING;
  if (before.stoodUntil !== null) return gone(before, before.stoodUntil, moment);
  if (distanceM(before.point, moment.point) > WITHIN_M) {
    const bounces = before.strayedAt === null && moment.at - moment.previous!.at <= BOUNCE_MS;
    if (bounces) return { state: { ...before, strayedAt: moment.at }, found: null };
    return before.told ? NOTHING : gone(before, Math.min(before.strayedAt ?? Infinity, moment.previous!.at), moment);
  }
  if (before.strayedAt !== null && moment.at - before.strayedAt > BOUNCE_MS) return NOTHING;
  if (before.told) return { state: before.strayedAt === null ? before : { ...before, strayedAt: null }, found: null };
  return grow(before, moment);
}

function gone(before: Standing, stoodUntil: EpochMs, { report, at }: Moment): Part<Standing | null> {
  if (report.odometerKm === null) return at - stoodUntil > LATE_MS ? NOTHING : { state: { ...before, stoodUntil }, found: null };
  const grewKm = report.odometerKm - before.odometerKm - (MAY_DRIVE_KMH * (at - stoodUntil)) / HOUR_MS;
  const another = report.odometerKm - before.odometerKm > STEP_KM + (MAX_KMH * (at - before.at)) / HOUR_MS;
  if (another || grewKm - before.drivenM / 1_000 < GREW_KM) return NOTHING;
  return { state: null, found: contradiction(before, grewKm, stoodUntil) };
}

function grow(before: Standing, { report, at, drivenM }: Moment): Part<Standing | null> {
  const driven = before.drivenM + drivenM;
  const same = drivenM === 0 && before.strayedAt === null;
  const state = same ? before : { ...before, drivenM: Math.round(driven * 10) / 10, strayedAt: null };
  if (report.odometerKm === null) return { state, found: null };
  const grewKm = report.odometerKm - before.odometerKm;
  if (grewKm < 0 || grewKm > STEP_KM + (MAX_KMH * (at - before.at)) / HOUR_MS) return NOTHING;
  if (grewKm - driven / 1_000 < GREW_KM) return { state, found: null };
  return { state: { ...state, told: true }, found: contradiction(before, grewKm, at) };
}

function contradiction({ at, point }: Standing, grewKm: number, until: EpochMs): Part<null>['found'] {
  const evidence = { odometerGrewKm: Math.round(grewKm * 10) / 10, heldS: Math.round((until - at) / 1_000) };
  return { kind: 'still', began: at, point, placeId: null, evidence };
}

/** From the report before, where the odometer has run farther since than the fix has moved. */
function begun({ previous, report, placeKnown, at, pauseMs }: Moment): Part<Standing | null> {
  if (previous === null || !placeKnown || previous.source !== report.source || at - previous.at > pauseMs) return NOTHING;
  if (previous.odometerKm === null || report.odometerKm === null || report.odometerKm <= previous.odometerKm) return NOTHING;
  const movedM = distanceM(previous.point, report.point);
  if (movedM > WITHIN_M || (report.odometerKm - previous.odometerKm) * 1_000 <= movedM) return NOTHING;
  const standing: Standing = {
    source: report.source,
    at: previous.at,
    point: previous.point,
    odometerKm: previous.odometerKm,
    drivenM: Math.round(movedM),
    strayedAt: null,
    stoodUntil: null,
    told: false,
  };
  return { state: standing, found: null };
}

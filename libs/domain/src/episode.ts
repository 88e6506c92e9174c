import type { EvidenceNumbers, Severity } from './alert.js';
import { heldFor, type Hold, stepHold } from './hold.js';
import type { Moment } from './moment.js';
import type { Point } from './report.js';
import type { Found } from './rule.js';
import { type EpochMs, SECOND_MS } from './time.js';

/** Evidence of an open episode is told on a new worst value or every 10 s, not with each report. */
const TELL_EVERY_MS = 10 * SECOND_MS;

/** Most moments find nothing. */
export const NONE: Found[] = [];

/** What every episode gathers while its condition holds. */
export interface Facts {
  distanceM: number;
  /** Last moment at which the condition was true. */
  lastAt: EpochMs;
}

/** A condition being held, the episode it opened, and the condition that ends it. */
export interface EpisodeState<F extends Facts> {
  hold: Hold | null;
  ending: Hold | null;
  facts: F | null;
  /** Where the hold began. */
  from: Point | null;
  open: { began: EpochMs; toldAt: EpochMs; worst: number } | null;
}

export function noEpisode<F extends Facts>(): EpisodeState<F> {
  return { hold: null, ending: null, facts: null, from: null, open: null };
}

/** How one rule reads a moment for its episode. */
export interface EpisodeStep<F extends Facts> {
  /** Whether the condition is true; null: the report says neither. */
  claim: boolean | null;
  holdMs: number;
  /** Whether the end condition is true (null: the report does not say), and how long it must hold. */
  over: boolean | null;
  overMs: number;
  /** Ends at once, e.g. at a work place. */
  overNow?: boolean;
  /** When it ended, where that was not this moment. */
  overAt?: EpochMs;
  scope?: string;
  placeId?: (facts: F) => string | null;
  /** Takes the moment into the facts; null at the first moment of a hold. */
  gather(facts: F | null, moment: Moment): F;
  /** Grows as the episode gets worse. */
  worst(facts: F): number;
  severity(facts: F): Severity;
  evidence(facts: F): EvidenceNumbers;
}

/** Nothing is open or held, and nothing begins: as with nearly every report, there is nothing to ask further. */
export function isQuiet(before: Pick<EpisodeState<Facts>, 'open' | 'hold'>, claim: boolean | null): boolean {
  return before.open === null && before.hold === null && claim !== true;
}

/** One step of an episode: opened once its condition has held, told again while it grows, ended once. */
export function stepEpisode<F extends Facts>(before: EpisodeState<F>, moment: Moment, step: EpisodeStep<F>): { state: EpisodeState<F>; findings: Found[] } {
  if (isQuiet(before, step.claim)) return { state: before, findings: NONE };
  return before.open === null ? seek(before, moment, step) : pursue(before, before.open, moment, step);
}

function seek<F extends Facts>(before: EpisodeState<F>, moment: Moment, step: EpisodeStep<F>): { state: EpisodeState<F>; findings: Found[] } {
  const hold = stepHold(before.hold, moment, step.claim);
  if (hold === null) return { state: noEpisode(), findings: NONE };
  if (step.claim !== true) return { state: { ...before, hold }, findings: NONE };

  const goesOn = before.hold?.since === hold.since;
  const facts = step.gather(goesOn ? before.facts : null, moment);
  const from = goesOn ? before.from : moment.point;
  if (!heldFor(hold, step.holdMs)) return { state: { ...before, hold, facts, from }, findings: NONE };
  const state = { hold, ending: null, facts, from, open: { began: hold.since, toldAt: moment.at, worst: step.worst(facts) } };
  return { state, findings: [found(state, null, true, facts, step)] };
}

function pursue<F extends Facts>(
  before: EpisodeState<F>,
  open: NonNullable<EpisodeState<F>['open']>,
  moment: Moment,
  step: EpisodeStep<F>,
): { state: EpisodeState<F>; findings: Found[] } {
  const facts = step.claim === true ? step.gather(before.facts, moment) : before.facts!;
  const ending = stepHold(before.ending, moment, step.over);
  if (step.overNow === true || heldFor(ending, step.overMs)) {
    const ended = step.overNow === true ? (step.overAt ?? moment.at) : ending!.since;
    return { state: noEpisode(), findings: [found(before, Math.max(ended, open.began), false, facts, step)] };
  }
  const worst = step.worst(facts);
  const tell = step.claim === true && (worst > open.worst || moment.at - open.toldAt >= TELL_EVERY_MS);
  const state = { ...before, hold: null, ending, facts, open: tell ? { ...open, toldAt: moment.at, worst: Math.max(worst, open.worst) } : open };
  return { state, findings: tell ? [found(state, null, false, facts, step)] : NONE };
}

function found<F extends Facts>({ open, from }: EpisodeState<F>, ended: EpochMs | null, opened: boolean, facts: F, step: EpisodeStep<F>): Found {
  const { began } = open!;
  return {
    scope: step.scope ?? '-',
    began,
    point: from!,
    ended,
    opened,
    severity: step.severity(facts),
    placeId: step.placeId?.(facts) ?? null,
    evidence: { durationS: Math.round(((ended ?? facts.lastAt) - began) / 1_000), distanceM: Math.round(facts.distanceM), ...step.evidence(facts) },
  };
}

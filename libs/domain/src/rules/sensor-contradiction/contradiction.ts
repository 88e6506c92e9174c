import type { EvidenceNumbers } from '../../alert.js';
import { type EpisodeState, type EpisodeStep, type Facts, stepEpisode } from '../../episode.js';
import type { Moment } from '../../moment.js';
import type { Point } from '../../report.js';
import { type EpochMs, SECOND_MS } from '../../time.js';

/** What two sensors, or a sensor and the truck's own way, say that cannot both be so. */
export const CONTRADICTIONS = ['camera', 'load', 'bed', 'ignition', 'still', 'bed-word'] as const;
export type ContradictionKind = (typeof CONTRADICTIONS)[number];

export interface Contradiction {
  kind: ContradictionKind;
  began: EpochMs;
  point: Point;
  placeId: string | null;
  evidence: EvidenceNumbers;
}

/** One part's state after a moment, and what it found; null: nothing. */
export interface Part<State> {
  state: State;
  found: Contradiction | null;
}

/** Nearly every report: nothing is followed and nothing found. */
export const NOTHING: Part<null> = { state: null, found: null };

const HOLD_MS = 60 * SECOND_MS;

/** A contradiction that holds for a minute, told once: it is another when the sensors have agreed for a minute in between, not each time the truck starts from the lights. */
export function stepHeld(
  kind: ContradictionKind,
  before: EpisodeState<Facts>,
  moment: Moment,
  { claim, over }: Pick<EpisodeStep<Facts>, 'claim' | 'over'>,
): Part<EpisodeState<Facts>> {
  const { state, findings } = stepEpisode(before, moment, {
    claim,
    holdMs: HOLD_MS,
    over,
    overMs: HOLD_MS,
    gather: (facts, now) => ({ distanceM: facts === null ? 0 : facts.distanceM + now.drivenM, lastAt: now.at }),
    worst: () => 0,
    severity: () => 'minor',
    evidence: () => ({}),
  });
  const opened = findings.find((finding) => finding.opened);
  if (opened === undefined) return { state, found: null };
  const { began, point, evidence } = opened;
  return { state, found: { kind, began, point, placeId: null, evidence: { heldS: evidence.durationS!, distanceM: evidence.distanceM! } } };
}

import { type EpisodeState, type Facts, isQuiet } from '../../episode.js';
import type { Moment } from '../../moment.js';
import { type Part, stepHeld } from './contradiction.js';

const MOVING_KMH = 10;

/** The ignition is said to be off while the truck drives. */
export function stepIgnition(state: EpisodeState<Facts>, moment: Moment): Part<EpisodeState<Facts>> {
  const { ignition, speedKmh } = moment.report;
  const claim = ignition === null || speedKmh === null ? null : !ignition && speedKmh >= MOVING_KMH;
  if (isQuiet(state, claim)) return { state, found: null };
  return stepHeld('ignition', state, moment, { claim, over: ignition });
}

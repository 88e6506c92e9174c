import { type EpisodeState, type Facts, isQuiet } from '../../episode.js';
import type { Moment } from '../../moment.js';
import { type Part, stepHeld } from './contradiction.js';

/** Nobody writes at which angle a terminal begins to say «raised»: only a flat bed contradicts it, and only a high one contradicts «down». */
const FLAT_DEG = 5;
const HIGH_DEG = 20;

/** The terminal says an angle and a word of its bed, and they disagree. */
export function stepBedWord(state: EpisodeState<Facts>, moment: Moment): Part<EpisodeState<Facts>> {
  const { bed } = moment.report;
  const { bedDeg } = moment;
  const said = bedDeg !== null && (bed === 'raised' || bed === 'down');
  const disagree = said && (bed === 'raised' ? bedDeg < FLAT_DEG : bedDeg >= HIGH_DEG);
  if (isQuiet(state, disagree)) return { state, found: null };
  return stepHeld('bed-word', state, moment, { claim: said ? disagree : null, over: said ? !disagree : null });
}
